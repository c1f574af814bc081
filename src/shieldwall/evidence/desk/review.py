"""Going through open drafts in a terminal, or through a pipe: one line, one key."""

from __future__ import annotations

import shutil
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from typing import Any

from shieldwall.errors import InputError
from shieldwall.evidence.desk.alike import Likeness, likenesses
from shieldwall.evidence.desk.decisions import Accepted, Desk
from shieldwall.evidence.desk.drafts import as_claim, unresolved
from shieldwall.evidence.desk.form import Ask, EndedError, Say, edit, told
from shieldwall.evidence.desk.showing import about_document, safe, shown
from shieldwall.evidence.store import Proposal

PROMPT = "a accept, e edit, r reject, s skip, u undo, q quit, ? help > "
HELP = """\
  a          accept: the claim is written into claims.toml as shown
  e          edit field by field, then it is accepted
  r REASON   reject: it is no claim of this case; the reason is kept, and may be left out
  s          skip: it stays open
  u          undo the last accept or reject of this session
  q          quit; what was decided is kept
  ?          this help"""


@dataclass
class Tally:
    """What was done in a session."""

    accepted: list[str] = field(default_factory=list)
    rejected: int = 0
    skipped: int = 0
    left: int = 0

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"ok": True, **vars(self)}

    def __str__(self) -> str:
        return (
            f"{len(self.accepted)} accepted, {self.rejected} rejected, {self.skipped} skipped; "
            f"{self.left} still open"
        )


@dataclass(frozen=True)
class Unreviewed:
    """What ``--accept`` did."""

    accepted: tuple[str, ...]
    left: tuple[dict[str, Any], ...]
    """Drafts that the case cannot hold as they are, with what is wrong; they stay open."""

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"ok": True, **asdict(self)}

    def __str__(self) -> str:
        lines = [f"{len(self.accepted)} accepted unreviewed, marked as machine-read"]
        lines += [f"  {id}" for id in self.accepted]
        if self.left:
            lines.append(f"{len(self.left)} stay open:")
        for each in self.left:
            lines.append(f"  {each['name']} {each['start']}-{each['end']}: {each['text']}")
            lines += [f"    {problem}" for problem in each["problems"]]
        return "\n".join(lines)


def accept_all(desk: Desk) -> Unreviewed:
    """Accept every open draft as it is."""
    desk.catch_up()
    accepted, left = desk.accept_all()
    return Unreviewed(
        tuple(each.claim.id for each in accepted),
        tuple({**_about(desk, p), "problems": [told(each) for each in wrong]} for p, wrong in left),
    )


def listed(desk: Desk) -> dict[str, Any]:
    """The open drafts as plain data, each with the claim it would become."""
    drafts = [
        {
            **_about(desk, proposal),
            "claim": as_claim(fields := desk.fields(proposal)),
            "unknown": unresolved(proposal, desk.case),
            "problems": [told(each) for each in desk.problems(proposal, fields)],
        }
        for proposal in desk.drafts()
    ]
    return {"ok": True, "open": drafts}


def _about(desk: Desk, proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal": proposal.id,
        "document": proposal.document,
        "name": desk.documents[proposal.document].seen[0].name,
        "start": proposal.start,
        "end": proposal.end,
        "text": safe(proposal.text),
    }


