"""Where a figure comes from: its trail through the ledger, down to claims and published figures."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shieldwall.errors import InputError, UsageError
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.report.words import count, measure, plain, span

FILE = "assessment.json"
FORMAT = "shieldwall-assessment/1"
SUGGESTIONS = 5
_JOINT = re.compile(r"[.:]")

Node = dict[str, Any]


def read_ledger(path: Path) -> Ledger:
    """The ledger of an ``assessment.json``. Raises ``InputError`` where it is not one."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: no such file; name the folder that 'shieldwall assess --out' wrote"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not the JSON that 'shieldwall assess' writes") from error
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        raise InputError(f"{path}: format: must be {FORMAT} (got {str(found)[:60]})")
    try:
        return Ledger.from_json(data["provenance"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: provenance: its ledger is incomplete; assess again") from error


def explain_json(folder: Path, figure: str) -> Node:
    """``trail_of`` a results folder; ``InputError`` for a folder without an assessment."""
    return trail_of(read_ledger(folder / FILE), figure)


def trail_of(ledger: Ledger, figure: str) -> Node:
    """The trail of ``figure`` as nested data, or the figures below it where it is a prefix.

    A node that came before in the same trail is named and marked ``repeated``, not told again.
    Without a ``figure``: how ids begin, how many do, and one of each. Raises ``UsageError`` with
    close matches where nothing has that id.
    """
    if not figure:
        return {"figure": "", "beginnings": list(_beginnings(ledger))}
    if figure in ledger.quantities or figure in ledger.leaves:
        return {"figure": figure, "trail": _node(ledger, figure, set())}
    below = [item for id, item in _items(ledger) if _is_below(id, figure)]
    if below:
        return {"figure": figure, "figures": [_own(item) for item in below]}
    known = [id for id, _ in _items(ledger)]
    close = difflib.get_close_matches(figure, known, SUGGESTIONS)
    begin = [str(each["beginning"]) for each in _beginnings(ledger)]
    hint = f"close to it: {', '.join(close)}" if close else f"ids begin with {', '.join(begin)}"
    hint = _repeated(ledger, figure) or hint
    raise UsageError(f"no figure is called {plain(figure)[:120]!r}; {plain(hint)}")


def explain(folder: Path, figure: str) -> str:
    """``explain_json`` as lines for a person; same errors."""
    return lines(explain_json(folder, figure))


def lines(found: Node) -> str:
    """What ``trail_of`` found, as lines for a person."""
    if "trail" in found:
        return "\n".join(_tree(found["trail"], "", ""))
    if "beginnings" in found:
        return "\n".join(
            f"{each['beginning']:<14} {count(each['count'], 'id')}, such as {_line(each['first'])}"
            for each in found["beginnings"]
        )
    return "\n".join(f"{each['id']}  {_headline(each)}" for each in found["figures"])


def _beginnings(ledger: Ledger) -> Iterator[Node]:
    """How ids begin, down to the first joint: figures in the order of the ledger, then leaves."""
    ids: dict[str, list[str]] = {}
    for id in (*ledger.quantities, *ledger.leaves):
        joint = _JOINT.search(id)
        ids.setdefault(id[: joint.end()] if joint else id, []).append(id)
    for beginning, every in ids.items():
        yield {"beginning": beginning, "count": len(every), "first": every[0]}


def _repeated(ledger: Ledger, figure: str) -> str:
    """What a relay says when asked for its weight: whom it repeats, and where that is weighed."""
    kind, _, claim = figure.partition(".")
    if kind != "weight" or f"claim:{claim}" not in ledger.leaves:
        return ""
    for id, quantity in ledger.quantities.items():
        if id.startswith("origins.") and f"claim:{claim}" in quantity.inputs:
            origin = id.partition(".")[2]
            return f"{claim} repeats {origin}: ask for weight.{origin}"
    return ""


def _items(ledger: Ledger) -> Iterator[tuple[str, Quantity | Leaf]]:
    yield from sorted(ledger.quantities.items())
    yield from sorted(ledger.leaves.items())


def _is_below(id: str, prefix: str) -> bool:
    """Below at a joint of the id: ``coverage.caracas`` holds no ``coverage.caracas-west``."""
    stem = prefix.rstrip(".:@")
    return not prefix or (bool(stem) and id.startswith((f"{stem}.", f"{stem}:", f"{stem}@")))


def _own(item: Quantity | Leaf) -> Node:
    """What an item says of itself."""
    if isinstance(item, Quantity):
        return {
            "id": item.id, "label": item.label, "value": item.value, "low": item.low,
            "high": item.high, "unit": item.unit, "method": item.method,
        }  # fmt: skip
    return {
        "id": item.id, "kind": item.kind, "text": item.text, "source": item.source,
        "address": item.address, "where": item.where,
    }  # fmt: skip


def _node(ledger: Ledger, id: str, told: set[str]) -> Node:
    item = ledger.quantities.get(id) or ledger.leaves.get(id)
    if item is None:
        return {"id": id, "missing": True}
    if id in told:
        return {"id": id, "repeated": True}
    told.add(id)
    node = _own(item)
    if isinstance(item, Quantity):
        node["inputs"] = [_node(ledger, each, told) for each in item.inputs]
    return node


def _tree(node: Node, first: str, rest: str) -> Iterator[str]:
    """Lines of a node and its inputs; ``first`` leads its own line, ``rest`` those below."""
    inputs = node.get("inputs", [])
    yield f"{first}{_line(node['id'])}{_mark(node)}"
    stem = f"{rest}│  " if inputs else f"{rest}   "
    for detail in _details(node):
        yield f"{stem}{detail}"
    for number, each in enumerate(inputs, 1):
        last = number == len(inputs)
        yield from _tree(
            each, f"{rest}{'└─ ' if last else '├─ '}", f"{rest}{'   ' if last else '│  '}"
        )


def _mark(node: Node) -> str:
    if node.get("repeated"):
        return "  (told above)"
    return "  (not in the ledger)" if node.get("missing") else ""


def _details(node: Node) -> Iterator[str]:
    if "method" in node:
        yield _headline(node)
        yield f"how: {_line(node['method'])}"
    elif "kind" in node:
        yield _headline(node)
        for part in (node["source"], node["address"], node["where"]):
            if part:
                yield _line(part)


def _headline(node: Node) -> str:
    if "kind" in node:
        return _line(f"{node['kind']}: {node['text']}")
    line = _line(f"{node['label']}: {measure(node['value'], node['unit'])}")
    if node["low"] == node["high"]:
        return line
    return f"{line} ({span(node['low'], node['high'], node['unit'])})"


def _line(text: str) -> str:
    """``text`` on one line, unable to move a terminal's cursor or forge a branch of the tree."""
    return " ".join(plain(text).split())
