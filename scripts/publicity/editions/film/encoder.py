"""Pictures in a row as an MP4 file (H.264), with a recording or without sound: one thread, so that two runs give the same bytes."""

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

RATE = 25
"""Pictures a second at most; what does not move has one."""
_DISSOLVE = 6
_STILL = 25
_KEY = 150
_HERTZ = 44_100
_BT709 = 1
_NARROW = 1
_TO_YUV = (0.1826, 0.6142, 0.0620, 16, -0.1006, -0.3386, 0.4392, 128, 0.4392, -0.3989, -0.0403, 128)
"""RGB to Y'CbCr by ITU-R BT.709; ours, because the library's may round differently on other processors."""
Tell = Callable[[int, int], None]
"""Called with how many pictures are done, and how many there are."""


@dataclass(frozen=True)
class Still:
    """A picture, a PNG file, and until which second it stands; a soft one dissolves out of the one before."""

    png: bytes
    end: float
    is_soft: bool


def length_of(recording: Path) -> float:
    """Seconds of a recording; 0 where it has no sound."""
    import av  # of the extra `video`, as everywhere here

    with av.open(str(recording)) as source:
        if not source.streams.audio:
            return 0.0
        return float(sum((packet.duration or 0) * packet.time_base for packet in source.demux(audio=0)))


def encoded(stills: list[Still], recording: Path | None, tell: Tell) -> bytes:
    """The film as an MP4 file, its index first."""
    import av

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "video.mp4"
        with av.open(str(file), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as film:
            pictures = _picture_stream(film, _opened(stills[0].png).size)
            sound = _sound_stream(film) if recording else None  # the head that is written first names both
            _pictures(film, pictures, stills, tell)
            if recording and sound:
                _sound(film, sound, recording, stills[-1].end)
        return file.read_bytes()


def _picture_stream(film: "OutputContainer", size: tuple[int, int]) -> "VideoStream":
    stream = film.add_stream(
        "libx264",
        rate=RATE,
        options={
            "preset": "superfast",
            "crf": "21",
            "tune": "stillimage",
            "profile": "high",
            "x264-params": f"keyint={_KEY}:threads=1:lookahead-threads=1",
        },
    )
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.thread_count = 1
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = _NARROW
    return stream


def _sound_stream(film: "OutputContainer") -> "AudioStream":
    stream = film.add_stream("aac", rate=_HERTZ, options={"b": "96k"}, layout="mono")
    stream.codec_context.thread_count = 1
    return stream


def _pictures(film: "OutputContainer", stream: "VideoStream", stills: list[Still], tell: Tell) -> None:
    times = list(_times(stills))
    for done, (frame, (start, length)) in enumerate(zip(_frames(stills), times, strict=True)):
        frame.pts, frame.time_base, frame.duration = start, Fraction(1, RATE), length
        film.mux(stream.encode(frame))
        tell(done + 1, len(times))
    film.mux(stream.encode())


def _steps(stills: list[Still]) -> Iterator[tuple[int, int, int, int]]:
    """Each picture to encode: its still, how far it has dissolved (of 6), when it stands and for how long, in 25ths of a second."""
    at = 0
    for place, still in enumerate(stills):
        end = round(still.end * RATE)
        if still.is_soft and place:
            for step in range(1, _DISSOLVE):
                yield place, step, at, 1
                at += 1
        while at < end:
            length = _STILL if end - at > _STILL else max(1, end - at - 1)  # the last is short: players end with it
            yield place, _DISSOLVE, at, length
            at += length


def _times(stills: list[Still]) -> Iterator[tuple[int, int]]:
    yield from ((start, length) for _, _, start, length in _steps(stills))


def _frames(stills: list[Still]) -> Iterator["VideoFrame"]:
    before: Image.Image | None = None
    picture, frame, shown = _opened(stills[0].png), None, -1
    for place, step, _, _ in _steps(stills):
        if place != shown:
            before, picture, frame, shown = picture, _opened(stills[place].png), None, place
        if step < _DISSOLVE:
            yield _frame(Image.blend(before or picture, picture, step / _DISSOLVE))
        else:
            frame = frame or _frame(picture)
            yield frame


def _opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB")


def _frame(picture: Image.Image) -> "VideoFrame":
    from av.video.frame import VideoFrame

    frame = VideoFrame(*picture.size, "yuv420p")
    light, blue, red = picture.convert("RGB", _TO_YUV).split()
    for plane, band in zip(frame.planes, (light, blue.reduce(2), red.reduce(2)), strict=True):
        rows, width = band.tobytes(), band.width
        padding = bytes(plane.line_size - width)
        plane.update(b"".join(rows[start : start + width] + padding for start in range(0, len(rows), width)))
    return frame


def _sound(film: "OutputContainer", stream: "AudioStream", recording: Path, seconds: float) -> None:
    """The recording as AAC, no longer than the film."""
    import av

    with av.open(str(recording)) as source:
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=_HERTZ)
        for frame in source.decode(audio=0):
            for part in resampler.resample(frame):
                if part.pts is None or part.pts < seconds * _HERTZ:
                    film.mux(stream.encode(part))
    film.mux(stream.encode())
