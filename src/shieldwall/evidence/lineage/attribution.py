"""Whom a claim credits, by ``said_by`` or in its own words, and which source or claim that names.

Understood in English, Spanish, French, Italian, Portuguese, German, Russian and Ukrainian, in
folded letters. A credit is a phrase; it names a source as far as its words are those of the name,
rare words counting more. Roles and kinds of material (deputy, telegram, video) are one word each
across languages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shieldwall.case.records import Claim, Family, Source
from shieldwall.evidence.lineage.words import fold, tokens

_KINDS = {
    "deputy": "deputy diputado depute deputat deputato deputado lawmaker",
    "president": "president presidente prezident",
    "envoy": "envoy enviado emissaire",
    "journalist": "journalist journalists periodista journaliste zhurnalist reporter",
    "spokesman": "spokesman spokesperson spokeswoman portavoz vocero porte-parole press-sekretar",
    "military": "army military armed forces ministry defence defense defensa ejercito armee "
    "ministerstvo oborony voennye",
    "intelligence": "intelligence inteligencia renseignement razvedka rozvidka",
    "social": "telegram twitter social media posts post users channel channels canales redes",
    "picture": "photograph photo picture image imagery video film foto imagen",
    "satellite": "satellite satelital sputnikovye",
    "tracker": "tracker track flightradar24 flightradar tracking",
    "analyst": "analyst analista analyste expert specialist osint",
    "activist": "activist activista",
    "accusation": "accuse accusation",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}

EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "and",
        "or",
        "to",
        "by",
        "its",
        "it",
        "his",
        "their",
        "this",
        "that",
        "from",
        "for",
        "with",
        "as",
        "is",
        "are",
        "was",
        "were",
        "el",
        "la",
        "los",
        "las",
        "de",
        "del",
        "y",
        "en",
        "un",
        "una",
        "por",
        "le",
        "les",
        "des",
        "du",
        "et",
        "il",
        "lo",
        "di",
        "da",
        "o",
        "os",
        "do",
    ]
)

_OPENING = re.compile(
    r"^(?:it )?(relays?|repeats?|copies|cop(?:y|ied) (?:of|from)|prints? (?=document|the )|"
    r"quotes|cites|summarises|retoma|repite|reproduce|relaie|reprend|peredayot|peredaet|"
    r"peredae|arabic version of) "
)
_INSIDE = re.compile(
    r"\b(according to|citing|quoting|as reported by|reported by|told|credited to|"
    r"segun|citando a|citando|de acuerdo con|selon|d.apres|citant|laut|secondo|de acordo com|"
    r"soglasno|po dannym|po slovam|so ssylkoy na|za danimi|za slovami|z posilannyam na|"
    r"posilayuchis na|cherez|through|via) "
)
_LAST = re.compile(r", (?:by|from) (?=[^,]*$)")
_SAME = re.compile(r"\b(?:the same (?:text|announcement|analysis|video|image|picture)|copy)\b")
_SPLIT = re.compile(r"\s*(?:,? through | via |, | and | y | et | in | beside | e | i )\s*")


CLEAR = 4
"""A name that fits more sources than this names none of them well."""


@dataclass(frozen=True)
class Credit:
    """Whom one claim credits."""

    names: tuple[frozenset[str], ...]
    """Words of each name, the nearest last as texts give it."""
    relays: bool
    """True where the text says itself that it repeats another."""


def credit(claim: Claim) -> Credit:
    """The names that a claim credits, from ``said_by`` and from its statement."""
    phrases = [] if claim.said_by is None else _SPLIT.split(fold(claim.said_by))
    text = fold(claim.statement.strip())
    opening = _OPENING.match(text)
    if opening:
        phrases += _SPLIT.split(_until(text[opening.end() :]))
    for found in _INSIDE.finditer(text):
        phrases += _SPLIT.split(_until(text[found.end() :]))
    last = _LAST.search(text.rstrip("."))
    if last:
        phrases.append(_until(text[last.end() :]))
    names = dict.fromkeys(frozenset(meaning(tokens(p))) for p in phrases)
    says = bool(opening or _SAME.search(text))
    return Credit(tuple(n for n in names if n), says)


def _until(text: str) -> str:
    """A phrase ends at a stop, or at 'that', 'on' and the like; six words at most."""
    head = re.split(r"[.;:!?]\s|[.;:!?]$| that | on | que | chto | with | but | for | says ", text)[
        0
    ]
    return " ".join(head.split()[:8])


def meaning(words: Iterable[str]) -> list[str]:
    kept = []
    for word in words:
        stem = word[:-1] if len(word) > 4 and word.endswith("s") else word
        kind = _KIND.get(word) or _KIND.get(stem)
        if word not in EMPTY and len(word) > 1:
            kept.append(kind or stem)
    return kept


class Names:
    """The names of a case's sources, for matching credits."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.ids = [s.id for s in sources]
        self._parts = [_segments(s) for s in sources]
        self._notes = [frozenset(meaning(tokens(s.note))) for s in sources]
        used = Counter(w for parts in self._parts for w in set().union(*parts))
        self._weight = {w: math.log((1 + len(sources)) / n) for w, n in used.items()}
        self._by_word: dict[str, list[int]] = {}
        for i, parts in enumerate(self._parts):
            for word in sorted(set().union(*parts)):
                self._by_word.setdefault(word, []).append(i)

    def named(self, name: frozenset[str]) -> dict[int, float]:
        """Sources that a credited name may mean, with how well (0 to 1) it fits."""
        hits = {i for w in sorted(name) for i in self._by_word.get(w, ()) if len(w) > 1}
        fits = {i: self._fit(name, i) for i in sorted(hits)}
        best = max(fits.values(), default=0.0)
        close = {i: f for i, f in fits.items() if f >= max(0.3, 0.6 * best)}
        vague = min(1.0, CLEAR / len(close)) if close else 1.0
        return {i: f * vague for i, f in close.items()}

    def _fit(self, name: frozenset[str], i: int) -> float:
        known = {w: self._weight.get(w, 0.0) for w in name}
        parts = self._parts[i]
        share = max(self._share(p & name, p) for p in parts)
        everything = frozenset().union(*parts)
        total = sum(known.values())
        unknown = sum(1 for w in name if w not in self._weight)
        covered = sum(known[w] for w in name & everything)
        whole = covered / (total + 1.5 * unknown) if total else 0.0
        return max(share, whole) * (0.5 + 0.5 * math.sqrt(min(share, whole)))

    def _share(self, hit: frozenset[str], of: frozenset[str]) -> float:
        total = sum(self._weight[w] for w in of)
        return sum(self._weight[w] for w in hit) / total if total else 0.0

    def noted(self, name: frozenset[str], i: int) -> bool:
        """True if the note on a source speaks of that name, word for word."""
        return name <= self._notes[i]


