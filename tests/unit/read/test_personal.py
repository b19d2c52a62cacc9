"""One finder of personal numbers serves the inspection and the release, and one list says which of them stop both."""

import pytest

from publicity.inspect.findings import rules
from publicity.read.personal import NEVER_PUBLISHED, identity_numbers


def test_a_release_refuses_the_numbers_that_an_inspection_calls_must_mend() -> None:
    numbers = {name: rule for name, rule in rules().rules.items() if name.endswith("-number")}
    assert {rule.group for rule in numbers.values()} == {"privacy"}
    assert {name for name, rule in numbers.items() if rule.severity == "error"} == NEVER_PUBLISHED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("号码11010519491231002X。", "11010519491231002X"),
        ("110105 19491231 002x", "110105 19491231 002x"),
        ("110105-19491231-002X", "110105-19491231-002X"),
        ("1101 0519 4912 3100 2X", "1101 0519 4912 3100 2X"),
        ("110105\u00a019491231\u00a0002X", "110105\u00a019491231\u00a0002X"),
        ("１１０１０５　１９４９１２３１　００２Ｘ", "110105　19491231　002X"),
        ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X"),
        ("身份证号：110105194912310021", "110105194912310021"),
        ("公民身份号码为110105194912310021", "110105194912310021"),
        ("编号110105194912310021", None),
        ("1101 05 19 49 12 31 002X", None),
        ("身份证号：110105194913310021", None),
    ],
)
def test_an_identity_number_is_found_however_it_is_set_apart(text: str, found: str | None) -> None:
    assert [match[0] for match in identity_numbers(text)] == ([found] if found else [])
