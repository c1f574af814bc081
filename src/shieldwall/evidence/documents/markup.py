"""What HTML elements and their class names say of their content.

Class names are what site builders write; each row lists words that occur in the markup of common
publishing systems (WordPress, Blogger, Drupal) and of widgets named after their makers.
"""

from __future__ import annotations

import re
from typing import cast

from shieldwall.evidence.documents.records import Reason

_BLOCKS = """address article aside blockquote body br button caption center dd details dialog div
dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main
menu nav ol option p pre section summary table tbody tfoot thead tr ul"""
_VOIDS = "area base br col embed hr img input link meta source track wbr"
_UNREADS = "script style template svg iframe object noscript select textarea canvas"
_INLINES = "abbr b bdi bdo big cite code em font i mark q s small strong sub sup u"

BLOCK = frozenset(_BLOCKS.split())
VOID = frozenset(_VOIDS.split())
UNREAD = frozenset(_UNREADS.split())
"""Elements whose text no reader reads as text."""
INLINE = frozenset(_INLINES.split())
CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"),
    "td": ("td", "th"), "th": ("td", "th"), "option": ("option",),
}  # fmt: skip
"""Elements that end another one of these, as the end tags may be left out."""

_NEVER_HINTED = frozenset(("html", "body", "main", "article", "h1", "a"))
_TAGS: dict[str, Reason] = {"nav": "navigation", "footer": "navigation", "button": "navigation"}
_CLASSES = """
cookie wall: cookies? consent gdpr onetrust didomi cookiebar cookiebanner
comment form: respond commentform comment-form comment-respond wpd-form
trackback: trackbacks? pingbacks?
reader comment: comments? commentlist disqus wpdiscuz comment-list user-comments
newsletter: newsletter subscribe subscription signup sign-up mailing-list
share or rating widget: share sharing shares social sharedaddy addthis ratings?
advertisement: ads? adverts? advertisement adsbygoogle sponsored dfp promo
related links: related relatedposts recommended recirc outbrain taboola trending most-read
related links: read-also also-read more-stories readmore popular-posts
author box: author-box author-bio about-author authorbox post-author-bio
copyright line: copyright
navigation: nav navbar navigation breadcrumbs? menu pagination pager sidebar skip-link site-footer
navigation: post-navigation toolbar
"""
_HINTS = [
    (cast(Reason, row.split(": ")[0]), re.compile(rf"(?<![^\s_-])(?:{words})(?![^\s_-])"))
    for row in _CLASSES.strip().splitlines()
    if (words := "|".join(row.split(": ")[1].split()))
]
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def hint_of(tag: str, values: dict[str, str], in_article: bool) -> Reason | None:
    """What an element says its content is, by tag, class, id and style; ``None`` for content."""
    if tag in _NEVER_HINTED:
        return None
    if "hidden" in values or _UNSEEN.search(values.get("style", "")):
        return "hidden from readers"
    if tag in _TAGS:
        return _TAGS[tag]
    if tag == "aside" and not in_article:
        return "related links"
    words = f"{values.get('class', '')} {values.get('id', '')}"[:300].lower()
    if words == " ":
        return None
    return next((reason for reason, pattern in _HINTS if pattern.search(words)), None)
