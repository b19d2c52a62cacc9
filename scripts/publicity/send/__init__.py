"""The push of an issue by mail: the list, the letter for each reader, the run, its journal, and what comes back (ADR 0026)."""
