"""Numbers of the evidence: weights, independent origins, what each source does, hypotheses."""

from __future__ import annotations

import math
from collections.abc import Container

from shieldwall.evidence.ach import Matrix
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.topics import Topic
from shieldwall.orbat.contributions import Change, Contribution
from shieldwall.orbat.records import HeldOdds, OrderOfBattle
from shieldwall.provenance import Ledger, Quantity
from shieldwall.trail.named import Named
from shieldwall.trail.rests import ERRORS, LOOKED, MAPPING, READ, REPEATS

RELAYS = "evidence.relays"
"""How many claims repeat another: what every count of origins, and every weight, rests on."""


def enter_evidence(
    ledger: Ledger, named: Named, evidence: Evidence, readings: Container[str] = ()
) -> None:
    """Enter the likelihood ratio of each origin and the number of origins.

    ``readings``: ids of claims that were read from images.
    """
    lineage = evidence.lineage
    ledger.quantity(
        Quantity(
            RELAYS, "Claims that repeat another",
            math.fsum(1 - lineage.own(c) for c in lineage.claims), None, None, "claims",
            "expected number: sum over all usable claims of the probability of repeating another, "
            "as the case codes it or as words, times and figures tell", REPEATS,
        )
    )  # fmt: skip
    charged = _charged(evidence)
    for origin, group in lineage.groups.items():
        weight, claim = evidence.weight(origin), evidence.claim(origin)
        looked = () if origin not in readings else LOOKED if claim.detection else READ
        grade = (f"claim:{c}" for c in charged.get(claim.source, ()) if c != origin)
        ledger.quantity(
            Quantity(
                f"weight.{origin}", f"What {named.claim(origin)} weighs by itself",
                weight.ratio.likely, weight.ratio.low, weight.ratio.high, "ratio",
                f"likelihood ratio; {'; '.join(weight.reasons)}",
                (f"claim:{origin}", *grade, *MAPPING, *ERRORS, *looked, RELAYS),
            )
        )  # fmt: skip
        if len(group) > 1:
            ledger.quantity(
                Quantity(
                    f"origins.{origin}",
                    f"Independent origins behind {named.claim(origin)} and those who repeat it",
                    lineage.effective(group), None, None, "origins",
                    "sum over its claims of the probability of repeating none",
                    (*(f"claim:{c}" for c in group), RELAYS),
                )
            )  # fmt: skip
    ledger.quantity(
        Quantity(
            "evidence.origins", "Independent origins in the case",
            lineage.effective(lineage.claims), None, None, "origins",
            "sum over all usable claims of the probability of repeating none",
            (*(f"claim:{c}" for c in lineage.groups), RELAYS),
        )
    )  # fmt: skip


