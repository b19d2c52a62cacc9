"""What `bootstrap` says while it sets things up, in Chinese and in English: it runs before a language can be chosen."""

STEPS = {
    "venv": ("正在 .venv 中建立 Python 虚拟环境", "making the virtual environment in .venv"),
    "packages": ("正在安装 {lock} 所列的 Python 软件包", "installing the locked Python packages of {lock}"),
    "node": (
        "本机没有 Node {oldest} 或更高版本，正在安装",
        "installing Node from its Python package (none of version {oldest} or later on this machine)",
    ),
    "npm": (
        "正在安装 package-lock.json 所列的 Pyodide 和浏览器工具，并校验完整性",
        "installing Pyodide and the browser tools from package-lock.json, integrity checked",
    ),
    "chromium": ("正在查找测试所用的 Chromium 浏览器", "looking for a Chromium for the tests"),
    "debian-chromium": ("正在安装 Debian 的 Chromium 浏览器", "installing Debian's Chromium"),
    "debian-program": (
        "正在安装测试所用的 {name}（Debian 软件包 {packages}）",
        "installing Debian's {name} for the tests ({packages})",
    ),
    "no-program": (
        "没有 {name}，跳过它的测试（Debian：apt install {packages}）",
        "no {name} could be had, its test is skipped (Debian: apt install {packages})",
    ),
    "old-browsers": (
        "正在安装测试所用的旧版 Chromium（80、88、92、109，约190 MB）",
        "installing old builds of Chromium for the tests (80, 88, 92 and 109; some 190 MB)",
    ),
    "unpacking": ("正在解包测试所用的 {packages}", "unpacking Debian's {packages} for the tests"),
    "fonts": ("正在为浏览器安装中文字体", "installing Chinese fonts for the browser"),
}

ERRORS = {
    "no-program": (
        "没有找到程序 {program}，安装{what_zh}要用它；请先安装它，再重新运行。",
        "{program} was not found; it is needed for {what_en}: install it and run this again.",
    ),
    "failed": (
        "未能安装{what_zh}；请检查网络和软件源，再重新运行。命令 {command} 提示：",
        "Could not get {what_en}: look at the network and the package registry, and run this again. {command} said:",
    ),
    "no-chromium": (
        "测试要用 Chromium 浏览器，但未能装上；请先安装（Debian：apt install chromium fonts-noto-cjk），再重新运行。",
        "The tests need a Chromium and none could be had: install one (Debian: apt install chromium fonts-noto-cjk) and run this again.",
    ),
}

THINGS = {
    "venv": (
        " Python 的 venv 模块（Debian：apt install python3-venv）",
        "Python's venv module (Debian: apt install python3-venv)",
    ),
    "packages": (" {lock} 所列的 Python 软件包", "the packages of {lock} from a Python package registry"),
    "project": ("本项目到 .venv ", "the project itself, installed into .venv"),
    "node": (
        " Node {oldest} 或更高版本（https://nodejs.org，或 Python 软件源）",
        "Node {oldest} or later (https://nodejs.org, or a Python package registry)",
    ),
    "npm": (" package-lock.json 所列的 npm 软件包", "the packages of package-lock.json from an npm registry"),
    "debian": (" Debian 软件包 {packages}", "the Debian packages {packages}"),
}
"""What may be wanted in vain; fills `{what_zh}` and `{what_en}` of an error."""


def step(name: str, /, **values: object) -> tuple[str, str]:
    """A step, in both languages."""
    return _filled(STEPS[name], values)


def thing(name: str, /, **values: object) -> tuple[str, str]:
    """Something that may be wanted in vain, in both languages."""
    return _filled(THINGS[name], values)


def error(name: str, what: tuple[str, str] = ("", ""), /, **values: object) -> str:
    """An error, Chinese above English."""
    return "\n".join(_filled(ERRORS[name], {**values, "what_zh": what[0], "what_en": what[1]}))


def _filled(words: tuple[str, str], values: dict[str, object]) -> tuple[str, str]:
    chinese, english = words
    return chinese.format_map(values), english.format_map(values)
