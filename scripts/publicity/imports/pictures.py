"""The pictures of a document as files that a page can show."""

import io
import re
import warnings

from PIL import Image, ImageOps

from publicity.read.files.pictures import FORMATS, MOST_PIXELS, picture_fault

_SUFFIXES = {form: suffix for suffix, form in reversed(FORMATS.items())}
_CONVERTED = ("BMP", "TIFF", "DIB")
_GENERATED = re.compile(
    r"自动生成|[\w-]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)$|^(?:图片|图像|Picture|Image|IMG|图)[ _]?\d*$", re.IGNORECASE
)


def as_file(data: bytes) -> tuple[str, bytes] | None:
    """A picture with its suffix; turned into PNG where browsers would not show it. None where nothing shows it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[*_SUFFIXES, *_CONVERTED]) as picture:
                suffix = _SUFFIXES.get(picture.format or "")
                if suffix:
                    return None if picture_fault(data, suffix) else (suffix, data)
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                packed = io.BytesIO()
                picture.convert("RGB").save(packed, "PNG")
    except Exception:  # noqa: BLE001 - whatever Pillow raises, there is no picture to show
        return None
    return ".png", packed.getvalue()


Crop = tuple[float, float, float, float]
"""The shares of a picture that are cut away at the left, the top, the right, and the bottom."""


def cropped(data: bytes, crop: Crop) -> bytes:
    """A picture without what is cut away; nothing where it cannot be cut."""
    left, top, right, bottom = crop
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[*_SUFFIXES, *_CONVERTED]) as whole:
                if whole.width * whole.height > MOST_PIXELS:
                    return b""
                upright, packed = ImageOps.exif_transpose(whole), io.BytesIO()
                wide, high = upright.size
                box = round(left * wide), round(top * high), round((1 - right) * wide), round((1 - bottom) * high)
                upright.crop(box).save(packed, "JPEG" if whole.format == "JPEG" else "PNG", quality=90)
    except Exception:  # noqa: BLE001 - whatever Pillow raises, there is no picture to show
        return b""
    return packed.getvalue()


def alternative(words: str) -> str:
    """The text alternative that an author has written in Word; nothing where a program made it, or it is a file's name."""
    words = " ".join(words.split())
    return "" if len(words) < 4 or _GENERATED.search(words) else words
