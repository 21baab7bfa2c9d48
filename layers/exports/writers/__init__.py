"""One small module a format: rows in batches become a file, or pieces of one."""
