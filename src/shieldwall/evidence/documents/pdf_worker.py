"""Text of the PDF on standard input, as JSON on standard output; run as a process of its own.

Memory is limited where the system can, and the caller stops the process when its time is over.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from typing import Any

from shieldwall.evidence.documents import limits


def extract(data: bytes) -> dict[str, Any]:
    """``pages`` and properties, or ``error`` with what would be right. Never raises on bad data."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with _limited():
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted:
                return {"error": "the PDF is encrypted; save it without a password"}
            count = len(reader.pages)
            if count > limits.MAX_PAGES:
                return {"error": f"{count} pages; at most {limits.MAX_PAGES} are read: split it"}
            return {"pages": _pages(reader), **_properties(reader)}
    except MemoryError:
        return {"error": "the PDF unpacks to more memory than is allowed; give its text"}
    except RecursionError:
        return {"error": "the PDF's objects lie too deep inside each other; give its text"}
    except PyPdfError as error:
        return {"error": f"not a readable PDF ({_short(error)}); save it again or give its text"}
    except Exception as error:  # a damaged file surfaces as any error of a parser this large
        return {"error": f"the PDF is damaged ({_short(error)}); save it again or give its text"}


def _pages(reader: Any) -> list[str]:
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        size += len(pages[-1])
        if size > limits.MAX_TEXT:
            raise ValueError(f"more than {limits.MAX_TEXT:,} characters of text")
    return pages


def _properties(reader: Any) -> dict[str, str | None]:
    info = reader.metadata or {}
    named = {"title": "/Title", "author": "/Author", "created": "/CreationDate"}
    found = {key: info.get(name) for key, name in named.items()}
    return {key: str(value)[:500] if value else None for key, value in found.items()}


def _limited() -> contextlib.AbstractContextManager[Any]:
    from pypdf import apply_configuration

    return apply_configuration(
        zlib_maximum_output_length=limits.MAX_STREAM,
        lzw_maximum_output_length=limits.MAX_STREAM,
        run_length_maximum_output_length=limits.MAX_STREAM,
        array_based_stream_maximum_output_length=limits.MAX_STREAM,
        maximum_declared_stream_length=limits.MAX_BYTES,
    )


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"


def main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.MAX_PDF_MEMORY, limits.MAX_PDF_MEMORY))
    answer = json.dumps(extract(sys.stdin.buffer.read()))
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
