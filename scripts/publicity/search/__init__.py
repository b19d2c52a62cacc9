"""The search index: what of a page counts (`pages`), how it is cut and stored (`index`)."""
