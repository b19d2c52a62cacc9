"""The language of what is said to those who run a command."""

import sys

import pytest

from publicity.labels.sentences import language_of

TELLS_ITS_LANGUAGE = sys.platform in ("win32", "darwin")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": ""}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LC_ALL": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "ZH"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, "en"),
        ({"LC_CTYPE": "en_US.UTF-8"}, "zh"),  # it says how text is encoded, not in which language
    ],
)
def test_the_language_is_that_of_the_first_variable_that_is_set(environment: dict[str, str], language: str) -> None:
    if TELLS_ITS_LANGUAGE and not any(value[:2].lower() in ("zh", "en", "de") for value in environment.values()):
        pytest.skip("without a name the system's own language counts")
    assert language_of(environment) == language
