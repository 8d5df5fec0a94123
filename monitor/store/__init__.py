"""The only door to the database: rows ↔ frozen values, one transaction at a time, on SQLite or PostgreSQL."""
