"""What may be looked at but not published: `publicity check --release`."""
