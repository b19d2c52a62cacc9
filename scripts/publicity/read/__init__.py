"""Step 1: sources and bodies into typed models, each value with its line."""
