"""The list of parts, `sbom.cdx.json` (CycloneDX), from the lock files; `scripts/lock` runs this."""

import base64
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "sbom.cdx.json"
_USED = ("requirements.txt", "requirements-edit.txt", "requirements-publish.txt")


def parts() -> str:
    """The list as JSON; the same lock files give the same bytes."""
    components = {component.bom_ref.value: component for component in (*_from_python(), *_from_node())}
    bom = Bom(components=components.values(), serial_number=uuid.UUID(int=0))
    generator = Component(name="publicity", type=ComponentType.APPLICATION, bom_ref="publicity")
    bom.metadata.component = generator
    bom.register_dependency(generator, components.values())
    data = json.loads(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    # What differs from run to run, and says nothing of the parts.
    del data["serialNumber"], data["metadata"]["timestamp"]
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _from_python() -> Iterator[Component]:
    """The packages of `_USED` make, edit and publish sites; the others only test or measure."""
    used = {part for name in _USED for part in _pinned(name)}
    for name in (
        *_USED,
        "requirements-test.txt",
        "requirements-node.txt",
        "requirements-wasm.txt",
    ):
        for package, version in _pinned(name):
            yield _component("pypi", package, version, is_used=(package, version) in used)


def _pinned(file: str) -> list[tuple[str, str]]:
    return re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def _from_node() -> Iterator[Component]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for path, package in lock["packages"].items():
        if not path:
            continue
        component = _component(
            "npm", path.rpartition("node_modules/")[2], package["version"], is_used=not package.get("dev")
        )
        if licence := package.get("license"):
            component.licenses.add(LicenseExpression(licence))
        if integrity := package.get("integrity"):
            digest = base64.b64decode(integrity.removeprefix("sha512-")).hex()
            component.hashes.add(HashType(alg=HashAlgorithm.SHA_512, content=digest))
        yield component


def _component(kind: str, name: str, version: str, *, is_used: bool) -> Component:
    namespace, _, short = name.rpartition("/")
    address = PackageURL(kind, namespace or None, short, version)
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        version=version,
        purl=address,
        bom_ref=str(address),
        scope=ComponentScope.REQUIRED if is_used else ComponentScope.EXCLUDED,
    )


if __name__ == "__main__":
    FILE.write_text(parts(), encoding="utf-8")
