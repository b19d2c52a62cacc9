"""Personal data in texts: numbers of identity cards, bank cards, passports and cars, accounts, homes, and telephone numbers that no office has published as its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type
from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from publicity.models import Region
from publicity.read.content import Content
from publicity.read.passages import Passage

NEVER_PUBLISHED = frozenset({"identity-number", "mobile-number", "bank-card-number", "passport-number"})
"""The kinds that no text may show; a landline may be an office's that nobody has registered yet."""
_GAP = r"[ \u00a0\u2002-\u200a\u3000·-]"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])(?:\d{_GAP}?){{17}}[\dXx](?![0-9A-Za-z])", re.ASCII)
_BEFORE = 20
"""Characters before a number that say what it is."""
_MOST_GAPS = 5
"""More part an identity number only where each of its digits stands by itself, as in a form."""
_CALLED_IDENTITY = re.compile(r"(?:身份证|身份号码|身份证件).{0,8}$")
_UNIT = r"[余多]?[万亿]*(?:[美欧日港澳韩加新]?元(?![旦宵月年素件器气首老])|英镑|卢布|卢比|吨|千克|公斤|yuan|(?:RMB|CNY|USD|EUR)\b)"
_AS_AMOUNT = re.compile(rf"\.\d{{1,2}}(?!\d)| ?{_UNIT}")
_CURRENCY = re.compile(r"(?:[¥￥$€£]|人民币|\b(?:RMB|CNY|USD|EUR))\s*$")
_DECIMAL = re.compile(r"\d+\.\d{1,2}")
_CARD = re.compile(r"(?<![0-9A-Za-z.])(?:[3-6]\d{3}|62\d{2})(?:[ -]?\d){11,14}\d(?![0-9A-Za-z])", re.ASCII)
_CALLED_CARD = re.compile(r"(?:卡号|银行卡|储蓄卡|信用卡|账号|帐号|账户|开户).{0,16}$", re.DOTALL)
_CALLED = (
    ("passport-number", r"(?:护照|通行证)[^。；\n]{0,10}?(?<![0-9A-Za-z])(?P<it>(?:[EGDSP][A-HJ-NP-Z]?\d{7,8}|[CWHM]\d{8,10}))(?![0-9A-Za-z])"),
    ("plate-number", r"(?:车牌|号牌|车号|驾驶|乘坐|轿车|货车|车辆)[^。；\n]{0,10}?(?P<it>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6})(?![A-Za-z0-9])"),
    ("chat-account", r"(?:微信|(?<![A-Za-z])QQ)(?:号码?|账号|帐号)?[为是:： ]{0,3}(?P<it>(?=[a-z_-]*\d|[a-z-]*_)[A-Za-z][A-Za-z0-9_-]{5,19}|(?<=[:：号为是])[a-z][a-z0-9_-]{5,19}|[1-9]\d{4,10})(?![A-Za-z0-9])"),
    ("home-address", r"(?P<it>\d{1,4}(?:号|弄|栋|幢|号楼|座)[^，。；\s]{0,8}?\d{1,3} ?单元[^，。；\s]{0,8}?\d)"),
)  # fmt: skip
"""What is told by what stands before it, since the sign alone may be anything."""
_TELLING = [(kind, re.compile(pattern, re.ASCII if kind == "passport-number" else 0)) for kind, pattern in _CALLED]
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘ－（）", "0123456789X-()")


@dataclass(frozen=True)
class PersonalNumber:
    """A number in a text, with its middle digits hidden: what is said of it goes from hand to hand."""

    kind: str
    path: str
    line: int
    masked: str


def personal_numbers(passages: Iterable[Passage], region: Region | None, content: Content) -> Iterator[PersonalNumber]:
    """Identity-card numbers with a right checksum (GB 11643), mobile numbers, and landlines that are no published contact.

    What is written as an amount is none of them, though its digits may be those of a telephone.
    """
    published = _published(region, content)
    for passage in passages:
        text = passage.text.translate(_HALF_WIDTH)
        identities = identity_numbers(passage.text)
        for match in identities:
            yield _at(passage, "identity-number", match.start(), match[0])
        for kind, start, number in _others(text):
            yield _at(passage, kind, start, number)
        inside_identity = {place for match in identities for place in range(*match.span())}
        for phone in PhoneNumberMatcher(text, "CN", leniency=Leniency.VALID):
            inside = phone.start in inside_identity
            meant = passage.key[-1:] == ("phone",) or phone.number.national_number in published
            if inside or meant or _is_amount(text, phone.start, phone.end):
                continue
            mobile = number_type(phone.number) == PhoneNumberType.MOBILE
            yield _at(passage, "mobile-number" if mobile else "phone-number", phone.start, phone.raw_string)


def identity_numbers(text: str) -> list[re.Match[str]]:
    """Identity-card numbers, whatever sets their digits apart."""
    text = text.translate(_HALF_WIDTH)
    return [
        match
        for match in _IDENTITY.finditer(text)
        if _is_identity(match[0], text[max(match.start() - _BEFORE, 0) : match.start()])
    ]


def _others(text: str) -> Iterator[tuple[str, int, str]]:
    """What else is a person's: its kind, its place, and itself."""
    for card in _CARD.finditer(text):
        digits = re.sub("[ -]", "", card[0])
        if luhn.is_valid(digits) and (
            digits.startswith("62") or _CALLED_CARD.search(text[max(card.start() - _BEFORE, 0) : card.start()])
        ):
            yield "bank-card-number", card.start(), card[0]
    for kind, pattern in _TELLING:
        yield from ((kind, match.start("it"), match["it"]) for match in pattern.finditer(text))


def _is_identity(number: str, before: str) -> bool:
    """Whether the birth date and the check digit are right, which is mistyped at times in one that is called so `before`.

    The place is not looked up: codes of counties come and go.
    """
    digits = re.sub(_GAP, "", number).upper()
    if _MOST_GAPS < len(number) - len(digits) < len(digits) - 1:
        return False
    try:
        ric.get_birth_date(digits)
    except InvalidComponent:
        return False
    return ric.calc_check_digit(digits) == digits[-1] or bool(_CALLED_IDENTITY.search(before))


def _is_amount(text: str, start: int, end: int) -> bool:
    """Whether a number stands with decimals, a unit or a currency."""
    return bool(
        _DECIMAL.fullmatch(text[start:end])
        or _AS_AMOUNT.match(text, end)
        or _CURRENCY.search(text[max(start - _BEFORE, 0) : start])
    )


def _published(region: Region | None, content: Content) -> set[int | None]:
    """The numbers of `region.yml` and of the register of stations, for which a text may send its readers there."""
    contacts = [contact.phone for contact in region.contacts] if region else []
    stations = [station.phone for register in content.registers.values() for station in register.meta.stations]
    numbers = " ; ".join(phone for phone in (*contacts, *stations) if phone)
    return {match.number.national_number for match in PhoneNumberMatcher(numbers, "CN", leniency=Leniency.VALID)}


def _at(passage: Passage, kind: str, start: int, number: str) -> PersonalNumber:
    return PersonalNumber(kind, passage.path, passage.line_at(start), _masked(number))


def _masked(number: str) -> str:
    places = [index for index, sign in enumerate(number) if sign.isalnum()]
    hidden = set(places[3:-2])
    return "".join("*" if index in hidden else sign for index, sign in enumerate(number))
