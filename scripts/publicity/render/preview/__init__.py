"""The preview: what `serve` shows, and goes on showing whatever is wrong."""
