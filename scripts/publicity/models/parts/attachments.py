"""Files beside an entry that its front matter names: attachments, a video, a recording of the text."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from publicity.models.fields import LocalText, Model, Text, fault, in_both_languages


def _is_beside(value: str) -> str:
    if "/" in value or "\\" in value:
        raise fault("file-elsewhere", found=value)
    return value


def _with_chinese_alone(value: object) -> object:
    """The name of one file is that of the Chinese captions."""
    return {"zh": value} if isinstance(value, str) else value


FileName = Annotated[Text, AfterValidator(_is_beside)]
"""The name of a file in the entry's own folder."""
Narration = Annotated[
    FileName | None,
    Field(
        title="配音",
        description="配在所生成视频上的录音，MP3 格式，20至60秒；没有的不写",
        examples=["peiyin.mp3"],
    ),
]
"""A recording that the video made of an entry is heard with."""
Name = Annotated[LocalText, BeforeValidator(in_both_languages, json_schema_input_type=Text | LocalText)]
"""A text in both languages, or one for both."""


class Attachment(Model, title="附件"):
    """A file to take away."""

    file: FileName = Field(title="文件", description="附件的文件名，文件放在文章旁边", examples=["huizhi.docx"])
    name: Name | None = Field(
        None,
        title="附件名称",
        description="附件的名称；英文页面另用名称的，分写 zh、en；不写的显示文件名",
        examples=["{zh: 报名回执, en: Reply slip}"],
    )


class Captions(Model, title="字幕"):
    """The captions of a video, WebVTT files."""

    zh: FileName = Field(title="中文字幕", description="中文字幕的文件名", examples=["jiangzuo.vtt"])
    en: FileName | None = Field(
        None, title="英文字幕", description="英文字幕的文件名，没有的不写", examples=["jiangzuo.en.vtt"]
    )


class Video(Model, title="视频"):
    """A video that the site holds itself. Who cannot hear or see it has captions and transcript."""

    title: Name = Field(title="视频标题", description="视频的标题", examples=["{zh: 专题讲座, en: Lecture}"])
    file: FileName = Field(title="视频文件", description="视频的文件名，MP4 格式（H.264）", examples=["jiangzuo.mp4"])
    poster: FileName = Field(title="封面图片", description="播放之前显示的图片的文件名", examples=["jiangzuo.jpg"])
    captions: Annotated[Captions, BeforeValidator(_with_chinese_alone, json_schema_input_type=Text | Captions)] = Field(
        title="字幕文件",
        description="字幕的文件名，WebVTT 格式（.vtt）；另有英文字幕的，分写 zh、en",
        examples=["jiangzuo.vtt"],
    )
    transcript: Name = Field(
        title="文字稿",
        description="视频中说的话和有关画面的文字，段落之间空一行；另有英文文字稿的，分写 zh、en",
        examples=["视频中说的话，照原样写下来。"],
    )


VideoOrOurs = Annotated[
    Annotated[Video, Tag("[file]")] | Annotated[Literal[True], Tag("[ours]")],
    Discriminator(lambda value: "[ours]" if isinstance(value, bool) else "[file]"),
]
"""A video that an entry has, or `true` for one that is made of its panels."""
