"""Pictures as they are published: turned as their camera says, without what it wrote into them, the same bytes each time."""

import io
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from publicity.read.files.pictures import picture_fault, published_picture, scaled_picture

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>GPS</a></x:xmpmeta>'


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "Camera of 张三"
    exif.get_ifd(0x8825)[2] = (29.0, 34.0, 12.0)
    return exif.tobytes()


def _picture() -> Image.Image:
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("red", (0, 0, 20, 20))
    return picture


def _saved(suffix: str, picture: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    kind = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}[suffix]
    (picture or _picture()).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_a_picture_is_turned_and_keeps_its_colours_alone(suffix: str) -> None:
    options: dict[str, Any] = {"exif": _exif(), "icc_profile": PROFILE} | ({} if suffix == ".png" else {"xmp": XMP})
    if suffix == ".jpg":
        options["comment"] = b"made by 3"
    data = _saved(suffix, **options)
    made = published_picture(data, suffix)
    assert made
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (20, 40)
        assert picture.info["icc_profile"] == PROFILE
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp"} & set(picture.info)
        assert [_name(picture.convert("RGB").getpixel(place)) for place in ((10, 10), (10, 30))] == ["red", "white"]
    assert b"Camera" not in made
    assert b"GPS" not in made
    assert published_picture(data, suffix) == made
    assert published_picture(made, suffix) is None


def _name(pixel: Any) -> str:
    return "white" if min(pixel) > 200 else "red" if pixel[0] > 200 and max(pixel[1:]) < 60 else str(pixel)


def _with_text(picture: Image.Image) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "张三", zip=True)
    return _saved(".png", picture, pnginfo=text)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".png", _with_text(_picture())),
        (".png", _saved(".png") + b"PK\x03\x04 something else"),
        (".jpg", _saved(".jpg") + b"PK\x03\x04 something else"),
        (".gif", _saved(".gif", comment="made by 张三".encode())),
        (".jpg", _saved(".jpg").replace(b"\xff\xdb", b"\xff\xed\x00\x10Photoshop 3.0\0\xff\xdb", 1)),
    ],
    ids=["png-text", "png-tail", "jpg-tail", "gif-comment", "jpg-photoshop"],
)
def test_what_is_no_part_of_a_picture_is_left_out(suffix: str, data: bytes) -> None:
    made = published_picture(data, suffix)
    assert made
    assert not any(word in made for word in ("张三".encode(), b"Author", b"PK\x03\x04", b"Photoshop"))
    with Image.open(io.BytesIO(made)) as after, Image.open(io.BytesIO(data)) as before:
        assert after.size == before.size
    assert published_picture(made, suffix) is None


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif"])
def test_where_nothing_is_to_be_left_out_a_picture_stays_as_it_is(suffix: str) -> None:
    data = _saved(suffix) if suffix == ".gif" else _saved(suffix, icc_profile=PROFILE)
    assert picture_fault(data, suffix) is None
    assert published_picture(data, suffix) is None


@pytest.mark.parametrize("suffix", [".gif", ".png", ".webp"])
def test_a_moving_picture_goes_on_moving(suffix: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    options: dict[str, Any] = {"comment": b"x"} if suffix == ".gif" else {"exif": _exif()}
    options |= {"save_all": True, "append_images": frames[1:], "duration": [100, 200, 300], "loop": 0}
    made = published_picture(_saved(suffix, frames[0], **options), suffix)
    assert made
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.n_frames == 3
        assert picture.info["loop"] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_published(mode: str) -> None:
    picture = Image.new(mode, (8, 4)) if mode == "I;16" else _picture().convert(mode)
    made = published_picture(_with_text(picture), ".png")
    assert made
    with Image.open(io.BytesIO(made)) as after:
        assert after.mode == mode
        assert after.tobytes() == picture.tobytes()


def test_a_bomb_is_not_opened() -> None:
    moving = _saved(
        ".gif",
        Image.new("P", (4000, 4000)),
        save_all=True,
        append_images=[Image.new("P", (4000, 4000), n) for n in range(1, 5)],
    )
    fault = picture_fault(moving, ".gif")
    assert fault
    assert fault[0] == "picture-too-large"


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_a_wide_picture_is_scaled_to_two_widths(suffix: str) -> None:
    options: dict[str, Any] = {"exif": _exif(), "icc_profile": PROFILE}
    data = _saved(suffix, _picture().resize((1000, 2000)), **options)  # turned by its camera's word, it is wide
    made = scaled_picture(data, suffix)
    assert made
    for picture, size in zip(map(Image.open, map(io.BytesIO, made)), [(1600, 800), (800, 400)], strict=True):
        assert picture.size == size
        assert picture.info["icc_profile"] == PROFILE
        assert not picture.getexif()
    assert not any(b"Camera" in one for one in made)
    assert scaled_picture(data, suffix) == made
    assert published_picture(made[0], suffix) is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_wide_png_is_scaled(mode: str) -> None:
    wide = (1601, 20)
    picture = Image.new(mode, wide) if mode == "I;16" else _picture().resize(wide).convert(mode)
    made = scaled_picture(_saved(".png", picture), ".png")
    assert made
    assert [Image.open(io.BytesIO(one)).size for one in made] == [(1600, 20), (800, 10)]


def test_a_picture_that_is_no_wider_or_moves_is_not_scaled() -> None:
    assert scaled_picture(_saved(".png", Image.new("RGB", (1600, 10))), ".png") is None
    frames = [Image.new("RGB", (1700, 8), colour) for colour in ("red", "green")]
    for suffix in (".gif", ".png", ".webp"):
        moving = _saved(suffix, frames[0], save_all=True, append_images=frames[1:])
        assert scaled_picture(moving, suffix) is None
    assert scaled_picture(_saved(".gif", frames[0]), ".gif") is None
