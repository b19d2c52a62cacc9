"""Addresses as browsers read them (WHATWG): an address that a browser would mend or read otherwise than it is written is refused."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote, unquote

import ada_url
from publicsuffixlist import PublicSuffixList

LONGEST = 2000
"""Characters of an address; some browsers and servers cut longer ones."""
_SHOWN = 60
_LAST_PORT = 65535
_HIDDEN = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_DROPPED = re.compile(r"[\x00-\x20]")
"""What browsers drop before and, for the most part, within a scheme."""
_PLAIN = re.compile(r"[!-\[\]-~]*")
"""Nothing that needs a closer look."""
_UNSAFE = ("javascript", "vbscript", "data")
_OWN_FILE = re.compile(r"[A-Za-z]:[\\/]|file:|\\\\", re.IGNORECASE)
"""A file of the machine that somebody writes on, or of one in the same office."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_MEANT_AS_WEB = re.compile(
    r"(?:https?(?=[^a-z])[:：]?/*)?(?P<rest>(?:www\.[a-z0-9-]+|(?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu|cn))(?:\.[a-z]+)*(?:[/?#][^\s]*)?)",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*|\[[0-9a-f:.]+\]"
)
_TWO_MEANINGS = frozenset("ßẞς")
"""Letters in a host that browsers before 2023 read as others (IDNA 2003)."""
_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts whose letters look alike; who mixes them in one name means to be taken for another site, or was taken in."""
_PATH = re.compile(r"(/[\w.~-]+)*/?")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．？＝＆]")
"""What no address holds but by an input method that was left on; other marks may stand in a name."""
_STOPS = "。，、；：！？"
_MAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LONGEST_LOCAL, _LONGEST_MAIL = 64, 254  # RFC 5321, 4.5.3.1
_DIALLED = re.compile(r"\+?[0-9().-]+(?:;[a-z0-9.=+-]+)*")


class AddressError(ValueError):
    """No address that may be published.

    Attributes:
        code: what is wrong, by the catalogue of problems.
        values: the values of that problem.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


@dataclass(frozen=True)
class Address:
    """An address on the web. `host` is in its ASCII form, `href` the whole as browsers send it."""

    href: str
    host: str
    path: str

    @property
    def site(self) -> str:
        """The host as people read it."""
        return ada_url.idna_to_unicode(self.host)


@dataclass(frozen=True)
class LinkTarget:
    """Where a link leads: a `scheme` in small letters, or none where it stays on the site; then path and anchor, decoded."""

    scheme: str
    path: str
    anchor: str


def read_address(text: str) -> Address:
    """Read a whole address, `https://…` or `http://…`.

    Raises:
        AddressError: it is no web address, or browsers would not read it as it is written.
    """
    _refuse_hidden(text)
    start = _WEB.match(text)
    if not start:
        if _WEB.match(unicodedata.normalize("NFKC", text)):
            _refuse_wide(text, text)
        raise _refused("bad-web-address", text)
    authority = re.split(r"[/?#]", text[start.end() :], maxsplit=1)[0]
    _refuse_wide(authority, text)
    if "@" in authority:
        raise _refused("address-with-user", text)
    written = re.sub(r":[^:\]]*$", "", authority)
    try:
        url = ada_url.URL(start[0] + written + text[start.end() + len(authority) :])
    except ValueError:
        raise _refused("address-host", text, host=_shortened(written)) from None
    site = ada_url.idna_to_unicode(url.hostname)
    if (
        _TWO_MEANINGS & set(site)
        or not _HOST.fullmatch(url.hostname)
        or "xn--" in site
        or written.lower() not in (site, url.hostname)
    ):
        raise _refused("address-host", text, host=_shortened(written))
    _refuse_alike(site, text)
    _refuse_typed(text)
    port = authority[len(written) :]
    if port and not (re.fullmatch(r":[1-9][0-9]{0,4}", port) and int(port[1:]) <= _LAST_PORT):
        raise _refused("address-port", text, port=_shortened(port[1:]))
    return Address(ada_url.URL(text).href, url.hostname, url.pathname)


def read_column_address(text: str) -> Address:
    """Read the address of a column, which stands in the recipes of servers: its path holds names alone, and nothing follows it.

    Raises:
        AddressError: it is not such an address.
    """
    if re.search(r"\s", text):
        raise _refused("bad-column-address", text)  # elsewhere it is to be written as %20, which no path here may hold
    address = read_address(text)
    path = re.sub(r"^https?://[^/?#]*", "", text, flags=re.IGNORECASE)
    if not _PATH.fullmatch(path) or quote(path or "/", safe="/~") != address.path:
        raise _refused("bad-column-address", text)
    return address


