"""The provenance section: every printed figure, what it was made from, and where that was read."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from shieldwall.case.records import Claim
from shieldwall.provenance import Quantity
from shieldwall.report.page.figures import anchor
from shieldwall.report.page.names import CREDIBILITY, FAMILIES, RELIABILITY
from shieldwall.report.records import Assessment
from shieldwall.report.words import measure, percent, span

_INLINE = 5
"""More inputs than this are listed once, as a set that many figures share."""


@dataclass(frozen=True)
class Link:
    """A link to another entry of this section."""

    href: str
    text: str


@dataclass(frozen=True)
class FigureEntry:
    """A printed figure."""

    anchor: str
    id: str
    label: str
    value: str
    band: str
    method: str
    inputs: tuple[Link, ...]
    input_set: int | None


@dataclass(frozen=True)
class Field:
    """One line of a leaf: what it is and what it says; ``href`` only for web addresses."""

    name: str
    text: str
    href: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class LeafEntry:
    """Where a trail ends."""

    anchor: str
    id: str
    kind: str
    text: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class InputSet:
    """Inputs that several figures share."""

    number: int
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Trails:
    """The whole section."""

    figures: tuple[tuple[str, tuple[FigureEntry, ...]], ...]
    sets: tuple[InputSet, ...]
    leaves: tuple[tuple[str, tuple[LeafEntry, ...]], ...]


_GROUPS = {
    "evidence": "Evidence", "weight": "Weight of evidence", "origins": "Independent origins",
    "ach": "Hypotheses", "bits": "What each origin says of each system",
    "without": "Without one source", "topic": "Aircraft, people, cargo, links",
    "orbat": "Order of battle", "network": "Network", "coverage": "Coverage", "reach": "Reach",
    "distance": "Distances", "control": "Operational control", "raid": "Raids",
    "terrain": "Terrain and refraction", "calculus": "What it changes",
}  # fmt: skip
_KINDS = {"claim": "Claims", "catalogue": "Catalogue figures", "holding": "Published holdings",
          "indicator": "Signs of who operates", "transfer": "Historical transfers",
          "assumption": "Assumptions", "override": "Overrides", "origin": "Origins of reach",
          "raid": "Raids as the case describes them", "function": "Functions of the network",
          "crew": "Crews", "doctrine": "How units fire", "payoff": "What governments want",
          "fact": "Facts of the game", "node": "Who chooses what in the game",
          "consequence": "What the game may bring about", "world": "Worlds of the game",
          "event": "Dated record", "data": "Data"}  # fmt: skip


def trails(assessment: Assessment, printed: list[str]) -> Trails:
    """Entries for ``printed`` ids and everything below them, each once, in a steady order."""
    quantities, leaves = _closure(assessment, printed)
    sets: dict[tuple[str, ...], int] = {}
    groups: dict[str, list[FigureEntry]] = {}
    for quantity in quantities:
        shared = None
        if len(quantity.inputs) > _INLINE:
            shared = sets.setdefault(quantity.inputs, len(sets) + 1)
        title = _GROUPS.get(quantity.id.split(".")[0], "Other figures")
        groups.setdefault(title, []).append(_figure(assessment, quantity, shared))
    kinds: dict[str, list[LeafEntry]] = {}
    for id in leaves:
        title = _KINDS.get(id.split(":")[0], "Other sources")
        kinds.setdefault(title, []).append(_leaf(assessment, id))
    return Trails(
        tuple((title, tuple(groups[title])) for title in groups),
        tuple(InputSet(n, _links(ids)) for ids, n in sets.items()),
        tuple((t, tuple(kinds[t])) for t in (*_KINDS.values(), "Other sources") if t in kinds),
    )


def _closure(assessment: Assessment, printed: list[str]) -> tuple[list[Quantity], list[str]]:
    """Quantities and the ids of leaves reachable from what was printed, relays included."""
    ledger = assessment.ledger
    quantities: dict[str, Quantity] = {}
    leaves: dict[str, None] = {}
    waiting = list(reversed(printed))
    while waiting:
        id = waiting.pop()
        if id in quantities or id in leaves:
            continue
        found = ledger.quantities.get(id)
        if found is not None:
            quantities[id] = found
            waiting += reversed(found.inputs)
            continue
        leaves.setdefault(id)
        if id.startswith("claim:"):
            claim = id.removeprefix("claim:")
            waiting += [f"claim:{other}" for other in _relatives(assessment, claim)]
    return list(quantities.values()), sorted(leaves)


def _relatives(assessment: Assessment, claim: str) -> list[str]:
    """What a claim may repeat, and what may repeat it."""
    edges = assessment.evidence.lineage.edges
    parents = [e.parent for e in assessment.evidence.lineage.parents(claim)]
    return [*parents, *(e.claim for e in edges if e.parent == claim)]


def _figure(assessment: Assessment, quantity: Quantity, shared: int | None) -> FigureEntry:
    return FigureEntry(
        anchor(quantity.id), quantity.id, quantity.label, measure(quantity.value, quantity.unit),
        span(quantity.low, quantity.high, quantity.unit), quantity.method,
        () if shared else _links(quantity.inputs), shared,
    )  # fmt: skip


def _links(ids: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(Link(f"#{anchor(id)}", id) for id in ids)


def web_address(address: str) -> str:
    """``address`` if it may be a link (http or https with a host), else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


