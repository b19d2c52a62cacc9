"""Bodies in Markdown as the HTML of pages, and what such HTML may hold. Nothing here knows MkDocs."""
