"""What of a page is not the article: every block is kept, or dropped with a reason and a rule.

A block is a line of plain text (hard-wrapped lines are joined first) or a block element of a page.
Three kinds of rule, in this order: what a line says or looks like by itself (``phrases``,
``shapes``); sections opened by a line (comments run to the end, lists of related links as far as
titles follow); neighbours (a weak word such as ``Home`` counts beside other furniture only).
Doubt keeps: losing a paragraph of evidence is worse than showing a line too many.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from shieldwall.evidence.documents import shapes
from shieldwall.evidence.documents.phrases import (
    ABOUT_AUTHOR,
    COMMENT_FORM,
    COMMENT_HEADS,
    COMMENT_LIST,
    LABELS,
    LINES,
    LONGEST_PHRASE,
    RELATED,
    WEAK,
    fold,
)  # fmt: skip
from shieldwall.evidence.documents.records import Dropped, Reason, Stretch

SHORT = 300
"""Characters; longer blocks are prose unless a shape says otherwise."""
ENOUGH_PROSE = 120
"""Letters of prose that must stand before the comments: a counter under the title opens none."""
_ENDS = (".", ";", ",", ":", "…")
_LINE = re.compile(r"[^\n\r\f]+")
_FOLLOW = re.compile(
    r"(?:subscribe (?:to|now|today|for)|sign up|join (?:us|our)|follow (?:us|our|@)|like us|"
    r"get (?:our|the latest|breaking|news)|support (?:us|our)|receive (?:our|the)|download our|"
    r"suscr[ií]b\w*|síg[au]\w*nos|únete a|recib[ae] (?:nuestr|las)|abonnez|inscrivez|suivez-nous|"
    r"rejoignez|recevez|подпи(?:сывайтесь|шитесь|шись)|читайте нас|следите за наш|присоединяйтесь|"
    r"підпи(?:суйтесь|суйтеся|шіться)|стежте за наш|приєднуйтесь|assine|inscreva-se|receba|"
    r"siga(?:-nos| o nosso| a nossa)|abonnieren sie|folgen sie uns|melden sie sich|erhalten sie|"
    r"abone ol|bizi takip)",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"newsletter|in(?:-| your |to your )?box|telegram|whatsapp|facebook|twitter|instagram|youtube|"
    r"our (?:channel|app|journalism|daily|weekly|updates|email)|bolet[ií]n|nuestro canal|"
    r"infolettre|"
    r"notre (?:lettre|chaîne)|телеграм|рассылк|наш канал|розсилк|nosso canal|bülten|kanalımız|"
    r"unseren? (?:kanal|newsletter)|e-?mail alert",
    re.IGNORECASE,
)
_OURS = re.compile(r"\bour (?:\w+ )?(?:newsletter|email|briefing|app|channel)\b", re.IGNORECASE)
_BIOGRAPHY = re.compile(
    r"(?:\S+ ){1,5}(?:is|was|es|est|ist|é|является|є) (?:an? |the |un |una |une |eine? |um |uma )?"
    r"(?:\S+ ){0,4}?(?:reporter|journalist|correspondent|editor|columnist|contributor|writer|"
    r"periodista|redactora?|journaliste|rédact\w+|jornalista|redakteur\w*|журналист\w*|автор\w*|"
    r"журналіст\w*|muhabir\w*)\b",
    re.IGNORECASE,
)


@dataclass
class Block:
    """One line or element: where it is, what a page's markup says of it, what was decided."""

    start: int
    end: int
    text: str
    hint: Reason | None = None
    all_link: bool = False
    reason: Reason | None = None
    rule: str = ""
    weak: Reason | None = None
    folded: str = ""
    prose: int = 0
    """Letters, roughly, where it reads like a paragraph; else 0."""

    def drop(self, reason: str, rule: str) -> None:
        if self.reason is None:
            self.reason, self.rule = cast(Reason, reason), rule


def lines_of(text: str) -> list[Block]:
    """The non-blank lines of plain text; lines of a hard-wrapped paragraph are one block."""
    blocks = [Block(m.start(), m.end(), s) for m in _LINE.finditer(text) if (s := m[0].strip())]
    return _unwrap(text, blocks)


