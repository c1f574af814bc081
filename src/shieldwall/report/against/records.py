"""What an entry is made of, and what kinds there are, by what they change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["network", "meaning", "events", "worth"]
Kind = Literal[
    "presence", "forecast", "availability", "control", "count", "people", "reading", "dispute",
    "time", "merged", "conduct", "silence", "relay", "track", "altered", "record", "grade",
    "distance", "picture", "outcome", "furniture",
]  # fmt: skip
How = Literal["value", "words", "bare", "signed", "band"]

GROUPS: dict[Group, str] = {
    "network": "What is there, what of it works, and in whose hands",
    "meaning": "What it is for",
    "events": "What happened, when and where",
    "worth": "Who says so, and how far that carries",
}


@dataclass(frozen=True)
class KindOf:
    """One kind of disagreement."""

    name: str
    group: Group
    tier: int
    """1: what the network can do; 2: how much and what for; 3: an event; 4: how many origins;
    5: a single fact, or the worth of a channel."""


KINDS: dict[Kind, KindOf] = {
    "presence": KindOf("stated as fact", "network", 1),
    "availability": KindOf("works, not only there", "network", 1),
    "control": KindOf("whose hands", "network", 1),
    "forecast": KindOf("what it comes to", "network", 2),
    "outcome": KindOf("how it came out", "network", 2),
    "count": KindOf("how many", "network", 2),
    "people": KindOf("how many people", "network", 2),
    "reading": KindOf("which reading", "meaning", 2),
    "dispute": KindOf("what for", "meaning", 2),
    "silence": KindOf("silence", "meaning", 3),
    "time": KindOf("when", "events", 3),
    "merged": KindOf("two run together", "events", 3),
    "conduct": KindOf("word and conduct", "events", 3),
    "track": KindOf("what was not seen", "events", 4),
    "distance": KindOf("how far", "events", 5),
    "relay": KindOf("one origin", "worth", 4),
    "altered": KindOf("changed in repeating", "worth", 5),
    "record": KindOf("matter of record", "worth", 5),
    "grade": KindOf("grade", "worth", 5),
    "picture": KindOf("picture", "worth", 5),
    "furniture": KindOf("page furniture", "worth", 5),
}
"""What comes of believing a document decides the order: first what the network could do, then how
much of it there is and why, then events, then how far the telling carries."""


@dataclass(frozen=True)
class Number:
    """A figure of the ledger, printed as it stands there."""

    id: str
    how: How = "value"


@dataclass(frozen=True)
class Linked:
    """Words that lead to an id of the ledger: a figure's, or ``claim:...``."""

    id: str
    text: str


Part = str | Number | Linked


@dataclass(frozen=True)
class Entry:
    """One thing a document says that the assessment does not bear out as it stands."""

    kind: Kind
    document: str
    """The source that is the document."""
    claims: tuple[str, ...]
    """What it says: its own claims; none of what its page holds beside its text."""
    held: tuple[str, ...]
    """Claims it is held against: origins, and who says otherwise."""
    finds: tuple[Part, ...]
    """What the assessment concludes."""
    why: str
    """In one sentence."""
    size: float
    """How large the difference is beside others of its tier, 0 to 1."""
    systems: tuple[str, ...] = ()
    says: str = ""
    """In place of the claims' statements, where these would say too much."""

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures it rests on, in the order of printing, each once."""
        parts = (p.id for p in self.finds if not isinstance(p, str))
        return tuple(dict.fromkeys(i for i in parts if not i.startswith("claim:")))


def rank(entry: Entry) -> tuple[int, float, str, tuple[str, ...]]:
    """The largest consequence first; then a steady order."""
    return KINDS[entry.kind].tier, -round(entry.size, 6), entry.kind, entry.claims
