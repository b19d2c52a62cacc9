"""A film as files: the video, its captions, a picture to show before it plays, its text, and the storyboard."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import cast

from publicity.editions.film import encoder
from publicity.editions.film.encoder import Still, Tell
from publicity.editions.pandoc import bound
from publicity.editions.typeset import GROUNDS, compiled, in_few_colours, qr_of
from publicity.editions.words import full, rendered
from publicity.labels import labels
from publicity.problems import BuildError
from publicity.stage.film import LONGEST, SHORTEST, Cue, Film, cues, transcript
from publicity.word.house_style import reference_docx

NAMES = ("video.mp4", "captions.vtt", "poster.png")
"""What a page needs to show a film."""
FILES = (*NAMES, "transcript.txt", "storyboard.docx")
"""All that is made."""
MOST_BYTES = 8_000_000
_PPI = 144


def make(film: Film, base: str | None, recording: Path | None, tell: Tell, ppi: int = _PPI) -> dict[str, bytes]:
    """`video.mp4`, `captions.vtt`, `poster.png`, `transcript.txt` and `storyboard.docx`.

    Raises:
        BuildError: no font has some character, or the recording is too short or too long.
    """
    captions = cues(film, _length(film, recording) if recording else None)
    pictures = draw(film, captions, base, ppi)
    stills = [
        Still(png, cue.end, is_soft=place == 0 or cue.shot != captions[place - 1].shot)
        for place, (png, cue) in enumerate(zip(pictures, captions, strict=True))
    ]
    return {
        "video.mp4": encoder.encoded(stills, recording, tell),
        "captions.vtt": vtt(captions).encode(),
        "poster.png": in_few_colours(pictures[0]),
        "transcript.txt": ("\n\n".join(transcript(film)) + "\n").encode(),
        "storyboard.docx": _storyboard(film, captions),
    }


def vtt(captions: tuple[Cue, ...]) -> str:
    """The captions as WebVTT."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{cue.words}" for cue in captions]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _clock(seconds: float) -> str:
    """A time on the film's own beat, which is never after its end."""
    milliseconds = round(seconds * encoder.RATE) * 1000 // encoder.RATE
    return f"00:{milliseconds // 60_000:02}:{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"


def _length(film: Film, recording: Path) -> float:
    seconds = encoder.length_of(recording)
    if not SHORTEST <= seconds <= LONGEST:
        values = {"file": recording.name, "seconds": round(seconds), "shortest": SHORTEST, "longest": LONGEST}
        raise BuildError("narration-length", issue=film.slug, **values)
    return seconds


def draw(film: Film, captions: tuple[Cue, ...], base: str | None, ppi: int) -> list[bytes]:
    """The pictures of a film, a PNG file a caption.

    Raises:
        BuildError: no font has some character.
    """
    address = full(base, film.path)
    told = asdict(film) | {
        "ground": GROUNDS[film.figure % len(GROUNDS)],
        "address": address,
        "qr": qr_of(address),
        "cues": [asdict(cue) for cue in captions],
    }
    inputs = {"film": json.dumps(told, ensure_ascii=False, default=str)}
    compiled("film", inputs, film.day, film.slug, format="pdf", pdf_standards=["ua-1"])
    made = cast(bytes | list[bytes], compiled("film", inputs, film.day, film.slug, format="png", ppi=ppi))
    return made if isinstance(made, list) else [made]


def _storyboard(film: Film, captions: tuple[Cue, ...]) -> bytes:
    """The shots as a table in a Word document."""
    words = labels("zh")["film"]
    rows = []
    for place, shot in enumerate(film.shots):
        own = [cue for cue in captions if cue.shot == place]
        length = words["seconds"].format(seconds=f"{own[-1].end - own[0].start:.1f}")
        rows.append({"told": shot.told, "words": shot.words, "length": length})
    total = words["total"].format(shots=len(rows), seconds=f"{captions[-1].end:.0f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        html = rendered("storyboard.html", film=film, rows=rows, f=words, total=total)
        (folder / "book.html").write_text(html, encoding="utf-8")
        (folder / "reference.docx").write_bytes(reference_docx())
        options = ("--to=docx", "--reference-doc=reference.docx", f"--metadata=title={film.title}")
        return bound(folder, "book.docx", *options, day=film.day, name=film.slug)
