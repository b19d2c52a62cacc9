"""`sw.js`: the service worker that keeps the assessment usable without a network."""

from scoring_bundler import BundleError, service_worker

from publicity.addresses import url_of
from publicity.finish.rendered import RenderedSite
from publicity.problems import BuildError


def write_service_worker(site: RenderedSite) -> None:
    """Write the service worker with the hash of every file that the assessment loads.

    Raises:
        BuildError: a file that the assessment loads is missing.
    """
    if not site.region.standard:
        return
    pages = [url_of("assessment.md", language) for language in site.prepared.languages]
    try:
        text = service_worker(
            site=site.folder,
            pages=pages,
            engine=f"engine/{site.prepared.engine.name}/",
            standard=f"{site.region.standard}.json",
        )
    except BundleError as error:
        raise BuildError(error.code, **error.values) from error
    (site.folder / "sw.js").write_text(text, encoding="utf-8")


def write_edited_service_worker(site: RenderedSite) -> None:
    """Write it where a page of the assessment has changed; all else that it lists is as it was after an edit."""
    if any(path.endswith("/assessment.md") for path in site.prepared.changed):
        write_service_worker(site)
