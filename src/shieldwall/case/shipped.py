"""Tables that ship with the product, read as strictly as a case is: file, line, key and value."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from shieldwall.case.documents import Document, parse_document
from shieldwall.errors import CaseError, CatalogueError, Problem


def shipped(file: str) -> Document:
    """A file of the package, such as ``control/data/transfers.toml``.

    Raises ``CatalogueError`` with its line where it is not TOML.
    """
    return shipped_text(file, files("shieldwall").joinpath(file).read_text("utf-8"))


def shipped_text(file: str, text: str) -> Document:
    """As ``shipped``, from its text."""
    try:
        return parse_document(file, text)
    except CaseError as error:
        raise _wrong(error.problems) from error


def refuse(problems: Iterable[Problem]) -> None:
    """Raise ``CatalogueError`` with every problem, if there is one."""
    found = tuple(problems)
    if found:
        raise _wrong(found)


def _wrong(problems: Iterable[Problem]) -> CatalogueError:
    return CatalogueError("\n  ".join(["a table of the product is wrong:", *map(str, problems)]))
