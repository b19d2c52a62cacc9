"""`sw.js`: the service worker that keeps the assessment usable without a network."""

from pathlib import Path

from scoring_bundler import BundleError, service_worker

from publicity.addresses import url_of
from publicity.prepare import Prepared
from publicity.problems import BuildError


def write_service_worker(prepared: Prepared, site: Path, site_url: str | None) -> None:  # noqa: ARG001
    """Write the service worker with the hash of every file that the assessment loads.

    Raises:
        BuildError: a file that the assessment loads is missing.
    """
    if not prepared.column.region.standard:
        return
    pages = [url_of("assessment.md", language) for language in prepared.languages]
    try:
        text = service_worker(site=site, pages=pages, engine=f"engine/{prepared.engine.name}/")
    except BundleError as error:
        raise BuildError(error.code, **error.values) from error
    (site / "sw.js").write_text(text, encoding="utf-8")
