"""Where regions are built: on this machine by processes, on many by Dask distributed. Nothing else here knows of either."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

from publicity.problems import UsageError
from publicity.province.task import Outcome, Task, run
from publicity.work import extras

Machines = Callable[[Iterable[Task]], Iterator[Outcome]]
"""Builds regions side by side, and hands each on when it is done."""

_SECONDS = 20
"""How long a scheduler may take to answer."""
_LOST_WORKERS = 3
"""How many workers a region may lose before it is taken to have ended them."""


def this_machine(tasks: Iterable[Task]) -> Iterator[Outcome]:
    """As many regions at a time as there are processors for us."""
    with ThreadPoolExecutor(_processors()) as pool:
        for done in as_completed([pool.submit(run, task) for task in tasks]):
            yield done.result()


def _processors() -> int:
    # Containers and `taskset` may leave a process fewer than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cluster(address: str) -> Machines:
    """The workers of a scheduler, which see the project under the same path and have the same environment.

    Raises:
        UsageError: no scheduler answers there.
    """
    extras.need("cluster")
    import dask
    import distributed

    dask.config.set({"distributed.scheduler.allowed-failures": _LOST_WORKERS})
    try:
        client = distributed.Client(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise UsageError("no-cluster", address=address, why=str(error)) from error

    def build(tasks: Iterable[Task]) -> Iterator[Outcome]:
        futures = {client.submit(run, task, pure=False): task for task in tasks}
        for future in distributed.as_completed(futures):
            if future.status == "finished":
                yield future.result()
            else:
                yield Outcome(futures[future].region, None, str(future.exception()))
            future.release()

    return build
