"""Where trails end: claims, holdings, overrides, assumptions, published figures, data sets."""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band, Case, Claim
from shieldwall.catalogue.records import Catalogue, Figure
from shieldwall.evidence.records import Evidence
from shieldwall.network.ensemble import Ensemble
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.terrain.records import TerrainNote
from shieldwall.terrain.refraction import Refraction
from shieldwall.trail.named import Named
from shieldwall.trail.rests import ELEVATION, REFRACTION
from shieldwall.written import as_given, percent

POSTS, K_FACTOR = "terrain.posts", "terrain.k_factor"
"""The ground and the bending that every sight line rests on."""


def enter_leaves(
    ledger: Ledger,
    named: Named,
    case: Case,
    catalogue: Catalogue,
    evidence: Evidence,
    ensemble: Ensemble,
    assumptions: tuple[Assumption, ...],
    terrain: TerrainNote,
    refraction: Refraction,
) -> None:
    """Enter everything a trail may end at, and the ground and refraction of every sight line."""
    # The claims of imagery readings are in the evidence alone, late ones in the case alone.
    for claim in {c.id: c for c in (*case.claims, *evidence.claims)}.values():
        ledger.leaf(claim_leaf(case, evidence, claim))
    for index, holding in enumerate(case.holdings):
        text = f"{named.system(holding.system)}: {band_words(holding.band)} {holding.unit}"
        source = f"{holding.source} (evidence code {holding.evidence}) {holding.note}".strip()
        ledger.leaf(Leaf(f"holding:{index}", "holding", text, source, "", holding.where))
    for index, override in enumerate(case.overrides):
        at = f" at {named.place(override.place)}" if override.place else ""
        text = (
            f"{override.target} of {named.system(override.system)}{at} set to "
            f"{band_words(override.band)}"
        )
        source = f"{override.by}: {override.reason}"
        ledger.leaf(Leaf(f"override:{index}", "override", text, source, "", override.where))
    for assumption in assumptions:
        band = f" ({band_words(assumption.band)} {assumption.unit})" if assumption.band else ""
        ledger.leaf(
            Leaf(
                f"assumption:{assumption.id}", "assumption", f"{assumption.statement}{band}",
                assumption.reason, "", assumption.where,
            )
        )  # fmt: skip
    for id in figures_in_use(catalogue, ensemble):
        ledger.leaf(_figure_leaf(named, catalogue, catalogue.figure(id)))
    ledger.leaf(Leaf("data:terrain", "data", terrain.words, terrain.name))
    ledger.quantity(
        Quantity(
            POSTS, "Distance between posts of elevation", terrain.spacing_m, None, None, "m",
            "of the elevation that is used", ("data:terrain", *ELEVATION),
        )
    )  # fmt: skip
    source = "Recommendation ITU-R P.453" if refraction.source == "itu-r-p453" else "convention"
    ledger.leaf(Leaf("data:refraction", "data", refraction.words, source))
    ledger.quantity(
        Quantity(
            K_FACTOR, "Effective Earth radius factor", refraction.likely, refraction.low,
            refraction.high, "factor", "157 / (157 + refractivity gradient in N/km)",
            ("data:refraction", *REFRACTION),
        )
    )  # fmt: skip


def figures_in_use(catalogue: Catalogue, ensemble: Ensemble) -> tuple[str, ...]:
    """Catalogue figures that any number rests on: those drawn, and battery sizes."""
    batteries = [
        system.launchers_per_battery.id
        for name in dict.fromkeys(u.system for u in ensemble.units)
        if (system := catalogue.systems.get(name)) is not None
        and system.launchers_per_battery is not None
    ]
    return tuple(dict.fromkeys([*ensemble.figures, *batteries]))


def claim_leaf(case: Case, evidence: Evidence, claim: Claim) -> Leaf:
    """A claim: who said it, graded by hand and as it weighs, and whom it repeats."""
    source, counted = case.source(claim.source), evidence.channel(claim.source).computed
    grade = f"graded {source.reliability}{claim.credibility}"
    if counted != source.reliability:
        grade += f", counted as {counted}{claim.credibility}"
    words = f"{source.name} ({source.family}, {grade}){_relaying(case, evidence, claim)}"
    text = f"{claim.statement} [{claim.modality}]"
    return Leaf(f"claim:{claim.id}", "claim", text, words, claim.address or "", claim.where)


def _relaying(case: Case, evidence: Evidence, claim: Claim) -> str:
    """The claim it rather repeats than not, as the lineage has it; with its odds if inferred."""
    if evidence.lineage.parent(claim.id) is None:
        return ""
    edge = evidence.lineage.parents(claim.id)[0]
    name = case.source(evidence.claim(edge.parent).source).name
    sure = "" if edge.coded else f" with probability {percent(min(edge.probability, 0.99))}"
    return f", relaying {name}{sure}"


def _figure_leaf(named: Named, catalogue: Catalogue, figure: Figure) -> Leaf:
    titles = [catalogue.sources[s].title for s in figure.sources if s in catalogue.sources]
    address = next(
        (catalogue.sources[s].address for s in figure.sources if s in catalogue.sources), ""
    )
    codes = " / ".join(figure.evidence)
    marks = " unverified" if figure.unverified else ""
    if figure.filled:
        marks += f"; {' and '.join(figure.filled)} from the default band '{figure.convention}'"
    values = " / ".join(
        "-" if v is None else as_given(v) for v in (figure.low, figure.likely, figure.high)
    )
    owner = named.system(figure.id.split(".", maxsplit=1)[0])
    text = (
        f"{owner}, {figure.name}: {values} {figure.unit} "
        f"(low / likely / high; evidence {codes}{marks})"
    )
    return Leaf(
        f"catalogue:{figure.id}", "catalogue", text, "; ".join(titles) or figure.remark, address,
        figure.where,
    )  # fmt: skip


def band_words(band: Band) -> str:
    """``0.2 to 0.5 to 0.8``: low, likely if there is one, and high."""
    values = [band.low, band.high] if band.likely is None else [band.low, band.likely, band.high]
    return " to ".join(as_given(v) for v in dict.fromkeys(values))