def separate(text: str, blocks: list[Block]) -> tuple[tuple[Stretch, ...], tuple[Dropped, ...]]:
    """Kept and dropped stretches that tile ``text``; blank space goes with the block before it."""
    for block in blocks:
        _alone(block)
    _cookies(text.lower(), blocks)
    _comments(blocks)
    _related(blocks)
    _ending(blocks)
    _neighbours(blocks)
    return _tile(text, blocks)


def _unwrap(text: str, blocks: list[Block]) -> list[Block]:
    widths = sorted(len(b.text) for b in blocks)
    if len(widths) < 8:
        return blocks
    width = widths[int(len(widths) * 0.9)]
    full = sum(width - 20 <= w <= width + 2 for w in widths)
    if not (50 <= width <= 110 and widths[-1] <= width + 25 and full > 0.4 * len(widths)):
        return blocks
    joined: list[Block] = []
    last = 0
    for block in blocks:
        apart = not joined or text.count("\n", joined[-1].end, block.start) != 1
        if apart or last < width - 20:
            joined.append(block)
        else:
            joined[-1].end = block.end
            joined[-1].text += " " + block.text
        last = len(block.text)
    return joined


def _alone(block: Block) -> None:
    """What a block is by itself."""
    line, size = block.text, len(block.text)
    found = shapes.caption(line) if size <= 500 else None
    if block.hint:
        block.drop(block.hint, "the page's own markup")
    if found:
        block.drop(*found)
    if size <= SHORT:
        block.folded = fold(line)
        _by_words(block)
        if block.reason is None:
            _by_shape(block)
    block.prose = size if block.reason is None and _reads_as_prose(line) else 0


def _reads_as_prose(line: str) -> bool:
    size = len(line)
    return size >= 200 or (size >= 70 and line.rstrip("\"'”’»)]").endswith((".", "!", "?")))


def _by_words(block: Block) -> None:
    folded = block.folded
    if not folded:
        return
    reason = LINES.get(folded)
    if reason is not None:
        block.drop(reason, "says so as a whole line")
    elif folded in ABOUT_AUTHOR:
        block.drop("author box", "opens a note on the author")
    elif folded in WEAK:
        block.weak = WEAK[folded]
    elif len(block.text) <= 120:
        _composed(block, folded.split())


def _composed(block: Block, words: list[str]) -> None:
    """A line put together from furniture phrases only: ``Share Tweet Email``."""
    reasons: list[Reason] = []
    strong, at = False, 0
    while at < len(words):
        for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            reason = LINES.get(phrase) or WEAK.get(phrase)
            if reason is not None:
                reasons.append(reason)
                strong |= phrase in LINES
                at += size
                break
        else:
            return
    if strong or len(reasons) >= 3:
        block.drop(max(reasons, key=reasons.count), "made of furniture phrases only")
    elif reasons:
        block.weak = reasons[0]


def _by_shape(block: Block) -> None:
    line = block.text
    if (shapes.COPYRIGHT.match(line) and len(line) <= 200) or shapes.SOURCE_CREDIT.fullmatch(line):
        block.drop("copyright line", "a copyright mark, or names and a year without a verb")
    elif shapes.PINGBACK.match(line):
        block.drop("trackback", "begins with pingback or trackback")
    elif _FOLLOW.match(line.lstrip("•·*-–—>» \t")) and _CHANNEL.search(line):
        if not shapes.ATTRIBUTION.search(line):
            block.drop("newsletter", "asks the reader to subscribe or follow")
    elif _offers_newsletter(line):
        block.weak = "newsletter"
    elif ":" in line[:30] and (label := LABELS.get(fold(line.split(":", 1)[0]))):
        block.drop(label, "begins with a label")
    elif len(line) <= 200:
        _form_sentence(block)


def _offers_newsletter(line: str) -> bool:
    """Not enough by itself: an appeal without its channel, or a channel without an appeal."""
    if line.endswith((".", ":")) or shapes.ATTRIBUTION.search(line):
        return False
    size = len(line)
    return bool((size <= 60 and _FOLLOW.match(line)) or (size <= 120 and _OURS.search(line)))


