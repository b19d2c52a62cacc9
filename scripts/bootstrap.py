"""Set up what a command needs on a fresh machine, one line a step; a step already done is skipped.

Standard library only: it runs before anything is installed. Each step keeps a stamp, a hash of what it was made from, so
that it is repeated exactly when that changes.
"""

import contextlib
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import setup_words

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
NODE_MODULES = ROOT / "node_modules"
OLDEST_NODE = 20
HEADLESS = "chromium-headless-shell"


class SetupError(Exception):
    """A prerequisite is missing; the message names it and says how to get it, in both languages."""


def environment(purpose: str) -> dict[str, str]:
    """Make everything that a purpose needs, one of `PROGRAMS`, and return the environment to run it in.

    Raises:
        SetupError: a prerequisite is missing, a package registry cannot be reached, or no Chromium could be had.
    """
    _virtual_environment(LOCKS.get(purpose, "requirements-test.txt"))
    variables = _with_node()
    for program in PROGRAMS[purpose]:
        variables |= program(variables)
    return variables


def _virtual_environment(lock: str) -> None:
    python = BIN / "python"
    base = f"{sys.version} {sys.base_prefix}"
    if not _is_current(VENV / "stamp-venv", base) or not python.exists() or not _was_made_here():
        _step("venv")
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], setup_words.thing("venv"))
        _stamp(VENV / "stamp-venv", base)
    wanted = base + _text(ROOT / lock, ROOT / "pyproject.toml")
    # The test environment holds the build environment whole, so a build does not undo it.
    if _is_current(
        VENV / "stamp-requirements-test.txt", base + _text(ROOT / "requirements-test.txt", ROOT / "pyproject.toml")
    ):
        return
    stamp = VENV / f"stamp-{lock}"
    if _is_current(stamp, wanted):
        return
    _step("packages", lock=lock)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    _run([*pip, "--require-hashes", "-r", str(ROOT / lock)], setup_words.thing("packages", lock=lock))
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], setup_words.thing("project"))
    _stamp(stamp, wanted)


def _was_made_here() -> bool:
    """Whether the environment's programs start what lies here: those of a folder that was moved or copied start what lay there."""
    settings = VENV / "pyvenv.cfg"
    rows = settings.read_text(encoding="utf-8").splitlines() if settings.exists() else []
    return all(row.endswith(f" {VENV}") for row in rows if row.startswith("command = "))


def _with_node() -> dict[str, str]:
    """The environment with `node` and `npm` on the PATH, and the packages of package-lock.json installed."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")])}
    environment.pop("PYTHONPATH", None)
    environment["NO_MKDOCS_2_WARNING"] = "1"
    if _node_version(environment) < OLDEST_NODE:
        _step("node", oldest=OLDEST_NODE)
        _run(
            [
                str(BIN / "python"),
                "-m",
                "pip",
                "--quiet",
                "--disable-pip-version-check",
                "install",
                "--require-hashes",
                "-r",
                str(ROOT / "requirements-node.txt"),
            ],
            setup_words.thing("node", oldest=OLDEST_NODE),
        )
    wanted = _text(ROOT / "package-lock.json")
    if not _is_current(NODE_MODULES / ".stamp", wanted):
        _step("npm")
        _run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            setup_words.thing("npm"),
            environment,
        )
        _stamp(NODE_MODULES / ".stamp", wanted)
    return environment


def _node_version(environment: dict[str, str]) -> int:
    node = shutil.which("node", path=environment["PATH"])
    if not node or not shutil.which("npm", path=environment["PATH"]):
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def _chromium(environment: dict[str, str]) -> dict[str, str]:
    """Where the Chromium for the tests is, nothing for Playwright's own; Chinese fonts are seen to as well."""
    _chinese_fonts()
    stamp = VENV / "stamp-browser"
    known = stamp.read_text(encoding="utf-8").strip() if stamp.exists() else ""
    if known != "playwright" and not Path(known or ROOT / "none").exists():
        _step("chromium")
        known = "playwright" if _playwright_installs(environment) else _system_chromium()
        # The browser without its windows, which Playwright would have brought too, opens a page in a third of the time.
        if Path(known).name not in ("playwright", HEADLESS) and _may_install():
            _step("debian-chromium")
            try:
                _apt_install(HEADLESS)
            except SetupError:  # an older Debian has the whole browser only
                if not known:
                    _apt_install("chromium")
            known = _system_chromium()
        if not known:
            raise SetupError(setup_words.error("no-chromium"))
        stamp.write_text(known + "\n", encoding="utf-8")
    return {} if known == "playwright" else {"PUBLICITY_CHROMIUM": known}


