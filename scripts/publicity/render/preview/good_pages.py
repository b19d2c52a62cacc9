"""The last good pages of a preview. They stand until a whole build has made others, and are there when a preview starts again."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publicity.project import Project
from publicity.work.manifest import NAME


def preview_name(region: str, host: str, port: int) -> str:
    """The name of a preview: no two that run at once have the same."""
    return f"{region}-{host.replace(':', '.')}-{port}"


class GoodPages:
    """Each whole build has a folder of its own. They lie below one that belongs to whoever is bound to an address, so to one preview."""

    def __init__(self, project: Project, region: str, host: str, port: int) -> None:
        self._home = project.build / "preview" / preview_name(region, host, port)
        whole = self._home.glob(f"*/{NAME}")  # a build writes it last
        self.shown: Path | None = max(
            (file.parent for file in whole), key=lambda one: one.stat().st_mtime, default=None
        )
        """The folder of those that there are."""

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """A folder for a build, which is shown from then on; where the build fails, it goes and what was shown stays."""
        self._home.mkdir(parents=True, exist_ok=True)
        for folder in self._home.iterdir():
            if folder != self.shown:
                shutil.rmtree(folder, ignore_errors=True)
        made = Path(tempfile.mkdtemp(dir=self._home))
        try:
            yield made
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        self.shown = made
