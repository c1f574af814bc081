"""From bytes to text, one honest step at a time: what was stated, what was tested, what guessed.

Order: byte order mark; UTF-16 without mark (told by its zero bytes); valid UTF-8; the declared
charset; then a guess between the single-byte encodings of the languages we read. A guess is
always reported. UTF-8 comes before the declared charset because text in another encoding is
almost never valid UTF-8, while pages that declare the wrong charset are common.

Characters that hide or reorder text (bidirectional controls, zero-width characters, control
characters, tag characters) are each replaced by one U+FFFD, so that nothing is invisible and every
offset stays where it was.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|"""
    rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_ASCII_COMPATIBLE = ("windows-", "cp125", "iso-8859", "iso8859", "latin", "koi8", "cp866", "mac")
_EAST_ASIAN = ("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")

HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f"  # controls; tab, newline, form feed and return stay
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff"
    "]|(?<![\u0600-\u1cff\ufe0f\U0001f000-\U0001ffff])[\u200c\u200d]"
)
"""Zero-width joiners stay where scripts need them: after Arabic to Indic letters and emoji."""

_CYRILLIC_COMMON = frozenset("оеаинтсрвлкмдпуяіыьгз")
_GUESSES = ("windows-1251", "koi8-r", "windows-1252", "windows-1254")
_TURKISH = frozenset("ğışİĞŞ")


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding and how it was known, and what could not be shown as it stood."""

    text: str
    encoding: str
    guessed: bool
    undecodable: int


def decode(data: bytes) -> Decoded:
    """Text of ``data``, never failing; a leading byte order mark is no part of it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :] if encoding == "utf-8" else data
            return _decoded(body, encoding, "byte order mark")
    wide = _wide(data)
    if wide is not None:
        return _decoded(data, wide, "zero bytes")
    try:
        return Decoded(data.decode("utf-8"), "utf-8 (valid)", False, 0)
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared is not None:
        return _decoded(data, declared, "declared")
    if _mostly_utf8(data):
        return _decoded(data, "utf-8", "damaged")
    return _decoded(data, _guess(data), "guessed")


def neutralise(text: str) -> tuple[str, int]:
    """``text`` with every hidden character replaced by one U+FFFD, and how many there were."""
    if text.isascii() and text.isprintable():
        return text, 0
    return HIDDEN.subn("\ufffd", text)


def _decoded(data: bytes, encoding: str, how: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return Decoded(text, f"{encoding} ({how})", how == "guessed", lost)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in any Latin or Cyrillic text one byte of each pair is below 5."""
    head = data[:4096]
    if len(head) < 8 or b"\x00" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    low_even = sum(b < 5 for b in even) / len(even)
    low_odd = sum(b < 5 for b in odd) / len(odd)
    if low_odd > 0.8 and low_even < 0.3:
        return "utf-16-le"
    return "utf-16-be" if low_even > 0.8 and low_odd < 0.3 else None


def _declared(data: bytes) -> str | None:
    """The charset a page states near its top, if it names an encoding safe to use."""
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii").lower()
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        name = "windows-1252"  # as browsers do (WHATWG Encoding Standard, 4.2)
    if not name.startswith(_ASCII_COMPATIBLE) and name not in _EAST_ASIAN:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _mostly_utf8(data: bytes) -> bool:
    """True where most characters beyond ASCII are valid UTF-8: a damaged file, not another code."""
    text = data[:65536].decode("utf-8", errors="replace")
    beyond = sum(c > "\x7f" for c in text)
    return beyond > 0 and text.count("\ufffd") / beyond < 0.2


def _guess(data: bytes) -> str:
    """The likeliest single-byte encoding: Cyrillic by common small letters, else Western."""
    sample = bytes(b for b in data[:65536] if b > 0x7F)
    text = data[:65536].decode("latin-1")
    letters = sum(c.isalpha() for c in text) or 1
    if len(sample) / letters > 0.4:
        scores = {
            name: sum(c in _CYRILLIC_COMMON for c in sample.decode(name, errors="replace"))
            for name in _GUESSES[:2]
        }
        return max(scores, key=lambda name: scores[name])
    turkish = sum(c in _TURKISH for c in sample.decode("windows-1254", errors="replace"))
    # The three code points differ only there: Icelandic in 1252, Turkish in 1254.
    return _GUESSES[3] if turkish / len(sample) > 0.25 else _GUESSES[2]
