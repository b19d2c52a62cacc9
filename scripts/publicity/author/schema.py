"""JSON Schemas of what editors write, and the editors' reference, both made from the models."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import CoreSchema

from publicity.models import (
    ENTRY_MODELS,
    Entry,
    Explanations,
    Glossary,
    Region,
    Register,
    TaskList,
    Training,
    Translation,
)
from publicity.models.publishing import PublishFile
from publicity.read.source import parse_value

Schema = dict[str, Any]

MODELS: dict[str, type[BaseModel]] = {
    **{model.kind_name(): model for model in ENTRY_MODELS.values()},
    **{
        model.__name__.lower(): model
        for model in (Translation, Region, Register, TaskList, Glossary, Training, PublishFile, Explanations)
    },
}
"""What a schema is written for, by the name of its file."""

_FILES = {
    **{model.kind_name(): f"<地区>/{collection}/<文件名>.md" for collection, model in ENTRY_MODELS.items()},
    "translation": "<文件名>.en.md",
    "region": "<地区>/region.yml",
    "register": "<地区>/stations.yml、units.yml、services.yml",
    "tasklist": "<地区>/tasks.yml",
    "glossary": "shared/glossary.yml",
    "training": "shared/training.yml",
    "publishfile": "<地区>/publish.yml",
    "explanations": "scoring_wasm/standards/<标准>.explanations.yml",
}

_HEAD = """\
# 编辑字段说明

<!-- 由 `publicity schema` 根据 scripts/publicity/models 生成，请勿手改。 -->

每篇内容是一个 Markdown 文件，开头两行 `---` 之间写下列字段，其后写正文；同名的 `.en.md` 是它的英文部分。各地区共用的内容放在 `shared/`。`.venv/bin/publicity new` 生成样稿，
`.venv/bin/publicity check` 逐行指出错误。日期写作 2026-11-22；文字中有“: ”“ #”的，整句加引号。同样的规则另有 JSON Schema（`.schemas/`），供编辑器提示和补全。

样稿写到哪里：{shared}写入 `shared/`，其他写入地区的文件夹；`--region` 可另行指定。`.venv/bin/publicity check 地区` 只检查一个地区发布的内容，
加 `--release` 则还会指出待复核、示例、过期和没有改过的样稿。

## 正文写法

- 小标题从 `##` 起逐级往下，不跳级；井号与文字之间空一格。行首确需井号的，写 `\\#`。
- 链接写作 `[文字](../policies/x.md)`，图片写作 `![图中内容](x.png)`：方括号、圆括号、冒号、井号都用半角，括号之间不留空格。
- 图片和附件放在文章旁边，文件名不含空格，扩展名与实际格式一致；附件、视频、录音写在 `attachments`、`video`、`audio` 中，见[编辑手册](../docs/manuals/editors.md)。
- 文件存为 UTF-8；代码块首尾各有一行 ` ``` `。
"""


class _Untitled(GenerateJsonSchema):
    """Without a title for each field, which would only repeat its name."""

    def field_title_should_be_set(self, schema: CoreSchema) -> bool:  # noqa: ARG002
        return False


def schema_of(model: type[BaseModel]) -> Schema:
    """The JSON Schema of a kind of file."""
    schema = model.model_json_schema(schema_generator=_Untitled)
    for part in (schema, *schema.get("$defs", {}).values()):
        for field in part["properties"].values():
            if "examples" in field:  # they are written as an editor would, in YAML
                field["examples"] = [parse_value(example) for example in field["examples"]]
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def write_schemas(folder: Path) -> list[Path]:
    """Write `.schemas/<kind>.json` and `README.md`, the editors' reference, into a folder; returns the files."""
    (folder / ".schemas").mkdir(parents=True, exist_ok=True)
    texts = {
        folder / ".schemas" / f"{name}.json": json.dumps(schema_of(model), ensure_ascii=False, indent=2) + "\n"
        for name, model in MODELS.items()
    }
    texts[folder / "README.md"] = reference()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def reference() -> str:
    """The editors' reference in Markdown: the fields of every kind, and of the parts that they are made of."""
    schemas = {name: schema_of(model) for name, model in MODELS.items()}
    shared = schema_of(Entry)
    parts: dict[str, Schema] = {name: part for schema in schemas.values() for name, part in schema["$defs"].items()}
    titles = "、".join(str(model.model_config["title"]) for model in ENTRY_MODELS.values() if model.shared)
    blocks = [_HEAD.format(shared=titles), f"## {shared['title']}\n", *_table(shared, parts)]
    for name, schema in schemas.items():
        inherited = shared["properties"] if issubclass(MODELS[name], Entry) else {}
        own = {field: form for field, form in schema["properties"].items() if form != inherited.get(field)}
        blocks += [f"\n## {schema['title']}\n", f"`{_FILES[name]}`\n", *_table(schema | {"properties": own}, parts)]
    for part in parts.values():
        blocks += [f"\n## {part['title']}\n", *_table(part, parts)]
    return "\n".join(blocks) + "\n"


def _table(schema: Schema, parts: dict[str, Schema]) -> Iterator[str]:
    yield "| 字段 | 必填 | 写法 | 说明 |"
    yield "|---|---|---|---|"
    for name, field in schema["properties"].items():
        needed = "是" if name in schema.get("required", ()) else ""
        yield f"| `{name}` | {needed} | {_form(field, parts)} | {field.get('description', '')} |"


def _form(field: Schema, parts: dict[str, Schema]) -> str:
    """How a value is written, in a few words."""
    if "$ref" in field:
        title = parts[field["$ref"].removeprefix("#/$defs/")]["title"]
        return f"[{title}](#{_anchor(title)})"
    if either := field.get("anyOf") or field.get("oneOf"):
        forms = [_form(choice, parts) for choice in either if choice.get("type") != "null"]
        return "、".join(dict.fromkeys(forms))
    if field.get("const") is True:
        return "`true`"
    if "enum" in field:
        return "、".join(f"`{value}`" for value in field["enum"])
    if field["type"] == "array":
        return f"列表：{_form(field['items'], parts)}"
    if field["type"] == "object":
        return f"每个键下：{_form(field['additionalProperties'], parts)}"
    if field["type"] == "string":
        return _STRINGS.get(field.get("format") or field.get("pattern") or "", "文字")
    return {"boolean": "`true`、`false`", "integer": "数字", "number": "数字"}[field["type"]]


def _anchor(heading: str) -> str:
    """What forges and editors call the place of a heading."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


_STRINGS = {"date": "日期", "^https?://": "网址", "^[a-z0-9]+(-[a-z0-9]+)*$": "小写字母、数字、连字符"}
