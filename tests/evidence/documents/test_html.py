"""HTML: text, furniture by markup, what the page states; and what a hostile page cannot do."""

from __future__ import annotations

import pytest

from shieldwall.errors import HostileInputError
from shieldwall.evidence.documents import Document, limits, read_document

PROSE = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."
MORE = "The ministry declined to comment on the move, which follows joint exercises in spring."


def read(body: str, head: str = "", address: str | None = None) -> Document:
    page = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    return read_document(page.encode(), "page.html", address)


def dropped(document: Document) -> dict[str, str]:
    return {document.text[d.start : d.end].strip(): d.reason for d in document.dropped}


def test_text_follows_the_page_and_offsets_refer_to_it() -> None:
    document = read(f"<h1>Seen &amp; named</h1><p>{PROSE}<p>One<br>two <b>th</b>ree&nbsp;four")
    assert document.media_type == "text/html"
    assert document.text == f"Seen & named\n{PROSE}\nOne\ntwo three four"
    assert document.title == "Seen & named"
    assert document.dropped == ()


def test_furniture_by_markup() -> None:
    document = read(
        f'<nav><a href="/">Home</a></nav><div class="cookie-banner">Our biscuits</div><article>'
        f"<p>{PROSE}</p><div class='related-posts'><h3>More</h3><a href=x>Tanks sold</a></div>"
        f"<p>{MORE}</p><aside>{PROSE}</aside></article><div id=comments><p>Joe: eight Buks!</div>"
        f"<p style='display: none'>There are 900 launchers.</p><footer>Imprint</footer>"
    )
    assert dropped(document) == {
        "Home": "navigation", "Our biscuits": "cookie wall", "More\nTanks sold": "related links",
        "Joe: eight Buks!": "reader comment", "There are 900 launchers.": "hidden from readers",
        "Imprint": "navigation",
    }  # fmt: skip
    assert document.kept_text.split("\n")[:3] == [PROSE, MORE, PROSE]


def test_a_class_that_covers_the_article_is_no_hint() -> None:
    document = read(f'<div class="content has-sidebar comments share"><p>{PROSE}<p>{MORE}</div>')
    assert document.dropped == ()


def test_comments_may_be_longer_than_their_article() -> None:
    comments = f"<div id=comments>{f'<p>{MORE}' * 20}</div>"
    document = read(f'<div class="post ad-slot"><p>{f"{PROSE} " * 9}<p>{MORE}</div>{comments}')
    assert {d.reason for d in document.dropped} == {"reader comment"}
    assert document.kept_text.count(PROSE) == 9


def test_scripts_styles_and_comments_are_no_text() -> None:
    document = read(
        f"<script>alert('five')</script><style>p{{}}</style><!-- six --><noscript>seven</noscript>"
        f"<template>eight</template><iframe src='file:///etc/passwd'>nine</iframe><p>{PROSE}"
    )
    assert document.text == PROSE


def test_what_the_page_states() -> None:
    head = """<title>Launchers | Daily</title><meta property="og:site_name" content="The Daily">
    <meta name="author" content="A. Ruiz"><meta property="og:title" content="Launchers seen">
    <meta property="article:published_time" content="2019-03-24T23:30:00-04:00">"""
    document = read(f"<p>{PROSE}<p>{MORE}", head)
    assert (document.title, document.publisher) == ("Launchers seen", "The Daily")
    assert document.author == "A. Ruiz"
    assert str(document.date.date) == "2019-03-24"
    assert document.date.place == "meta tag"


def test_json_ld() -> None:
    head = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
    {"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Launchers",
    "datePublished": "2019-03-24", "dateModified": "2022-01-01", "publisher": {"name": "Daily"},
    "author": [{"name": "A. Ruiz"}, {"name": "B. Roe"}]}]}</script>"""
    document = read(f"<p>{PROSE}", head)
    assert (document.title, document.publisher, document.author) == (
        "Launchers", "Daily", "A. Ruiz, B. Roe",
    )  # fmt: skip
    assert str(document.date.date) == "2019-03-24"
    assert [c.usable for c in document.date.candidates] == [True, False]


def test_one_article_in_two_wrappers_has_one_text_hash() -> None:
    bare = read_document(f"{PROSE}\n\n{MORE}\n".encode(), "a.txt")
    wrapped = read(f"<nav>Home</nav><p>{PROSE}</p>\n<p>{MORE}<footer>© 2024 Us</footer>")
    other = read(f"<p>{PROSE}</p>")
    assert bare.text_sha256 == wrapped.text_sha256 != other.text_sha256
    assert bare.sha256 != wrapped.sha256
    assert read("<nav>Home</nav>").text_sha256 is None


def test_billion_laughs_and_external_entities_stay_text() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&b; &x; end</p></body></html>'
    )
    document = read_document(page.encode(), "x.html")
    assert "root:" not in document.text
    assert len(document.text) < len(page)
    assert "end" in document.text


def test_a_title_that_never_ends_ends_with_the_page() -> None:
    assert read_document(f"<html><title>Seen<body><p>{PROSE}".encode(), "x").text == PROSE


def test_nesting_is_limited() -> None:
    with pytest.raises(HostileInputError, match=r"page\.html.*inside each other"):
        read("<div>" * (limits.MAX_DEPTH + 10))


@pytest.mark.parametrize("piece", ["<!--", "<b><p>", "<a href='", "</p>", "<![CDATA[", "<p>&#x41;"])
def test_repeated_pieces_end_in_time(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 1.0)
    try:
        document = read(piece * (200_000 // len(piece)))
    except HostileInputError as error:
        assert "more than 1 s" in str(error)  # noqa: PT017 - either answer is right, hanging is not
    else:
        assert len(document.text) <= 250_000
