"""`publicity check --fix`: what is wrong with the content and has exactly one mend is mended, as text, where it stands.

Only plain files below `content/` and among the standards are touched. A mend is taken where the whole check finds a problem gone and
no new one, every word of the text where it was, and nothing of it lost on the page.
"""

from publicity.mend.changes import Change, write
from publicity.mend.mending import mends

__all__ = ["Change", "mends", "write"]