def _leaf(assessment: Assessment, id: str) -> LeafEntry:
    kind, _, rest = id.partition(":")
    if kind == "claim":
        claim = next((c for c in assessment.case.claims if c.id == rest), None)
        if claim is not None:
            return _claim(assessment, id, claim)
    if kind == "catalogue":
        entry = _catalogue(assessment, id, rest)
        if entry is not None:
            return entry
    leaf = assessment.ledger.leaves.get(id)
    if leaf is None:
        return LeafEntry(anchor(id), id, kind, "Not recorded in the ledger of this run.", ())
    fields = [Field("source", leaf.source)] if leaf.source else []
    fields += _address(leaf.address)
    fields += [Field("written at", leaf.where)] if leaf.where else []
    return LeafEntry(anchor(id), id, leaf.kind, leaf.text, tuple(fields))


def _address(address: str | None) -> list[Field]:
    return [Field("read at", address, web_address(address))] if address else []


def _claim(assessment: Assessment, id: str, claim: Claim) -> LeafEntry:
    source = assessment.case.source(claim.source)
    grade = (
        f"{source.reliability}{claim.credibility}: {RELIABILITY[source.reliability]}, "
        f"{CREDIBILITY.get(claim.credibility, 'truth unknown')}"
    )
    fields = [
        Field("source", f"{source.name} ({FAMILIES[source.family]})"),
        Field("grade", grade),
        Field("said as", claim.modality),
    ]
    if source.interest:
        fields.append(Field("interest", source.interest))
    if claim.said_by:
        fields.append(Field("credits", claim.said_by))
    if claim.material:
        fields.append(Field("rests on", claim.material))
    lineage = assessment.evidence.lineage
    for edge in lineage.parents(claim.id):
        name = "relays" if edge.coded else f"relays ({percent(edge.probability)})"
        fields.append(Field(name, "", "", _links((f"claim:{edge.parent}",))))
    again = tuple(f"claim:{e.claim}" for e in lineage.edges if e.parent == claim.id)
    if again:
        fields.append(Field("relayed by", "", "", _links(again)))
    if claim.read_by == "machine":
        fields.append(Field("read by", "machine, reviewed by nobody"))
    times = [
        f"{name} {moment.text}"
        for name, moment in (("event", claim.event), ("acquired", claim.acquisition),
                             ("published", claim.publication), ("read", claim.ingestion))
        if moment is not None
    ]  # fmt: skip
    fields.append(Field("times", "; ".join(times) if times else "unknown"))
    fields += [*_address(claim.address), Field("written at", claim.where)]
    return LeafEntry(anchor(id), id, "claim", claim.statement, tuple(fields))


def _catalogue(assessment: Assessment, id: str, figure_id: str) -> LeafEntry | None:
    catalogue = assessment.catalogue
    try:
        figure = catalogue.figure(figure_id)
    except (KeyError, ValueError):
        return None
    owner = figure_id.split(".", maxsplit=1)[0]
    named = catalogue.systems.get(owner) or catalogue.radars.get(owner)
    name = named.name if named else catalogue.threats[owner].name
    values = [measure(v, figure.unit) for v in (figure.low, figure.likely, figure.high)]
    codes = " / ".join(figure.evidence) + (", unverified" if figure.unverified else "")
    fields = [Field("low / likely / high", " / ".join(values)), Field("evidence", codes)]
    if figure.filled:
        fields.append(Field("filled", f"{', '.join(figure.filled)} by {figure.convention}"))
    if figure.conflict:
        fields.append(Field("conflict", "published sources disagree"))
    for key in figure.sources:
        entry = catalogue.sources.get(key)
        fields.append(Field("source", f"{key}: {entry.title}" if entry else key))
        fields += _address(entry.address) if entry else []
    if figure.remark:
        fields.append(Field("remark", figure.remark))
    fields.append(Field("written at", figure.where))
    return LeafEntry(anchor(id), id, "catalogue", f"{name}: {figure.name}", tuple(fields))
