"""Russian and Ukrainian names out of their cases and into Latin letters, to be looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

_LETTERS = dict(
    zip("абвгґдезийклмнопрстуфхцчшщъыьэюяёіїє'ж", (
        "a", "b", "v", "g", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "yo", "i",
        "yi", "ye", "", "zh",
    ), strict=True)
)  # fmt: skip
_ENDINGS = (
    ("ого", ("ое", "ый")), ("ому", ("ое", "ый")), ("ої", ("а",)), ("ой", ("ая", "а")),
    ("ою", ("а",)), ("ею", ("я",)), ("ым", ("ый", "ое")), ("им", ("ий", "е")),
    ("ом", ("", "о", "ое")), ("ем", ("ь", "е")), ("ами", ("ы", "и")), ("ах", ("ы", "и")),
    ("ів", ("и",)), ("ов", ("ы",)), ("а", ("", "о")), ("я", ("ь", "е")), ("у", ("", "а", "о")),
    ("ю", ("ь", "я")), ("е", ("", "а", "о")), ("і", ("", "а", "ь")), ("и", ("ь", "а", "я")),
    ("ы", ("а",)),
)  # fmt: skip
"""Endings of cases, and what stands there in the nominative."""
_MOST = 60
"""Spellings tried of a name."""


def spellings(words: Sequence[str]) -> Iterator[str]:
    """Latin spellings of a name of some words, as it stands and in likely nominatives."""
    choices = [[latin(form) for form in nominatives(word.casefold())] for word in words]
    for combination in islice(product(*choices), _MOST):
        yield " ".join(combination)


def nominatives(word: str) -> list[str]:
    """The word, and the nominatives it may be a case of, the likelier first."""
    found = [word]
    for ending, others in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            found += [word[: len(word) - len(ending)] + other for other in others]
    return list(dict.fromkeys(found))


def latin(word: str) -> str:
    """``сызрань`` -> ``syzran``; letters that are not Cyrillic stay."""
    return "".join(_LETTERS.get(c, c) for c in word)
