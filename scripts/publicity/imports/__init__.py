"""Documents of others as entries of ours: Word files, and what is pasted from Word.

`entry.py` is the way in. A Word file is opened (`package.py`), made plain (`flatten.py`), read by pandoc (`pandoc.py`, `reading.py`), laid
out as entries are (`layout.py`, `particulars.py`, `punctuation.py`), written as Markdown (`markdown.py`), and compared with what the file
says (`original.py`, `comparison.py`).
"""
