"""Recipes for web servers, and the headers that all of them send."""
