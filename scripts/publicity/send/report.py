"""What `send` and `returns` say, line by line, in the language of the run."""

from collections.abc import Iterator

from publicity.labels.sentences import line_of, outcome
from publicity.send.command import Plan, Prepared, Wish
from publicity.send.returns import Returns
from publicity.send.run import Report

EVERY = 50
"""After how many letters a run says how far it is."""


def plan_lines(wish: Wish, prepared: Prepared, planned: Plan) -> Iterator[str]:
    """What a run would do: what it overrules, who is left out and why, who has it, and to how many it would go."""
    yield from map(line_of, prepared.overruled)
    if prepared.mailing.open_to_others:
        yield outcome("list-open", file=prepared.mailing.file)
    readers = prepared.mailing.readers
    left = sum(bool(reader.unsubscribed) for reader in readers)
    bounced = sum(bool(reader.bounced) and not reader.unsubscribed for reader in readers)
    silent = len(readers) - prepared.count - left - bounced
    yield outcome("send-subject", subject=prepared.letter.subject)
    yield outcome("send-list", rows=len(readers), count=prepared.count, left=left, bounced=bounced, silent=silent)
    if planned.is_changed:
        yield outcome("send-changed")
    yield from (_outcome("send-refused", reader.line, reader.address, said) for reader, said in planned.refused)
    yield from (
        outcome("send-unknown", line=reader.line, address=reader.address, at=at) for reader, at in planned.unknown
    )
    counts = {name: len(getattr(planned, name)) for name in ("sent", "refused", "unknown", "to_send")}
    if not wish.to_self:
        yield outcome("send-plan", issue=wish.issue, **counts)
    if planned.unknown and not wish.retry_unknown:
        yield outcome("send-unknown-hint")


def progress_lines(report: Report) -> Iterator[str]:
    """How far a run is, now and then."""
    if report.done % EVERY == 0:
        yield outcome("send-progress", done=report.done)


def report_lines(report: Report) -> Iterator[str]:
    """What came of a run."""
    for name in ("refused", "unknown", "left"):
        for reader, said in getattr(report, name):
            yield _outcome(f"sent-{name}", reader.line, reader.address, said)
    if report.is_from_itself:
        yield outcome("send-from-itself")
    if report.broken:
        yield outcome("send-broken", said=report.broken)
    counts = {name: len(getattr(report, name)) for name in ("sent", "refused", "unknown", "left")}
    yield outcome("sent", **counts)
    if report.left:
        yield outcome("send-again")


def returns_lines(returns: Returns) -> Iterator[str]:
    """Who bounced, for good or for now, and who wants to leave."""
    for name in ("left", "bounced", "delayed"):
        for reader, day in getattr(returns, name).items():
            yield outcome(f"returns-{name}", line=reader.line, address=reader.address, day=day)
    for address, day in returns.strangers.items():
        yield outcome("returns-stranger", address=address, day=day)
    counts = {name: len(getattr(returns, name)) for name in ("left", "bounced", "delayed")}
    yield outcome("returns", mails=returns.mails, others=returns.others, **counts)
    if returns.written:
        yield outcome("list-written", file=returns.written)
    else:
        yield outcome("list-unchanged")


def _outcome(name: str, line: int, address: str, said: str) -> str:
    return outcome(name, line=line, address=address, said=said)
