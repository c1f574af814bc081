"""Words that survive copying, rewriting and translation: names, numbers, designations.

Text is folded to plain lower-case Latin letters (accents dropped, Cyrillic and Greek written in
Latin letters), numbers lose their grouping marks, number words up to twelve become digits. What a
translation leaves alone is then the same token in every language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
            "i",
            "i",
            "e",
            "g",
        ],
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_LATIN = str.maketrans(_CYRILLIC | _GREEK | {"ł": "l", "ø": "o", "ı": "i", "ß": "ss", "’": "'"})

_NUMBERS = {
    1: "odin odna",
    2: "two dos deux dva dvi due dois zwei",
    3: "three tres trois tri try tre drei",
    4: "four cuatro quatre chetyre chotyry quattro quatro vier",
    5: "five cinco cinq pyat cinque funf",
    6: "six seis shest shist sei sechs",
    7: "seven siete sept sem sim sette sete sieben",
    8: "eight ocho huit vosem visim otto oito acht",
    9: "nine nueve neuf devyat nove neun",
    10: "ten diez dix desyat dieci dez zehn",
    11: "eleven once onze odinnadtsat undici",
    12: "twelve doce douze dvenadtsat dodici zwolf",
}
_DIGIT = {word: str(n) for n, words in _NUMBERS.items() for word in words.split()}

_WORD = re.compile(r"[^\W_]+(?:[-.,'/][^\W_]+)*")
_GROUPED = re.compile(r"(?<=\d)[,.\u00a0\u202f ](?=\d{3}(?!\d))")


def fold(text: str) -> str:
    """Lower case, no accents, Latin letters."""
    flat = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN))
    return "".join(c for c in flat if not unicodedata.combining(c)).translate(_LATIN)


def tokens(text: str) -> list[str]:
    """The words of a text in order, folded; a designation is one word without its hyphens."""
    return [t for word in _WORD.findall(fold(_GROUPED.sub("", text))) for t in _parts(word)]


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    if any(c.isdigit() for c in word):
        return (re.sub(r"[-',/]", "", word),)
    return tuple(_DIGIT.get(w, w) for w in re.split(r"[-.,'/]", word) if w)


@lru_cache(maxsize=65_536)
def _name(word: str) -> tuple[str, ...]:
    return tuple(tokens(word))


def portable(text: str) -> frozenset[str]:
    """The words that a translation leaves alone: with a digit, or a name inside a sentence."""
    kept = {w for w in tokens(text) if any(c.isdigit() for c in w)}
    for sentence in re.split(r"[.:;!?]\s+", text):
        for word in sentence.split()[1:]:
            core = word.strip("\"'«»„“”(),.:;!?")
            if len(core) > 2 and core[0].isupper():
                kept.update(_name(core))
    return frozenset(kept)


def digits(token: str) -> int:
    """Significant digits of a number, 0 for a word: 5000 has one, 4125 four."""
    bare = token.replace(".", "")
    return len(bare.strip("0")) if bare.isdigit() else 0


def shingles(words: Iterable[str], size: int) -> frozenset[str]:
    """Runs of ``size`` words; the whole text where it is shorter."""
    row = list(words)
    if len(row) <= size:
        return frozenset([" ".join(row)] if row else [])
    return frozenset(" ".join(row[i : i + size]) for i in range(len(row) - size + 1))
