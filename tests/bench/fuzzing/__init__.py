"""Fuzzing: files of the project made worse by chance, and what becomes of them. The command is `fuzz.py` beside this folder."""
