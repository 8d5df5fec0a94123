"""What casework keeps, tells and undoes."""
