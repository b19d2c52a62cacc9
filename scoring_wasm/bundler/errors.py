"""What the bundler raises."""


class BundleError(Exception):
    """The engine could not be bundled; raised by everything here, with a message for whoever runs the build."""
