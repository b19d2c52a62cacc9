"""Run inside a snapshot, not in the bundler: use Python broadly, beyond what the rehearsed requests need.

Functions of CPython that neither this nor the requests enter are cut from the snapshot. What is exercised here without
need costs a few kilobytes; what is missing here and wanted one day costs a visitor the slower, ordinary start. Only
modules that the core imports can be imported here.
"""

import functools
import gc
import hashlib
import itertools
import json
import re
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator
from datetime import date

SAMPLES: list[object] = [
    None, True, 0, 7, -(10**40), 2.5, float("inf"), 1j, "abc", "商业秘密 😀", "é", b"ab", bytearray(b"ab"), (1, "a"), [3, 1, 2],
    {1, 2}, frozenset("ab"), {"a": 1, "b": [2]}, range(9), slice(1, 2), iter([1, 2]), enumerate("ab"), zip("ab", "cd", strict=True),
    map(str, [1]), reversed([1]), (letter for letter in "ab"), {"a": 1}.items(), ValueError("x"), deque([1, 2]), OrderedDict(a=1),
    defaultdict(list), re.compile("(a)|b"), re.compile("(a)|b").search("ab"), memoryview(b"abc"), len, str.join, int, object(),
    functools.partial(int, "7"), itertools.chain("a", "b"),
]  # fmt: skip
ARGUMENTS: list[tuple[object, ...]] = [
    (), (2,), (0,), (-3,), (2.5,), ("a",), ("商",), (b"a",), (None,), ([1, 2],), ({"a": 2},), ({2, 3},), (slice(0, 2),), (str,),
    (1, 2), ("a", "b"), ("a", 2), (2, "a"), ("utf-8", "replace"), (len, "ab"), ((1, 2), (3, 4)), ("a", "b", 1), (1, 2, 3),
]  # fmt: skip
LEFT_ALONE = {
    "__class__",
    "__init_subclass__",
    "__subclasshook__",
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "send",
    "throw",
}


def attempt(function: object, *arguments: object) -> None:
    """Call it; an exception is as good as a result."""
    try:
        result = function(*arguments)  # type: ignore[operator]
        repr(result), bool(result)
        if isinstance(result, Iterator):
            next(result, None)
    except Exception as error:  # noqa: BLE001
        str(error), repr(error), error.with_traceback(None)


for sample in SAMPLES:
    for name in dir(type(sample)):
        if name not in LEFT_ALONE:
            for arguments in ARGUMENTS:
                attempt(getattr(type(sample), name, None), sample, *arguments)
    for function in (
        str,
        repr,
        hash,
        len,
        iter,
        next,
        list,
        tuple,
        set,
        sorted,
        sum,
        min,
        max,
        abs,
        round,
        int,
        float,
        bool,
        dict,
    ):
        attempt(function, sample)
    for spec in ("", ">8", "08.3f", ",", "x", "e", "%", "s", "_", "+d"):
        attempt(format, sample, spec)
        attempt("%5.2s %r".__mod__, (sample, sample))
    for other in SAMPLES:
        for compare in (
            "__eq__",
            "__lt__",
            "__add__",
            "__sub__",
            "__mul__",
            "__truediv__",
            "__floordiv__",
            "__mod__",
            "__or__",
            "__and__",
        ):
            attempt(getattr(sample, compare, None), other)
        attempt(isinstance, sample, type(other))
    for encode in (json.dumps, functools.partial(json.dumps, ensure_ascii=False, indent=1, sort_keys=True)):
        attempt(encode, sample)
        attempt(encode, {"a": [sample, (sample,)]})

for text in (
    '{"a": [1, 2.5e3, -0, true, null, "\\u5546\\n"]}',
    "[1,]",
    "nul",
    '"\\x"',
    "-",
    '{"a" 1}',
    "[NaN, Infinity]",
    '"\x01"',
    "1" * 5000,
):
    attempt(json.loads, text)
    attempt(functools.partial(json.loads, object_pairs_hook=list, parse_float=str, parse_constant=str), text)
for pattern in (
    r"(?P<x>\d+)(?:[a-z]{1,3}|\s)*?\b",
    r"^(.*?)(?=b)(?<!c)\1?$",
    r"(?i)[^a-c\W商]+",
    r"(a+)+b|(?(1)c|d)",
    r"\A\S{2,}+\Z",
):
    expression = re.compile(pattern, re.MULTILINE)
    for text in ("12ab 商业", "aab\nAAB", "", "x" * 500):
        for method in (expression.match, expression.search, expression.fullmatch, expression.findall, expression.split):
            attempt(method, text)
        expression.sub(lambda match: match[0].upper(), text)
        [match.groupdict() | {"span": match.span()} for match in expression.finditer(text)]


class Point:
    """A class with the usual special methods."""

    __slots__ = ("__dict__", "x")

    def __init__(self, x: int) -> None:
        self.x = x

    def __lt__(self, other: "Point") -> bool:
        return self.x < other.x

    def __hash__(self) -> int:
        return hash(self.x)

    def __getattr__(self, name: str) -> str:
        return name

    @functools.cached_property
    def doubled(self) -> int:
        """Computed once."""
        return self.x * 2


points = [Point(index % 7) for index in range(40)]
attempt(lambda: (sorted(points), max(points).doubled, {*points}, points[0] == points[1], points[0].other))
attempt(setattr, points[0], "x", 1)
attempt(delattr, points[0], "y")
attempt(Point)

for numerator, denominator in itertools.product((0, 7, -7, 10**20, 3**200), (3, -3, 10**9 + 7, 2**70)):
    attempt(
        lambda a, b: (divmod(a, b), a // b, a % b, a / b, pow(a, 3, b), a << 3, a >> 2, a & b, a | b, a ^ b, ~a),
        numerator,
        denominator,
    )
    attempt(
        lambda a: (str(a), int(str(a)), hex(a), f"{a:,}", a.bit_length(), float(a), round(a, -2), hash(a)), numerator
    )

match {"kind": "a", "values": [1, 2, *range(3)]}:
    case {"kind": str(kind), "values": [first, *rest]} if rest:
        attempt(str, f"{kind!r:>10}{first:03d}{rest!s:.5}")
    case _:
        pass

for text in (
    "2026-06-30",
    "2024-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "0000-01-01",
    "x",
    "商业秘密商业秘密商业",
):
    attempt(date.fromisoformat, text)
hashlib.sha256("商业秘密".encode()).hexdigest()
attempt(lambda: 1 / 0)
attempt({}.__getitem__, "missing")
attempt(lambda: undefined)  # type: ignore[name-defined] # noqa: F821
attempt(lambda: [][1], None)
grown = {f"key {index}": str(index) * 3 for index in range(40_000)}
text = "".join(f"{key}={value}\n" for key, value in sorted(grown.items(), key=lambda item: item[1], reverse=True))
attempt(
    lambda all_text, parts: (all_text.splitlines(), all_text.encode().decode(), bytes(8_000_000), parts * 9),
    text,
    [*grown],
)
del grown, text
gc.collect()
