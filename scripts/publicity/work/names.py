"""The names of what is kept below `build/kept/`: hashes of what it was made of. All of it is safe to delete.

Whatever changes in the code or in the packages that it uses, all is worked out anew.
"""

import hashlib
import sys
import sysconfig
from functools import cache
from pathlib import Path

import publicity
import scoring

KEPT = "kept"
"""The folder, below `build/`."""


def name_of(*parts: object) -> str:
    """The name of what is made of some parts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def code_version() -> str:
    """A hash of this package and the scoring core, and of the names and versions of Python and of what is installed for them."""
    content = []
    for root in (Path(package.__path__[0]) for package in (publicity, scoring)):
        files = sorted(file for file in root.rglob("*") if file.is_file() and file.suffix != ".pyc")
        content += [file.relative_to(root.parent).as_posix().encode() + b"\0" + file.read_bytes() for file in files]
    installed = sorted(file.name for file in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return hashlib.sha256(b"\0".join([*content, *map(str.encode, (sys.version, *installed))])).hexdigest()
