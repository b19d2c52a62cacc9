"""YAML with the line of every key, within bounds; and what is told of its slips."""
