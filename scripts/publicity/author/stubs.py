"""A valid stub for a new entry, made from the models' own examples, so that it passes the check as it stands."""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic_core import PydanticUndefined

from publicity.models import ENTRY_MODELS, Entry, example
from publicity.models.fields import is_slug
from publicity.problems import UsageError, near
from publicity.project import Project

REGION = """\
# yaml-language-server: $schema=../.schemas/region.json
# 新的地区：填写真实的名称、文件和号码；没有公布的写null。
slug: {slug}
names:
  full: {{zh: 某市某区, en: Some District}}
  short: {{zh: 某区, en: Some District}}
title: {{zh: 某区商业秘密保护宣传专栏, en: Some District Trade Secret Protection Column}}
tagline: {{zh: 一句话说明本专栏。, en: One sentence on what this column is.}}
issuer:
  - name: {{zh: 某区市场监督管理局, en: Some District Administration for Market Regulation}}
    role: {{zh: 主办单位, en: Publisher}}
site:
  name: {{zh: 某区人民政府, en: Some District Government}}
  domain: null
  column_url: null
contacts:
  - name: {{zh: 市场监管部门（12315）, en: Market regulation departments (12315)}}
    phone: "12315"
    note:
      zh: 向所在地市场监管部门（12315）举报，由其依法办理或移送。
      en: Report to your local market regulation department (12315), which will handle or transfer the report.
    source:
      name: {{zh: 《中华人民共和国反不正当竞争法》（2025年修订）第二十条, en: "Anti-Unfair Competition Law (2025 revision), Art. 20"}}
      url: https://www.npc.gov.cn/npc/c2/c30834/202506/t20250627_446247.html
      checked: 2026-11-22
# standard: 自我评估所用标准的编号，即scoring_wasm/standards中的文件名
# plan、phases、targets：方案、实施阶段和目标，见content/README.md
navigation: [regulations, cases, countries, templates, guides, questions, training, alerts, about]
"""

PLACEHOLDERS = (
    "title", "summary", "source",  # of every entry
    "document_number", "issuer", "authority", "industry", "code", "names", "place",
)  # fmt: skip
"""What a stub of an entry says only to show how it is written; `check --release` asks for the real one. What may be true as it
stands is not here: days, choices, and what names another entry."""
REGION_PLACEHOLDERS: tuple[tuple[str | int, ...], ...] = (
    ("names",),
    ("title",),
    ("tagline",),
    ("issuer", 0, "name"),
    ("site", "name"),
)
"""The same in the stub of a region, by the keys that lead there."""
BODY = "正文。"

_NONE: Mapping[str, str] = MappingProxyType({})

STUB_KINDS: dict[str, type[Entry]] = {model.__name__.lower(): model for model in ENTRY_MODELS.values()}


@dataclass(frozen=True)
class Place:
    """Where a new entry goes."""

    project: Project
    model: type[Entry]
    region: str
    path: Path


def place_of(project: Project, kind: str, slug: str, region: str | None) -> Place:
    """Where an entry goes, `content/<region>/<collection>/<slug>.md`; without a `region`, where such entries belong.

    Raises:
        UsageError: an unknown kind or region, a slug that makes no address, or one that is taken.
    """
    if kind not in STUB_KINDS:
        raise UsageError("unknown-kind", kind=kind, hint=near(kind, {*STUB_KINDS, "region"}))
    model = STUB_KINDS[kind]
    region = region or ("shared" if model.shared else project.default_region())
    if region != "shared" and region not in project.regions():
        raise UsageError("no-region", region=region, hint=near(region, [*project.regions(), "shared"]))
    if not is_slug(slug):
        raise UsageError("not-a-slug", slug=slug)
    if slug == "index":
        raise UsageError("slug-of-site", slug=slug)
    path = project.content / region / model.collection / f"{slug}.md"
    for place in _places(project, region):  # what a region has of its own and what all share have the same addresses
        if (taken := place / model.collection / path.name).exists():
            raise UsageError("already-there", file=project.name(taken))
    return Place(project, model, region, path)


