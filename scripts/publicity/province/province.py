"""`publicity build --all`: every region, retried once, by itself, where it failed, and the overview of those that are there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from publicity.dates import today
from publicity.labels.sentences import chosen_language
from publicity.project import Project
from publicity.province.machines import Machines, cluster, this_machine
from publicity.province.overview import OVERVIEW, write_overview
from publicity.province.task import Outcome, Task
from publicity.swap.place import overview_folder
from publicity.work.manifest import MARKER


@dataclass(frozen=True)
class Province:
    """What has come of it: regions that were built, and those that were not with what was said."""

    out: Path
    built: tuple[str, ...]
    failed: tuple[Outcome, ...]
    left: tuple[str, ...]
    """Sites there of what is no region any more: whoever copies the folder would publish them, too."""


Tell = Callable[[Outcome, int, int], None]
"""Called for each region: what has become of it, how many are done, how many there are."""


def build_all(
    project: Project, out: Path | None, address: str | None, tell: Tell, *, has_editions: bool = True
) -> Province:
    """Build every region into a folder of its own below `out`; a region that fails leaves its folder as it was.

    Raises:
        UsageError: no scheduler answers at `address`, or `out` is no place for it.
    """
    target = overview_folder(project, out, OVERVIEW)
    machines = cluster(address) if address else this_machine
    day, language = today().isoformat(), chosen_language()
    tasks = [Task(str(project.root), region, str(target), day, language, has_editions) for region in project.regions()]
    target.mkdir(parents=True, exist_ok=True)
    outcomes: dict[str, Outcome] = {}
    # The first alone: it makes what all share.
    for part in (tasks[:1], tasks[1:]):
        _build(machines, part, outcomes, tell, len(tasks))
    for task in [task for task in tasks if outcomes[task.region].card is None]:
        # One by one: there may not have been memory or room on the disk for several.
        _build(machines, [task], outcomes, tell, len(tasks))
    cards = [outcome.card for outcome in outcomes.values() if outcome.card]
    missing = sorted(region for region, outcome in outcomes.items() if outcome.card is None)
    write_overview(target, sorted(cards, key=lambda card: card.region), missing)
    bad = tuple(outcomes[region] for region in missing)
    return Province(target, tuple(sorted(card.region for card in cards)), bad, _left(target, project.regions()))


def _left(target: Path, regions: Collection[str]) -> tuple[str, ...]:
    sites = (marker.parent.name for marker in target.glob(f"*/{MARKER}"))
    return tuple(sorted(site for site in sites if site not in regions))


def _build(machines: Machines, tasks: list[Task], outcomes: dict[str, Outcome], tell: Tell, total: int) -> None:
    for outcome in machines(tasks):
        outcomes[outcome.region] = outcome
        tell(outcome, sum(known.card is not None for known in outcomes.values()), total)
