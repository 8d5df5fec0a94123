"""What one language needs to be read: the types of a language pack, and one YAML file a language beside them."""
