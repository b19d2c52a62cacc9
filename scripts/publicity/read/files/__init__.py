"""How files are opened, and what of each kind may be published."""
