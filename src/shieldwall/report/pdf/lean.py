"""What a print leaves out: closed tables, and trails that no printed figure leads to.

Everything left out stands in ``report.html``; a sentence says so where it would have been, and
links to it lead to that sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from shieldwall.report.words import count

XHTML = "{http://www.w3.org/1999/xhtml}"
FIRST, TRAILS = "answers", "provenance"
NOTE = "print-note"
SET = "inputs-"
"""How ids of sets of inputs begin."""
KEPT = "in-print"
"""Class of closed ``details`` whose sentences a print holds; notes in them stay behind."""


def lean(root: Element) -> None:
    """Leave out of the tree of a page what its print does without."""
    _fold(root)
    sections = {str(e.get("id")): e for e in root.iter() if _tag(e) == "section"}
    trails = sections.get(TRAILS)
    if trails is not None:
        _thin(root, trails, sections.get(FIRST))
    _mend_links(root)


def _fold(root: Element) -> None:
    """Put one sentence in the place of every closed ``details``; in a list, once for all items."""
    closed: list[tuple[Element, Element]] = []
    within: set[Element] = set()
    for parent in root.iter():
        for child in parent:
            if child in within:
                continue
            if _tag(child) == "details" and child.get("class") == KEPT:
                _unfold(child)
            elif _tag(child) == "details" and child.get("open") is None:
                closed.append((parent, child))
                within.update(child.iter())
    said: set[str] = set()
    for parent, child in closed:
        head = _head(child)
        note = Element(child.tag.replace("details", "p"), {"class": NOTE})
        if _tag(parent) != "li":
            note.text = f"{head}: in report.html."
        elif head not in said:
            note.text = f"{head}, here and below: in report.html."
            said.add(head)
        note.tail = child.tail
        # Links to what is left out lead to where it is named.
        for each in child.iter():
            if id := each.get("id"):
                SubElement(note, note.tag[:-1] + "span", {"id": id})
        parent[list(parent).index(child)] = note


def _unfold(details: Element) -> None:
    """Leave the sentences of a ``details``, in small print."""
    details.tag = details.tag.replace("details", "div")
    for child in list(details):
        if _tag(child) == "summary" or child.get("class") == "note":
            details.remove(child)


def _head(details: Element) -> str:
    return "".join(details[0].itertext()).strip().rstrip(".")


def _thin(root: Element, trails: Element, first: Element | None) -> None:
    """Keep the trails of the first page's figures whole, of the others those in short lists.

    Every entry is kept that a kept one rests on, as long as it is in a short list itself.
    """
    entries: dict[str, Element] = {}
    long: set[str] = set()
    for group in (e for e in trails.iter() if _tag(e) == "details"):
        inside = {str(e.get("id")): e for e in group.iter() if e.get("id")}
        entries |= inside
        if "screen-only" in str(group.get("class")):
            long |= inside.keys()
            group.set("class", "")
    within = set(trails.iter())
    outside = (e for e in root.iter() if e not in within)
    kept = {id for id in _targets(outside) if id in entries and id not in long}
    kept |= {id for id in _targets(first.iter() if first is not None else ()) if id in entries}
    todo = list(kept)
    while todo:
        for id in _targets(entries[todo.pop()].iter()):
            if id in entries and id not in kept and id not in long:
                kept.add(id)
                todo.append(id)
    for id in kept & {i for i in entries if i.startswith(SET)}:
        _shorten(entries[id], kept)
    _remove(trails, {e for id, e in entries.items() if id not in kept})
    for group in [e for e in list(trails) if _tag(e) == "details"]:
        if not any(e.get("id") in kept for e in group.iter()):
            trails.remove(group)
    for note in [e for e in list(trails) if e.get("class") == "print-only"]:
        trails.remove(note)
    left = len(entries) - len(kept)
    if left:
        note = Element(f"{trails.tag.removesuffix('section')}p", {"class": NOTE})
        note.text = (
            "A print holds the trails of the figures of the first page, and those of short lists; "
            f"{count(left, 'other entry', 'other entries')} are in report.html, and "
            "shieldwall explain prints any of them."
        )
        trails.insert(2, note)


def _shorten(inputs: Element, kept: set[str]) -> None:
    """Of a set of inputs, list those that are kept, and count the others."""
    for parent in list(inputs.iter()):
        links = [e for e in parent if _tag(e) == "a"]
        gone = [e for e in links if e.get("href", "")[1:] not in kept]
        for each in gone:
            parent.remove(each)
        if not gone:
            continue
        rest = f"{count(len(gone), 'other')} in report.html"
        if len(gone) == len(links):
            parent.text = rest
        else:
            list(parent)[-1].tail = f" and {rest}"


def _mend_links(root: Element) -> None:
    """Links to what was left out lead to the head of the trails."""
    there = {e.get("id") for e in root.iter()}
    for each in root.iter():
        target = each.get("href", "")
        if _tag(each) == "a" and target.startswith("#") and target[1:] not in there:
            if TRAILS in there:
                each.set("href", f"#{TRAILS}")
            else:
                del each.attrib["href"]


def _targets(elements: Iterable[Element]) -> Iterator[str]:
    for each in elements:
        target = each.get("href", "")
        if target.startswith("#") and _tag(each) == "a":
            yield target[1:]


def _remove(root: Element, gone: set[Element]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child in gone:
                parent.remove(child)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
