"""Articles as texts number them."""

import pytest

from publicity.models.fields.articles import anchor_of, article_in, covers, in_english, order_of


@pytest.mark.parametrize(
    ("text", "article", "anchor"),
    [
        ("第九条第一款第三项", "第九条", "article-9"),
        ("反不正当竞争法第二十二条第三款、第四款", "第二十二条", "article-22"),
        ("第二百一十九条之一", "第二百一十九条之一", "article-219-1"),
        ("第一千零一十条", "第一千零一十条", "article-1010"),
        ("第三款", None, None),
        ("337", None, None),
    ],
)
def test_the_article_of_a_text(text: str, article: str | None, anchor: str | None) -> None:
    assert (article_in(text), anchor_of(text)) == (article, anchor)


@pytest.mark.parametrize(
    ("named", "article", "held"),
    [
        ("第九条", "第九条第一款第三项", True),
        ("第九条", "第十九条", False),
        ("第二十二条第三款、第四款", "第二十二条", True),
        ("第九十条、第九十一条", "第九十一条第二款", True),
        ("第九十条、第九十二条", "第九十一条", False),
        ("第八百六十一条至第八百七十五条", "第八百七十条", True),
        ("第八百六十一条至第八百七十五条", "第八百七十六条", False),
        ("第二百一十九条", "第二百一十九条之一", False),
        ("第二百一十九条之一", "第二百一十九条", False),
        ("第一千一百八十五条", "第一千一百八十五条", True),
        ("第一百零三条", "第一百零四条", False),
        ("第一章", "第一条", False),
    ],
)
def test_what_a_text_covers(named: str, article: str, *, held: bool) -> None:
    assert covers(named, article) is held


def test_texts_sort_by_their_first_article() -> None:
    texts = ["第二百一十九条之一", "第十条第二款", "第二百一十九条", "附则", "第九条、第四十条"]
    assert sorted(texts, key=order_of) == [
        "附则",
        "第九条、第四十条",
        "第十条第二款",
        "第二百一十九条",
        "第二百一十九条之一",
    ]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("第一百二十三条", "article 123"),
        ("第九条第一款第三项", "article 9(1)(3)"),
        ("第二百一十九条之一", "article 219-1"),
        ("第二十二条第三款、第四款", "article 22(3), (4)"),
        ("第九十三条、第九十四条", "articles 93, 94"),
        ("第八百六十一条至第八百七十五条", "articles 861 to 875"),
        ("第三部分", "第三部分"),  # what is no article stays as the law names it
    ],
)
def test_english_texts_cite_articles_by_number(text: str, cited: str) -> None:
    assert in_english(text) == cited
