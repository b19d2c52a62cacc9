"""The bundler: the scoring core and its Python runtime as one folder of static files for any web server."""

from scoring_bundler.errors import BundleError
from scoring_bundler.folder import Bundle, BundledFile, bundle
from scoring_bundler.offline import service_worker

__all__ = ["Bundle", "BundleError", "BundledFile", "bundle", "service_worker"]
