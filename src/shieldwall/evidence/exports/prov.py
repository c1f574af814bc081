"""How each claim came to be, as W3C PROV-JSON (member submission of 24 April 2013).

Documents, claims and imagery readings are entities; sources and reviewers are agents; each review
is an activity. A claim is attributed to its source, derived from its document and from the claims
it may repeat, the latter with their probability.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from shieldwall import __version__
from shieldwall.case.records import Claim, Moment
from shieldwall.evidence.exports.records import Exported
from shieldwall.evidence.store.records import Decision

NAMESPACE = "urn:shieldwall:"
SOFTWARE = "sw:shieldwall"

Records = dict[str, dict[str, dict[str, Any]]]


def prov_text(exported: Exported) -> str:
    """The whole graph, keys sorted: the same case gives the same bytes."""
    records: Records = {
        "entity": {}, "agent": {}, "activity": {}, "used": {}, "wasAttributedTo": {},
        "wasGeneratedBy": {}, "wasAssociatedWith": {}, "wasDerivedFrom": {},
    }  # fmt: skip
    _sources(exported, records)
    _documents(exported, records)
    for claim in exported.claims:
        _claim(exported, claim, records)
    _relays(exported, records)
    claims = {claim.id: claim for claim in exported.claims}
    for decision in exported.decisions:
        if decision.claim in claims:
            _review(decision, claims[decision.claim], records)
    prefixes = {"sw": NAMESPACE, **{kind: f"{NAMESPACE}{kind}:" for kind in _KINDS}}
    document = {"prefix": prefixes, **{key: each for key, each in records.items() if each}}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


_KINDS = ("claim", "document", "source", "reviewer", "review")


def _sources(exported: Exported, records: Records) -> None:
    for source in exported.case.sources:
        records["agent"][f"source:{source.id}"] = _known(
            {
                "prov:label": source.name,
                "sw:family": source.family,
                "sw:reliability": source.reliability,
                "sw:interest": source.interest,
            }
        )


def _documents(exported: Exported, records: Records) -> None:
    for document in exported.documents:
        first = document.seen[0]
        records["entity"][f"document:{document.sha256}"] = _known(
            {
                "prov:type": _name("prov:PrimarySource"),
                "prov:label": PurePath(first.name).name,
                "sw:address": first.address,
                "sw:retrieved": _instant(first.retrieved.isoformat()) if first.retrieved else None,
                "sw:mediaType": document.media_type,
                "sw:language": document.language,
                "sw:date": document.date,
                "sw:textSha256": document.text_sha256,
            }
        )


def _claim(exported: Exported, claim: Claim, records: Records) -> None:
    id = f"claim:{claim.id}"
    times = ("event", "acquisition", "publication", "ingestion")
    records["entity"][id] = _known(
        {
            "prov:type": _name("sw:Reading" if exported.is_reading(claim) else "sw:Claim"),
            "prov:label": claim.statement,
            "sw:about": claim.about,
            "sw:modality": claim.modality,
            "sw:credibility": claim.credibility,
            "sw:system": claim.system,
            "sw:place": claim.place,
            "sw:saidBy": claim.said_by,
            "sw:material": claim.material,
            "sw:address": claim.address,
            "sw:readBy": claim.read_by,
            **{f"sw:{name}": _text(getattr(claim, name)) for name in times},
        }
    )
    records["wasAttributedTo"][f"_:said-{claim.id}"] = {
        "prov:entity": id,
        "prov:agent": f"source:{claim.source}",
    }
    if claim.document is not None:
        document = f"document:{claim.document}"
        # Named by the case though the store may be elsewhere: an entity known by its hash alone.
        records["entity"].setdefault(document, {"prov:type": _name("prov:PrimarySource")})
        derived: dict[str, Any] = {"prov:generatedEntity": id, "prov:usedEntity": document}
        if claim.span is not None:
            derived |= {"sw:start": claim.span[0], "sw:end": claim.span[1]}
        records["wasDerivedFrom"][f"_:read-{claim.id}"] = derived


def _relays(exported: Exported, records: Records) -> None:
    for edge in exported.lineage.edges:
        records["wasDerivedFrom"][f"_:relays-{edge.claim}-{edge.parent}"] = {
            "prov:generatedEntity": f"claim:{edge.claim}",
            "prov:usedEntity": f"claim:{edge.parent}",
            "prov:type": _name("sw:Relay"),
            "sw:probability": {"$": f"{edge.probability:.6g}", "type": "xsd:double"},
            "sw:reasons": "; ".join(edge.reasons),
            "sw:coded": edge.coded,
        }


def _review(decision: Decision, claim: Claim, records: Records) -> None:
    review = f"review:{decision.proposal}"
    agents = {"with": SOFTWARE}
    records["agent"][SOFTWARE] = {
        "prov:type": _name("prov:SoftwareAgent"),
        "prov:label": f"Shieldwall {__version__}",
    }
    if claim.read_by == "analyst":  # else nobody has reviewed it
        agents["by"] = f"reviewer:{_local(decision.actor)}"
        person = {"prov:type": _name("prov:Person"), "prov:label": decision.actor}
        records["agent"][agents["by"]] = person
    records["activity"][review] = {"prov:endTime": decision.at, "sw:verdict": decision.verdict}
    records["wasGeneratedBy"][f"_:made-{decision.claim}"] = {
        "prov:entity": f"claim:{claim.id}",
        "prov:activity": review,
        "prov:time": decision.at,
    }
    for who, agent in agents.items():
        records["wasAssociatedWith"][f"_:{who}-{decision.proposal}"] = {
            "prov:activity": review,
            "prov:agent": agent,
        }
    derived = records["wasDerivedFrom"].get(f"_:read-{decision.claim}")
    if derived is not None:
        records["used"][f"_:used-{decision.proposal}"] = {
            "prov:activity": review,
            "prov:entity": derived["prov:usedEntity"],
        }


def _local(name: str) -> str:
    """A person's name as the local part of a qualified name; letters stay, the rest is escaped."""
    return "".join(c if c.isalnum() else f"_{ord(c):x}_" for c in name)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _instant(text: str) -> dict[str, str]:
    return {"$": text, "type": "xsd:dateTime"}


def _text(moment: Moment | None) -> str | None:
    """A time as published: text, since PROV knows no time of a month's precision."""
    return None if moment is None else moment.text
