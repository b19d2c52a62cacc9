"""An issue of the newsletter as files to send, to paste and to take away: each edition a module, each a function of the issue."""

from publicity.editions.command import PUBLIC, Made, make_editions, public_editions, write_editions

__all__ = ["PUBLIC", "Made", "make_editions", "public_editions", "write_editions"]
