"""Limits on what is read, in one table; what is larger is refused with a reason, never cut short.

Generous for reports (a 400-page book is 1 MB of text), small beside a machine's memory.
"""

from __future__ import annotations

MAX_BYTES = 20_000_000
"""A document as received. A PDF with many pictures is the largest honest one."""
MAX_TEXT = 20_000_000
"""Characters of text, decoded or extracted."""
MAX_DEPTH = 2_000
"""HTML elements inside each other; real pages stay below 100, with unclosed tags 1,000."""
MAX_SECONDS = 30.0
"""For parsing one HTML page or one PDF on its own processor."""
MAX_PAGES = 2_000
"""Of a PDF."""
MAX_STREAM = 50_000_000
"""Bytes of one PDF stream once decompressed."""
MAX_PDF_MEMORY = 2_000_000_000
"""Bytes of address space of the process that reads a PDF (where the system can limit it)."""
MAX_JSON = 1_000_000
"""Characters of one JSON-LD block; larger ones are left unread, which only loses a date."""
MAX_FILES = 100_000
"""In a folder given as documents."""
