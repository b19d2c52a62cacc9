"""The repository that desks share: how one is reached over https, and in which words it is told that one is not.

A user and a password come from the environment alone: what stands in a remote's address stands in a file of the repository.
"""

import os
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from dulwich.client import HTTPProxyUnauthorized, HTTPUnauthorized, default_urllib3_manager
from dulwich.config import Config
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository
from dulwich.porcelain import DivergedBranches, Error

from publicity.problems import ToolError

USER, PASSWORD = "PUBLICITY_GIT_USER", "PUBLICITY_GIT_PASSWORD"
_SECONDS = 15
"""How long a server may keep silent. A share that cannot be reached must not keep an editor waiting."""
_RETRIES = 1


class RemoteError(ToolError):
    """The shared repository could not be reached, or refuses."""


def access(address: str, config: Config) -> dict[str, Any]:
    """What dulwich is told beside the address of a remote.

    Raises:
        RemoteError: the address is none, holds a user or a password, or would send one unencrypted.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise RemoteError("remote-missing", address=address) from error
    if parts.scheme not in ("http", "https"):
        return {}
    if "@" in parts.netloc:
        raise RemoteError("remote-secret", user=USER, password=PASSWORD)
    if parts.scheme == "http":
        raise RemoteError("remote-plain", address=address)
    manager = default_urllib3_manager(config, base_url=address, timeout=_SECONDS)
    manager.connection_pool_kw["retries"] = _RETRIES
    secret = {"username": os.environ[USER], "password": os.environ.get(PASSWORD, "")} if os.environ.get(USER) else {}
    return {"pool_manager": manager, **secret}


@contextmanager
def in_words(address: str) -> Iterator[None]:
    """Say in the words of the catalogue what dulwich, TLS or the system say of a remote.

    Raises:
        RemoteError: instead of what they raise.
    """
    try:
        yield
    except (HTTPUnauthorized, HTTPProxyUnauthorized) as error:
        raise RemoteError("remote-password", address=address, user=USER, password=PASSWORD) from error
    except DivergedBranches:
        raise
    except NotGitRepository as error:
        raise RemoteError("remote-missing", address=address) from error
    except (GitProtocolError, HangupException, OSError, Error) as error:
        if why := _certificate(error):
            raise RemoteError("remote-certificate", address=address, why=why) from error
        if error.__cause__ or isinstance(error, OSError | HangupException):
            raise RemoteError("remote-away", address=address) from error
        raise refusal(address, str(error)) from error


def refusal(address: str, why: str) -> RemoteError:
    """What a server answered where it would not. An address that git's own settings have changed may hold a password."""
    return RemoteError("remote-refused", address=address, why=re.sub(r"//[^/\s@]*@", "//", why).strip())


def _certificate(error: BaseException) -> str:
    """What is wrong with the server's certificate; nothing where that is not the cause."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    inner = (cause for cause in (error.__cause__, *error.args) if isinstance(cause, BaseException))
    return next(filter(None, map(_certificate, inner)), "")