def _form_sentence(block: Block) -> None:
    """A line of two sentences that begins with a phrase of a comment form."""
    words = block.folded.split()
    for size in range(min(LONGEST_PHRASE, len(words)), 3, -1):
        phrase = " ".join(words[:size])
        if phrase in COMMENT_FORM:
            block.drop("comment form", "begins as comment forms do")
            return


def _cookies(low: str, blocks: list[Block]) -> None:
    """Cookie walls, and the short lines around them that speak to the same reader."""
    if not any(word in low for word in shapes.COOKIE_WORDS):
        return
    walls = [
        i for i, b in enumerate(blocks)
        if b.reason is None and len(b.text) <= 1_200 and shapes.is_cookie_wall(b.text)
    ]  # fmt: skip
    for i in walls:
        blocks[i].drop("cookie wall", "the site speaks to its reader about cookies or blockers")
        blocks[i].prose = 0
    for i in walls:
        for step in (-1, 1):
            at = i + step
            while 0 <= at < len(blocks) and _joins_wall(blocks[at]):
                blocks[at].drop("cookie wall", "speaks to the reader beside a cookie wall")
                blocks[at].prose = 0
                at += step


def _joins_wall(block: Block) -> bool:
    if block.reason is not None or len(block.text) > 200:
        return False
    line = block.text
    if shapes.ATTRIBUTION.search(line):
        return False
    return bool(shapes.CANNOT_VIEW.search(line) or shapes.ASKS_READER.search(line))


def _comments(blocks: list[Block]) -> None:
    """Readers' comments, from the line that opens them to the end."""
    openers = [i for i, block in enumerate(blocks) if _opens_comments(block)]
    if not openers:
        return
    before = [0, *accumulate(block.prose for block in blocks)]
    headers = [i for i, block in enumerate(blocks) if shapes.is_comment_header(block.text)]
    for opener in openers:
        if before[opener] < ENOUGH_PROSE:
            continue
        begin = _first_comment(blocks, opener, before, headers)
        if begin is not None:
            blocks[opener].drop("reader comment", "opens the readers' comments")
            _drop_comments(blocks[begin:])
            return


def _opens_comments(block: Block) -> bool:
    return _opens_list(block) or block.reason in ("comment form", "reader comment")


def _names_comments(block: Block) -> bool:
    """``4 Responses to "..."``: a count, and the article's title."""
    return " ".join(block.folded.split(maxsplit=3)[:3]) in COMMENT_HEADS


def _opens_list(block: Block) -> bool:
    return block.folded in COMMENT_LIST or _names_comments(block) or block.weak == "reader comment"


def _first_comment(
    blocks: list[Block], opener: int, before: list[int], headers: list[int]
) -> int | None:
    """Where comments begin after ``opener``; ``None`` where none follow.

    ``before`` holds the prose above each block, ``headers`` the lines that head a comment.
    """
    opens_list = _opens_list(blocks[opener])
    at = bisect_right(headers, opener)
    if at < len(headers):
        first = headers[at]
        between = before[first] - before[opener + 1]
        if between == 0 or (opens_list and between < 0.4 * before[opener]):
            return opener + 1
        name = blocks[first - 1]
        return first - 1 if len(name.text) <= 40 and not name.prose else first
    strong = opens_list and blocks[opener].weak is None
    after = before[-1] - before[opener + 1]
    return opener + 1 if strong and after < 0.4 * before[opener] else None


def _drop_comments(blocks: list[Block]) -> None:
    for block in blocks:
        block.prose = 0
        if block.reason is None and _points_elsewhere(block):
            continue
        elided = shapes.ELLIPSIS_HEAD.match(block.text) or shapes.ELLIPSIS_TAIL.search(block.text)
        if elided:
            block.reason = None
            block.drop("trackback", "an excerpt between ellipses among the comments")
        block.drop("reader comment", "stands below the line that opens the comments")


def _elided(line: str) -> bool:
    return bool(shapes.ELLIPSIS_HEAD.match(line) and shapes.ELLIPSIS_TAIL.search(line))


def _points_elsewhere(block: Block) -> bool:
    """A line that announces related links: ``Read also``, ``See also Some Site:``, with a title."""
    if block.reason is not None or not block.folded or len(block.text) > 220:
        return False
    if block.folded in RELATED:
        return True
    words = block.folded.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        if " ".join(words[:size]) in RELATED:
            return _announces(block.text, size)
    return False


