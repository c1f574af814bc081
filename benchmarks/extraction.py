"""Words per second of the extractor, on one core: short documents, long text, hostile strings."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.tables import best_of, cores, show
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.extraction import extract

SHARED = Path(__file__).parents[2] / "shared" / "documents"
SAMPLE = """\
The ministry said on Tuesday that at least five S-300VM launchers and a 9S32ME guidance radar had \
been moved to El Libertador air base near Maracay. Officials declined to comment. The weather was \
mild, and the market in the old town opened as on every other day of that long and quiet summer.
Минобороны сообщило, что не менее трёх «Панцирей» замечены под Дамаском. Жители города говорят, \
что ночью было тихо и что утром открылись магазины.
"""
DENSE = """\
At least five S-300VM launchers and a 9S32ME guidance radar stand at El Libertador air base near \
Maracay, the ministry said on Tuesday. Two Buk-M2E batteries might be in Zhukivka and Dovzhansk. \
Не менее трёх «Панцирей» и двух РЛС 9С18М1 замечены под Дамаском, сообщило Минобороны в среду.
"""
"""A proposal every 2.2 words: more than any text of the case."""
WANTED = 150_000


def main() -> None:
    """Print words per second, best of five on one core, and how long the worst strings take."""
    with cores(1):
        _speed()
        _worst()


def _speed() -> None:
    catalogue = load_catalogue()
    start = time.perf_counter()
    extract("A Pantsir-S1 was seen at Engels air base.", catalogue=catalogue)
    first_s = time.perf_counter() - start
    texts = [("mixed sample", SAMPLE * 10), ("proposal-dense text", DENSE * 200)]
    paths = sorted(SHARED.glob("*.txt")) if SHARED.is_dir() else []
    documents = [path.read_text(encoding="utf-8") for path in paths]
    texts += [(path.stem, text) for path, text in zip(paths, documents, strict=True)]
    if documents:
        texts.append(("the documents, 40 times over", "\n\n".join(documents * 40)))
    texts.append(("mixed sample, 2,000 times over", SAMPLE * 2_000))
    rows = []
    for name, text in texts:
        words, timing = (
            len(text.split()),
            best_of(5, lambda text=text: extract(text, catalogue=catalogue)),
        )
        rows.append((name, f"{words:,}", f"{words / timing.cpu_s:,.0f}"))
    note = f"wanted: {WANTED:,}; the first answer, lexicon and airfields read, took {first_s:.2f} s"
    show("Extraction", ("text", "words", "words per second"), rows, note)


def _worst() -> None:
    strings = (
        ("one word of 10 MB", "a" * 10_000_000),
        ("one number of 10 MB", "7" * 10_000_000),
        ("10 MB of capitals and blanks", "A " * 5_000_000),
        ("1 MB of quotes", '" ' * 500_000),
        ("1 MB of marks over letters", "e\u0301" * 500_000),
    )
    rows = [(name, best_of(1, lambda text=text: extract(text))) for name, text in strings]
    show("Strings without sense", ("text", "seconds"), rows)


if __name__ == "__main__":
    main()