_KNOWN_AS: dict[Family, tuple[str, ...]] = {
    "imagery": ("satellite", "satellite company", "satellite images"),
    "flight": ("tracker", "flight trackers"),
}
"""How texts credit a source of a family without its name: 'according to a satellite company'."""


def _segments(source: Source) -> tuple[frozenset[str], ...]:
    """The names of a source: what it is called, each part of it, its initials, its id.

    What is said of where it was read or copied from is no name of it.
    """
    folded = fold(source.name)
    called = re.split(r", (?:through|from|read|posts|quoting)\b|\(", folded)[0]
    aside = re.search(r"\(([^)]*)\)", folded)
    parts = [called, *called.split(", "), *folded.split(", quoted by")[:1]]
    if aside and _is_alias(aside[1], called):
        parts.append(aside[1])
    parts.append(source.id.replace("-", " "))
    parts += _KNOWN_AS.get(source.family, ())
    found = [frozenset(meaning(tokens(p))) for p in parts]
    return tuple(dict.fromkeys(p for p in found if p)) or (frozenset(["?"]),)


def _is_alias(aside: str, called: str) -> bool:
    """Initials of the name, or a person ('K. Budanov'); not 'CNN' after a paper's name."""
    initials = "".join(w[0] for w in re.findall(r"[a-z0-9]+", called))
    bare = re.sub(r"[^a-z0-9]", "", aside)
    return bare[:2] == initials[:2] or re.match(r"[a-z]\. ", aside) is not None


def upstream(source: Source) -> frozenset[str]:
    """Words of what a source's own name says it copies: 'Novinite (CNN)', 'copy of Reuters'."""
    folded = fold(source.name)
    aside = re.search(r"\(([^)]*)\)|(?:from|citing|relay of|summary of|through) (.+)$", folded)
    if aside is None or (aside[1] and _is_alias(aside[1], folded.split(" (")[0])):
        return frozenset()
    text = (aside[1] or aside[2] or "").replace("copy of", "").replace("citing", "")
    return frozenset(meaning(tokens(text))) - {"blog", "read", "at", "copy", "copie", "edition"}
