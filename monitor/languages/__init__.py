"""What one language needs to be read, as data: one YAML file a language, and the types it becomes; monitor.config reads the files."""
