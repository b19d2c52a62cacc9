"""Who published: the manifest signed with an Ed25519 key as OpenSSH makes and reads them (`ssh-keygen -Y verify`; ADR 0021)."""

import base64
import getpass
import hashlib
import os
import struct
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publicity.labels.sentences import outcome
from publicity.models.region import Signer
from publicity.problems import UsageError
from publicity.project import Project, typed_path
from publicity.work import extras

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE = "publicity"
"""A signature made for something else is none of a site's."""
KEY, PASSPHRASE = "PUBLICITY_SIGNING_KEY", "PUBLICITY_SIGNING_PASSPHRASE"
_HASH = b"sha512"


def signing_key(project: Project, file: Path | None) -> Path | None:
    """Where the private key lies: in a file that was named, or that the environment names; None where there is none.

    Raises:
        UsageError: there is no such file, or it lies in the project, from where it would be committed.
    """
    named = file or (typed_path(os.environ[KEY]) if os.environ.get(KEY) else None)
    if named and not named.is_file():
        raise UsageError("no-key-file", file=named)
    if named and named.resolve().is_relative_to(project.root):
        raise UsageError("key-in-project", file=named)
    return named


def sign(manifest: bytes, key: Path) -> bytes:
    """The signature of a manifest, in OpenSSH's form.

    Raises:
        UsageError: the file holds no Ed25519 key, or its passphrase is not known.
    """
    extras.need("publish")
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    private = _private(key)
    public = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).split()[1]
    # PROTOCOL.sshsig of OpenSSH: what is signed, then what is written.
    about = _strings(NAMESPACE.encode(), b"", _HASH)
    signature = private.sign(b"SSHSIG" + about + _strings(hashlib.sha512(manifest).digest()))
    blob = b"SSHSIG" + struct.pack(">I", 1) + _strings(base64.b64decode(public)) + about
    text = base64.b64encode(blob + _strings(_strings(b"ssh-ed25519", signature))).decode()
    rows = (text[at : at + 70] for at in range(0, len(text), 70))
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *rows, "-----END SSH SIGNATURE-----", ""]).encode()


@cache  # its passphrase is asked for once
def _private(key: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    data = key.read_bytes()
    try:
        private = load_ssh_private_key(data, password=None)
    except TypeError:  # it has a passphrase
        try:
            private = load_ssh_private_key(data, password=_passphrase(key))
        except ValueError as error:
            raise UsageError("wrong-passphrase", file=key, variable=PASSPHRASE) from error
    except ValueError as error:
        raise UsageError("not-a-key", file=key) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError("not-a-key", file=key)
    return private


def signer_of(manifest: bytes, signature: bytes, signers: list[Signer]) -> Signer | None:
    """Whose signature of a manifest it is, None where it is nobody's of those."""
    extras.need("publish")
    import sshsig

    known = {sshsig.PublicKey.from_openssh_str(signer.public_key): signer for signer in signers}
    try:
        return known[sshsig.verify(manifest, signature.decode("ascii"), known, NAMESPACE)]
    except (sshsig.InvalidSignature, ValueError, NotImplementedError, KeyError):
        return None


def _strings(*strings: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(string)) + string for string in strings)


def _passphrase(key: Path) -> bytes:
    """From the environment, or asked for on a terminal.

    Raises:
        UsageError: there is neither.
    """
    known = os.environ.get(PASSPHRASE) or None
    if known is None and not sys.stdin.isatty():
        raise UsageError("wrong-passphrase", file=key, variable=PASSPHRASE)
    return (known if known is not None else getpass.getpass(outcome("ask-passphrase", file=key))).encode()
