"""The issue in plain words: the mail's text, Weibo, SMS."""

from collections.abc import Iterator

from publicity.editions.words import full
from publicity.labels import labels
from publicity.stage.issues import Issue, Link, Story

WEIBO, WEIBO_LONG = 140, 2000
SMS_ONE, SMS_PART, SMS_MOST = 70, 67, 500


def make(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`weibo.txt`, `weibo-long.txt` and `sms.txt`."""
    texts = {"weibo.txt": weibo(issue, base), "weibo-long.txt": weibo_long(issue, base), "sms.txt": sms(issue, base)}
    return {name: f"{text}\n".encode() for name, text in texts.items()}


def plain(issue: Issue, base: str | None) -> str:
    """The whole issue as lines of text, as a mail's alternative."""
    return "\n".join(_lines(issue, base)) + "\n"


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


def sms_parts(text: str) -> int:
    """How many messages operators count: 70 characters in one, or 67 in each of several."""
    return 1 if len(text) <= SMS_ONE else -(-len(text) // SMS_PART)


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


def _lines(issue: Issue, base: str | None) -> Iterator[str]:
    words = labels("zh")["newsletter"]

    def link(target: Link | None) -> Iterator[str]:
        if target and (address := full(base, target.url)):
            yield f"{words['read']}：{address}"

    def story(one: Story) -> Iterator[str]:
        yield from ("", one.headline, one.text)
        if one.matters:
            yield f"{words['matters']}：{one.matters}"
        yield from link(one.link)

    yield from (issue.title, f"{issue.number}  {issue.date}", f"{words['host']}：{issue.host}")
    if issue.is_sample:
        yield f"【{words['sample']}】{words['sample_note']}"
    if issue.pending:
        yield words["pending_note"]
    if issue.editorial:
        yield from ("", f"【{words['editorial']}】", *issue.editorial)
    if issue.figures:
        yield from ("", f"【{words['figures']}】")
        for figure in issue.figures:
            source = words["source"].format(title=figure.link.title, date=figure.checked)
            yield f"{figure.value}{figure.unit}  {figure.name}（{source}）"
    yield from ("", f"【{words['lead']}】", *list(story(issue.lead))[1:])
    for section in issue.sections:
        yield from ("", f"【{section.title}】")
        for place, one in enumerate(section.stories):
            yield from list(story(one))[0 if place else 1 :]
    yield from _rest(issue, base)


def _rest(issue: Issue, base: str | None) -> Iterator[str]:
    words = labels("zh")["newsletter"]
    if case := issue.case:
        yield from ("", f"【{words['case']}】{case.amount or ''}", case.link.title, "，".join(case.line))
        yield from (f"{words[key]}：{getattr(case, key)}" for key in ("facts", "result", "lesson"))
    if issue.questions:
        yield from ("", f"【{words['quiz'] if issue.is_quiz else words['questions']}】")
        for number, one in enumerate(issue.questions, 1):
            yield f"{number}. {one.question}"
            yield from (f"   {letter}. {option}" for letter, option in zip("ABCD", one.options, strict=False))
            right = f"{'ABCD'[one.right - 1]}。" if one.right else ""
            yield f"   {words['reply']}：{right}{one.answer}"
    if todo := issue.todo:
        yield from ("", f"【{words['todo']}】", todo.text, *(f"{name} {text}" for name, text, _ in todo.items))
        if todo.until:
            yield words["until"].format(date=todo.until)
    if issue.days:
        yield from ("", f"【{words['days']}】", *(f"{day.text}  {day.what}" for day in issue.days))
    yield from ("", f"【{words['subscribing']}】", issue.subscribe)
    if issue.contact:
        yield f"{words['contact']}：{issue.contact}"
    if address := full(base, issue.path):
        yield f"{words['online']}：{address}"
    yield from ("", f"【{words['sources']}】", *(f"{name}（{day}）" for name, day in issue.sources))
