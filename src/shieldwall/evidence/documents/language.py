"""Which language a text is written in, with its probability, or nothing where that is unsure.

py3langid (a naive Bayes model over byte n-grams, 100 languages and more, 4.5 MB,
numpy only, BSD) was taken: it is deterministic, offline, kept up, and its probabilities are
tempered by length so that short strings come out unsure. Every language it knows competes:
Bulgarian must not be called Russian for want of a better choice. Larger models (lingua, fastText)
weigh 80 MB and more.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from shieldwall.evidence.documents.records import Detection

SURE = 0.8
"""Below this no language is named: near 1 of 5 would be wrong, and a person can read it."""
ENOUGH_LETTERS = 24
"""Four or five words; a title may have so many, a place name never."""
ENOUGH_TO_HALVE = 120
"""Letters; from here on both halves are asked, and a text in two languages names none."""
SAMPLE = 1_000
"""Characters looked at: more changed no answer and cost time."""


def detect_language(text: str) -> Detection:
    """The language of ``text`` (its first 1,000 characters); short, unsure or mixed text names
    none."""
    sample = " ".join(text[: SAMPLE * 2].split())[:SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    if letters < ENOUGH_LETTERS:
        return Detection(None, None, None, None, f"too short: {letters} letters")
    ranked = _ranked(sample) if letters < ENOUGH_TO_HALVE else _halves(sample)
    if ranked is None:
        return Detection(None, None, None, None, "mixed: its halves are in different languages")
    (best, probability), (second, second_probability) = ranked
    if best == "zxx" or probability < SURE:
        said = "no language" if best == "zxx" else f"{best} at {probability:.2f}"
        reason = f"unsure: {said}, then {second} at {second_probability:.2f}"
        return Detection(None, probability, second, second_probability, reason)
    return Detection(best, probability, second, second_probability, "")


def _halves(sample: str) -> list[tuple[str, float]] | None:
    """What both halves agree on; ``None`` where each is surely another language."""
    middle = len(sample) // 2
    first, other = _ranked(sample[:middle]), _ranked(sample[middle:])
    if first[0][0] == other[0][0]:
        return max(first, other, key=lambda ranked: ranked[0][1])
    if min(first[0][1], other[0][1]) >= SURE:
        return None
    return _ranked(sample)


def _ranked(sample: str) -> list[tuple[str, float]]:
    """The two likeliest languages, with probabilities rounded so that machines agree."""
    return [(code, round(chance, 4)) for code, chance in _identifier().rank(sample)[:2]]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
