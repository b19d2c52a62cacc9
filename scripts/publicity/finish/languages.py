"""Work of a finisher that is the same for each language, done side by side."""

import gc
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
        with ProcessPoolExecutor(len(prepared.languages)) as processes:
            for _ in processes.map(work, prepared.languages):
                pass
    finally:
        gc.unfreeze()
