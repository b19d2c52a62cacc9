"""What an issue of the newsletter is for WeChat's editor: the text, what goes beside it, the pictures to save."""

import json
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from publicity.check import sound_column
from publicity.project import Project
from publicity.work import extras

BODY = "wechat.html"
_EDITIONS = ("wechat", "cover", "picture")


@dataclass(frozen=True)
class CopySheet:
    """An issue to copy. `texts` are title, author, digest and address, by their names in `wechat.json`."""

    html: str
    plain: str
    texts: dict[str, str]
    pictures: dict[str, Path]


def copy_sheet(project: Project, sound: Project, region: str, slug: str) -> CopySheet:
    """An issue as it stands in the project `sound`; its editions are kept in the folders of `project`.

    Raises:
        ContentError: something in the region is not sound.
        UsageError: there is no such issue, such as one under embargo.
        BuildError: an edition could not be made, or what makes it could not be had.
    """
    column = sound_column(sound, region)
    extras.need("editions")
    from publicity.editions import make_editions

    (made,) = make_editions(project, column, column.region.site.column_url, [slug], _EDITIONS)
    html = made.files[BODY].read_text(encoding="utf-8")
    texts = json.loads(made.files["wechat.json"].read_text(encoding="utf-8"))
    pictures = {name: file for name, file in made.files.items() if file.suffix == ".png"}
    plain = Markup(html).striptags()  # noqa: S704 - it becomes plain text
    return CopySheet(html, plain, texts, pictures)
