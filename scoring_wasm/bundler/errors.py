"""What the bundler raises."""


class BundleError(Exception):
    """The engine could not be bundled; raised by everything here. It is data, for the sentences of whoever runs the build.

    Attributes:
        code: What is wrong.
        values: The particulars, by name: text, numbers, and tuples of text.
    """

    def __init__(self, code: str, **values: str | int | tuple[str, ...]) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code} {values}")