class Review:
    """One session at the desk."""

    def __init__(self, desk: Desk, ask: Ask, say: Say, colour: bool = False) -> None:
        self.desk, self.ask, self.say, self.colour = desk, ask, say, colour
        self.tally = Tally()
        self._alike: dict[str, tuple[Likeness, ...]] = likenesses(desk.store)
        self._done: list[tuple[Proposal, Accepted | None]] = []
        self._claims = Counter(claim.document for claim in desk.case.claims)
        self._width = min(100, shutil.get_terminal_size((100, 24)).columns)

    def run(self) -> Tally:
        """Go through the open drafts until they or the input end."""
        for claim in self.desk.catch_up():
            self.say(f"{claim}: found in claims.toml; its decision is now recorded")
        for claim in self.desk.missing():
            self.say(f"{claim}: was accepted, but stands in claims.toml no more")
        waiting = deque(self.desk.drafts())
        total, number = len(waiting), 0
        while waiting:
            proposal = waiting.popleft()
            number = total - len(waiting)
            step = self._one(proposal, f"{number} of {total}")
            if step == "quit":
                break
            if step == "undo":
                waiting.appendleft(proposal)
                waiting.appendleft(self._undone())
        self.tally.left = len(self.desk.drafts())
        return self.tally

    def _one(self, proposal: Proposal, number: str) -> str:
        """Show a draft and take keys until one settles it: ``next``, ``undo`` or ``quit``."""
        fields = self.desk.fields(proposal)
        self._show(proposal, fields, number)
        while True:
            answer = self.ask(PROMPT)
            if answer is None:
                return "quit"
            key, _, rest = answer.strip().partition(" ")
            if key in ("a", "e"):
                if self._accepted(proposal, fields, key == "e"):
                    return "next"
            elif key == "r":
                self.desk.reject(proposal, safe(rest)[:500])
                self.tally.rejected += 1
                self._done.append((proposal, None))
                return "next"
            elif key == "s":
                self.tally.skipped += 1
                return "next"
            elif key == "q":
                return "quit"
            elif key == "u":
                if self._can_undo():
                    return "undo"
            else:
                self.say(HELP)

    def _show(self, proposal: Proposal, fields: dict[str, Any], number: str) -> None:
        document = self.desk.documents[proposal.document]
        known = self._alike.get(document.sha256, ())
        lines = about_document(document, known, self._claims[document.sha256])
        notes = unresolved(proposal, self.desk.case)
        attribution = self.desk.attribution(proposal)
        if attribution.new is not None:
            notes.append(f"source {attribution.id} is new: {attribution.why}")
        parent = self.desk.relayed(fields)
        if parent is not None:
            notes.append(f"{parent[1]:.0%} of its wording stands in that of claim {parent[0]}")
        text = self.desk.store.text(proposal.document)
        self.say(
            shown(number, proposal, text, fields, lines, notes, self.colour, self._width)
        )  # fmt: skip

    def _accepted(self, proposal: Proposal, fields: dict[str, Any], edited: bool) -> bool:
        """Accept the draft, edited or as it is; False where it cannot be."""
        if edited:
            desk = self.desk
            try:
                new = edit(
                    fields, desk.case, desk.catalogue,
                    lambda tried: desk.problems(proposal, tried), self.ask, self.say,
                )  # fmt: skip
            except EndedError:
                self.say("  input ended: the edit is not kept")
                return False
        else:
            new = fields
        problems = self.desk.problems(proposal, new)
        if problems:
            self.say("  not accepted; edit it first:")
            for problem in problems:
                self.say(f"    {told(problem)}")
            return False
        changed = new != fields
        accepted = self.desk.accept(proposal, new, "edited" if changed else "accepted")
        self._done.append((proposal, accepted))
        self._claims[proposal.document] += 1
        self.tally.accepted.append(accepted.claim.id)
        self.say(f"  claim {accepted.claim.id} is in claims.toml")
        return True

    def _can_undo(self) -> bool:
        """Take the last decision back; False, with the reason said, where that cannot be."""
        if not self._done:
            self.say("  nothing of this session to undo")
            return False
        proposal, accepted = self._done[-1]
        try:
            self.desk.undo(proposal, accepted)
        except InputError as error:
            self.say(f"  {error}")
            return False
        return True

    def _undone(self) -> Proposal:
        """The draft whose decision was just taken back."""
        proposal, accepted = self._done.pop()
        if accepted is None:
            self.tally.rejected -= 1
            self.say("  the rejection is taken back")
        else:
            self.tally.accepted.remove(accepted.claim.id)
            self._claims[proposal.document] -= 1
            self.say(f"  claim {accepted.claim.id} is taken out of claims.toml")
        return proposal
