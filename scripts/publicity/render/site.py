"""Step 4: MkDocs turns the staging folder into HTML."""

import os
from pathlib import Path

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from publicity.prepare import HandIn
from publicity.problems import BuildError
from publicity.project import Project
from publicity.render.plugin import PublicityPlugin
from publicity.render.warnings import collect_warnings, failure_of
from publicity.work.former import NOTHING, Former
from publicity.work.progress import Progress


def render(
    project: Project,
    region: str,
    out: Path,
    site_url: str | None,
    handed: HandIn | None = None,
    progress: Progress | None = None,
    former: Former = NOTHING,
) -> PublicityPlugin:
    """Build the whole site of a region into an empty folder, strictly: a warning is a failure.

    `handed` makes files to take away, which the pages offer. What the site holds of `former` is moved from there.

    Raises:
        ContentError: the content has problems.
        UsageError: there is no such region.
        BuildError: a template or the configuration is at fault.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    options = {"site_url": site_url} if site_url else {}
    plugin = None
    with collect_warnings():
        try:
            config = load_config(str(project.config_file), site_dir=str(out), strict=True, **options)
            plugin = config.plugins.get("publicity")
            if not isinstance(plugin, PublicityPlugin):
                raise BuildError("no-plugin")
            plugin.config.region = region
            plugin.handed, plugin.former = handed, former
            plugin.progress = progress or plugin.progress
            os.environ.pop("PUBLICITY_REGION", None)  # the caller's word counts, not what a shell may have left
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except (MkDocsException, jinja2.TemplateError) as error:
            prepared = plugin.prepared if isinstance(plugin, PublicityPlugin) else None
            raise failure_of(error, project, prepared.column if prepared else None) from None
    return plugin
