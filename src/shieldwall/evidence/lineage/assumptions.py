"""What lineage takes for granted: one table, each row with its reason, all shown to the reader.

The weights were fitted together on the three coded cases (relays removed, credits hidden in half of
the claims) and on generated corpora, held near values set beforehand by a Gaussian prior, then
rounded. ``docs/lineage.md`` says how well they do on cases that the fit had not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.case.records import Assumption, Band

WHERE = "evidence/lineage/assumptions.py"


@dataclass(frozen=True)
class Weight:
    """Nats that one feature adds to the log odds."""

    name: str
    nats: float
    feature: str
    reason: str


_PAIR = (
    Weight("named", 4.4, "its credit names the other's source (0 to 1 by fit)",
           "Whoever names a source has mostly read it."),
    Weight("named_else", -2.3, "as above, but the other claim is about another thing",
           "Then the claim that was repeated is likely not in the case."),
    Weight("noted", 1.4, "its credit stands in the note on the other's source",
           "Officials speak through papers; the note says through which."),
    Weight("upstream", 1.2, "the name of its source says that it copies the other ('copy of')",
           "Copies and summaries name what they copy."),
    Weight("copy", 1.9, "share of word triples in common (0 to 1)",
           "Independent reports seldom share wording."),
    Weight("names", 0.1, "rare names and numbers in common, per 4 nats of rarity, to 16",
           "They survive translation; the share below carries most of it."),
    Weight("words", 0.3, "rare plain words in common, per 4 nats of rarity, to 16",
           "Shared details, within one language only."),
    Weight("names_share", 2.7, "share of its rare names and numbers that the other has",
           "A relay has little that its parent lacks."),
    Weight("agree", 2.0, "the same figure", "Relays keep figures; so do independent true reports."),
    Weight("differ", -1.0, "another figure (0 to 1 by distance)", "Relays err seldom."),
    Weight("error", 0.5, "a figure that most others contradict, in nats",
           "Independent reports do not share errors."),
    Weight("material", 6.0, "the same image, video or track of the same event",
           "One image is one origin."),
    Weight("materials_differ", -2.0, "different images, videos or tracks",
           "A relay shows what its parent shows."),
    Weight("address", 0.8, "read at the same address, by another source",
           "Origins are often read in the pages that relay them."),
    Weight("source", -1.7, "the same source, without common material",
           "Sources seldom repeat themselves as news."),
    Weight("about_far", -3.6, "about another kind of thing", "A relay speaks of the same thing."),
    Weight("system_open", -1.1, "only one names a system", "Details are dropped, seldom added."),
    Weight("systems_differ", -2.6, "different systems", "Possible only by mistake."),
    Weight("place_open", -1.0, "only one names a place", "Details are dropped, seldom added."),
    Weight("places_differ", -4.5, "different places", "Possible only by mistake."),
    Weight("subject", 1.2, "the same person, registration or other subject",
           "Subjects are narrower than topics."),
    Weight("subjects_differ", 0.5, "the other is about a subject that it does not code",
           "Identities come up inside of other reports; rarely decisive."),
    Weight("silence", -2.5, "one asserts, the other denies, declines or did not see",
           "A relay keeps the sense."),
    Weight("parent_reports", -0.4, "the other is itself worded as a report",
           "Origins are repeated more than their echoes."),
    Weight("parent_primary", 0.9, "the other's source saw or decided for itself",
           "Officials, imagery, tracks and witnesses are what the press repeats."),
    Weight("events_apart", -1.5, "the two date what happened differently",
           "Different days are mostly different events."),
    Weight("before", 0.8, "log probability that the other was published before (0.5 if unknown)",
           "A relay comes later; an unknown time costs."),
    Weight("lag", -0.35, "log of one plus the days between them", "News is repeated within days."),
    Weight("crowd", 0.35, "log of how many speak of the same thing before it",
           "What many have said is seldom found anew."),
    Weight("link", 1.5, "chance that its article repeats the other's source elsewhere (0 to 1)",
           "Who relays one claim of an article relays its others."),
    Weight("copying", 1.0, "log odds from agreement on many other items (`copying.py`)",
           "A likelihood ratio as it stands."),
)  # fmt: skip

_OWN = (
    Weight("always", 4.8, "always", "Most pairs of claims are unrelated."),
    Weight("primary", 1.6, "its source is an official, imagery, a tracker or a witness",
           "These see or decide for themselves."),
    Weight("public", 1.0, "a distance or an identity", "Anybody can look these up."),
    Weight("weak_press", 0.2, "press graded D or E", "Tried, and found to tell nearly nothing."),
    Weight("unaddressed", -1.2, "press without an address", "What has no page is mostly copied."),
    Weight("dated_event", 0.3, "it dates what happened", "Origins date their facts more often."),
    Weight("reported", -1.8, "worded as reported", "The wording admits another's word."),
    Weight("guess", 1.3, "speculated", "Guesses are people's own."),
    Weight("says_relay", -4.5, "its text says that it relays", "It says so."),
    Weight("credits_known", -1.5, "credits a source of the case (0 to 1 by fit)",
           "What it repeats is likely at hand."),
    Weight("credits_stranger", 0.7, "credits somebody who is no source of the case",
           "What it repeats is likely not at hand: it stands for an origin of its own."),
    Weight("left_uncoded", 2.0, "the analyst coded relays in this case, and none here",
           "A look that found none; not proof, since relays are easily missed."),
    Weight("article_relays", -1.0, "share of its article's other claims that are relays",
           "Articles are mostly all relay or all report."),
)  # fmt: skip

_LOOK = (
    Weight("primary", 2.0, "its source is an official, imagery, a tracker or a witness",
           "These see or decide for themselves."),
    Weight("reported", -1.5, "worded as reported", "The wording admits another's word."),
    Weight("credits", -2.0, "it credits anybody", "It says so."),
    Weight("says_relay", -1.5, "its text says that it relays", "It says so."),
    Weight("dated", 0.8, "it dates what happened or was pictured",
           "Origins date their facts more often."),
    Weight("material", 1.5, "it rests on an image, video or track", "Origins show what they saw."),
    Weight("cited", 0.4, "each time that others credit its source", "Who is credited came first."),
    Weight("cited_most", 1.0, "the most that credits add", "One loud source credits often."),
    Weight("maker", 1.5, "its material bears its source's name", "Who made it came first."),
    Weight("exact_date", 0.5, "its date of publication is known to the day",
           "Origins are dated more often than their echoes."),
)  # fmt: skip

PAIR = {w.name: w.nats for w in _PAIR}
"""Feature of a claim and a possible parent -> nats for 'repeats it'."""
OWN = {w.name: w.nats for w in _OWN}
"""Feature of a claim -> nats for 'its own origin'."""


@dataclass(frozen=True)
class CopyingPriors:
    """What learning from agreement alone takes for granted before any report."""

    own_accuracy: float = 0.7
    own_weight: float = 4.0
    """A source by itself is right with this probability, worth so many reports for each class."""
    rate_alpha: float = 2.0
    rate_beta: float = 1.0
    """Beta prior of the share that a copier copies: mean two thirds."""
    fewest_shared: int = 20
    """Two sources are compared on this many common items or more."""


COPYING = CopyingPriors()

LOOK = {w.name: w.nats for w in _LOOK}
"""Feature of a claim -> points of originality, to settle who goes first where times overlap."""

SHARP = 1.5
"""How firmly looks decide who came first where times do not, for each point of originality."""

UNDATED = 2.0
"""What a missing date costs in originality."""

DEFAULTS = (
    *(
        Assumption(
            f"lineage_{w.name}", f"Repeats another claim: {w.feature} ({w.nats:+g} nats).",
            Band(w.nats, w.nats, w.nats), "nats", w.reason, WHERE,
        )
        for w in _PAIR
    ),
    *(
        Assumption(
            f"lineage_own_{w.name}", f"Own origin: {w.feature} ({w.nats:+g} nats).",
            Band(w.nats, w.nats, w.nats), "nats", w.reason, WHERE,
        )
        for w in _OWN
    ),
    *(
        Assumption(
            f"lineage_look_{w.name}", f"Looks like an origin where times overlap: {w.feature} "
            f"({w.nats:+g} points).",
            Band(w.nats, w.nats, w.nats), "points", w.reason, WHERE,
        )
        for w in _LOOK
    ),
    Assumption(
        "lineage_order_sharp", "Where times of publication do not decide who came first, looking "
        "like an origin by one point more counts so much.",
        Band(SHARP, SHARP, SHARP), "nats",
        "Two points are odds of twenty to one.", WHERE,
    ),
    Assumption(
        "lineage_order_undated", "A missing date costs this much originality when the order is "
        "made.", Band(UNDATED, UNDATED, UNDATED), "points",
        "An origin is dated more often than its echoes.", WHERE,
    ),
    Assumption(
        "copying_own", "A source by itself is right in 0.7 of its reports, with the weight of 4 "
        "reports for each class.", Band(0.7, 0.7, 0.7), "share",
        "Sources are rather right than wrong, or nothing could be learnt from agreement; a few "
        "dozen reports outweigh it.", WHERE,
    ),
    Assumption(
        "copying_share", "Any number of copiers among the sources is alike likely; copiers flock "
        "to who is copied already.", None, "",
        "How common copying is differs by field: it is left open.", WHERE,
    ),
    Assumption(
        "copying_rate", "A copier copies two thirds of its reports, give or take a quarter.",
        Band(0.2, 0.67, 0.97), "share",
        "Beta(2, 1): occasional copying is allowed, wholesale copying more usual.", WHERE,
    ),
)  # fmt: skip
"""Every row as an assumption for the report; they state what the product does."""
