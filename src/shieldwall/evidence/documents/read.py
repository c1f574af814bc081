"""The two ways in: ``read_document`` for bytes, ``read_files`` for a file or folder."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shieldwall.errors import HostileInputError, InputError
from shieldwall.evidence.documents import dating, limits
from shieldwall.evidence.documents.decode import decode, neutralise
from shieldwall.evidence.documents.furniture import Block, lines_of, separate
from shieldwall.evidence.documents.html import read_page
from shieldwall.evidence.documents.language import detect_language
from shieldwall.evidence.documents.markdown import (
    front_matter,
    looks_like_markdown,
    markdown_blocks,
)  # fmt: skip
from shieldwall.evidence.documents.pdf import read_pdf
from shieldwall.evidence.documents.records import Document, MediaType
from shieldwall.evidence.documents.stated import Stated, from_lines, of_front_matter, of_page

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,20}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PART = re.compile(r"<(?:p|div|article|section|h[1-6]|table|meta|title)\b[^<>]{0,500}>", re.I)
_BINARY = (
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"\x89PNG", "a PNG picture"), (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"SQLite format 3", "a database"),
    (b"RIFF", "a media file"), (b"\x7fELF", "a program"), (b"{\\rtf", "a rich-text document"),
)  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass
class _Read:
    """Text and blocks of one format, before language and date are judged."""

    media_type: MediaType
    encoding: str
    text: str
    blocks: list[Block]
    stated: Stated
    notes: list[str]
    undecodable: int = 0


def read_document(
    data: bytes, name: str, address: str | None = None, retrieved: datetime | None = None
) -> Document:
    """The document in ``data``; ``name`` is for messages, ``address`` may tell its date.

    Raises ``InputError`` (``HostileInputError`` beyond the limits) with name and reason.
    """
    if len(data) > limits.MAX_BYTES:
        raise HostileInputError(
            f"{name}: {len(data):,} bytes; at most {limits.MAX_BYTES:,} are read: give its text"
        )
    if retrieved is not None and retrieved.utcoffset() is None:
        raise InputError(f"{name}: the time of retrieval needs its offset from UTC")
    read = _read(data, name)
    text, neutralised = neutralise(read.text)
    kept, dropped = separate(text, read.blocks)
    stated = read.stated
    from_lines(stated, read.blocks)
    candidates = stated.dates + dating.in_blocks(read.blocks) + dating.in_address(address or "")
    article = "".join(text[s.start : s.end] for s in kept)
    if neutralised:
        read.notes.append(
            f"{neutralised} invisible or direction-changing characters are shown as \ufffd"
        )
    return Document(
        hashlib.sha256(data).hexdigest(), _text_hash(article), name, address, retrieved,
        read.media_type, read.encoding, text, kept, dropped, detect_language(article),
        dating.choose(candidates, retrieved), _shown(stated.title), _shown(stated.publisher),
        _shown(stated.author), neutralised, read.undecodable, tuple(read.notes),
    )  # fmt: skip


def read_files(
    path: Path, refused: Callable[[InputError], object] | None = None
) -> Iterator[Document]:
    """Documents of a file, or of a folder and its folders, sorted by path; hidden files skipped.

    Raises ``InputError`` for links that lead out of the folder, and for a file that cannot be read;
    with ``refused``, that is told each such file's error and the others are read.
    """
    for file in _files(path):
        try:
            document = read_document(_bytes(file), str(file))
        except InputError as error:
            if refused is None:
                raise
            refused(error)
        else:
            yield document


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(limits.MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError(f"{path}: is neither a file nor a folder")
    root = path.resolve()
    found: list[Path] = []
    for item in sorted(path.rglob("*")):
        if any(part.startswith(".") for part in item.relative_to(path).parts):
            continue
        if item.is_symlink() and not item.resolve().is_relative_to(root):
            raise HostileInputError(f"{item}: is a link that leads out of {path}; copy the file")
        if item.is_file():
            found.append(item)
    if len(found) > limits.MAX_FILES:
        raise InputError(f"{path}: {len(found)} files; at most {limits.MAX_FILES} are read")
    return found


def _read(data: bytes, name: str) -> _Read:
    if b"%PDF-" in data[:1024]:
        text, blocks, stated, empty = read_pdf(data, name)
        notes = [f"{empty} pages hold no text: pictures of text?"] if empty else []
        return _Read("application/pdf", "in the PDF", text, blocks, stated, notes)
    for mark, kind in _BINARY:
        if data.startswith(mark):
            raise InputError(f"{name}: is {kind}; give text, HTML, Markdown or PDF")
    decoded = decode(data)
    notes = [f"the encoding is a guess: {decoded.encoding}"] if decoded.guessed else []
    if decoded.undecodable:
        notes.append(
            f"{decoded.undecodable} sequences could not be decoded and are shown as \ufffd"
        )
    text = decoded.text
    if _is_html(text):
        page = read_page(text, name)
        text, blocks, stated = page.text, page.blocks, of_page(page)
        media_type: MediaType = "text/html"
        if page.softened:
            notes.append(f"{page.softened} soft hyphens and zero-width spaces were taken out")
    elif looks_like_markdown(text):
        blocks, stated = markdown_blocks(text), of_front_matter(front_matter(text)[1])
        media_type = "text/markdown"
    else:
        blocks, stated = lines_of(text), Stated()
        media_type = "text/plain"
    return _Read(
        media_type, decoded.encoding, text, blocks, stated, notes, decoded.undecodable
    )  # fmt: skip


def _is_html(text: str) -> bool:
    head = text[:20_000]
    if _HTML.match(head):
        return True
    return head.lstrip().startswith("<") and len(_HTML_PART.findall(head)) >= 3


def _shown(value: str | None) -> str | None:
    return None if value is None else neutralise(value)[0]


def _text_hash(article: str) -> str | None:
    letters = _NOT_WORD.sub("", unicodedata.normalize("NFKC", article).casefold())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest() if letters else None
