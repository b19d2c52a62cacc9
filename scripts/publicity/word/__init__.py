"""Word files of reference texts, in the house style."""
