"""Facts about writing that matching leans on, as plain tables; each says where it comes from."""
