"""Step 4, the only place that knows MkDocs: staged pages into HTML, once or again after every change."""
