"""pandoc, which reads Word files and HTML: in its sandbox, with nothing of a file but what it needs, and for a limited time."""

import io
import json
import subprocess
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pypandoc

from publicity.problems import BuildError

Json = dict[str, Any]
LONGEST = 120
"""Seconds after which pandoc is stopped."""


def read_with_pandoc(form: str, data: bytes, shown: str) -> Json:
    """What pandoc makes of a document: its tree.

    Raises:
        BuildError: it takes too long, or cannot read it.
    """
    # With --sandbox it reads no file beside its input, and asks no server.
    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={form}", "--to=json"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise BuildError("import-too-slow", file=shown, seconds=LONGEST) from error
    if done.returncode:
        said = tuple(done.stderr.decode("utf-8", "replace").strip().splitlines()[-5:])
        raise BuildError("import-unread", file=shown, said=said or (str(done.returncode),))
    tree: Json = json.loads(done.stdout)
    return tree


_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def plain_docx(parts: dict[str, bytes], relations: dict[str, list[tuple[str, str, str, bool]]]) -> bytes:
    """A Word file of the parts that pandoc is to see.

    `relations` are, by the part that has them, ids with kinds, targets and whether these lie outside.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "word/document.xml", False)]))
        for name, data in parts.items():
            archive.writestr(f"word/{name}", data)
        for name, rows in relations.items():
            archive.writestr(f"word/_rels/{name}.rels", _relations(rows))
    return packed.getvalue()


def _relations(rows: list[tuple[str, str, str, bool]]) -> str:
    root = ET.Element("Relationships", xmlns=_RELATIONS)
    for identity, kind, target, outside in rows:
        mode = {"TargetMode": "External"} if outside else {}
        ET.SubElement(root, "Relationship", {"Id": identity, "Type": f"{_KINDS}/{kind}", "Target": target, **mode})
    return ET.tostring(root, encoding="unicode")
