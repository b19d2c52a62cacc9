"""The git repository below the drafts, here and where desks share it."""
