"""Step 3: the column as plain Markdown pages with all that their templates show."""
