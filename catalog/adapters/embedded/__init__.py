"""The embedded engine: SQLite FTS5 in a file of its own; the worker writes, the web reads."""
