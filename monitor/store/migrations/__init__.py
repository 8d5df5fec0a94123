"""The history of the tables, oldest first: each release's database comes forward from here."""
