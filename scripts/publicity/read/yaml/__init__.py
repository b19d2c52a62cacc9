"""YAML with the line of every key, within bounds; and its usual slips."""
