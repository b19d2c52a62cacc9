"""Pandoc's own reference documents, with parts of them put otherwise: what its Word files and slides take their look from."""

import io
import re
import subprocess
import zipfile

import pypandoc

from publicity.problems import BuildError

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can tell: equal parts shall give equal files


def default_parts(name: str) -> dict[str, str]:
    """The parts of pandoc's own `reference.docx` or `reference.pptx` by their names."""
    command = [pypandoc.get_pandoc_path(), f"--print-default-data-file={name}"]
    with zipfile.ZipFile(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as default:
        return {name: default.read(name).decode("utf-8") for name in default.namelist() if not name.endswith("/")}


def put(parts: dict[str, str], name: str, place: str | re.Pattern[str], new: str, times: int = 1) -> None:
    """Put a text into a part, in place of what must be there so many times; pandoc's document could change.

    Raises:
        BuildError: it is not there, or not as often.
    """
    pattern = re.escape(place) if isinstance(place, str) else place
    parts[name], count = re.subn(pattern, lambda _: new, parts[name])
    if count != times:
        text = place if isinstance(place, str) else place.pattern
        raise BuildError("other-pandoc", part=name, count=count, place=text)


def packed(parts: dict[str, str]) -> bytes:
    """The document made of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
