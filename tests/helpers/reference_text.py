"""A reference text for a small project."""

_HEAD = """---
title: 示例承诺书
published: 2026-01-02
summary: 一份示例。
purpose: statement
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}
---
"""


def reference_text(body: str) -> str:
    """One that is sound but for what its body may lack."""
    return f"{_HEAD}\n{body}\n"
