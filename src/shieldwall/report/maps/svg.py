"""SVG elements as escaped text: one function, no library, the same rules as the page's templates.

Attributes and text pass through ``markupsafe``; only ``Markup`` (our own elements) goes in as it
is. Every element is closed, so that each drawing is well-formed XML as well as HTML.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from shieldwall.report.words import plain

Attribute = str | int | float | None

_EMPTY = frozenset(("path", "rect", "circle", "use", "image"))
"""Elements closed in place. HTML reads ``<span/>`` as a span left open, so no others are."""


def el(tag: str, *children: Markup | str, **attributes: Attribute) -> Markup:
    """An element; ``class_`` is class, other underscores are hyphens, ``None`` is left out."""
    opening = tag + "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(_text(child) for child in children)
    if not inner and tag in _EMPTY:
        return Markup(f"<{opening}/>")
    return Markup(f"<{opening}>{inner}</{tag}>")


def join(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("").join(parts)


def picture(width: float, height: float, title: str, text: str, *body: Markup,
            class_: str = "map", id: str | None = None) -> Markup:  # fmt: skip
    """An ``svg`` with its text alternative: ``title`` names it, ``text`` says what it shows.

    What holds links is a group, not an image: of an image nothing inside is told or reached.
    """
    role = "group" if any("<a " in part for part in body) else "img"
    return el(
        "svg", el("title", title), el("desc", text), *body,
        viewBox=f"0 0 {num(width)} {num(height)}", role=role, class_=class_, id=id,
        xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def num(value: float) -> str:
    """A coordinate: a tenth of a unit is finer than any screen shows."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def path(points: NDArray[np.float64], closed: bool = False) -> str:
    """Path data through ``points`` (n, 2), in whole tenths, relative after the first."""
    steps = np.rint(points * 10).astype(np.int64)
    moves = np.diff(steps, axis=0)
    moves = moves[np.any(moves != 0, axis=1)]
    start = f"M{num(steps[0, 0] / 10)} {num(steps[0, 1] / 10)}"
    tail = " ".join(f"{num(dx / 10)} {num(dy / 10)}" for dx, dy in moves)
    return start + (f"l{tail}" if tail else "") + ("z" if closed else "")


def _value(value: Attribute) -> str:
    if isinstance(value, float):
        return num(value)
    return str(escape(plain(str(value))))


def _text(child: Markup | str) -> str:
    return str(child) if isinstance(child, Markup) else str(escape(plain(child)))
