"""The column's own pages, those that are no entries."""
