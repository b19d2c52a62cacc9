"""A valid stub for a new entry, made from the models' own examples, so that it passes the check as it stands."""

import datetime
import json
import re
from pathlib import Path

from pydantic_core import PydanticUndefined

from publicity.models import ENTRY_MODELS, Entry, Interpretation
from publicity.problems import did_you_mean
from publicity.project import Project, UsageError

KINDS: dict[str, type[Entry]] = {model.__name__.lower(): model for model in ENTRY_MODELS.values()}


def write_stub(project: Project, kind: str, slug: str, region: str, today: datetime.date) -> Path:
    """Write `content/<region>/<collection>/<slug>.md` and return its path.

    Raises:
        UsageError: an unknown kind or region, a slug that makes no address, or a file that is already there.
    """
    if kind not in KINDS:
        raise UsageError(f"no kind `{kind}`{did_you_mean(kind, KINDS)}")
    if region != "shared" and region not in project.regions():
        raise UsageError(f"no region `{region}`{did_you_mean(region, [*project.regions(), 'shared'])}")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UsageError(f"`{slug}` makes no address; expected small letters and digits joined by single hyphens")
    model = KINDS[kind]
    path = project.content / region / model.collection / f"{slug}.md"
    if path.exists():
        raise UsageError(f"{project.name(path)} is already there")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_stub(project, model, region, today), encoding="utf-8")
    return path


def _stub(project: Project, model: type[Entry], region: str, today: datetime.date) -> str:
    rows = ["---"]
    for name, field in model.model_fields.items():
        if not field.is_required():
            default = field.default if field.default is not PydanticUndefined else None
            shown = "" if default is None else json.dumps(default, ensure_ascii=False)
            rows.append(f"# {name}: {shown}".rstrip())
            continue
        example = str((field.examples or [""])[0])
        if name in ("published", "written"):
            example = today.isoformat()
        elif name == "interprets" and issubclass(model, Interpretation):
            example = _a_policy(project, region) or example
        rows.append(f"{name}: {re.sub(r'checked: [0-9-]+', f'checked: {today.isoformat()}', example).replace('…', '')}")
    return "\n".join([*rows, "---", "", "正文。", ""])


def _a_policy(project: Project, region: str) -> str | None:
    """Some policy that is there, for an interpretation to begin with."""
    found = sorted(path.stem for path in (project.content / region / "policies").glob("*.md") if ".en" not in path.name)
    return found[0] if found else None
