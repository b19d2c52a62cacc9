"""One finder of personal numbers serves the inspection and the release, and one list says which of them stop both."""

from publicity.inspect.findings import rules
from publicity.read.personal import NEVER_PUBLISHED


def test_a_release_refuses_the_numbers_that_an_inspection_calls_must_mend() -> None:
    numbers = {name: rule for name, rule in rules().rules.items() if name.endswith("-number")}
    assert {rule.group for rule in numbers.values()} == {"privacy"}
    assert {name for name, rule in numbers.items() if rule.severity == "error"} == NEVER_PUBLISHED
