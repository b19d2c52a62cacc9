"""English sides that may lag behind their originals."""

from collections.abc import Iterator

from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from publicity.models import Translation

_MAY_BE_SHORTER = frozenset({"alerts", "guides", "regulations", "templates"})
"""Collections whose English sides may say in fewer words what matters; whether they keep up is told by their days alone."""


def inspect_translations(inspection: Inspection) -> Iterator[Finding]:
    """Translations of an older state of their original, by its dates or by its headings."""
    for document, meta in inspection.entries:
        translation = document.translation
        if translation is None or not isinstance(translation.meta, Translation):
            continue
        source = translation.source
        of = translation.meta.translation.of or meta.published
        if meta.updated > of:
            values = {"title": meta.title, "updated": meta.updated, "of": of}
            yield Finding("translation-behind", source.name, source.line(("translation", "of")), values)
        if not source.body.strip() or meta.collection in _MAY_BE_SHORTER:  # it is no translation of the whole
            continue
        original, translated = (inspection.bodies[source.name].headings for source in document.sources)
        if original != translated:
            values = {"title": meta.title, "original": original, "translated": translated}
            yield Finding("translation-differs", source.name, source.body_line, values)
