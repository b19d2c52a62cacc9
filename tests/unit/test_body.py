"""Markdown bodies read together, as a large column's are."""

from publicity.body import MANY, read_bodies


def test_many_bodies_are_read_as_one_by_one() -> None:
    texts = [f"## 第{number}节\n\n见[附件](../guides/{number}.md)。\n\n![ ](x.png)\n" for number in range(MANY + 1)]
    together = {text: read_bodies(texts)[text] for text in texts}
    for number in (0, MANY):
        body = together[texts[number]]
        assert [(one.line, one.target) for one in body.links] == [(3, f"../guides/{number}.md"), (5, "x.png")]
        assert body.anchors == {f"第{number}节"}
        assert [line for line, _ in body.problems] == [5]
    assert len(set(together)) == MANY + 1
