"""Names in git's trees: whoever may send a branch chooses them, and not all may be written as files."""

from functools import cache

from dulwich.index import validate_path_element_hfs, validate_path_element_ntfs

_SEPARATORS = frozenset("\\:")


def is_safe(path: str) -> bool:
    """Whether a path of a tree names a file below the folder that the tree is laid out in, on any machine, and none of git's own."""
    return all(map(_is_safe_part, path.split("/")))


@cache
def _is_safe_part(part: str) -> bool:
    name = part.encode("utf-8", "replace")
    return _SEPARATORS.isdisjoint(part) and validate_path_element_ntfs(name) and validate_path_element_hfs(name)
