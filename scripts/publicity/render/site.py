"""Step 4: MkDocs turns the staging folder into HTML."""

import logging
import os
from pathlib import Path

import jinja2
from mkdocs import exceptions
from mkdocs.commands.build import build
from mkdocs.config import load_config

from publicity.problems import BuildError, ContentError, UsageError
from publicity.project import Project
from publicity.render.plugin import PublicityPlugin
from publicity.render.warnings import hearing, in_content, with_complaints


def render(project: Project, region: str, out: Path, site_url: str | None) -> PublicityPlugin:
    """Build the whole site of a region into an empty folder, strictly: a warning is a failure.

    Raises:
        ContentError: the content has problems.
        UsageError: there is no such region.
        BuildError: a template or the configuration is at fault.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    options = {"site_url": site_url} if site_url else {}
    plugin = None
    try:
        config = load_config(str(project.config_file), site_dir=str(out), strict=True, **options)
        plugin = config.plugins["publicity"]
        if not isinstance(plugin, PublicityPlugin):
            raise BuildError("raw", text="mkdocs.yml names another plugin `publicity`")
        plugin.config.region = region
        os.environ.pop("PUBLICITY_REGION", None)  # the caller's word counts, not what a shell may have left
        config.plugins.on_startup(command="build", dirty=False)
        with hearing():
            build(config)
    except (exceptions.Abort, exceptions.BuildError) as error:
        if isinstance(error.__cause__, ContentError | UsageError | BuildError):
            raise error.__cause__ from None
        said = with_complaints(error)
        prepared = plugin.prepared if isinstance(plugin, PublicityPlugin) else None
        raise BuildError("raw", text=in_content(said, prepared.column) if prepared else said) from error
    except jinja2.TemplateError as error:
        place = (
            f"{error.filename or error.name}:{error.lineno}: " if isinstance(error, jinja2.TemplateSyntaxError) else ""
        )
        raise BuildError("raw", text=f"a template is at fault: {place}{error}") from error
    else:
        return plugin
