"""Start a command in the project's own environment, with a Python that is new enough.

This file must stay readable for old Pythons, so that they can say what is missing.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def run(purpose, command):
    """Set up what `purpose`, one of bootstrap's PROGRAMS, needs, then become the command made from the scripts folder and arguments."""
    _need_new_python()
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
    sys.exit(
        "Python %d.%d or later is needed, this is %s: install it (https://www.python.org or your system's packages)."
        % (OLDEST[0], OLDEST[1], sys.version.split()[0])
    )
