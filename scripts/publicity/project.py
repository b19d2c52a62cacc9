"""The project on disk: where things lie."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from publicity.problems import UsageError


class _PlainLoader(yaml.SafeLoader):
    """Reads mkdocs.yml without making what its tags name."""


_PlainLoader.add_constructor(None, lambda _loader, _node: None)  # None: any tag that has no constructor


@dataclass(frozen=True)
class Project:
    """The folders of a project, found from its root."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """The project of a folder: the nearest one upward that holds `mkdocs.yml`.

        Raises:
            UsageError: there is none.
        """
        try:
            here = (start or Path.cwd()).resolve()
        except FileNotFoundError as error:
            raise UsageError("folder-gone") from error
        for folder in (here, *here.parents):
            if (folder / "mkdocs.yml").is_file():
                return cls(folder)
        raise UsageError("no-project", folder=here)

    @property
    def config_file(self) -> Path:
        """MkDocs' configuration."""
        return self.root / "mkdocs.yml"

    @property
    def pages(self) -> Path:
        """Pages that belong to no collection, and assets."""
        return self.root / "docs"

    @property
    def content(self) -> Path:
        """The regions' folders and `shared`."""
        return self.root / "content"

    @property
    def standards(self) -> Path:
        """Standards as data."""
        return self.root / "scoring_wasm" / "standards"

    @property
    def build(self) -> Path:
        """Everything made on the way, ignored by git."""
        return self.root / "build"

    @property
    def site(self) -> Path:
        """Where a build goes unless told otherwise."""
        return self.root / "site"

    def default_region(self) -> str:
        """The region of a command that names none: mkdocs.yml names it below `plugins: publicity: region:`.

        Raises:
            UsageError: mkdocs.yml names no region.
        """
        try:
            config = yaml.load(self.config_file.read_text(encoding="utf-8"), _PlainLoader)  # noqa: S506 - a safe loader
            plugins = config["plugins"]
            options = next(
                plugin["publicity"] for plugin in plugins if isinstance(plugin, dict) and "publicity" in plugin
            )
            return str(options["region"])
        except (yaml.YAMLError, LookupError, TypeError, StopIteration) as error:
            raise UsageError("no-default-region", file=self.name(self.config_file)) from error

    def regions(self) -> list[str]:
        """The slugs of all regions, in order."""
        return sorted(file.parent.name for file in self.content.glob("*/region.yml"))

    def name(self, path: Path) -> str:
        """A path as shown to people: relative to the project where it lies inside, with forward slashes."""
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - not resolve(): a link is shown where it stands
        return (whole.relative_to(self.root) if whole.is_relative_to(self.root) else whole).as_posix()


def typed_path(text: str) -> Path:
    """A path as somebody has typed it: `~` is his home also where no shell sees it, in quotes, a file or on Windows."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - the other one fails where a name after `~` is not known


def is_lock_file(path: Path) -> bool:
    """Whether Word made a file to mark a document as open; it stays behind when Word crashes."""
    return path.name.startswith("~$")


def is_hidden(name: str) -> bool:
    """Whether a file is one that its folder's window does not show: Windows leaves some there, unasked."""
    return name.startswith(".") or name.lower() in _BY_WINDOWS


_BY_WINDOWS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})


def all_below(folder: Path) -> Iterator[str]:
    """Whatever lies below a folder and is no folder, links to folders too, by its path from there with forward slashes."""
    return _below(folder, (), None)


def files_below(folder: Path, skip: tuple[str, ...] = ()) -> Iterator[str]:
    """Every file below a folder, by its path from there with forward slashes; hidden ones and what to `skip` directly in it, are left out.

    A link to a folder is told like a file and not entered. A folder that is a link, or is not there, holds nothing.

    Raises:
        OSError: a folder cannot be read.
    """
    if not folder.is_symlink() and folder.exists():
        yield from (path for path in _below(folder, skip, _raise) if not is_hidden(path.rpartition("/")[2]))


def _below(
    folder: str | Path, skip: tuple[str, ...], on_error: Callable[[OSError], None] | None, inside: str = ""
) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        if on_error:
            on_error(error)
        return
    for entry in entries:
        if entry.name in skip:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, (), on_error, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}"


def _raise(error: OSError) -> None:
    raise error
