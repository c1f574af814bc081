"""The report as a PDF, by WeasyPrint and the extra ``shieldwall[pdf]``.

It is made of the page that ``report.page`` writes, whose text is escaped; WeasyPrint runs no
scripts, and is given nothing to fetch with: what asks for more than an image embedded in the page
stops it. The same assessment gives the same bytes with the same fonts and WeasyPrint.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shieldwall.errors import OutputError, UsageError
from shieldwall.files import write_bytes
from shieldwall.report.page import render
from shieldwall.report.pdf.drawings import plainer, stand_alone
from shieldwall.report.pdf.lean import lean
from shieldwall.report.records import Assessment
from shieldwall.report.words import plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EXTRA = "pip install 'shieldwall[pdf]'"
EMBEDDED = "data:image/png;base64,"
"""All that a page may hold beside its text: images that we drew ourselves."""
XHTML = "{http://www.w3.org/1999/xhtml}"


def write_pdf(assessment: Assessment, path: Path) -> None:
    """Write the report to ``path``.

    Raises ``UsageError`` where WeasyPrint or a system library of it is missing, ``OutputError``
    where the file cannot be written or the page asks for anything outside it.
    """
    write_bytes(path, page_as_pdf(render(assessment), assessment.case.as_of.isoformat()))


def page_as_pdf(page: str, day: str) -> bytes:
    """A page of ours as PDF bytes, dated ``day`` (ISO 8601), whenever it is made."""
    weasyprint = check_installed()
    refused: list[str] = []

    def fetch(url: str) -> Any:
        try:
            return embedded_only(url)
        except weasyprint.urls.FatalURLFetchingError:
            refused.append(url)  # a drawing inside the page would swallow the error
            raise

    document = weasyprint.HTML(string=page, base_url=None, url_fetcher=fetch)
    root = document.etree_element
    style = next(e for e in root.iter() if _is(e, "style"))
    lean(root)
    stand_alone(root, str(style.text))
    style.text = f"{plainer(str(style.text))}\n{_own_style()}"  # the last rule wins
    made = b""
    with suppress(weasyprint.urls.FatalURLFetchingError):
        drawn = document.render()
        drawn.metadata.created = drawn.metadata.modified = day
        made = drawn.write_pdf(
            pdf_identifier=hashlib.sha256(page.encode()).hexdigest()[:32].encode(),
            pdf_tags=True,
        )
    if refused:
        raise OutputError(
            f"no PDF was made: the page asks for {plain(refused[0])[:100]}; nothing is read from "
            "disk or network for it"
        )
    return made


def check_installed() -> Any:
    """The library. Raises ``UsageError`` where it, or Pango below it, is missing."""
    try:
        import weasyprint
    except ImportError as error:
        raise UsageError(f"a PDF needs weasyprint, which is not installed: {EXTRA}") from error
    except OSError as error:
        raise UsageError(
            "a PDF needs the system library Pango 1.44 or newer beside weasyprint; docs/pdf.md "
            f"says how it is installed ({str(error).splitlines()[0][:120]})"
        ) from error
    return weasyprint


def embedded_only(url: str) -> Any:
    """Give WeasyPrint an image that the page itself holds, and stop it at any other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    if not url.startswith(EMBEDDED):
        raise FatalURLFetchingError(f"nothing is read from disk or network: {url[:100]}")
    data = base64.b64decode(url.removeprefix(EMBEDDED), validate=True)
    return URLFetcherResponse(url, data, {"Content-Type": "image/png"})


def _own_style() -> str:
    return files(__package__).joinpath("pdf.css").read_text("utf-8")


def _is(element: Element, tag: str) -> bool:
    return element.tag in (tag, XHTML + tag)
