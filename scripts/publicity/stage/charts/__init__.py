"""Charts drawn from data, as SVG with their tables."""
