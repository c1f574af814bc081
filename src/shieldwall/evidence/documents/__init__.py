"""From bytes to a clean, honest document: text, what of it is the article, language, date.

``read_document`` takes bytes; ``read_files`` walks a file or folder. No network is ever used, no
address followed, nothing executed; every failure is an ``InputError`` with name and reason.
Nothing of a page is deleted: what is not the article is marked ``dropped`` with its reason.

Parsers, and why these: HTML through the standard library's ``html.parser``, which streams (time
and memory grow with the page, while tree-building parsers of HTML5 were measured to take minutes
on 1 MB of nested tags) and needs no wheel; extractors such as trafilatura bring lxml, dateparser
and a dozen packages more, and guess dates. PDF through pypdf (pure Python, one wheel for all, own
limits on decompression), in a process of its own that can be stopped. Markdown stays text, so that
offsets are those of the file. Language through py3langid (numpy only).
"""

from shieldwall.evidence.documents.read import read_document, read_files
from shieldwall.evidence.documents.records import (
    DateCandidate,
    DateFinding,
    Detection,
    Document,
    Dropped,
    Stretch,
)  # fmt: skip

__all__ = [
    "DateCandidate", "DateFinding", "Detection", "Document", "Dropped", "Stretch",
    "read_document", "read_files",
]  # fmt: skip
