"""The commands of `publicity`, by what they are for; `usage` says what a person who runs one did wrong."""
