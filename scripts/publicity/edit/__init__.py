"""The editors' door: drafts that lie over the published content, their review by roles, and the page to write them in."""