def write_stub(project: Project, kind: str, slug: str, region: str | None, today: datetime.date) -> Path:
    """Write a stub where such an entry goes, and return its path.

    Raises:
        UsageError: as in `place_of`; or nothing is there that the entry could be about.
    """
    place = place_of(project, kind, slug, region)
    text = stub_text(place, today)
    place.path.parent.mkdir(parents=True, exist_ok=True)
    place.path.write_text(text, encoding="utf-8")
    return place.path


def _places(project: Project, region: str) -> list[Path]:
    """The folders whose entries stand on one site with those of a region; with what is shared, those of every region."""
    regions = project.regions() if region == "shared" else [region]
    return [project.content / name for name in ("shared", *regions)]


def write_region(project: Project, slug: str) -> Path:
    """Write `content/<slug>/region.yml` for a new region, which builds at once with what all regions share.

    Raises:
        UsageError: a slug that makes no folder, or a region that is already there.
    """
    if not is_slug(slug):
        raise UsageError("not-a-slug", slug=slug)
    if slug == "shared":
        raise UsageError("slug-of-site", slug=slug)
    path = project.content / slug / "region.yml"
    if path.exists():
        raise UsageError("already-there", file=project.name(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REGION.format(slug=slug), encoding="utf-8")
    return path


def stub_text(place: Place, today: datetime.date, values: Mapping[str, str] = _NONE, body: str = BODY) -> str:
    """The text of a stub. `values` are fields that are known, as YAML.

    Raises:
        UsageError: nothing is there that the entry could be about.
    """
    named = {} if "interprets" in values else _named(place.project, place.region, place.model.kind_name())
    filled = {name: today.isoformat() for name in ("published", "written")}
    filled["expires"] = (today + datetime.timedelta(days=365)).isoformat()
    filled |= named | dict(values)
    rows = ["---"]
    for name, field in place.model.model_fields.items():
        if not field.is_required() and name not in {**named, **values}:
            default = field.default if field.default is not PydanticUndefined else None
            shown = "" if default is None else json.dumps(default, ensure_ascii=False)
            if field.examples:  # of what has parts of its own
                shown = field.examples[0]
            rows.append(f"# {name}: {shown}".rstrip())
            continue
        example = str((field.examples or [""])[0])
        dated = re.sub(r"(checked|date): [0-9-]+", rf"\1: {today.isoformat()}", example)
        rows.append(f"{name}: {filled.get(name, dated)}")
    return "\n".join([*rows, "---", "", body, ""])


def _named(project: Project, region: str, kind: str) -> dict[str, str]:
    """What a stub names of the entries that are there, by its field.

    Raises:
        UsageError: there is no region yet.
    """
    if kind == "interpretation":
        policies = _entries(project, region, ["policies"])
        if not policies:
            raise UsageError("no-policy-yet", region=region)
        return {"interprets": policies[0].partition("/")[2]}
    if kind == "event":  # one that takes place somewhere, though it could be held online
        return {"place": example(STUB_KINDS[kind], "place") or ""}
    if kind == "newsletter":
        entries = _entries(project, region, [name for name in ENTRY_MODELS if name != "newsletter"])
        if not entries:
            raise UsageError("nothing-to-list", region=region)
        return {"entries": f"[{entries[0]}]"}
    return {}


def _entries(project: Project, region: str, collections: list[str]) -> list[str]:
    """The entries of some collections that every site with those of a region has, as collection/name; its own come first."""
    folders = dict.fromkeys((region, "shared"))
    return [
        f"{collection}/{path.stem}"
        for folder in folders
        for collection in collections
        for path in sorted((project.content / folder / collection).glob("*.md"))
        if not path.name.endswith(".en.md")
    ]
