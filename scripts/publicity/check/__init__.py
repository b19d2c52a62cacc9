"""Step 2: everything that refuses content."""
