"""Of which kinds a server's keys are noted: it is asked for one of those, and not for another that it has as well."""

import base64
import hashlib
import hmac
from pathlib import Path

import pytest

from publicity.models.publishing import PublishTarget
from publicity.publish.known_hosts import key_kinds
from publicity.publish.rclone import Rclone

RSA = ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"]


def _hashed(name: str) -> str:
    salt = bytes(20)
    parts = (base64.b64encode(part).decode() for part in (salt, hmac.digest(salt, name.encode(), hashlib.sha1)))
    return "|1|" + "|".join(parts)


@pytest.mark.parametrize(
    ("rows", "port", "kinds"),
    [
        (["files.example.gov.cn ssh-ed25519 AAAA x"], 22, ["ssh-ed25519"]),
        (["Files.example.gov.cn,10.0.0.8 ssh-rsa AAAA\r"], 22, RSA),
        (["files.example.gov.cn ssh-ed25519 AAAA"], 2022, []),
        (["[files.example.gov.cn]:2022 ssh-ed25519 AAAA"], 2022, ["ssh-ed25519"]),
        ([f"{_hashed('files.example.gov.cn')} ssh-rsa AAAA"], 22, RSA),
        ([f"{_hashed('[files.example.gov.cn]:2022')} ssh-ed25519 AAAA"], 2022, ["ssh-ed25519"]),
        ([f"{_hashed('other.example.gov.cn')} ssh-ed25519 AAAA", "|1|x ssh-rsa AAAA"], 22, []),
        (["*.example.gov.cn ssh-ed25519 AAAA", "files.example.gov.cn ssh-rsa AAAA"], 22, ["ssh-ed25519", *RSA]),
        (["*.example.gov.cn,!files.example.gov.cn ssh-ed25519 AAAA"], 22, []),
        (["# files.example.gov.cn ssh-ed25519 AAAA", "", "files.example.gov.cn"], 22, []),
        (["@revoked files.example.gov.cn ssh-rsa AAAA", "files.example.gov.cn ssh-ed25519 A"], 22, ["ssh-ed25519"]),
        (["@cert-authority *.gov.cn ssh-rsa AAAA", "files.example.gov.cn ssh-ed25519 A"], 22, []),
    ],
)
def test_the_kinds_that_are_noted_are_asked_for(tmp_path: Path, rows: list[str], port: int, kinds: list[str]) -> None:
    file = tmp_path / "hosts"
    file.write_text("\n".join(rows), encoding="utf-8")
    assert key_kinds(file, "files.example.gov.cn", port) == kinds


def test_a_server_is_asked_for_a_key_of_the_kind_that_is_noted(tmp_path: Path) -> None:
    (tmp_path / "key").touch()
    (tmp_path / "hosts").write_text("[2001:db8::1]:2022 ssh-ed25519 AAAA\n", encoding="utf-8")
    files = {"key_file": str(tmp_path / "key"), "known_hosts": str(tmp_path / "hosts")}
    server = {"host": "2001:db8::1", "port": 2022, "user": "x", "path": "/x", **files}
    place = Rclone(PublishTarget.model_validate({"name": "portal", "sftp": server}))
    assert place._environment["RCLONE_CONFIG_PLACE_HOST_KEY_ALGORITHMS"] == "ssh-ed25519"  # noqa: SLF001
