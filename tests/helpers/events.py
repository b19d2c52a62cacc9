"""A region made on the spot with events of every state, an expired alert, and figures of progress over time.

The day of its builds is `TODAY`; nothing in it depends on the clock.
"""

from pathlib import Path

from conftest import copy_small_project, run_publicity

TODAY = "2026-11-20"

_EVENT = """---
title: {title}
published: {published}
summary: {title}的摘要，说明面向谁、讲什么。
{fields}
source: {{name: 示例, checked: 2026-10-08}}
review: {{status: pending}}
---

参加人员请提前十分钟到场。
"""

EVENTS = {
    "lecture": (
        "商业秘密保护专题讲座",
        """start: 2026-12-10 09:00
end: 2026-12-10 11:30
place: {zh: 示例区政务中心三楼会议室, en: "Meeting room, third floor, Sample Government Centre"}
address: {zh: 示例区示例路1号, en: "1 Sample Road, Sample District"}
online: https://meeting.example.com/lecture?room=1&pass=2
registration: {url: https://www.example.com/baoming, phone: 010-12345678, deadline: 2026-12-08 18:00, places: 60}
contact: {name: {zh: 示例局示例科, en: "Sample Section, Sample Bureau"}, phone: 010-12345678}
organiser: {zh: 示例区市场监督管理局, en: Sample Bureau}
co_organisers: [{zh: 示例区知识产权协会, en: Sample Association}]""",
    ),
    "closed": (
        "企业开放日",
        """start: 2026-11-25
end: 2026-11-26
place: 示例企业
registration: {phone: 010-12345678, deadline: 2026-11-19}""",
    ),
    "now": ("线上培训", "start: 2026-11-19 09:00\nend: 2026-11-21 17:00\nonline: 待通知"),
    "past": (
        "宣传周启动仪式",
        """start: 2026-10-20 09:00
end: 2026-10-20 10:00
place: {zh: 示例广场, en: Sample Square}
registration: {url: https://www.example.com/baoming, deadline: 2026-10-18}
replay: https://video.example.com/replay""",
    ),
    "past-earlier": ("座谈会", "start: 2026-10-10\nplace: {zh: 示例会议室, en: Sample room}"),
}

PUBLISHED = {"lecture": "2026-11-24", "past": "2026-11-25"}
"""Newer than all that the regions share, so that the home page would show both."""

ALERT = """---
title: {title}
published: 2026-01-08
summary: 一条示例提示。
level: warning
expires: {expires}
source: {{name: 示例, checked: 2026-01-08}}
review: {{status: pending}}
---

提示内容。
"""

TARGETS = """
targets:
  - id: units
    name: {zh: 示范单位, en: Demonstration units}
    value: 50
    unit: {zh: 家, en: units}
    comparison: exactly
    quote: 示范单位50家
    due: 2026
    progress:
      value: 41
      as_of: 2026-09-30
      source: &bulletin {name: {zh: 示例公报, en: Sample bulletin}, checked: 2026-10-08}
      history:
        - {value: 8, as_of: 2025-03-31, source: *bulletin}
        - {value: 19, as_of: 2025-12-31, source: *bulletin}
    source: &plan {name: {zh: 示例方案, en: Sample plan}, checked: 2026-10-08}
  - id: awareness
    name: {zh: 知晓率, en: Awareness}
    value: 90
    unit: {zh: "%", en: "%"}
    comparison: at_least
    quote: 知晓率达到90%以上
    due: 2026
    progress:
      value: 93.5
      as_of: 2026-06-30
      source: *bulletin
      history: [{value: 88, as_of: 2025-06-30, source: *bulletin}]
    source: *plan
"""


def build_events(folder: Path, today: str = TODAY) -> Path:
    """Build the region in a folder of its own; returns its site."""
    project = copy_small_project(folder)
    assert run_publicity("new", "region", "sample", cwd=project).returncode == 0
    region = project / "content/sample/region.yml"
    text = region.read_text(encoding="utf-8").replace("alerts, about]", "alerts, events, progress, about]")
    region.write_text(text + TARGETS, encoding="utf-8")
    files = {
        f"events/{slug}.md": _EVENT.format(title=title, published=PUBLISHED.get(slug, "2026-10-08"), fields=fields)
        for slug, (title, fields) in EVENTS.items()
    }
    files |= {
        f"alerts/{slug}.md": ALERT.format(title=title, expires=expires)
        for slug, title, expires in (("old", "旧的提示", "2026-06-30"), ("current", "现行的提示", "2027-06-30"))
    }
    for name, content in files.items():
        path = project / "content/sample" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    done = run_publicity("build", "sample", "--no-editions", "--today", today, cwd=project)
    assert done.returncode == 0, done.stderr
    return project / "site"
