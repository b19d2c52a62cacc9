"""Work of a finisher that is the same for each language, done side by side."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from publicity.models import Language
from publicity.prepare import Prepared


def in_each_language(prepared: Prepared, work: Callable[[Language], None]) -> None:
    """Do the work of every language in a process of its own; `work` must be a module's function, or a `partial` of one.

    Raises:
        Exception: what the work raised in any of them.
    """
    gc.freeze()  # or the first search for garbage would touch, and so copy, all memory that the processes share
    try:
        with ProcessPoolExecutor(len(prepared.languages), initializer=end_with_parent) as processes:
            for _ in processes.map(work, prepared.languages):
                pass
    finally:
        gc.unfreeze()


def end_with_parent() -> None:
    """Let this process end when the one that started it does, even if that was killed and could not say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent,), daemon=True).start()


def _wait_for(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
