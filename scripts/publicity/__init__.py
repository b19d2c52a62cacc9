"""The generator: content in git -> a static publicity column.

`load` reads and checks the content, `link` joins it, `stage` writes plain Markdown pages, `render` lets MkDocs make HTML of them,
`finish` completes the site, `swap` puts it in place; `build` runs them in this order. Only `render` and `plugin` know MkDocs.
"""
