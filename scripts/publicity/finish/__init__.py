"""Step 5: complete the site. Pages are finished one by one as they are rendered (`pages`); the finishers here complete the whole.

Each is one function in a module of its own; what comes before what is said here.
"""

from collections.abc import Callable
from functools import partial

from publicity.finish.calendars import write_calendars, write_edited_calendars
from publicity.finish.engine import copy_engine
from publicity.finish.feeds import write_edited_feeds, write_feeds
from publicity.finish.manifest import write_manifest
from publicity.finish.not_found import place_error_pages
from publicity.finish.offline import write_edited_service_worker, write_service_worker
from publicity.finish.portal import write_portal
from publicity.finish.rendered import RenderedSite
from publicity.finish.servers import write_recipes
from publicity.finish.sitemap import write_sitemap
from publicity.work.processes import spread

Finisher = Callable[[RenderedSite], None]

SIDE_BY_SIDE: tuple[Finisher, ...] = (
    copy_engine,
    write_portal,
    write_sitemap,
    write_feeds,
    write_calendars,
)
"""Those that know nothing of each other's files; each may run twice, where a process that was to run it fails."""

IN_ORDER: tuple[Finisher, ...] = (
    place_error_pages,
    write_recipes,
    write_service_worker,  # when nothing else of the assessment changes any more
    write_manifest,  # last: it lists everything
)

AFTER_AN_EDIT: tuple[Finisher, ...] = (write_edited_feeds, write_edited_calendars, write_edited_service_worker)
"""Those that a preview runs when single pages were rendered anew; the others read or list the whole site."""


def finish(site: RenderedSite) -> None:
    """Complete a site whose pages stand."""
    spread(partial(_run, site), SIDE_BY_SIDE)
    for finisher in IN_ORDER:
        finisher(site)


def finish_edited(site: RenderedSite) -> None:
    """Complete a site of which single pages were rendered anew."""
    for finisher in AFTER_AN_EDIT:
        finisher(site)


def _run(site: RenderedSite, finisher: Finisher) -> None:
    finisher(site)
