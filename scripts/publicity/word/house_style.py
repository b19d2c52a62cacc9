"""How our Word documents look: pandoc's own reference document with the styles, page and footer of `word/`."""

import re
from functools import cache

from publicity.data_files import data_text
from publicity.word.reference import default_parts, packed, put
from publicity.word.tables import page

_SECTION = re.compile(r"<w:sectPr.*</w:sectPr>", re.DOTALL)
_FOOTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


@cache
def reference_docx(*, turned: bool = False) -> bytes:
    """The document that pandoc takes its styles and its last pages from: A4, 宋体 and 黑体, tables with lines, numbered pages.

    Raises:
        BuildError: pandoc's own document is not as we know it.
    """
    parts = default_parts("reference.docx")
    parts["word/styles.xml"], parts["word/footer.xml"] = _own("styles.xml"), _own("footer.xml")
    put(parts, "word/document.xml", _SECTION, page(turned=turned))
    put(
        parts,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/word/footer.xml" ContentType="{_FOOTER}"/></Types>',
    )
    relation = f'<Relationship Id="rIdFooter" Type="{_RELATION}" Target="footer.xml"/></Relationships>'
    put(parts, "word/_rels/document.xml.rels", "</Relationships>", relation)
    return packed(parts)


def _own(name: str) -> str:
    return data_text("publicity.word", name)