def _charged(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """Source -> the claims of the errors that cost it grade."""
    found = {c.id: c.claims for c in evidence.contradictions}
    return {
        c.source: tuple(dict.fromkeys(id for e in c.errors for id in found[e]))
        for c in evidence.channels
        if c.hand != c.computed
    }


def topic_id(topic: Topic) -> str:
    """The id of a topic's probability: its attribute and its weightiest origin."""
    return f"topic.{topic.about}.{topic.origins[0]}"


def enter_topics(ledger: Ledger, named: Named, found: tuple[Topic, ...]) -> None:
    """Enter how sure each attribute of other things is, by its own origins."""
    for topic in found:
        ledger.quantity(
            Quantity(
                topic_id(topic), _topic(named, topic),
                topic.probability, None, None, "probability",
                f"from even odds, by {topic.independent:.3g} independent origins; one a source",
                tuple(
                    f"weight.{o}" if f"weight.{o}" in ledger.quantities else f"claim:{o}"
                    for o in topic.origins
                ),
            )
        )  # fmt: skip


def _topic(named: Named, topic: Topic) -> str:
    thing = named.system(topic.system) if topic.system else named.place(topic.place or "")
    return f"{topic.about.capitalize()} of {thing}, as {named.claim(topic.origins[0])} has it"


def enter_bits(ledger: Ledger, named: Named, held: tuple[HeldOdds, ...]) -> None:
    """Enter with how many bits each origin speaks for a system being in the country."""
    for odds in held:
        for origin, bits in odds.bits:
            weighed = f"weight.{origin}"
            ledger.quantity(
                Quantity(
                    f"bits.{odds.system}.{origin}",
                    f"What {named.claim(origin)} says of the {named.system(odds.system)}",
                    bits, None, None, "bits",
                    "log2 of its likelihood ratio as it enters: less where it may be a relay, old, "
                    "or of a place only; above zero speaks for it",
                    (weighed if weighed in ledger.quantities else f"claim:{origin}",),
                )
            )  # fmt: skip


def without_id(source: str, changed: str) -> str:
    """The id of a probability with one source left out."""
    return f"without.{source}.{changed}"


def share_id(system: str) -> str:
    """The id of the mean share of a system that works, by the evidence alone."""
    return f"orbat.{system}.share"


def enter_contributions(
    ledger: Ledger, named: Named, by_source: tuple[Contribution, ...], orbat: OrderOfBattle
) -> None:
    """Enter each probability and share that a source moves, as it would be without that source.

    Places that the order of battle does not list, since the evidence is against them, have none.
    """
    listed = {u.id for u in orbat.units}
    for piece in by_source:
        for change in piece.shares:
            _enter_share(ledger, named, piece, change)
    for piece in by_source:
        claims = tuple(f"claim:{c}" for c in piece.claims)
        units = tuple(c for c in piece.units if c.id in listed)
        for kind, changes in (("held", piece.held), ("fused", units)):
            for change in changes:
                ledger.quantity(
                    Quantity(
                        without_id(piece.key, change.id),
                        f"{named.unit(change.id)}, without {named.source(piece.key)}",
                        change.without, None, None, "probability",
                        f"fused again without the source and what relays it; "
                        f"{change.with_it:.3f} with it",
                        (f"orbat.{change.id}.{kind}", *claims),
                    )
                )  # fmt: skip


def _enter_share(ledger: Ledger, named: Named, piece: Contribution, change: Change) -> None:
    claims = tuple(f"claim:{c}" for c in piece.claims)
    whole = share_id(change.id)
    if whole not in ledger.quantities:
        ledger.quantity(
            Quantity(
                whole, f"Share of {named.system(change.id)} that works", change.with_it, None,
                None, "share",
                "mean of the posterior share, by all that is published of it", change.rests,
            )
        )  # fmt: skip
    ledger.quantity(
        Quantity(
            without_id(piece.key, f"{change.id}.share"),
            f"{named.system(change.id)} works, without {named.source(piece.key)}",
            change.without, None, None, "share", "the same without the source and what relays it",
            (whole, *claims),
        )
    )  # fmt: skip


def enter_matrices(ledger: Ledger, matrices: tuple[Matrix, ...]) -> None:
    """Enter what each observation does to each hypothesis, and where these stand."""
    for found in matrices:
        base = f"ach.{found.question}"
        answers = {s.hypothesis: s.text.rstrip(".") for s in found.standings}
        for row in found.rows:
            claims = tuple(f"claim:{c}" for c in row.claims)
            for cell in row.cells:
                ledger.quantity(
                    Quantity(
                        f"{base}.{row.id}.{cell.hypothesis}",
                        f"“{row.observation.rstrip('.')}”, if "
                        f"“{answers.get(cell.hypothesis, cell.hypothesis)}”",
                        cell.bits.likely, cell.bits.low, cell.bits.high, "bits",
                        f"log2 of its likelihood against {found.baseline}; {row.reason}",
                        (*claims, "assumption:ach_uttered"),
                    )
                )  # fmt: skip
        for standing in found.standings:
            cells = tuple(f"{base}.{row.id}.{standing.hypothesis}" for row in found.rows)
            ledger.quantity(
                Quantity(
                    f"{base}.{standing.hypothesis}", standing.text, standing.posterior.likely,
                    standing.posterior.low, standing.posterior.high, "probability",
                    f"prior {standing.prior:.2f}; band over the coded likelihoods",
                    (*cells, "assumption:ach_independent"),
                )
            )  # fmt: skip
