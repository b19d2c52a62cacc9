"""The names of what is kept below `build/kept/`: hashes of what it was made of. All of it is safe to delete.

Whatever changes in the code or in the packages that it uses, all is worked out anew.
"""

import hashlib
import sys
import sysconfig
from functools import cache
from pathlib import Path

import publicity

KEPT = "kept"
"""The folder, below `build/`."""


def name_of(*parts: object) -> str:
    """The name of what is made of some parts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def code_version() -> str:
    """A hash of this package, and of the names and versions of Python and of what is installed for it."""
    root = Path(publicity.__file__).parent
    files = sorted(file for file in root.rglob("*") if file.is_file() and file.suffix != ".pyc")
    content = [file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() for file in files]
    installed = sorted(file.name for file in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return hashlib.sha256(b"\0".join([*content, *map(str.encode, (sys.version, *installed))])).hexdigest()
