"""The steps of a review, by role and never by name: written, submitted, reviewed, approved; each is a commit on the draft's branch.

Roles are a record and no lock: what locks is a protected branch of the repository.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from publicity.edit.drafts import Draft, Drafts, RefusedError
from publicity.edit.front_matter import Data, MarkdownFile
from publicity.edit.git.repository import Changes


@dataclass(frozen=True)
class Role:
    """Who takes a step: an office, in both languages."""

    zh: str
    en: str

    @property
    def author(self) -> str:
        """As git names who made a commit."""
        name = "".join(char for char in self.zh if char not in "<>\n\r\0").strip()
        return f"{name} <editor@localhost>"


def submit(drafts: Drafts, draft: Draft, role: Role, day: datetime.date) -> Draft:
    """Hand a draft to its reviewer; steps taken before, for what stood there then, no longer count.

    Raises:
        RefusedError: nothing has been changed.
    """
    if not draft.changes and _review(draft.file.data).get("status") == "done":
        raise RefusedError("nothing-to-submit")
    review = {key: value for key, value in _review(draft.file.data).items() if key not in ("reviewed", "approved")}
    review |= {"status": "pending", "drafted": _step(role, day)}
    return _saved(drafts, draft, review, "提交审核", role, "submitted")


def review(drafts: Drafts, draft: Draft, role: Role, day: datetime.date) -> Draft:
    """Say that a submitted draft has been reviewed.

    Raises:
        RefusedError: it has not been submitted.
    """
    if drafts.state(draft) != "submitted":
        raise RefusedError("not-submitted")
    return _saved(
        drafts, draft, _review(draft.file.data) | {"reviewed": _step(role, day)}, "审核通过", role, "reviewed"
    )


def withdraw(drafts: Drafts, draft: Draft, role: Role) -> Draft:
    """Take a draft back, or send it back, to be written on.

    Raises:
        RefusedError: it has not been submitted.
    """
    if drafts.state(draft) not in ("submitted", "reviewed"):
        raise RefusedError("not-submitted")
    review = {key: value for key, value in _review(draft.file.data).items() if key != "reviewed"}
    return _saved(drafts, draft, review, "退回修改", role, "draft")


def approved(drafts: Drafts, draft: Draft, role: Role, day: datetime.date) -> MarkdownFile:
    """The entry as it would be published once approved.

    Raises:
        RefusedError: it has not been reviewed, or who wrote it would approve it.
    """
    if drafts.state(draft) != "reviewed":
        raise RefusedError("not-reviewed")
    data = draft.file.data
    drafted = _review(data).get("drafted")
    if isinstance(drafted, dict) and drafted.get("role", {}).get("zh") == role.zh:
        raise RefusedError("same-role")
    steps = _review(data) | {"status": "done", "approved": _step(role, day)}
    return draft.file.with_data(data | {"review": steps})


def approve(drafts: Drafts, draft: Draft, file: MarkdownFile, more: Changes, role: Role) -> bool:
    """Publish an approved entry, and `more` that goes with it, as one commit; returns whether the user's folder holds it, too.

    Raises:
        ChangedMeanwhileError: as `Drafts.publish`.
    """
    steps = _review(file.data)
    rows = [
        f"{title}：{steps[key]['role']['zh']}，{steps[key]['date']}"
        for key, title in (("drafted", "编写"), ("reviewed", "审核"), ("approved", "审批"))
        if key in steps
    ]
    message = "\n".join([f"发布《{title_of(file)}》", "", *rows, ""])
    changes = {**draft.saved, **more, draft.name.path: file.text.encode()}
    return drafts.publish(draft, changes, message, role.author)


def title_of(file: MarkdownFile) -> str:
    """An entry's title, as far as it has one."""
    return str(file.data.get("title") or "未命名")


def _saved(drafts: Drafts, draft: Draft, steps: Data, did: str, role: Role, state: str) -> Draft:
    file = draft.file.with_data(draft.file.data | {"review": steps})
    drafts.keep(draft.name, None, {draft.name.path: file.text.encode()})
    return drafts.save(draft.name, f"{did}：《{title_of(file)}》", role.author, state)


def _review(data: Data) -> dict[str, Any]:
    found = data.get("review")
    return dict(found) if isinstance(found, dict) else {}


def _step(role: Role, day: datetime.date) -> Data:
    names = {"zh": role.zh, "en": role.en} if role.en else {"zh": role.zh}
    return {"role": names, "date": day.isoformat()}
