"""Exact amounts of points: whole thousandths in, plain decimal strings out.

Integers keep every sum exact, need no further module, and serve the search for advice as they are.
"""

import re

SCALE = 1000
_DECIMAL = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,3}))?")


def parse(value: object) -> int | None:
    """Read an amount of points.

    Args:
        value: An int, or a string such as "5" or "2.5" (at most 6 digits before and 3 after the point).

    Returns:
        The amount in thousandths of a point, or None where the value is no such amount. A float is none:
        it may already have lost what was written.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        # Compared before it is turned to text: Python refuses to print huge integers.
        return value * SCALE if 0 <= value < 10**6 else None
    match = _DECIMAL.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    return int(match[1]) * SCALE + int((match[2] or "").ljust(3, "0"))


def show(amount: int) -> str:
    """Write thousandths of a point as a plain decimal: "97.5", "100", "0", "-5"; no trailing zeros."""
    whole, rest = divmod(abs(amount), SCALE)
    text = f"{whole}.{rest:03}".rstrip("0").rstrip(".")
    return f"-{text}" if amount < 0 else text
