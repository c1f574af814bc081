"""A crisis game drawn: every node once, moves as wide as they are likely; payoffs as bands.

Layers are longest ways from the first node; order inside a layer by the means of neighbours
(Sugiyama, Tagawa and Toda 1981), places by isotonic regression, so that nothing overlaps.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.case.game_records import Game, Move, Node
from shieldwall.report.maps.svg import el, join, num, picture

CELL, LINE = 108.0, 13.0
_PASS, _GAP, _BETWEEN = 16.0, 24.0, 46.0
_HEAD, _PAD, _STUB = 17.0, 7.0, 15.0
_LEAST_WIDTH = 820.0
_LETTER, _BOLD = 6.2, 7.3
"""Width of a letter of a move and of a question, for wrapping."""
_WIDEST = 13.0
_SWEEPS, _SETTLING = 16, 6


@dataclass(frozen=True)
class Drawn:
    """What the drawing shows of a solved game."""

    chances: Mapping[tuple[str, str], float]
    """(node, move) -> chance of the move at its node."""
    printed: Mapping[tuple[str, str], Markup]
    """The same as printed, with its link."""
    seldom: frozenset[str]
    """Nodes that the game seldom comes to."""
    likeliest: frozenset[tuple[str, str]]
    """Moves of the likeliest single way."""
    heads: Mapping[str, tuple[str, str]]
    """Node -> who moves, and the class of that role."""


@dataclass
class _Item:
    """A node, or an edge that passes its layer."""

    key: str
    width: float
    height: float
    x: float = 0.0
    """Of its middle."""


@dataclass(frozen=True)
class _Edge:
    node: str
    move: str
    to: str
    stops: tuple[str, ...]
    """Keys of what it passes, a layer each."""


def game_chart(game: Game, drawn: Drawn, title: str, told: str) -> Markup:
    """The game from its first node down."""
    nodes = {n.id: n for n in game.nodes}
    layers, edges = _layers(game)
    items = {i.key: i for layer in layers for i in layer}
    width = _order_and_place(layers, edges, items, nodes)
    tops, y = [], 4.0
    for layer in layers:
        tops.append(y)
        y += max(i.height for i in layer) + _BETWEEN
    level = {i.key: n for n, layer in enumerate(layers) for i in layer}
    bottoms = [top + max(i.height for i in row) for top, row in zip(tops, layers, strict=True)]
    ports = _ports(edges, items)
    flows = [
        (drawn.chances[e.node, e.move], (e.node, e.move) in drawn.likeliest,
         _flow(e, nodes, items, level, tops, bottoms, ports))
        for e in edges
    ]  # fmt: skip
    flows += [
        (drawn.chances[n.id, m.id], (n.id, m.id) in drawn.likeliest,
         f"M{num(_cell_x(n, m.id, items[n.id]))} {num(tops[level[n.id]] + items[n.id].height)}"
         f"v{num(_STUB)}")
        for n in game.nodes for m in n.moves if m.leads is None
    ]  # fmt: skip
    flows.sort(key=lambda f: f[1])
    body = [
        el("path", class_=f"game-flow{' strong' if strong else ''}", d=line,
           stroke_width=max(1.2, _WIDEST * chance))
        for chance, strong, line in flows
    ]  # fmt: skip
    body += [_box(n, drawn, items[n.id], tops[level[n.id]]) for n in game.nodes]
    return picture(width, y - _BETWEEN + _STUB + 6, title, told, *body, class_="chart game")


def _layers(game: Game) -> tuple[list[list[_Item]], list[_Edge]]:
    """Nodes by the longest way to them, with a place for every edge that passes a layer."""
    depth: dict[str, int] = {game.nodes[0].id: 0}
    nodes = {n.id: n for n in game.nodes}
    for _ in game.nodes:  # a game has no circles, so as many rounds settle every depth
        for node in game.nodes:
            for move in node.moves:
                if move.leads is not None and node.id in depth:
                    depth[move.leads] = max(depth.get(move.leads, 0), depth[node.id] + 1)
    layers: list[list[_Item]] = [[] for _ in range(max(depth.values()) + 1)]
    for id, at in depth.items():
        layers[at].append(_Item(id, CELL * len(nodes[id].moves), _height(nodes[id])))
    edges = []
    for node in game.nodes:
        for move in node.moves:
            if move.leads is None:
                continue
            between = range(depth[node.id] + 1, depth[move.leads])
            stops = tuple(f"{node.id} {move.id} {at}" for at in between)
            for at, stop in zip(between, stops, strict=True):
                layers[at].append(_Item(stop, _PASS, 0.0))
            edges.append(_Edge(node.id, move.id, move.leads, stops))
    return layers, edges


def _order_and_place(
    layers: list[list[_Item]],
    edges: Sequence[_Edge],
    items: Mapping[str, _Item],
    nodes: Mapping[str, Node],
) -> float:
    """Order every layer and set the middles of its items; the width of the whole."""
    ties = _ties(edges, nodes)
    near: dict[str, list[tuple[str, float]]] = {key: [] for key in items}
    for tie in ties:  # where an item would stand straight above or below another
        near[tie.above].append((tie.below, -tie.offset))
        near[tie.below].append((tie.above, tie.offset))
    level = {i.key: n for n, layer in enumerate(layers) for i in layer}
    width = max(_LEAST_WIDTH, *(sum(i.width + _GAP for i in layer) for layer in layers))
    for layer in layers:
        _place(layer, [width / 2] * len(layer), width)
    best = (_crossings(ties, items, level), [list(layer) for layer in layers])
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for layer in layers if down else layers[::-1]:
            wanted = {}
            for item in layer:
                own = [
                    items[k].x + shift
                    for k, shift in near[item.key]
                    if (level[k] < level[item.key]) == down
                ]
                wanted[item.key] = sum(own) / len(own) if own else item.x
            layer.sort(key=lambda i: (round(wanted[i.key], 6), i.key))
            _place(layer, [wanted[i.key] for i in layer], width)
        crossed = _crossings(ties, items, level)
        if crossed < best[0]:
            best = crossed, [list(layer) for layer in layers]
    for layer, order in zip(layers, best[1], strict=True):
        layer[:] = order
    for _ in range(_SETTLING):
        for layer in layers:
            straight = [
                sum(items[k].x + s for k, s in near[i.key]) / len(near[i.key])
                if near[i.key]
                else i.x
                for i in layer
            ]
            _place(layer, straight, width)
    return width


@dataclass(frozen=True)
class _Tie:
    """A stretch of an edge from one layer to the next."""

    above: str
    below: str
    offset: float
    """Of where it leaves, from the middle of what it leaves."""


def _ties(edges: Sequence[_Edge], nodes: Mapping[str, Node]) -> list[_Tie]:
    found = []
    for edge in edges:
        offset = _offset(nodes[edge.node], edge.move)
        for above, below in itertools.pairwise((edge.node, *edge.stops, edge.to)):
            found.append(_Tie(above, below, offset if above == edge.node else 0.0))
    return found


def _crossings(ties: Sequence[_Tie], items: Mapping[str, _Item], level: Mapping[str, int]) -> int:
    """Pairs of stretches between the same two layers that cross."""
    ends = [(items[t.above].x + t.offset, items[t.below].x, level[t.below]) for t in ties]
    return sum(
        a[2] == b[2] and (a[0] - b[0]) * (a[1] - b[1]) < 0
        for a, b in itertools.combinations(ends, 2)
    )


def _place(layer: Sequence[_Item], wanted: Sequence[float], width: float) -> None:
    """Middles as near to what is wanted as order and width allow (pooled adjacent violators)."""
    offsets, at = [], 0.0
    for n, item in enumerate(layer):
        at += item.width / 2 + (layer[n - 1].width / 2 + _GAP if n else 0.0)
        offsets.append(at)
    pools: list[list[float]] = []  # sum, count
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append([want - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    most = max(width - offsets[-1] - layer[-1].width / 2 - 1.0, 1.0)
    shifts = [
        min(max(total / count, 1.0), most) for total, count in pools for _ in range(int(count))
    ]
    for item, offset, shift in zip(layer, offsets, shifts, strict=True):
        item.x = offset + shift


def _ports(edges: Sequence[_Edge], items: Mapping[str, _Item]) -> dict[tuple[str, str], float]:
    """Where each edge meets the top of what it leads to, side by side."""
    found = {}
    for to in dict.fromkeys(e.to for e in edges):
        coming = sorted(
            (e for e in edges if e.to == to),
            key=lambda e: (items[e.stops[-1] if e.stops else e.node].x, e.node, e.move),
        )
        step = min(_WIDEST + 5.0, (items[to].width - 30.0) / max(len(coming) - 1, 1))
        for n, edge in enumerate(coming):
            found[edge.node, edge.move] = items[to].x + (n - (len(coming) - 1) / 2) * step
    return found


def _flow(
    edge: _Edge,
    nodes: Mapping[str, Node],
    items: Mapping[str, _Item],
    level: Mapping[str, int],
    tops: Sequence[float],
    bottoms: Sequence[float],
    ports: Mapping[tuple[str, str], float],
) -> str:
    """A line from a move to what it leads to, straight through layers and curved between them."""
    at = level[edge.node]
    x = _cell_x(nodes[edge.node], edge.move, items[edge.node])
    line = f"M{num(x)} {num(tops[at] + items[edge.node].height)}V{num(bottoms[at])}"
    for stop in (*edge.stops, edge.to):
        at += 1
        to = items[stop].x if stop in edge.stops else ports[edge.node, edge.move]
        middle = (bottoms[at - 1] + tops[at]) / 2
        line += f"C{num(x)} {num(middle)} {num(to)} {num(middle)} {num(to)} {num(tops[at])}"
        if stop in edge.stops:
            line += f"V{num(bottoms[at])}"
        x = to
    return line


def _cell_x(node: Node, move: str, item: _Item) -> float:
    return item.x + _offset(node, move)


def _offset(node: Node, move: str) -> float:
    """Of the middle of a move's cell, from the middle of its box."""
    n = next(i for i, m in enumerate(node.moves) if m.id == move)
    return (n + 0.5 - len(node.moves) / 2) * CELL


