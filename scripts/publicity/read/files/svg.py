"""What a drawing (SVG) may hold: it is a document that a browser can open by itself, and run."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from xml.parsers import expat

from publicity.data_files import data_file
from publicity.problems import Problem
from publicity.read.characters import bad_characters
from scoring.problems import MOST_SHOWN

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_LIST = data_file("publicity.read.files", "svg.yml")
_ELEMENTS, _ATTRIBUTES = frozenset(_LIST["elements"]), frozenset(_LIST["attributes"])
_REFERENCES = frozenset({"href", "xlink:href"})
MOST_DRAWN = 100_000
"""Elements that are drawn, those that are used counted each time."""
# Functions of CSS that fetch, rules that do, and escapes that could hide either.
_REACHES_OUT = re.compile(r"""\\|@|url\((?!\s*["']?#)|(?:image|image-set|src|expression|attr|element)\s*\(|[a-z-]+script\s*:""", re.IGNORECASE)  # fmt: skip


def svg_problems(data: bytes, name: str) -> list[Problem]:
    """Everything in a drawing that is not drawing. It is refused and not cleaned: what was meant, its author knows."""
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
        reader.check_uses()
    except _RefusedError:
        pass
    except expat.ExpatError as error:
        reader.add("svg-unsound", why=expat.errors.messages.get(error.code, str(error)))
    return reader.problems


class _RefusedError(Exception):
    """The rest of the file is not looked at."""


class _Reader:
    def __init__(self, name: str) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._is_root = True
        self._open: list[str] = [""]
        """The ids of the elements around, the nearest last; an element without one bears its parent's."""
        self._elements: Counter[str] = Counter()
        self._parts: defaultdict[str, list[str]] = defaultdict(list)
        """What is drawn with an element of an id, by ids: those within it, and those that it uses."""
        self._style: list[str] | None = None
        """The texts of a style sheet that is open; the parser may give it in pieces."""
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = lambda *_: self._declaration("DOCTYPE")
        self.parser.EntityDeclHandler = lambda *_: self._declaration("ENTITY")
        self.parser.ProcessingInstructionHandler = lambda target, _: self._declaration(target)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def add(self, code: str, **values: object) -> None:
        """Note what is wrong where the parser stands.

        Raises:
            _RefusedError: these are enough.
        """
        self.problems.append(Problem(self._name, self.parser.CurrentLineNumber, code, values))
        if len(self.problems) >= MOST_SHOWN:
            raise _RefusedError

    def _declaration(self, what: str) -> None:
        self.add("svg-declaration", found=what)
        raise _RefusedError

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if space != _SVG or element not in _ELEMENTS or (self._is_root and element != "svg") or self._style is not None:
            self.add("svg-element", found=element)
        self._is_root = False
        self._count(element, attributes)
        self._style = [] if element == "style" else None
        for key, value in attributes.items():
            attribute = _known_as(key)
            reaches = not value.strip().startswith("#") if attribute in _REFERENCES else _REACHES_OUT.search(value)
            if attribute not in _ATTRIBUTES or reaches:
                self.add("svg-attribute", found=f'{attribute}="{value[:40]}"')

    def _count(self, element: str, attributes: Mapping[str, str]) -> None:
        around = self._open[-1]
        identity = attributes.get("id") or around
        if identity != around:
            self._parts[around].append(identity)
        self._open.append(identity)
        self._elements[identity] += 1
        if element == "use":
            self._parts[identity] += [
                value.strip()[1:] for key, value in attributes.items() if _known_as(key) in _REFERENCES
            ]

    def check_uses(self) -> None:
        """Refuse drawings that use parts of themselves which use parts of themselves, until no browser can draw them."""
        sizes: Counter[str] = Counter()
        try:
            for identity in TopologicalSorter(self._parts).static_order():
                size = self._elements[identity] + sum(sizes[part] for part in self._parts.get(identity, ()))
                sizes[identity] = min(size, MOST_DRAWN + 1)
        except CycleError:
            sizes[""] = MOST_DRAWN + 1
        if sizes[""] > MOST_DRAWN:
            self.problems.append(Problem(self._name, 1, "svg-uses", {"most": MOST_DRAWN}))

    def _end(self, _: str) -> None:
        self._open.pop()
        if self._style and (match := _REACHES_OUT.search("".join(self._style))):
            self.add("svg-attribute", found=f'style="{match[0]}"')
        self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
        for problem in bad_characters(text, self._name, self.parser.CurrentLineNumber):
            self.add(problem.code, **problem.values)


def _known_as(name: str) -> str:
    """An attribute as it is written, by its usual prefix."""
    space, _, attribute = name.rpartition(" ")
    return {"": "", _XLINK: "xlink:", _XML: "xml:"}.get(space, f"{space}:") + attribute
