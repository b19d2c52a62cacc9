"""An issue of the newsletter as files to send, to paste and to take away, each a function of the issue; and collections as books."""

from publicity.editions.command import PUBLIC, Made, make_editions, make_videos, takeaways, write_editions

__all__ = ["PUBLIC", "Made", "make_editions", "make_videos", "takeaways", "write_editions"]