@lru_cache(maxsize=50_000)  # pages lead to the same places, and are looked through more than once
def read_target(text: str) -> LinkTarget:
    """Read what a link of a page leads to.

    Raises:
        AddressError: it is a faulty address of another site, one that browsers would not read as it is written, or it runs script.
    """
    if (scheme := _SCHEME.match(_DROPPED.sub("", text))) and scheme[1].lower() in _UNSAFE:
        raise AddressError("forbidden-scheme", scheme=scheme[1].lower())
    if _OWN_FILE.match(text):
        raise _refused("own-file", text)
    _refuse_hidden(text)
    if text.startswith("//") or re.match("https?:", unicodedata.normalize("NFKC", text), re.IGNORECASE):
        read_address(text)
    if scheme := _SCHEME.match(text):
        _refuse_misdirected(scheme[1].lower(), text[scheme.end() :], text)
        return LinkTarget(scheme[1].lower(), text[scheme.end() :], "")
    path, _, anchor = text.partition("#")
    return LinkTarget("", unquote(path.partition("?")[0]), unquote(anchor))


def meant_as_address(text: str) -> str | None:
    """The address that a link was meant for which names a file as it is written: of a site, of mail or of a telephone."""
    if is_mail_address(text):
        return f"mailto:{text}"
    if re.fullmatch(r"(?![0-9]{4}-[0-9]{2}-[0-9]{2}$)\+?(?=(?:-?[0-9]){7,15}$)[0-9-]+", text):
        return f"tel:{text}"
    meant = _MEANT_AS_WEB.fullmatch(text)
    return f"https://{meant['rest']}" if meant else None


def joined(address: str, base: str) -> str:
    """An address that stands on the page at `base`, whole.

    Raises:
        AddressError: it leads nowhere on the web.
    """
    _refuse_hidden(address)
    try:
        whole = ada_url.URL(address, base=base).href
    except ValueError:
        raise _refused("bad-web-address", address) from None
    return read_address(whole).href


def is_mail_address(text: str) -> bool:
    """Whether mail can be sent to an address by every server: ASCII, with a full domain."""
    local, _, _ = text.rpartition("@")
    return bool(_MAIL.fullmatch(text)) and len(local) <= _LONGEST_LOCAL and len(text) <= _LONGEST_MAIL


def holds_mail_address(text: str) -> bool:
    """Whether such an address stands among other words."""
    return bool(_MAIL.search(text))


def read_host(text: str) -> str:
    """Read the name of a site as it stands in an address, such as `www.example.gov.cn`; returns its ASCII form.

    Raises:
        AddressError: it is no name of a site.
    """
    try:
        address = read_address(f"https://{text}/")
    except AddressError:
        raise _refused("bad-host", text) from None
    if text != address.site:
        raise _refused("bad-host", text)
    return address.host


def lies_within(host: str, site: str) -> bool:
    """Whether a host is a site or lies below it, by whole labels."""
    return host == site or host.endswith(f".{site}")


def is_public_suffix(host: str) -> bool:
    """Whether anybody can have a site below a host, as below `com.cn`."""
    return _suffixes().is_public(host)


@cache  # takes a third of a second
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def _refuse_hidden(text: str) -> None:
    """Refuse what browsers drop or change without a word wherever it stands: white space, what nobody sees, backslashes."""
    if len(text) > LONGEST:
        raise _refused("address-long", text, length=len(text), longest=LONGEST)
    if _PLAIN.fullmatch(text):
        return
    for sign in text:
        if sign == "\\":
            raise _refused("address-sign", text, sign=sign, instead="/")
        if sign == " ":
            raise _refused("space-in-address", text)
        if unicodedata.category(sign) in _HIDDEN:
            raise _refused("address-hidden", text, character=f"U+{ord(sign):04X}")


def _refuse_wide(part: str, text: str) -> None:
    """Refuse signs that browsers take for others in a scheme or a host; behind those, letters of any script are sent as they are."""
    for sign in part:
        meant = unicodedata.normalize("NFKC", sign).replace("。", ".")
        if meant != sign:
            raise _refused("address-sign", text, sign=sign, instead=meant)


def _refuse_typed(text: str) -> None:
    """Refuse what an input method has put into an address or behind it, where no page is found."""
    if wide := _WIDE.search(text):
        raise _refused("address-sign", text, sign=wide[0], instead=unicodedata.normalize("NFKC", wide[0]))
    if text.endswith(tuple(_STOPS)):
        raise _refused("address-stop", text, sign=text[-1])


def _refuse_misdirected(scheme: str, rest: str, text: str) -> None:
    """Refuse a link to write or to dial that reaches nobody."""
    if scheme == "mailto" and not all(is_mail_address(one) for one in unquote(rest.partition("?")[0]).split(",")):
        raise _refused("bad-mail-link", text)
    if scheme == "tel" and not _DIALLED.fullmatch(unquote(rest)):
        raise _refused("bad-phone-link", text)


def _refuse_alike(site: str, text: str) -> None:
    """Refuse a name of which one label has letters of two scripts that look alike."""
    for label in () if site.isascii() else site.split("."):
        signs = {script: sign for sign in label for script in _ALIKE if unicodedata.name(sign, "").startswith(script)}
        if len(signs) > 1:
            sign = next(sign for script, sign in signs.items() if script != "LATIN")
            raise _refused("address-alike", text, host=_shortened(site), sign=sign)


def _refused(code: str, address: str, **values: object) -> AddressError:
    return AddressError(code, found=_shortened(address), **values)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
