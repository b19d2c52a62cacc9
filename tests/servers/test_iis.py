"""The recipe for IIS, held to what IIS allows in a `web.config`: as near as one comes without Windows.

The elements and values below are those of the sections we use, in the words of IIS' own schema (`IIS_schema.xml`, which comes
with every IIS). What IIS does with them is not tried here.
"""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

_TEXT, _FLAG, _SPAN = r".+", r"true|false", r"(\d+\.)?\d{2}:\d{2}:\d{2}"
_SECTION = r"/configuration(/location)?/system\.webServer"
ALLOWED: dict[str, dict[str, str]] = {
    r"/configuration": {},
    r"/configuration/location": {"path": r"[^/\\?:*<>|\"].*(?<!/)"},
    _SECTION: {},
    _SECTION + r"/defaultDocument": {"enabled": _FLAG},
    _SECTION + r"/defaultDocument/files": {},
    _SECTION + r"/defaultDocument/files/clear": {},
    _SECTION + r"/defaultDocument/files/add": {"value": _TEXT},
    _SECTION + r"/security": {},
    _SECTION + r"/security/requestFiltering": {},
    _SECTION + r"/security/requestFiltering/hiddenSegments": {},
    _SECTION + r"/security/requestFiltering/hiddenSegments/add": {"segment": r"[^/]+"},
    _SECTION + r"/staticContent": {},
    _SECTION + r"/staticContent/clientCache": {
        "cacheControlMode": r"NoControl|DisableCache|UseMaxAge|UseExpires",
        "cacheControlMaxAge": _SPAN,
        "cacheControlCustom": _TEXT,
    },
    _SECTION + r"/staticContent/remove": {"fileExtension": r"\.\w+"},
    _SECTION + r"/staticContent/mimeMap": {
        "fileExtension": r"\.\w+",
        "mimeType": r"[\w.+-]+/[\w.+-]+(; ?charset=[\w-]+)?",
    },
    _SECTION + r"/httpProtocol": {},
    _SECTION + r"/httpProtocol/customHeaders": {},
    _SECTION + r"/httpProtocol/customHeaders/remove": {"name": r"[\w-]+"},
    _SECTION + r"/httpProtocol/customHeaders/add": {"name": r"[\w-]+", "value": _TEXT},
    _SECTION + r"/httpErrors": {"errorMode": r"DetailedLocalOnly|Custom|Detailed"},
    _SECTION + r"/httpErrors/remove": {"statusCode": r"[4-9]\d\d"},
    _SECTION + r"/httpErrors/error": {
        "statusCode": r"[4-9]\d\d",
        "path": r"/.+",
        "responseMode": r"File|ExecuteURL|Redirect",
    },
    _SECTION + r"/httpRedirect": {
        "enabled": _FLAG,
        "destination": _TEXT,
        "exactDestination": _FLAG,
        "httpResponseStatus": r"Permanent|Found|Temporary|PermRedirect",
    },
}
"""Elements by their paths, with the values of their attributes."""
KEYS = {
    "add": ("value", "segment", "name"),
    "mimeMap": ("fileExtension",),
    "error": ("statusCode",),
    "location": ("path",),
}
"""What must be unique among the elements of a collection; IIS answers 500 to every request where it is not."""


def _faults(element: ElementTree.Element, path: str) -> list[str]:
    """What the schema does not know below an element, that element included."""
    known = next((allowed for pattern, allowed in ALLOWED.items() if re.fullmatch(pattern, path)), None)
    if known is None:
        return [f"unknown element {path}"]
    faults = [
        f"{path} {name}={value!r}"
        for name, value in element.items()
        if not re.fullmatch(known.get(name, r"(?!)"), value)
    ]
    keys = Counter(
        (child.tag, child.get(key)) for child in element for key in KEYS.get(child.tag, ()) if child.get(key)
    )
    faults += [f"{path} has {tag} {key} twice" for (tag, key), count in keys.items() if count > 1]
    return [*faults, *(fault for child in element for fault in _faults(child, f"{path}/{child.tag}"))]


def test_our_recipe_is_what_iis_allows(site: Path) -> None:
    root = ElementTree.parse(site / "web.config").getroot()  # noqa: S314 - our own file
    assert root.find("system.webServer/staticContent/mimeMap") is not None
    assert _faults(root, "/configuration") == []


@pytest.mark.parametrize(
    ("config", "fault"),
    [
        ("<configuration><rewrite/></configuration>", "unknown element"),
        (
            "<configuration><system.webServer><httpErrors errorMode='On'/></system.webServer></configuration>",
            "errorMode",
        ),
        ("<configuration><location path='/en'/></configuration>", "path"),
        ("<configuration><location path='en'/><location path='en'/></configuration>", "twice"),
    ],
)
def test_what_iis_does_not_know_is_seen(config: str, fault: str) -> None:
    assert fault in " ".join(_faults(ElementTree.fromstring(config), "/configuration"))  # noqa: S314 - our own text
