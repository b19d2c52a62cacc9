"""What a good stock site would be: Material with static-i18n and Material's search, on the same texts."""

import shutil
from pathlib import Path

from publicity.models import LANGUAGES, Entry, Language, Translation
from publicity.project import Project
from publicity.read.content import Document
from publicity.read.load import load

CONFIG = """\
site_name: 商业秘密保护
theme:
  name: material
  language: zh  # at the top, or its search cuts Chinese wrongly
  font: false
  features: [navigation.prune, navigation.tabs, navigation.indexes]
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages:
        - {locale: zh, name: 中文, default: true}
        - {locale: en, name: English}
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, toc, pymdownx.details, pymdownx.superfences]
"""


def write_stock_site(project: Path, target: Path) -> None:
    """Write a MkDocs project with all entries of a project's region 江北区, collection by collection, as stock Markdown."""
    draft = load(Project(project), "jiangbei")
    if draft.problems:
        raise ValueError(f"{draft.problems[0]}")
    content = draft.content
    shutil.rmtree(target, ignore_errors=True)
    (target / "docs").mkdir(parents=True)
    (target / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for language in LANGUAGES:
        for collection in content.entries:
            _write(target / "docs" / language / collection / "index.md", collection, collection)
        _write(target / "docs" / language / "index.md", "商业秘密保护", "")
    for document in content.documents():
        if isinstance(document.meta, Entry):
            for language in LANGUAGES:
                _write(target / "docs" / language / document.path, *_texts(document, language))


def _texts(document: Document, language: Language) -> tuple[str, str]:
    translation = document.translation
    if language == "en" and translation and isinstance(translation.meta, Translation):
        return translation.meta.title, f"{translation.meta.summary}\n\n{translation.source.body}"
    return document.meta.title, f"{document.meta.summary}\n\n{document.source.body}"


def _write(file: Path, title: str, body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"# {title}\n\n{body}\n", encoding="utf-8")
