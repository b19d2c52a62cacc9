"""How a server is reached: what is needed here, and what is said while it is waited for."""

import io
import sys
from pathlib import Path

import pytest

from publicity.models.publishing import PublishTarget
from publicity.problems import BuildError, UsageError
from publicity.publish import rclone


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _server(**settings: object) -> rclone.Rclone:
    server = {"host": "127.0.0.1", "port": 1, "user": "x", "path": "/x", **settings}
    return rclone.Rclone(PublishTarget.model_validate({"name": "portal", "sftp": server}))


def test_a_file_of_this_machine_that_is_missing_is_no_empty_server(tmp_path: Path) -> None:
    (tmp_path / "hosts").touch()
    with pytest.raises(UsageError) as told:
        _server(key_file=str(tmp_path / "none"), known_hosts=str(tmp_path / "hosts"))
    assert (told.value.problem.code, told.value.problem.values["file"]) == ("no-login-key", tmp_path / "none")
    with pytest.raises(UsageError) as told:
        _server(known_hosts=str(tmp_path / "none"))
    assert told.value.problem.code == "no-known-hosts"
    assert told.value.problem.values["command"] == "ssh -p 1 x@127.0.0.1"


@pytest.mark.parametrize(("written", "port"), [({}, "21"), ({"tls": "implicit"}, "990"), ({"port": 8021}, "8021")])
def test_ftp_is_reached_at_the_port_of_its_kind(
    monkeypatch: pytest.MonkeyPatch, written: dict[str, object], port: str
) -> None:
    monkeypatch.setenv("PUBLICITY_PASSWORD_PORTAL", "secret")
    target = {"name": "portal", "ftp": {"host": "127.0.0.1", "user": "x", "path": "/x", **written}}
    place = rclone.Rclone(PublishTarget.model_validate(target))
    assert place._environment["RCLONE_CONFIG_PLACE_PORT"] == port  # noqa: SLF001


@pytest.mark.parametrize("host", ["2001:db8::1", "[2001:db8::1]", "::ffff:10.0.0.8"])
@pytest.mark.parametrize("kind", ["sftp", "ftp"])
def test_an_address_of_ipv6_stands_in_brackets_before_its_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, host: str
) -> None:
    monkeypatch.setenv("PUBLICITY_PASSWORD_PORTAL", "secret")
    (tmp_path / "hosts").touch()
    known = {"known_hosts": str(tmp_path / "hosts")} if kind == "sftp" else {}
    target = {"name": "portal", kind: {"host": host, "user": "x", "path": "/x", **known}}
    place = rclone.Rclone(PublishTarget.model_validate(target))
    assert place._environment["RCLONE_CONFIG_PLACE_HOST"] == f"[{host.strip('[]')}]"  # noqa: SLF001


@pytest.mark.parametrize("form", ["OpenSSH", "TraditionalOpenSSL"])
def test_the_passphrase_of_a_login_key_is_asked_for_where_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private, kind = generate_private_key(65537, 2048), getattr(PrivateFormat, form)
    (tmp_path / "hosts").touch()
    (tmp_path / "open").write_bytes(private.private_bytes(Encoding.PEM, kind, NoEncryption()))
    (tmp_path / "locked").write_bytes(private.private_bytes(Encoding.PEM, kind, BestAvailableEncryption(b"secret")))
    _server(key_file=str(tmp_path / "open"), known_hosts=str(tmp_path / "hosts"))
    with pytest.raises(UsageError) as told:
        _server(key_file=str(tmp_path / "locked"), known_hosts=str(tmp_path / "hosts"))
    assert (told.value.problem.code, told.value.problem.values["variable"]) == (
        "no-secret",
        "PUBLICITY_PASSWORD_PORTAL",
    )
    monkeypatch.setenv("PUBLICITY_PASSWORD_PORTAL", "secret")
    _server(key_file=str(tmp_path / "locked"), known_hosts=str(tmp_path / "hosts"))


def test_a_server_that_does_not_answer_is_told_to_be_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rclone, "_PATIENCE", 0.001)  # no program ends so soon
    monkeypatch.setattr(sys, "stderr", _Terminal())
    for name in ("key", "hosts"):
        (tmp_path / name).touch()
    place = _server(key_file=str(tmp_path / "key"), known_hosts=str(tmp_path / "hosts"))
    with pytest.raises(BuildError):
        place.write("x", b"x")
    assert "“portal”" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\r")


@pytest.mark.parametrize(
    ("said", "code", "why"),
    [
        ("NewFs: ssh: handshake failed: knownhosts: key is unknown", "server-not-known", "key is unknown"),
        (
            "operation error S3: PutObject, https response error StatusCode: 404, RequestID: 08, HostID: MDg1OTg0, NoSuchBucket: x",
            "server-refused",
            "StatusCode: 404, NoSuchBucket: x",
        ),
        ("https response error StatusCode: 403, api error RequestTimeTooSkewed: x", "clock-differs", "Skewed: x"),
    ],
)
def test_the_reason_of_a_server_is_told(tmp_path: Path, said: str, code: str, why: str) -> None:
    for name in ("key", "hosts"):
        (tmp_path / name).touch()
    place = _server(key_file=str(tmp_path / "key"), known_hosts=str(tmp_path / "hosts"))
    problem = place._failure([{"level": "critical", "msg": said}]).problem  # noqa: SLF001
    assert problem.code == code
    assert str(problem.values["why"]).endswith(why)


def test_the_file_that_a_server_did_not_take_is_told(tmp_path: Path) -> None:
    for name in ("key", "hosts"):
        (tmp_path / name).touch()
    place = _server(key_file=str(tmp_path / "key"), known_hosts=str(tmp_path / "hosts"))
    rows = [
        {"level": "error", "msg": "Failed to copy: permission denied", "object": "policies/x.html"},
        {"level": "error", "msg": "Attempt 3/3 failed with 1 errors and: permission denied"},
        {"level": "notice", "msg": "Failed to copy with 1 errors: last error was: permission denied"},
    ]
    assert place._failure(rows).problem.values["why"] == "policies/x.html: Failed to copy: permission denied"  # noqa: SLF001
