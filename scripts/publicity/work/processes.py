"""The same work for many things, on all processors; and processes that end with the one that started them."""

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """What some work makes of each thing, in their order. Where the system cannot fork, it is all done here.

    A further process begins as a copy of this one, works on its share, and ends; also when this one ends first.
    """
    count = min(_processors(), len(things))
    if count < 2:
        return [work(thing) for thing in things]
    gc.freeze()  # or the first search for garbage would touch, and so copy, all memory that the processes share
    context = multiprocessing.get_context("fork")
    others = []
    for number in range(1, count):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(work, things[number::count], theirs), daemon=True)
        process.start()
        theirs.close()
        others.append((process, ours))
    try:
        own = [work(thing) for thing in things[::count]]
    except BaseException:
        for process, _ in others:  # or they would still be writing when the work begins again
            process.terminate()
            process.join()
        raise
    results: dict[int, R] = dict(zip(range(0, len(things), count), own, strict=True))
    for number, (process, ours) in enumerate(others, 1):
        try:
            share = ours.recv()
        except EOFError:  # it was ended, or failed
            share = [work(thing) for thing in things[number::count]]
        process.join()
        results |= zip(range(number, len(things), count), share, strict=True)
    return [results[place] for place in range(len(things))]


def _send(work: Callable[[T], R], things: Sequence[T], results: Connection) -> None:
    end_with_parent()
    with contextlib.suppress(Exception):  # who waits for them does the work again, and meets the same
        results.send([work(thing) for thing in things])


def _processors() -> int:
    """How many processes may work; only this one where others cannot be forked, or threads run, which a fork would lose."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_with_parent() -> None:
    """Let this process end when the one that started it does, even if that was killed and could not say so; and then only.

    Ctrl-C reaches all processes of a terminal, and the one that started this ends it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent,), daemon=True).start()


def _wait_for(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
