"""Films from panels: the pictures in a row, and all that goes with them."""
