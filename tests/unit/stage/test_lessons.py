"""The first lesson of a case as a sentence of its own."""

import pytest

from publicity.models import Language
from publicity.stage.kinds.case import lesson_of


@pytest.mark.parametrize(
    ("body", "language", "lesson"),
    [
        ("## 案情\n\n- **不是这句**。\n\n## 启示\n\n- **留好记录**。以后用得上。\n", "zh", "留好记录。"),
        ("## 案情\n\n## 启示\n\n- **谁能看，**见[规定](x.md)。\n", "zh", "谁能看。"),
        ("\n## Lessons\n\n- **Keep records:** later.\n- **Other.**\n", "en", "Keep records."),
        ("\n## Lessons\n\n- **Who [may see](x.md) it?** All.\n", "en", "Who may see it?"),
        ("\n## 启示\n\n没有加粗的话。\n", "zh", None),
        ("- **没有标题**。", "zh", None),
        ("", "zh", None),
    ],
)
def test_it_is_what_is_strong_in_the_last_part(body: str, language: Language, lesson: str | None) -> None:
    assert lesson_of(body, language) == lesson
