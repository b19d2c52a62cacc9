"""Step 6: a finished site in place of the old one, in one step; what a killed run leaves, the next puts right."""