def _question(node: Node) -> list[str]:
    return textwrap.wrap(node.question, int((CELL * len(node.moves) - 12) / _BOLD))


def _named(move: Move) -> list[str]:
    return textwrap.wrap(move.name, int((CELL - 8) / _LETTER), break_long_words=True)


def _height(node: Node) -> float:
    cells = max(len(_named(m)) for m in node.moves) + 1
    return _HEAD + LINE * len(_question(node)) + _PAD + LINE * cells + _PAD


def _box(node: Node, drawn: Drawn, item: _Item, top: float) -> Markup:
    """Who moves, what is asked, and each move with its chance."""
    left = item.x - item.width / 2
    who, role = drawn.heads[node.id]
    seldom = " seldom" if node.id in drawn.seldom else ""
    parts = [
        el("rect", class_=f"game-box {role}{seldom}", x=left, y=top, width=item.width,
           height=item.height, rx=3.0),
        el("rect", class_=f"game-head {role}", x=left, y=top, width=item.width, height=3.0),
        el("text", who, class_="game-who", x=left + 6, y=top + 15),
    ]  # fmt: skip
    y = top + _HEAD
    for line in _question(node):
        y += LINE
        parts.append(el("text", line, class_="game-asks", x=left + 6, y=y))
    y += _PAD
    for move in node.moves:
        key = node.id, move.id
        x = _cell_x(node, move.id, item)
        if key in drawn.likeliest:
            parts.append(
                el("rect", class_="game-taken", x=x - CELL / 2 + 3, y=y, width=CELL - 6,
                   height=top + item.height - y - 2, rx=2.0)
            )  # fmt: skip
        parts.append(el("text", drawn.printed[key], class_="game-chance", x=x, y=y + LINE,
                        text_anchor="middle"))  # fmt: skip
        parts += [
            el("text", line, class_="game-move", x=x, y=y + LINE * (n + 2), text_anchor="middle")
            for n, line in enumerate(_named(move))
        ]
    return join(parts)


_BAND, _BAND_HIGH = 240.0, 14.0


def band_bar(low: float, middle: float, high: float, reach: tuple[float, float]) -> Markup:
    """What something is worth: from low to high, its middle, nought marked.

    Hidden from screen readers: the figures stand in the cells beside it.
    """
    least, most = reach

    def x(at: float) -> float:
        return _BAND * (at - least) / max(most - least, 1e-9)

    y = _BAND_HIGH / 2
    class_ = "raid-more" if middle < 0 else "raid-less"
    return el(
        "svg",
        el("rect", class_="track", width=_BAND, height=_BAND_HIGH),
        el("rect", class_=class_, x=x(low), y=y - 2.5, width=max(x(high) - x(low), 1.5),
           height=5.0),
        el("rect", class_="game-middle", x=x(middle) - 1.5, y=y - 5.5, width=3.0, height=11.0),
        el("path", class_="raid-zero", d=f"M{num(x(0.0))} 0V{num(_BAND_HIGH)}"),
        viewBox=f"0 0 {num(_BAND)} {num(_BAND_HIGH)}", class_="cell-bar",
        preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip
