"""Checks of single kinds of content."""
