"""Documents and imagery readings into a case: read, kept, and drafts of claims proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.errors import InputError, UsageError
from shieldwall.evidence.desk.alike import Likeness, likenesses
from shieldwall.evidence.desk.drafts import from_extraction
from shieldwall.evidence.desk.pictures import AddedImagery, Given, add_imagery, is_imagery
from shieldwall.evidence.desk.showing import plural, printable
from shieldwall.evidence.desk.sources import named
from shieldwall.evidence.documents import Document, read_document
from shieldwall.evidence.documents.limits import MAX_BYTES, MAX_FILES
from shieldwall.evidence.store import Added, Store


@dataclass(frozen=True)
class AddedDocument:
    """What became of one document."""

    name: str
    sha256: str
    new: bool
    language: str | None
    language_why: str
    date: str | None
    date_why: str
    candidates: tuple[dict[str, Any], ...]
    """Every date that was seen, with the reason why it counts or not."""
    dropped: tuple[dict[str, Any], ...]
    """Stretches that are no part of the article: start, end, reason, text."""
    drafts: int
    """Drafts of claims proposed that were not there before."""
    notes: tuple[str, ...]
    alike: tuple[Likeness, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"kind": "document", **asdict(self)}

    def lines(self, show_dropped: bool) -> list[str]:
        """As a person reads it."""
        state = "new" if self.new else "already known"
        found = [f"{self.name}: {state}" + "".join(f"; {each}" for each in self.alike)]
        found.append(f"  language  {self.language or f'unknown ({self.language_why})'}")
        found.append(f"  date      {self.date or 'unknown'}" + _reason(self.date_why))
        if self.date is None:
            found += [
                f"            {c['printed']} in the {c['place']}: {c['reason']}"
                for c in self.candidates[:5]
            ]
        reasons = Counter(each["reason"] for each in self.dropped)
        listed = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items()))
        number = plural(len(self.dropped), "stretch", "stretches")
        found.append(f"  dropped   {number}" + (f": {listed}" if listed else ""))
        if show_dropped:
            found += [
                f"            {each['start']}-{each['end']} {each['reason']} ({each['rule']}): "
                f"{each['text']}"
                for each in self.dropped
            ]
        found.append(f"  drafts    {self.drafts} proposed")
        return found + [f"  note      {note}" for note in self.notes]


@dataclass
class AddReport:
    """What became of everything given; ``failed`` names what could not be read, and why."""

    added: list[AddedDocument | AddedImagery] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        added = [each.as_json() for each in self.added]
        return {"ok": not self.failed, "added": added, "failed": self.failed}

    def text(self, show_dropped: bool) -> str:
        """As a person reads it."""
        lines = [line for each in self.added for line in each.lines(show_dropped)]
        return "\n".join(map(printable, [*lines, *(f"not added: {e}" for e in self.failed)]))


def given_files(path: Path) -> Iterator[Given | InputError]:
    """The files of a path, sorted; one that cannot be read gives its error, not a stop.

    Hidden files are passed over. Raises ``InputError`` for a path that is not there.
    """
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if _listed(p, path))
    if not files:
        raise InputError(f"{path}: holds no file")
    if len(files) > MAX_FILES:
        raise InputError(f"{path}: {len(files)} files; at most {MAX_FILES} are read at once")
    root = path.resolve()
    for file in files:
        if file.is_symlink() and file != path and not file.resolve().is_relative_to(root):
            yield InputError(f"{file}: is a link that leads out of {path}; copy the file")
            continue
        try:
            with file.open("rb") as opened:
                yield Given(str(file), opened.read(MAX_BYTES + 1))
        except OSError as error:
            yield InputError(f"{file}: cannot be read: {error.strerror}")


def _listed(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden


def add(
    case: Case,
    catalogue: Catalogue,
    store: Store,
    given: Sequence[Given | InputError],
    address: str | None = None,
    retrieved: datetime | None = None,
    source: str | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> AddReport:
    """Add what was given to the case's store and folder; what fails is told and stops nothing.

    ``source`` is kept as whose word the documents are; ``progress`` is called with files done and
    files in all. Raises ``UsageError`` for an address or source that is none.
    """
    if address is not None:
        _check_address(address)
    if source is not None:
        named(case, source)
    report = AddReport()
    for number, each in enumerate(given):
        progress(number, len(given))
        try:
            if isinstance(each, InputError):
                raise each
            report.added.append(_one(case, catalogue, store, each, address, retrieved, source))
        except InputError as error:
            report.failed.append(str(error))
    if any(isinstance(each, AddedDocument) for each in report.added):
        alike = likenesses(store)
        report.added = [
            replace(each, alike=alike.get(each.sha256, ()))
            if isinstance(each, AddedDocument)
            else each
            for each in report.added
        ]
    return report


def _check_address(text: str) -> None:
    from pydantic import TypeAdapter, ValidationError

    from shieldwall.case.schema_values import Address

    try:
        TypeAdapter(Address).validate_python(text)
    except ValidationError as error:
        raise UsageError(
            f"--address {text[:200]!r}: must be one web address beginning https:// or http://"
        ) from error


def _one(
    case: Case,
    catalogue: Catalogue,
    store: Store,
    given: Given,
    address: str | None,
    retrieved: datetime | None,
    source: str | None,
) -> AddedDocument | AddedImagery:
    if not given.data.strip():
        raise InputError(f"{given.name}: is empty")
    if is_imagery(given):
        return add_imagery(case, given)
    document = read_document(given.data, given.name, address, retrieved)
    return add_document(case, catalogue, store, document, given.data, source)


def add_document(
    case: Case,
    catalogue: Catalogue,
    store: Store,
    document: Document,
    data: bytes,
    source: str | None = None,
) -> AddedDocument:
    """Keep a document and propose drafts of what it claims."""
    from shieldwall.evidence.extraction import claims_of, extract

    with store.together():
        added = store_document(store, document, data, source)
        dropped = [(each.start, each.end) for each in document.dropped]
        if not added.new:
            # The text first recorded counts, even where a newer reader makes another of it.
            kept = next(d for d in store.documents() if d.sha256 == added.sha256)
            dropped = [(start, end) for start, end, _ in kept.dropped]
        text = store.text(added.sha256)
        mentions = extract(
            text, added.sha256, catalogue=catalogue, places=case.places, dropped=dropped
        )
        drafts = from_extraction(claims_of(mentions, text), text, dropped)
        fresh = sum(store.propose(draft).new for draft in drafts)
    return _told(document, added.new, fresh)


def store_document(
    store: Store, document: Document, data: bytes, source: str | None = None
) -> Added:
    """Record a document with what was found out about it."""
    return store.add_document(
        data,
        document.text,
        name=document.name,
        media_type=document.media_type,
        address=document.address,
        retrieved=document.retrieved,
        language=document.language.code,
        date=_date(document),
        kept=[(each.start, each.end) for each in document.kept],
        dropped=[(each.start, each.end, each.reason) for each in document.dropped],
        more={
            "article_sha256": document.text_sha256,
            "title": document.title,
            "publisher": document.publisher,
            "author": document.author,
            "encoding": document.encoding,
            "notes": list(document.notes),
            "source": source,
        },
    )


def _date(document: Document) -> str | None:
    """The date at the precision at which it was printed."""
    found = document.date
    if found.date is None:
        return None
    return found.date.isoformat()[: {"year": 4, "month": 7}.get(str(found.precision), 10)]


def _told(document: Document, new: bool, drafts: int) -> AddedDocument:
    candidates = tuple(
        {**asdict(c), "date": c.date.isoformat() if c.date else None}
        for c in document.date.candidates
    )
    dropped = tuple(
        {**asdict(each), "text": " ".join(document.text[each.start : each.end].split())[:120]}
        for each in document.dropped
    )
    return AddedDocument(
        document.name, document.sha256, new, document.language.code, document.language.reason,
        _date(document), document.date.reason, candidates, dropped, drafts, document.notes,
    )  # fmt: skip


def _reason(text: str) -> str:
    return f" ({text})" if text else ""
