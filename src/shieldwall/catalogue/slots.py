"""Keys that name a figure of the same file, and the ``[fire]`` table made of such keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, get_args

from shieldwall.catalogue.records import Category, Figure, Fire, Interceptor, KillFigure
from shieldwall.catalogue.tables import Table, did_you_mean

Figures = Mapping[str, Figure]


def slot(
    table: Table, key: str, figures: Figures, kinds: Collection[str] = (), *, valued: bool = True
) -> Figure | None:
    """The figure that ``key`` names, or ``None`` where the key is absent.

    ``kinds``: those it may be of, all if empty. A figure without a value cannot fill a slot unless
    ``valued`` is False.
    """
    name = table.text(key)
    if not name:
        return None
    figure = figures.get(name)
    if figure is None:
        table.problem(
            key, f"there is no [figure.{name}] in this file{did_you_mean(name, figures)}", name
        )
    elif kinds and figure.kind not in kinds:
        table.problem(key, f"names a figure of kind {' or '.join(kinds)}, not {figure.kind}", name)
    elif valued and figure.stated == (None, None, None):
        table.problem(key, "this figure is unsourced and has no value: leave the key out", name)
    return figure


def cost(table: Table, key: str, figures: Figures) -> Figure | None:
    """A cost of one thing, in M USD, so that costs can be set against each other."""
    figure = slot(table, key, figures, ("cost",))
    if figure is not None and figure.kind == "cost" and figure.unit != "M USD":
        table.problem(key, f"names a cost of one in M USD, not in {figure.unit}", figure.id)
    return figure


def read_fire(table: Table, figures: Figures, interceptors: Collection[Interceptor]) -> Fire:
    """The ``[fire]`` table of a system; problems are noted in its file."""
    per: Literal["launcher", "battery"] = "launcher"
    if table.text("channels") or table.text("channels_per"):
        per = table.choice("channels_per", ("launcher", "battery"))  # type: ignore[assignment]
    ids = [i.id for i in interceptors]
    read = [_kill(entry, figures, ids) for entry in table.tables("kill", "figure")]
    kills = tuple(kill for kill in read if kill is not None)
    for interceptor in dict.fromkeys(kill.interceptor for kill in kills):
        named = [c for k in kills if k.interceptor == interceptor for c in k.against]
        for category in dict.fromkeys(c for c in named if named.count(c) > 1):
            whose = f"interceptor {interceptor}" if interceptor else "any interceptor"
            table.problem(
                "kill", f"this class is there twice for {whose}; name one figure", category
            )
    fire = Fire(
        channels=slot(table, "channels", figures, ("count",)),
        channels_per=per,
        ready=slot(table, "ready", figures, ("count",)),
        gun_rounds=slot(table, "gun_rounds", figures, ("count",)),
        gun_rate=slot(table, "gun_rate", figures, ("rate",)),
        reaction=slot(table, "reaction", figures, ("reaction_time",)),
        reload=slot(table, "reload", figures, ("time",)),
        kills=kills,
        interceptor_cost=cost(table, "interceptor_cost", figures),
        unit_cost=cost(table, "unit_cost", figures),
    )
    table.finish()
    return fire


def _kill(table: Table, figures: Figures, interceptors: Collection[str]) -> KillFigure | None:
    against = table.texts("against")
    if not against:
        table.problem("against", "list the classes of target that the figure was published for")
    known = get_args(Category)
    for name in against:
        if name not in known:
            close = did_you_mean(name, known)
            table.problem("against", f"unknown class; write {', '.join(known)}{close}", name)
    interceptor = table.one_of("interceptor", interceptors, "interceptor of this system")
    if not table.text("figure"):
        table.problem("figure", "name the figure that states the chance of a kill")
    figure = slot(table, "figure", figures, ("sskp", "observed"), valued=False)
    table.finish()
    if figure is None:
        return None
    classes: tuple[Category, ...] = tuple(c for c in known for name in against if name == c)
    return KillFigure(classes, figure, interceptor or None)
