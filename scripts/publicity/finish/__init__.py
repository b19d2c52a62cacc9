"""Step 5: complete the rendered site. Each finisher is one function in a module of its own; their order is here."""

from collections.abc import Callable, Iterable
from pathlib import Path

from publicity.finish.calendars import write_calendars
from publicity.finish.engine import copy_engine
from publicity.finish.feeds import write_edited_feeds, write_feeds
from publicity.finish.foreign import mark_foreign_passages, mark_pages
from publicity.finish.manifest import write_manifest
from publicity.finish.not_found import place_error_pages
from publicity.finish.offline import write_service_worker
from publicity.finish.outward import mark_edited_pages, mark_outward_links
from publicity.finish.portal import write_portal
from publicity.finish.rendered import RenderedSite
from publicity.finish.search import index_site
from publicity.finish.servers import write_recipes
from publicity.finish.sitemap import write_sitemap

Finisher = Callable[[RenderedSite], None]

FINISHERS: tuple[Finisher, ...] = (
    copy_engine,
    write_portal,
    mark_outward_links,  # before the error pages move, whose links it makes relative
    mark_foreign_passages,
    place_error_pages,
    write_sitemap,
    write_feeds,
    write_calendars,
    index_site,
    write_recipes,
    write_service_worker,  # when nothing else of the assessment changes any more
    write_manifest,  # last: it lists everything
)

AFTER_AN_EDIT: tuple[Finisher, ...] = (write_edited_feeds, write_calendars, write_service_worker)
"""Those that a preview runs when single pages were rendered anew; the others read or list the whole site."""


def finish(site: RenderedSite) -> None:
    """Run all finishers on a rendered site."""
    for finisher in FINISHERS:
        finisher(site)


def finish_edit(site: RenderedSite, pages: Iterable[Path]) -> bool:
    """Finish single pages rendered anew, and what depends on them; False where the whole site must be finished."""
    pages = list(pages)
    if not mark_edited_pages(site, pages):
        return False
    mark_pages(pages)
    for finisher in AFTER_AN_EDIT:
        finisher(site)
    return True
