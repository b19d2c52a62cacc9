"""Pictures of which Word shows a part: the rest is in the file, and may be what nobody is to see."""

from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import below, child, name, value
from publicity.imports.pictures import Crop


def name_crops(root: ET.Element) -> dict[str, tuple[str, Crop]]:
    """Let each picture that is cropped refer to something of its own; returns that with what it referred to, and the shares cut away."""
    found: dict[str, tuple[str, Crop]] = {}
    for fill in below(root, "pic:blipFill"):
        blip, cut = child(fill, "a:blip"), child(fill, "a:srcRect")
        if blip is None or cut is None:
            continue
        crop = _share(cut, "l"), _share(cut, "t"), _share(cut, "r"), _share(cut, "b")
        if any(crop):
            identity = value(blip, "r:embed")
            own = f"{identity}-cropped-{len(found) + 1}"
            found[own] = identity, crop
            blip.set(name("r:embed"), own)
    return found


def _share(cut: ET.Element, side: str) -> float:
    """How much is cut away at a side; below nothing Word shows an empty margin."""
    try:
        return max(0.0, int(cut.get(side, "0")) / 100_000)
    except ValueError:
        return 0.0
