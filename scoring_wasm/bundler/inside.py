"""Run inside Pyodide, not in the bundler: bring Python into the state that the snapshot keeps.

The core is on `sys.path`, the standards lie in the folder /standards.
"""

import gc
import re
import sys
import zipimport
from os import listdir
from types import CodeType, FunctionType

import scoring

engines: dict[str, scoring.Engine] = {}
for name in sorted(listdir("/standards")):  # noqa: PTH208 (pathlib would stay in the snapshot)
    with open(f"/standards/{name}", encoding="utf-8") as file:  # noqa: PTH123
        engines[name] = scoring.Engine(file.read())


def serve(message: str) -> str:
    """Answer a message: the file name of a standard, a line break, and a request to its engine."""
    standard, _, request = message.partition("\n")
    # Lone surrogates, which UTF-8 does not know, become backslash escapes, which JSON does know.
    return engines[standard].respond(request).encode("utf-8", "backslashreplace").decode()


if "random" in sys.modules:
    # Every visitor would get the same numbers.
    raise RuntimeError("The core imports the module random, which a snapshot would freeze.")

# Only the making of classes needs these. What went without them wrongly would raise an exception, and be noticed.
for unused in ("annotationlib", "ast", "dis", "inspect", "linecache", "opcode", "token", "tokenize"):
    module = sys.modules.pop(unused, None)
    for user in list(sys.modules.values()):
        if module and vars(user).get(unused) is module:
            delattr(user, unused)


def without_lines(code: CodeType) -> CodeType:
    """The code without its tables of line numbers, which only a printed traceback would show, and nobody sees one."""
    constants = tuple(without_lines(it) if isinstance(it, CodeType) else it for it in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=constants)


for function in gc.get_objects():
    if isinstance(function, FunctionType):
        function.__code__ = without_lines(function.__code__)

# There are no files beside a snapshot: an import that comes late fails at once, and what remembers files is dropped.
for finders in (sys.meta_path, sys.path_hooks, sys.path):
    finders.clear()
for remembered in (sys.path_importer_cache, vars(zipimport)["_zip_directory_cache"]):
    remembered.clear()
re.purge()
sys.stdout.flush()
gc.collect()
