"""The list of published addresses, as the command and the editing page add to it."""

from pathlib import Path

from publicity.check.published import with_address, write_published

LIST = "# head\n/about/\n# 2026-05: 按法院要求撤下，勿恢复\n/cases/x/ # gone: 法院\n/policies/b/\n"


def test_an_address_comes_to_its_place_by_the_alphabet() -> None:
    assert with_address(LIST, "cases/y.md") == LIST.replace("/policies/b/\n", "/cases/y/\n/policies/b/\n")
    assert with_address(LIST, "policies/c.md") == f"{LIST}/policies/c/\n"
    assert with_address(LIST, "policies/b.md") == LIST
    assert with_address("", "cases/y.md") == "/cases/y/\n"


def test_new_addresses_leave_comments_and_order_alone(tmp_path: Path) -> None:
    file = tmp_path / "published-urls.txt"
    file.write_text(LIST, encoding="utf-8")
    write_published(file, ["/tasks/", "/cases/y/"])
    expected = LIST.replace("/policies/b/\n", "/cases/y/\n/policies/b/\n") + "/tasks/\n"
    assert file.read_text(encoding="utf-8") == expected


def test_a_list_begins_with_what_it_is_for(tmp_path: Path) -> None:
    file = tmp_path / "published-urls.txt"
    write_published(file, ["/tasks/", "/about/"])
    *head, first, second = file.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("# ") for line in head)
    assert (first, second) == ("/about/", "/tasks/")
