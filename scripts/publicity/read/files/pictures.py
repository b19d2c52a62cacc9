"""Pictures as Pillow opens them: whether they can be shown, and how they are published - turned, and without what cameras write."""

import io
import posixpath
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import PIL
from PIL import Image, ImageOps, ImageSequence, JpegImagePlugin

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP"}
MOST_PIXELS = 50_000_000
"""A small file can hold a picture that fills the memory. All frames count."""
RECIPE = f"2 {PIL.__version__}"
"""Changes where a picture would be published otherwise than before."""

WIDE, NARROW = 1600, 800
"""Pixels: a wider picture is published so wide, and once more for small screens."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS

_Fault = tuple[str, dict[str, object]]


class _TooLargeError(Exception):
    pass


def picture_fault(data: bytes, suffix: str) -> _Fault | None:
    """Why a picture cannot be shown: a code with its values."""
    try:
        with _opened(data, suffix) as picture:
            for frame in ImageSequence.Iterator(picture):
                frame.load()
    except (_TooLargeError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        pixels = error.args[0] if isinstance(error, _TooLargeError) else f"{MOST_PIXELS:,}+"
        return "picture-too-large", {"pixels": pixels, "most": f"{MOST_PIXELS:,}"}
    except Exception:  # noqa: BLE001 - whatever Pillow raises, a browser would show no picture
        return "damaged-file", {"named": suffix}
    return None


def published_picture(data: bytes, suffix: str) -> bytes | None:
    """A sound picture turned as its camera says, without metadata but for its colour profile; None where it is so already."""
    with _opened(data, suffix) as picture:
        turned = picture.getexif().get(_ORIENTATION, 1) != 1
        if not turned and not _holds_more(data, picture):
            return None
        return _saved(picture)


def scaled_picture(data: bytes, suffix: str) -> tuple[bytes, bytes] | None:
    """A sound picture scaled to each of the two widths; None where it is no wider, or moves."""
    with _opened(data, suffix) as picture:
        if suffix == ".gif" or (picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1):
            return None
        kind = "JPEG" if picture.format == "MPO" else picture.format
        turned = ImageOps.exif_transpose(picture)
        if turned.width <= WIDE:
            return None
        whole = _in_full_colour(turned)
        profile = picture.info.get("icc_profile") if whole.mode == picture.mode else None
        wide, narrow = (_scaled(whole, width, kind, profile) for width in (WIDE, NARROW))
        return wide, narrow


def narrow_path(path: str) -> str:
    """The path in the site of a picture's smaller form."""
    stem, ending = posixpath.splitext(path)
    return f"{stem}.{NARROW}{ending}"


def _in_full_colour(picture: Any) -> Any:  # noqa: ANN401
    """A picture whose colours can be mixed, as scaling does."""
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture.convert("L") if picture.mode == "1" else picture


_SETTINGS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}


def _scaled(picture: Any, width: int, kind: str, profile: bytes | None) -> bytes:  # noqa: ANN401
    height = max(1, round(picture.height * width / picture.width))
    scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
    scaled.info = {}
    out = io.BytesIO()
    scaled.save(out, kind, icc_profile=profile, **_SETTINGS[kind])
    return out.getvalue()


_ORIENTATION = 0x0112


@contextmanager
def _opened(data: bytes, suffix: str) -> Iterator[Any]:
    """A picture whose frames may be loaded.

    Raises:
        _TooLargeError: they would be more than may be.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=[FORMATS[suffix]]) as picture:
            pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
            if pixels > MOST_PIXELS:
                raise _TooLargeError(f"{pixels:,}")
            yield picture


def _holds_more(data: bytes, picture: Any) -> bool:  # noqa: ANN401 - each format has a class of its own
    """Whether a file holds more than its picture."""
    if picture.format == "PNG":
        return not set(_png_chunks(data)) <= _PNG_CHUNKS or not data.endswith(b"IEND\xaeB`\x82")
    if picture.format in ("JPEG", "MPO"):
        segments = [(kind, content[:11]) for kind, content in picture.applist]
        return not (all(map(_is_of_the_picture, segments)) and data.rstrip(b"\0").endswith(b"\xff\xd9"))
    return any(name in picture.info for name in ("comment", "exif", "xmp")) or b"XMP DataXMP" in data


_PNG_CHUNKS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"cICP",
    b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def _png_chunks(data: bytes) -> Iterator[bytes]:
    place = 8
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        yield kind
        place += 12 + length


def _is_of_the_picture(segment: tuple[str, bytes]) -> bool:
    kind, content = segment
    beginnings = {"APP0": b"JFIF", "APP2": b"ICC_PROFILE", "APP14": b"Adobe"}
    return kind in beginnings and re.match(beginnings[kind], content) is not None


def _saved(picture: Any) -> bytes:  # noqa: ANN401
    frames = []
    for frame in ImageSequence.Iterator(picture) if picture.format != "MPO" else [picture]:  # it holds a preview, too
        frames.append(ImageOps.exif_transpose(frame))
        frames[-1].info = {name: value for name, value in frame.info.items() if name in ("transparency", "background")}
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if len(frames) > 1:
        durations = [frame.info.get("duration", 0) for frame in ImageSequence.Iterator(picture)]
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
        options |= {"loop": picture.info["loop"]} if "loop" in picture.info else {}
    if picture.format in ("JPEG", "MPO"):
        # With its own tables, so that it loses nothing that can be seen.
        options |= {"qtables": picture.quantization, "subsampling": JpegImagePlugin.get_sampling(picture)}
        options |= {"progressive": bool(picture.info.get("progressive")), "optimize": True}
    elif picture.format == "WEBP":
        options |= {"quality": 90, "method": 4}
    out = io.BytesIO()
    frames[0].save(out, "JPEG" if picture.format == "MPO" else picture.format, **options)
    return out.getvalue()
