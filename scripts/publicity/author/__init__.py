"""What helps an author begin: stubs of entries, and the reference and schemas of what may be written."""
