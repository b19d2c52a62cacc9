"""Data and texts that lie beside the modules which use them."""

from importlib.resources import files
from typing import Any

import yaml

_Quickest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Where PyYAML has libyaml: the catalogue of problems alone takes the other 0.6 s, at every start."""


def data_text(package: str, name: str) -> str:
    """The text of a file of a package, such as `report.html` of `publicity.inspect`."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def data_file(package: str, name: str) -> Any:  # noqa: ANN401 - as the file has it
    """What a YAML file of a package holds."""
    return yaml.load(data_text(package, name), _Quickest)  # noqa: S506 - a safe loader
