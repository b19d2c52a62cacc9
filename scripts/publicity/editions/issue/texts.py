"""The issue in plain words: the mail's text, Weibo, SMS."""

import re

from publicity.editions.words import filled, full
from publicity.labels import labels
from publicity.stage.issues import Issue

WEIBO, WEIBO_LONG = 140, 2000
SMS_MOST = 500


def make(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`weibo.txt`, `weibo-long.txt` and `sms.txt`."""
    texts = {"weibo.txt": weibo(issue, base), "weibo-long.txt": weibo_long(issue, base), "sms.txt": sms(issue, base)}
    return {name: f"{text}\n".encode() for name, text in texts.items()}


def plain(issue: Issue, base: str | None) -> str:
    """The whole issue as lines of text, as a mail's alternative."""
    return re.sub(r"\n{3,}", "\n\n", filled("mail.txt", issue, base))


def weibo(issue: Issue, base: str | None) -> str:
    """Up to 140 characters, the address counted; what does not fit is cut at a headline."""
    return _fitting(issue, base, WEIBO, [story.headline for story in issue.stories])


def weibo_long(issue: Issue, base: str | None) -> str:
    """Up to 2,000 characters, the address counted."""
    told = [f"{story.headline}：{story.text}" for story in issue.stories]
    return _fitting(issue, base, WEIBO_LONG, told, separator="\n")


def sms(issue: Issue, base: str | None) -> str:
    """A message of at most 500 characters, its signature counted; as few parts as the headlines allow."""
    words = labels("zh")["newsletter"]
    address = full(base, issue.path)
    start, end = f"【{issue.host}】{issue.title}：{issue.lead.headline}。", f"{address} " if address else ""
    text = f"{start}{end}{words['refuse']}"
    return text if len(text) <= SMS_MOST else text[:SMS_MOST]


def _fitting(issue: Issue, base: str | None, most: int, told: list[str], separator: str = "；") -> str:
    name = labels("zh")["newsletter"]["topic"]
    head, address = f"#{name}# {issue.title}", full(base, issue.path)
    tail = f" {address}" if address else ""
    text = head
    for place, line in enumerate(told):
        longer = f"{text}{'：' if place == 0 and separator != chr(10) else separator}{line}"
        if len(longer) + len(tail) > most:
            break
        text = longer
    return f"{text}{tail}"
