"""Articles of law as Chinese texts number them: 第二十二条第三款, 第四条至第六条, 第二百一十九条之一."""

import re
from functools import cache

_DIGITS = "零一二三四五六七八九"
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMBER = f"[{_DIGITS}〇{''.join(_PLACES)}]+"
_ARTICLE = re.compile(f"第({_NUMBER})条(?:之({_NUMBER}))?")
_PART = re.compile(f"第({_NUMBER})[款项]")
_CITED = re.compile(f"(?:{_ARTICLE.pattern}|{_PART.pattern}|、|至)+")


def article_in(text: str) -> str | None:
    """The first article that a text names, without paragraph and item: 第九条 of 第九条第一款第三项."""
    match = _ARTICLE.search(text)
    return match[0] if match else None


@cache
def anchor_of(text: str) -> str | None:
    """The anchor of that article on a page, in signs that every address can hold: `article-9`, `article-219-1`."""
    match = _ARTICLE.search(text)
    return "-".join(["article", *(str(number) for number in _place(match) if number)]) if match else None


@cache
def in_english(text: str) -> str:
    """Articles as English texts cite them: `article 9(1)(3)` of 第九条第一款第三项; what names anything else stays as it is."""
    if not _ARTICLE.match(text) or not _CITED.fullmatch(text):
        return text
    numbers = _ARTICLE.sub(lambda article: "-".join(str(number) for number in _place(article) if number), text)
    numbers = _PART.sub(lambda part: f"({_value(part[1])})", numbers).replace("、", ", ").replace("至", " to ")
    return f"{'article' if len(_ARTICLE.findall(text)) == 1 else 'articles'} {numbers}"


@cache
def order_of(text: str) -> tuple[int, int]:
    """Sorts by the first article that a text names; one that names none comes first."""
    match = _ARTICLE.search(text)
    return _place(match) if match else (0, 0)


@cache
def covers(named: str, article: str) -> bool:
    """Whether what is `named`, a single article, several or a range of them, holds the one that `article` begins with."""
    wanted = _ARTICLE.search(article)
    for part in named.split("、"):
        ends = [_place(match) for match in _ARTICLE.finditer(part)]
        if wanted and ends and ends[0] <= _place(wanted) <= ends[-1]:
            return True
    return False


def _place(article: re.Match[str]) -> tuple[int, int]:
    """An article as a number that can be compared; one inserted later, 之一, comes behind the one before it."""
    return _value(article[1]), _value(article[2] or "")


def _value(number: str) -> int:
    """1185 of 一千一百八十五."""
    total, digit = 0, 0
    for character in number:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = max(_DIGITS.find(character), 0)
    return total + digit
