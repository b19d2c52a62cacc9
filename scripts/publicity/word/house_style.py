"""How our Word documents look: pandoc's own reference document with the styles, page and footer of `word/`."""

import io
import re
import subprocess
import zipfile
from functools import cache

import pypandoc

from publicity.data_files import data_text
from publicity.problems import BuildError

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can tell: equal parts shall give equal files
_SECTION = re.compile(r"<w:sectPr.*</w:sectPr>", re.DOTALL)
_FOOTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


@cache
def reference_docx() -> bytes:
    """The document that pandoc takes its styles from: A4, 宋体 and 黑体, tables with lines, numbered pages.

    Raises:
        BuildError: pandoc's own document is not as we know it.
    """
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file=reference.docx"]
    with zipfile.ZipFile(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as default:
        parts = {name: default.read(name).decode("utf-8") for name in default.namelist() if not name.endswith("/")}
    parts["word/styles.xml"], parts["word/footer.xml"] = _own("styles.xml"), _own("footer.xml")
    _put(parts, "word/document.xml", _SECTION, _own("section.xml"))
    _put(
        parts,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/word/footer.xml" ContentType="{_FOOTER}"/></Types>',
    )
    relation = f'<Relationship Id="rIdFooter" Type="{_RELATION}" Target="footer.xml"/></Relationships>'
    _put(parts, "word/_rels/document.xml.rels", "</Relationships>", relation)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _own(name: str) -> str:
    return data_text("publicity.word", name)


def _put(parts: dict[str, str], name: str, place: str | re.Pattern[str], new: str) -> None:
    """Put a text into a part, in place of what must be there; pandoc's document could change."""
    parts[name], count = re.subn(place, lambda _: new, parts[name])
    if count != 1:
        text = place if isinstance(place, str) else place.pattern
        raise BuildError("other-pandoc", part=name, count=count, place=text)
