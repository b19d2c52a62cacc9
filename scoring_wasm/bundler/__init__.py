"""The bundler: the scoring core and the Python runtime as one folder of static files that any web server can host."""

from scoring_bundler.bundle import Bundle, BundledFile, bundle
from scoring_bundler.errors import BundleError

__all__ = ["Bundle", "BundleError", "BundledFile", "bundle"]