def _playwright_installs(environment: dict[str, str]) -> bool:
    command = [str(BIN / "python"), "-m", "playwright", "install", "chromium"]
    try:
        return subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _system_chromium() -> str:
    return _which(HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def _firefox(_: dict[str, str]) -> dict[str, str]:
    if not _which("firefox-esr", "firefox"):
        _install_where_possible("Firefox", "firefox-esr")
    return {}


def _webkit(_: dict[str, str]) -> dict[str, str]:
    if not (_which("WebKitWebDriver") and _which("Xvfb")):
        _install_where_possible("WebKit", "webkit2gtk-driver", "xvfb")
    return {}


def _java(_: dict[str, str]) -> dict[str, str]:
    if not _which("java"):
        _install_where_possible("Java", "default-jre-headless")
    return {}


def _old_browsers(environment: dict[str, str]) -> dict[str, str]:
    """Old builds of Chromium and their driver, from npm into `build/old-browsers`."""
    source, folder = ROOT / "tests" / "browser" / "old", ROOT / "build" / "old-browsers"
    wanted = _text(source / "package-lock.json")
    if not _is_current(folder / ".stamp", wanted):
        _step("old-browsers")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(source / name, folder / name)
        npm = [
            "npm",
            "ci",
            "--prefix",
            str(folder),
            "--ignore-scripts",
            "--legacy-peer-deps",
            "--no-audit",
            "--no-fund",
        ]
        _run([*npm, "--loglevel=error"], setup_words.thing("npm"), environment)
        _stamp(folder / ".stamp", wanted)
    return {}


def _install_where_possible(name: str, *packages: str) -> None:
    """Install a further program from Debian's packages onto the PATH, or say that its test is skipped."""
    wanted = " ".join(packages)
    if _may_install():
        _step("debian-program", name=name, packages=wanted)
        with contextlib.suppress(SetupError):
            return _apt_install(*packages)
    return _step("no-program", name=name, packages=wanted)


def _nginx(_: dict[str, str]) -> dict[str, str]:
    """Where an nginx for the tests is, nothing where none could be had: then its test says so and is skipped.

    Debian's is unpacked and not installed, so that no server is started on this machine.
    """
    nginx = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
    if nginx:
        return {"PUBLICITY_NGINX": nginx}
    folder = _unpacked("nginx", "usr/sbin/nginx", "nginx", "nginx-common")
    return {"PUBLICITY_NGINX": str(folder / "usr/sbin/nginx")} if (folder / "usr/sbin/nginx").exists() else {}


def _postfix(_: dict[str, str]) -> dict[str, str]:
    """The folder that a Postfix for the tests is unpacked in, nothing where none could be had: then its tests are skipped."""
    folder = _unpacked("postfix", "usr/sbin/postfix", "postfix")
    return {"PUBLICITY_POSTFIX": str(folder)} if (folder / "usr/sbin/postfix").exists() else {}


def _servers(_: dict[str, str]) -> dict[str, str]:
    """Where Apache, lighttpd, Caddy and busybox for the tests are, unpacked as nginx is; the test of one that is missing is skipped."""
    folder = _unpacked("servers", "usr/bin/caddy", *SERVERS)
    return {"PUBLICITY_SERVERS": str(folder)} if (folder / "usr/bin/caddy").exists() else {}


def _unpacked(name: str, program: str, *packages: str) -> Path:
    """The folder below `build/` that Debian's packages of a server are unpacked in; empty where they could not be had."""
    folder = ROOT / "build" / name
    if not (folder / program).exists() and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        _step("unpacking", packages=" ".join(packages))
        folder.mkdir(parents=True, exist_ok=True)
        if _may_install():
            _apt_update()
        subprocess.run(["apt-get", "-qq", "download", *packages], cwd=folder, capture_output=True, check=False)
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "--extract", str(package), str(folder)], capture_output=True, check=False)
    return folder


SERVERS = (
    "caddy", "lighttpd", "lighttpd-mod-deflate", "apache2-bin", "busybox-static",
    "libapr1", "libaprutil1", "liblua5.4-0", "libnghttp2-14", "libbrotli1", "libdeflate0",  # what Apache and lighttpd link
)  # fmt: skip


LOCKS = {"build": "requirements.txt", "edit": "requirements-edit.txt"}
"""The packages for each purpose; all others are of those who develop."""

PROGRAMS: dict[str, tuple[Callable[[dict[str, str]], dict[str, str]], ...]] = {
    "build": (),
    "edit": (),
    "quick tests": (),
    "pictures": (_chromium,),
    "benchmark": (_chromium,),
    "old browsers": (_chromium, _old_browsers),
    "tests": (_chromium, _nginx, _postfix, _servers, _firefox, _webkit, _java),
}
"""What each purpose needs beside the packages: each function finds or installs a program, and names in a variable
what is not on the PATH."""


def _chinese_fonts() -> None:
    lists_fonts = shutil.which("fc-list")
    if lists_fonts and subprocess.run([lists_fonts, ":lang=zh"], capture_output=True, check=False).stdout.strip():
        return
    if _may_install():
        _step("fonts")
        _apt_install("fonts-noto-cjk", "fontconfig")


def _which(*programs: str) -> str:
    return next(filter(None, map(shutil.which, programs)), "")


def _may_install() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


@functools.cache
def _apt_update() -> None:
    subprocess.run(["apt-get", "-qq", "update"], capture_output=True, check=False)


def _apt_install(*packages: str) -> None:
    _apt_update()
    _run(
        ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages],
        setup_words.thing("debian", packages=" ".join(packages)),
        {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )


def _run(command: list[str], what: tuple[str, str], environment: dict[str, str] | None = None) -> None:
    if shutil.which(command[0], path=(environment or os.environ).get("PATH")) is None:
        raise SetupError(setup_words.error("no-program", what, program=command[0]))
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SetupError(setup_words.error("failed", what, command=" ".join(command[:6]) + " …") + f"\n{tail}")


def _text(*files: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in files)


def _is_current(stamp: Path, made_from: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _digest(made_from)


def _stamp(stamp: Path, made_from: str) -> None:
    stamp.write_text(_digest(made_from), encoding="utf-8")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _step(name: str, /, **values: object) -> None:
    chinese, english = setup_words.step(name, **values)
    stamp = f"[{time.strftime('%H:%M:%S')}] "
    print(f"{stamp}{chinese}\n{'':{len(stamp)}}{english}", flush=True)


if __name__ == "__main__":
    try:
        environment(sys.argv[1])
    except SetupError as failure:
        sys.exit(str(failure))
