"""The frame of a host portal: its HTML and its styles."""