def _announces(line: str, size: int) -> bool:
    """After ``size`` opening words: a separator and a title, or a site's name and a colon."""
    rest = re.match(rf"\W*(?:\w+\W+){{{size - 1}}}\w+(.*)", line, re.DOTALL)
    tail = rest[1].strip() if rest else ""
    if tail[:1] in tuple(":|–—>»→-"):
        return True
    return tail.endswith(":") and len(tail.split()) <= 4


def _related(blocks: list[Block]) -> None:
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if not _points_elsewhere(block):
            i += 1
            continue
        inline = block.folded not in RELATED and not block.text.endswith(":")
        block.drop("related links", "points to other articles")
        block.prose = 0
        i += 1
        if not inline:
            i = _titles(blocks, i)


def _titles(blocks: list[Block], start: int) -> int:
    """Drop the titles that follow an announcement; a heading before prose is the article's."""
    i = start
    while i < len(blocks) and i - start < 12 and _is_title(blocks[i]):
        prose_next = i + 1 < len(blocks) and blocks[i + 1].prose > 0
        if prose_next and (i > start or len(blocks[i].folded.split()) < 6):
            break
        blocks[i].drop("related links", "a title below an announcement of other articles")
        blocks[i].prose = 0
        i += 1
    return i


def _is_title(block: Block) -> bool:
    line = block.text
    return (
        block.reason is None
        and block.weak is None
        and 12 <= len(line) <= 200
        and not line.endswith(_ENDS)
        and not _points_elsewhere(block)
    )


def _ending(blocks: list[Block]) -> None:
    """Below the last prose: a note on the author, an elided excerpt."""
    last = len(blocks)
    while last and (blocks[last - 1].reason is not None or blocks[last - 1].prose == 0):
        last -= 1
    for i, block in enumerate(blocks):
        below = i >= last - 1
        furnished = i > 0 and blocks[i - 1].reason is not None
        if block.reason == "author box" and i + 1 < len(blocks) and i + 2 >= last:
            blocks[i + 1].drop("author box", "stands below a line that opens a note on the author")
        elif below and i > 2 and _is_biography(block.text):
            block.drop("author box", "says who a journalist is, below the article")
        elif below and furnished and _elided(block.text):
            block.drop("trackback", "an excerpt between ellipses below the article")


def _is_biography(line: str) -> bool:
    """Who a journalist is; a sentence with figures or with what was said is the article's."""
    return bool(
        len(line) <= 400
        and _BIOGRAPHY.match(line)
        and not shapes.ATTRIBUTION.search(line)
        and not re.search(r"\d", line)
    )


def _neighbours(blocks: list[Block]) -> None:
    """Weak words beside furniture, or three and more in a row; lists of links likewise."""
    i = 0
    while i < len(blocks):
        if not _is_weak(blocks[i]):
            i += 1
            continue
        end = i
        while end < len(blocks) and _is_weak(blocks[end]):
            end += 1
        above = i > 0 and blocks[i - 1].reason is not None
        below = end < len(blocks) and blocks[end].reason is not None
        if above or below or end - i >= 3:
            for block in blocks[i:end]:
                reason = block.weak or "related links"
                block.drop(reason, "stands among other furniture")
        i = end


def _is_weak(block: Block) -> bool:
    return block.reason is None and (block.weak is not None or block.all_link)


def _tile(text: str, blocks: list[Block]) -> tuple[tuple[Stretch, ...], tuple[Dropped, ...]]:
    kept: list[Stretch] = []
    dropped: list[Dropped] = []
    for i, block in enumerate(blocks):
        start = block.start if i else 0
        end = blocks[i + 1].start if i + 1 < len(blocks) else len(text)
        if block.reason is not None:
            same = dropped and dropped[-1].end == start and dropped[-1].reason == block.reason
            if same and dropped[-1].rule == block.rule:
                start = dropped.pop().start
            dropped.append(Dropped(start, end, block.reason, block.rule))
        elif kept and kept[-1].end == start:
            kept[-1] = Stretch(kept[-1].start, end)
        else:
            kept.append(Stretch(start, end))
    if not blocks and text:
        kept.append(Stretch(0, len(text)))
    return tuple(kept), tuple(dropped)
