# -*- coding: utf-8 -*-
"""Start a command in the project's own environment, with a Python that is new enough.

This file must stay readable for old Pythons, so that they can say what is missing.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
TOO_OLD = """需要 Python %(oldest)s 或更高版本，本机运行的是 %(this)s；请从 https://www.python.org 或系统的软件源安装，再重新运行。
Python %(oldest)s or later is needed, this is %(this)s: install it (https://www.python.org or your system's packages) and run this again."""


def run(purpose, command):
    """Set up what `purpose`, one of bootstrap's PROGRAMS, needs, then become the command made from the scripts folder and arguments."""
    _need_new_python()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # what a console cannot show is no reason to fail
    import bootstrap

    try:
        environment = bootstrap.environment(purpose)
        code = subprocess.call(command(bootstrap.BIN, sys.argv[1:]), env=environment)
    except bootstrap.SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _need_new_python():
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer:
            os.execv(newer, [newer] + sys.argv)
    sys.exit(TOO_OLD % {"oldest": "%d.%d" % OLDEST, "this": sys.version.split()[0]})
