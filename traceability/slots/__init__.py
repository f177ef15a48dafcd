"""What traceability shows on the pages of others."""
