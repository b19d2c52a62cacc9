"""A region made on the spot, with what no real region has: figures of progress, a review that is done, a standard of levels and counts.

Beside the standard there is nothing of ours: no explanations, no guidance.
"""

import shutil
from pathlib import Path

from conftest import ROOT, Shared, copy_project, run_publicity

STANDARD = ROOT / "tests/unit/scoring/standards/levels-counts.yml"

TARGETS = """
targets:
  - id: bases
    name: {zh: 示范基地, en: Demonstration bases}
    value: 3
    unit: {zh: 个, en: bases}
    comparison: exactly
    quote: 创建示范基地3个
    due: 2026
    progress: &published {value: 4, as_of: 2026-06-30, source: {name: 示例公报, checked: 2026-11-22}}
    source: &plan {name: 示例方案, checked: 2026-11-22}
  - id: awareness
    name: {zh: 知晓率, en: Awareness}
    value: 90
    unit: {zh: "%", en: "%"}
    comparison: at_least
    quote: 知晓率达到90%以上
    due: 2026
    progress: {value: 89.9, as_of: 2026-06-30, source: {name: 示例公报, checked: 2026-11-22}}
    source: *plan
  - id: units
    name: {zh: 示范单位, en: Demonstration units}
    value: 50
    comparison: exactly
    quote: 示范单位50家
    due: 2026
    progress: null
    source: *plan
"""

GUIDE = """---
title: 示例指引
audience: enterprise
published: 2026-11-20
summary: 一份示例。
source: {name: 示例, checked: 2026-11-20}
review:
  status: done
  drafted: {role: {zh: 编写人员, en: Editors}, date: 2026-11-18}
  reviewed: {role: {zh: 业务科室, en: Responsible section}, date: 2026-11-19}
  approved: {role: {zh: 局领导, en: Leadership of the bureau}, date: 2026-11-20}
---

## 商业秘密和保密措施

`商业秘密`不变，[商业秘密法](../regulations/anti-unfair-competition-law-2025.md)不变，[保密的办法](glossary:confidentiality-measures)指向解释。

保密措施已经指过。商业秘密第一次出现，商业秘密第二次出现。
"""


def sample_site(shared: Shared) -> Path:
    """Its site."""
    return shared.folder("sample-region", _built)


def _built(folder: Path) -> Path:
    project = copy_project(folder)
    assert run_publicity("new", "region", "sample", cwd=project).returncode == 0
    region = project / "content/sample/region.yml"
    text = region.read_text(encoding="utf-8").replace("about]", "progress, about]")
    text = text.replace("# standard: ", f"standard: {STANDARD.stem}  # ")
    shutil.copy(STANDARD, project / "scoring_wasm/standards")
    region.write_text(text + TARGETS, encoding="utf-8")
    (project / "content/sample/guides").mkdir()
    (project / "content/sample/guides/sample.md").write_text(GUIDE, encoding="utf-8")
    done = run_publicity("build", "sample", "--no-editions", cwd=project)
    assert done.returncode == 0, done.stderr
    return project / "site"
