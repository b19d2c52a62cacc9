"""The form for an entry: made from its model, filled, and read back."""
