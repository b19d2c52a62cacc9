"""All regions of a project at once: each built by itself, on this machine or on many, with an overview of them."""
