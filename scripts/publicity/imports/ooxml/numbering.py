"""The numbers that Word counts by itself (`w:numPr`). In an official document they are characters of its text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import W, child, is_on, value

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
MOST_LEVELS = 9


@dataclass(frozen=True)
class Level:
    """How a level of a list is numbered: `shape` is such as `（%1）`."""

    form: str
    shape: str
    start: int
    plain: bool
    style: str
    restart: int | None


@dataclass
class _List:
    """A list that Word counts: its levels, and how far each has come."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts through the paragraphs of a text, in their order."""

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._styles = {} if styles is None else {value(one, "w:styleId"): one for one in styles.iter(W + "style")}
        rows = list(numbering) if numbering is not None else []
        kinds = {value(row, "w:abstractNumId"): row for row in rows if row.tag == W + "abstractNum"}
        self._nums = {value(row, "w:numId"): row for row in rows if row.tag == W + "num"}
        self._lists = {key: _List(_levels(self._linked(row, kinds))) for key, row in kinds.items()}
        self._started: set[tuple[str, int]] = set()

    def of(self, paragraph: ET.Element) -> str | None:
        """The number of the next paragraph, nothing where Word shows a bullet instead; None where it is not in a list."""
        number, level = self.place(paragraph)
        own = self._lists.get(value(child(self._nums.get(number), "w:abstractNumId")))
        if own is None:
            return None
        levels = own.levels | _levels(self._nums[number], inside="w:lvlOverride")
        if level not in levels:
            return None
        self._count(own, levels, number, level)
        if levels[level].form == "bullet":
            return ""
        return _shown(levels, own.counts, level)

    def _count(self, own: _List, levels: dict[int, Level], number: str, level: int) -> None:
        for row in self._nums[number].iter(W + "lvlOverride"):  # a list that begins anew
            at = _int(value(row, "w:ilvl"), 0)
            start = child(row, "w:startOverride")
            if start is not None and (number, at) not in self._started:
                self._started.add((number, at))
                own.counts[at] = _int(value(start), 1) - 1
        own.counts[level] = own.counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in own.counts if at > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0:
                del own.counts[deeper]

    def place(self, paragraph: ET.Element) -> tuple[str, int]:
        """The list and the level of a paragraph, by itself or by its style."""
        here = child(paragraph, "w:pPr", "w:numPr")
        number, level = value(child(here, "w:numId")), value(child(here, "w:ilvl"))
        style = value(child(paragraph, "w:pPr", "w:pStyle"))
        if not number and (here := self._of_style(style)) is not None:
            number = value(child(here, "w:numId"))
            level = level or value(child(here, "w:ilvl")) or self._level_of_style(number, style)
        return number, _int(level, 0)

    def _of_style(self, style: str) -> ET.Element | None:
        for _ in range(20):  # styles build on styles
            row = self._styles.get(style)
            numbers = child(row, "w:pPr", "w:numPr")
            if row is None or child(numbers, "w:numId") is not None:
                return numbers
            style = value(child(row, "w:basedOn"))
        return None

    def _level_of_style(self, number: str, style: str) -> str:
        own = self._lists.get(value(child(self._nums.get(number), "w:abstractNumId")))
        return next((str(at) for at, level in own.levels.items() if level.style == style), "") if own else ""

    def _linked(self, row: ET.Element, kinds: dict[str, ET.Element]) -> ET.Element:
        """The list whose levels count for a list: it may be that of a style."""
        link = value(child(row, "w:numStyleLink"))
        number = value(child(self._styles.get(link), "w:pPr", "w:numPr", "w:numId")) if link else ""
        return kinds.get(value(child(self._nums.get(number), "w:abstractNumId")), row) if number else row


def _levels(row: ET.Element, inside: str = "") -> dict[int, Level]:
    """The levels that stand below a list, or inside what overrides its own."""
    found = row.iter(W + "lvl") if inside else row.findall(W + "lvl")
    return {_int(value(one, "w:ilvl"), 0): _level(one) for one in found}


def _level(row: ET.Element) -> Level:
    restart = value(child(row, "w:lvlRestart"))
    return Level(
        form=value(child(row, "w:numFmt")) or "decimal",
        shape=value(child(row, "w:lvlText")),
        start=_int(value(child(row, "w:start")), 1),
        plain=is_on(child(row, "w:isLgl")),
        style=value(child(row, "w:pStyle")),
        restart=_int(restart, 0) if restart else None,
    )


def _shown(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    plain = levels[level].plain

    def filled(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at not in levels:
            return ""
        count = counts.get(at, levels[at].start)
        return str(count) if plain else formatted(count, levels[at].form)

    return re.sub(r"%([1-9])", filled, levels[level].shape).strip()


def formatted(count: int, form: str) -> str:
    """A number as one of Word's forms shows it; Arabic digits where the form is none of ours."""
    maker = _FORMS.get(form)
    return maker(count) if maker and 0 < count < 10_000 else "" if form == "none" else str(count)


def _chinese(count: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    text = ""
    for place, unit in ((1000, units[0]), (100, units[1]), (10, units[2]), (1, "")):
        digit = count // place % 10
        text += digits[digit] + unit if digit else digits[0] if text and count % place else ""
    text = re.sub(f"{digits[0]}+", digits[0], text)
    return text[1:] if digits == _DIGITS and 10 <= count < 20 else text


def _by_digits(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _letters(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for number, sign in _ROMAN:
        text += sign * (count // number)
        count %= number
    return text


def _from(first: str, most: int, count: int) -> str:
    """One of the signs that follow one another in Unicode."""
    return chr(ord(first) + count - 1) if count <= most else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "chineseLegalSimplified": lambda count: _chinese(count, _FORMAL, "仟佰拾"),
    "ideographLegalTraditional": lambda count: _chinese(count, _FORMAL, "仟佰拾"),
    "ideographTraditional": lambda count: _STEMS[count - 1] if count <= len(_STEMS) else str(count),
    "ideographZodiac": lambda count: _BRANCHES[count - 1] if count <= len(_BRANCHES) else str(count),
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: "".join(chr(ord("０") + int(digit)) for digit in str(count)),
    "decimalEnclosedCircle": lambda count: _from("①", 20, count),
    "decimalEnclosedCircleChinese": lambda count: _from("①", 20, count),
    "decimalEnclosedParen": lambda count: _from("⑴", 20, count),
    "decimalEnclosedFullstop": lambda count: _from("⒈", 20, count),
    "ideographEnclosedCircle": lambda count: _from("㊀", 10, count),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "none": lambda _: "",
}


def _int(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
