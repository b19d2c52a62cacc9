"""Markdown bodies: what they link to, hold and ask, with the lines."""
