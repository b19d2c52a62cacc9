"""Word files as they are: the archive, its XML, and what pandoc would drop made plain text."""
