"""A line that counts: all that goes through it to a server and back."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from conftest import Server


@dataclass
class Line:
    """A server behind a line: its address there, and the bytes that came from it since `received` was last set to 0."""

    url: str
    received: int = 0


@contextlib.contextmanager
def counted(server: Server) -> Iterator[Line]:
    """The same server by another port, whose answers are counted as they are on the line, with their headers."""
    address = urlsplit(server.url)
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = Line(f"http://127.0.0.1:{door.getsockname()[1]}{address.path}")
        threading.Thread(target=_connect, args=(door, (address.hostname, address.port), line), daemon=True).start()
        yield line


def _connect(door: socket.socket, there: tuple[str | None, int | None], line: Line) -> None:
    with contextlib.suppress(OSError):  # the door is closed
        while True:
            browser, _ = door.accept()
            server = socket.create_connection(there)
            threading.Thread(target=_carry, args=(browser, server, None), daemon=True).start()
            threading.Thread(target=_carry, args=(server, browser, line), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket, line: Line | None) -> None:
    with contextlib.suppress(OSError):  # one of the two has gone
        while piece := source.recv(65_536):
            if line:
                line.received += len(piece)
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
