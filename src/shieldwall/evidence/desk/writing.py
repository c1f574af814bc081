"""Accepted drafts into the case's reviewed text, and back out again.

The text is written first and the store second. A kill between the two leaves a claim whose id ends
with the beginning of its proposal's id, and a proposal nobody decided on: the next session finds
the claim and records the decision, so that nothing is lost and nothing is written twice. The other
order could record a claim that no file holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shieldwall.case.load import load_texts
from shieldwall.case.records import Case
from shieldwall.case.render import commented, render_table
from shieldwall.case.tables import CatalogueIds
from shieldwall.errors import CaseError, InputError, Problem
from shieldwall.files import write_bytes

PROPOSAL_DIGITS = 10
"""Digits of a proposal's id that end the id of its claim: 40 bits."""

CLAIMS, SOURCES = "claims.toml", "sources.toml"


@dataclass(frozen=True)
class NewClaim:
    """A claim to append: its keys, what a reader of the file should know, its source if new."""

    fields: Mapping[str, Any]
    remark: str
    source: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        """The claim's id."""
        return str(self.fields["id"])

    @property
    def block(self) -> str:
        """The lines that stand in ``claims.toml``."""
        return f"# {commented(self.remark)}\n" + render_table("claim", self.fields)


def claim_id(source: str, proposal: str) -> str:
    """The id of the claim a proposal becomes, the same in every session."""
    digits = proposal[:PROPOSAL_DIGITS]
    return f"{source[: 63 - PROPOSAL_DIGITS].rstrip('-_')}-{digits}"


def checked(
    folder: Path, catalogue: CatalogueIds, new: Sequence[NewClaim]
) -> tuple[Case | None, dict[str, list[Problem]]]:
    """The case as it would be with ``new``, or what is wrong, by claim id.

    Raises ``CaseError`` where the case is wrong without them.
    """
    texts, starts = _texts(folder, new)
    try:
        return load_texts(folder, catalogue, texts), {}
    except CaseError as error:
        found: dict[str, list[Problem]] = {}
        for problem in error.problems:
            at = bisect_right(starts, problem.line or 0) - 1
            if problem.file != CLAIMS or at < 0:
                raise
            found.setdefault(new[at].id, []).append(problem)
        return None, found


def write(folder: Path, new: Sequence[NewClaim]) -> None:
    """Append claims that ``checked`` found right; all else in the files stays as it is."""
    texts, _ = _texts(folder, new)
    # Sources first: a source without a claim is sound, a claim without its source is not.
    for name in (SOURCES, CLAIMS):
        if name in texts:
            _put(folder / name, texts[name])


def take_back(folder: Path, catalogue: CatalogueIds, new: NewClaim) -> None:
    """Take a claim written by ``write`` out again, and its source where nothing else needs it.

    Raises ``InputError`` where the text was changed since: then a person must do it.
    """
    old = _get(folder / CLAIMS)
    if old.count(new.block) != 1:
        raise InputError(
            f"{CLAIMS}: claim {new.id} was changed since it was accepted; take it out by hand"
        )
    texts = {CLAIMS: _without(old, new.block)}
    load_texts(folder, catalogue, texts)
    _put(folder / CLAIMS, texts[CLAIMS])
    if new.source is None:
        return
    sources, block = _get(folder / SOURCES), _source_block(new.source)
    if sources.count(block) == 1:
        fewer = {SOURCES: _without(sources, block)}
        try:
            load_texts(folder, catalogue, fewer)
        except CaseError:
            return  # another claim names it by now
        _put(folder / SOURCES, fewer[SOURCES])


def _without(text: str, block: str) -> str:
    before, _, after = text.partition(block)
    return before.removesuffix("\n") + after if before.endswith("\n\n") else before + after


def _texts(folder: Path, new: Sequence[NewClaim]) -> tuple[dict[str, str], list[int]]:
    """The files with the additions, and the line each new claim begins on."""
    claims, starts = _joined(_get(folder / CLAIMS), [each.block for each in new])
    texts = {CLAIMS: claims}
    sources = {each.source["id"]: each.source for each in new if each.source is not None}
    if sources:
        blocks = [_source_block(source) for source in sources.values()]
        texts[SOURCES], _ = _joined(_get(folder / SOURCES), blocks)
    return texts, starts


def _source_block(source: Mapping[str, Any]) -> str:
    return "# Found while reading: give it a grade and its interest.\n" + render_table(
        "source", source
    )


def _joined(old: str, blocks: Sequence[str]) -> tuple[str, list[int]]:
    """``old`` with ``blocks`` after it, blank lines between, and the line each begins on."""
    text = old + ("" if not old or old.endswith("\n") else "\n")
    starts = []
    for block in blocks:
        text += "\n" if text and not text.endswith("\n\n") else ""
        starts.append(text.count("\n") + 1)
        text += block
    return text, starts


def _get(path: Path) -> str:
    """A file's text with plain newlines; ``_put`` gives it back the ends of line it had."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name}: cannot be read: {error}") from error


def _put(path: Path, text: str) -> None:
    old = path.read_bytes()
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    write_bytes(path, mark + text.encode())
