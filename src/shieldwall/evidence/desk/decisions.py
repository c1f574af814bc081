"""What is done with a draft: accepted, rejected, taken back. Text first, store second."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from shieldwall.case.load import load_case
from shieldwall.case.records import Case
from shieldwall.case.tables import CatalogueIds
from shieldwall.errors import Problem
from shieldwall.evidence.desk.drafts import (
    TAKEN_BACK,
    as_claim,
    completed,
    open_drafts,
    standing_decisions,
)
from shieldwall.evidence.desk.relays import Relays
from shieldwall.evidence.desk.sources import Attribution, attribute
from shieldwall.evidence.desk.writing import (
    PROPOSAL_DIGITS,
    NewClaim,
    checked,
    take_back,
    write,
)
from shieldwall.evidence.store import Proposal, Store, StoredDocument, Verdict

Fields = dict[str, Any]


@dataclass(frozen=True)
class Accepted:
    """A draft that became a claim, with all that is needed to take it back."""

    proposal: Proposal
    claim: NewClaim
    fields: Mapping[str, Any]


class Desk:
    """A case, its store, and what is decided between them."""

    def __init__(
        self, folder: Path, catalogue: CatalogueIds, store: Store, source: str | None = None
    ) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.store = store
        self.case: Case = load_case(folder, catalogue)
        self.documents: dict[str, StoredDocument] = {d.sha256: d for d in store.documents()}
        self._relays = Relays(self.case, store)
        self._source = source
        self._attributions: dict[str, Attribution] = {}

    def drafts(self) -> list[Proposal]:
        """The open drafts, in the order in which they are gone through."""
        return open_drafts(self.store)

    def attribution(self, proposal: Proposal) -> Attribution:
        """The source of a draft's document."""
        document = proposal.document
        if document not in self._attributions:
            given = self._source or self.documents[document].more.get("source")
            found = attribute(self.case, self.documents[document], given)
            self._attributions[document] = found
        return self._attributions[document]

    def fields(self, proposal: Proposal, read_by: str | None = None) -> Fields:
        """The flat fields of the claim a draft would become, with what it relays word for word."""
        document = self.documents[proposal.document]
        said_by = self.attribution(proposal)
        fields = completed(proposal, document, said_by, self.case, read_by)
        parent = self._relays.parent(fields)
        if parent is not None:
            fields["relays"] = parent[0]
        return fields

    def relayed(self, fields: Mapping[str, Any]) -> tuple[str, float] | None:
        """The accepted claim whose words ``fields`` repeats, with the share it repeats."""
        return self._relays.parent(fields)

    def problems(self, proposal: Proposal, fields: Fields) -> list[Problem]:
        """What is wrong with the claim as it stands; empty where it may be accepted."""
        new = self._new(proposal, fields)
        return checked(self.folder, self.catalogue, [new])[1].get(new.id, [])

    def accept(self, proposal: Proposal, fields: Fields, verdict: Verdict) -> Accepted:
        """Write one claim that has no ``problems``. Raises ``OutputError``."""
        new = self._new(proposal, fields)
        case, wrong = checked(self.folder, self.catalogue, [new])
        if case is None:
            raise ValueError(f"accept() of a claim with problems: {wrong}")
        write(self.folder, [new])
        self.store.decide(proposal.id, verdict, claim=new.id, text=new.block)
        self._now(case)
        self._relays.add(fields)
        return Accepted(proposal, new, fields)

    def accept_all(self) -> tuple[list[Accepted], list[tuple[Proposal, list[Problem]]]]:
        """Accept every open draft unreviewed, marked as machine-read, in one write.

        Those the case cannot hold stay open and are returned with what is wrong.
        """
        taken: list[Accepted] = []
        left: list[tuple[Proposal, list[Problem]]] = []
        for proposal in self.drafts():
            fields = self.fields(proposal, read_by="machine")
            self._relays.add(fields)
            taken.append(Accepted(proposal, self._new(proposal, fields), fields))
        while taken:
            case, wrong = checked(self.folder, self.catalogue, [each.claim for each in taken])
            if case is not None:
                break
            left += [(a.proposal, wrong[a.claim.id]) for a in taken if a.claim.id in wrong]
            taken = [self._without(each, wrong) for each in taken if each.claim.id not in wrong]
        if taken and case is not None:
            write(self.folder, [each.claim for each in taken])
            with self.store.together():
                for each in taken:
                    self.store.decide(
                        each.proposal.id, "accepted", claim=each.claim.id, text=each.claim.block,
                        reason="accepted unreviewed",
                    )  # fmt: skip
            self._now(case)
        return taken, left

    def _without(self, accepted: Accepted, gone: Container[str]) -> Accepted:
        """The same claim, relaying none of those that are not written after all."""
        if accepted.fields.get("relays") not in gone:
            return accepted
        fields = {key: value for key, value in accepted.fields.items() if key != "relays"}
        return Accepted(accepted.proposal, self._new(accepted.proposal, fields), fields)

    def reject(self, proposal: Proposal, reason: str = "") -> None:
        """Record that a draft is no claim of this case."""
        self.store.decide(proposal.id, "rejected", reason=reason)

    def undo(self, proposal: Proposal, accepted: Accepted | None) -> None:
        """Open a decided draft again; an accepted one is taken out of the text.

        Raises ``InputError`` where a person has changed its text since.
        """
        if accepted is not None:
            take_back(self.folder, self.catalogue, accepted.claim)
            self._relays.drop(accepted.claim.id)
            self._now(load_case(self.folder, self.catalogue))
        self.store.decide(proposal.id, "rejected", reason=TAKEN_BACK)

    def _new(self, proposal: Proposal, fields: Fields) -> NewClaim:
        document = self.documents[proposal.document]
        attribution = self.attribution(proposal)
        fresh = attribution.new if fields.get("source") == attribution.id else None
        read = "Machine-read" if fields.get("read_by") == "machine" else "Read"
        # Without its folders: the text is committed and shared, this machine's paths are not.
        name = PurePath(document.seen[0].name).name
        remark = f"{read} in {name}, characters {proposal.start}-{proposal.end}."
        return NewClaim(as_claim(fields), remark, fresh)

    def _now(self, case: Case) -> None:
        """Go on with the case as it stands after a change."""
        self.case = case
        known = {source.id for source in case.sources}
        self._attributions = {
            document: replace(each, new=None) if each.id in known else each
            for document, each in self._attributions.items()
            if each.id in known or each.new is not None
        }

    def catch_up(self) -> tuple[str, ...]:
        """Record decisions whose claim was written before a kill; returns the claims' ids."""
        written: dict[str, str] = {c.id[-PROPOSAL_DIGITS:]: c.id for c in self.case.claims}
        texts: Sequence[tuple[Proposal, str]] = [
            (proposal, written[proposal.id[:PROPOSAL_DIGITS]])
            for proposal in open_drafts(self.store)
            if proposal.id[:PROPOSAL_DIGITS] in written
        ]
        for proposal, claim in texts:
            self.store.decide(
                proposal.id, "accepted", claim=claim, text=self._block(claim),
                reason="found written; its decision was lost",
            )  # fmt: skip
        return tuple(claim for _, claim in texts)

    def _block(self, id: str) -> str:
        from shieldwall.case.render import render_claim

        return render_claim(self.case.claim(id))

    def missing(self) -> tuple[str, ...]:
        """Claims that were accepted and stand in the text no more."""
        known = {claim.id for claim in self.case.claims}
        decided = standing_decisions(self.store).values()
        return tuple(d.claim for d in decided if d.claim is not None and d.claim not in known)
