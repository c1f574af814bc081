"""What is there, how many, what of it works, and who operates it: as told and as concluded."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.records import Claim
from shieldwall.evidence.contradictions.count import bounds, in_words
from shieldwall.orbat.records import HeldOdds
from shieldwall.report.against.documents import SHARP, THERE, Read, behind, ids, stated
from shieldwall.report.against.records import Entry, Linked, Number, Part
from shieldwall.report.words import count, percent

WEAK = 10.0
"""A likelihood ratio below which an origin is called weak: ten to one."""
FEW = 4
"""Origins named in one cell; more would hide the point."""


def presences(read: Read) -> Iterator[Entry]:
    """Systems stated to be there whose odds fall short of very likely."""
    order = read.assessment.order_of_battle
    for document, own in read.each():
        at: dict[str, list[Claim]] = {}
        for claim in stated(own, *THERE):
            at.setdefault(claim.system or "", []).append(claim)
        for held in (h for h in order.held if h.system in at):
            units = {u.place: u for u in order.units if u.system == held.system}
            lines: list[Part] = []
            short_of: list[tuple[float, Claim]] = []
            if held.held < SHARP:
                short_of = [(held.held, c) for c in at[held.system]]
                lines = _in_country(read, held)
            else:
                for claim in at[held.system]:
                    unit = units.get(claim.place or "")
                    if unit is not None and unit.presence < SHARP:
                        short_of.append((unit.presence, claim))
                        place = read.place(unit.place)
                        lines += [
                            f"{place}: ", Number(f"orbat.{unit.id}.presence", "words"), ". ",
                        ]  # fmt: skip
            if short_of:
                claims = [c for _, c in short_of]
                yield _presence(read, document, held, claims, lines, min(p for p, _ in short_of))


def _in_country(read: Read, held: HeldOdds) -> list[Part]:
    name = read.system(held.system)
    figure = Number(f"orbat.{held.system}.held", "words")
    return [f"That the country holds {name} is ", figure, ". "]


def _presence(
    read: Read, document: str, held: HeldOdds, claims: list[Claim], lines: list[Part], odds: float
) -> Entry:
    origins = list(dict.fromkeys(o for c in claims if (o := read.another(c)) is not None))
    doubts = [o for o, bits in sorted(held.bits, key=lambda b: (b[1], b[0])) if bits < 0][:FEW]
    finds = list(lines)
    for n, origin in enumerate(origins[:FEW]):
        who = read.who(read.evidence.claim(origin).source)
        one, printed = behind(read, origin, "one origin" if len(origins) == 1 else who)
        finds += ["Behind it: " if n == 0 else "; ", one]
        finds += [f" ({who}), {printed}" if len(origins) == 1 else f", {printed}"]
    finds += [". "] if origins else []
    for n, doubt in enumerate(doubts):
        finds += ["Against it: " if n == 0 else ", ", read.linked(doubt), " ("]
        finds += [Number(f"bits.{held.system}.{doubt}", "signed"), " bits)"]
    finds += ["."] if doubts else []
    why = "It is as sure as its origins are, however often it is printed"
    gains = next((o for o in origins if read.interest(o)), None)
    if gains is not None:
        who = read.who(read.evidence.claim(gains).source)
        why += f"; {who} has an interest: {_lower(read.interest(gains))}"
    return Entry(
        "presence", document, ids(claims), (*origins, *doubts), tuple(finds), f"{why}.",
        1 - odds, (held.system,),
    )  # fmt: skip


def availability(read: Read) -> Iterator[Entry]:
    """Systems told of as a force, of which a published share works."""
    said = [
        c for c in read.evidence.claims
        if c.about == "serviceability" and c.count is not None and c.count.unit == "share"
    ]  # fmt: skip
    order = read.assessment.order_of_battle
    for document, own in read.each():
        named = {c.system for c in stated(own, *THERE)}
        joined = stated(own, "connection")
        radars = read.assessment.catalogue.radars if joined else {}
        spoken = {c.system for c in said if c.source != document}
        figure = {h.system: _share(read, h.system) for h in order.held if h.system in spoken}
        low = [s for s, f in figure.items() if f and (s in named or s in radars)]
        claims = [c for c in stated(own, *THERE) if c.system in low]
        if not claims:
            continue
        finds: list[Part] = []
        for system in sorted(low, key=lambda s: (s in radars, read.value(figure[s]), s)):
            name = read.system(system)
            finds += ["" if not finds else "; ", Number(figure[system])]
            finds += [f" of the {name} works (held: ", Number(f"orbat.{system}.held"), ")"]
        finds.append(". ")
        others = {c.system for c in said if c.system in low or c.system is None}
        origins = _origins(read, [c for c in said if c.system in others], document)
        for origin in origins[:FEW]:
            finds += [read.linked(origin), f": {_working(read.evidence.claim(origin))} "]
            finds += ["(likelihood ratio ", Number(f"weight.{origin}"), "). "]
        weak = all(read.value(f"weight.{o}") < WEAK for o in origins)
        why = (
            f"{_capital(count(len(origins), 'origin'))} say so{', all weak' if weak else ''}: "
            "availability, more than inventory, limits the network."
        )
        yield Entry(
            "availability", document, ids([*claims, *joined]), tuple(origins), tuple(finds), why,
            1 - min(read.value(figure[s]) for s in low), tuple(low),
        )  # fmt: skip


def _share(read: Read, system: str) -> str:
    """The figure of the share that works; empty where it is nearly all, or unknown."""
    for figure in (f"orbat.{system}.share", f"control.{system}.serviceable"):
        if read.has(figure):
            return figure if read.value(figure) < SHARP else ""
    return ""


def _working(claim: Claim) -> str:
    """``about 20 % works``, as the share was published."""
    given = claim.count
    values = [] if given is None else [given.low, given.likely, given.high]
    known = [v for v in values if v is not None]
    if given is None or not known:
        return "an unknown share works"
    shares = dict.fromkeys(percent(v) for v in (min(known), max(known)))
    bound = "" if given.bound == "exact" else f"{given.bound} "
    return f"{bound}{' to '.join(shares)} works"


def _origins(read: Read, claims: list[Claim], document: str) -> list[str]:
    origins = dict.fromkeys(read.evidence.lineage.origin(c.id) for c in claims)
    heavy = [o for o in origins if read.evidence.claim(o).source != document]
    return sorted(heavy, key=lambda o: (-read.value(f"weight.{o}"), o))


def operators(read: Read) -> Iterator[Entry]:
    """Systems said to be in the host's hands, which the signs do not bear out."""
    found = {s.system: s for s in read.assessment.control.systems}
    for document, own in read.each():
        for claim in (c for c in stated(own, "control") if c.modality == "asserted"):
            base = f"control.{claim.system}"
            if claim.system not in found or not read.has(f"{base}.independent"):
                continue
            host = read.value(f"{base}.independent") + read.value(f"{base}.supervised")
            if host >= SHARP:
                continue
            name = read.system(claim.system)
            supplier = found[claim.system].transfer.supplier
            yield Entry(
                "control", document, (claim.id,), (),
                (
                    f"Crews that run the {name} on their own: ",
                    Number(f"{base}.independent", "words"), f"; people of {supplier} at its "
                    "consoles: ", Number(f"{base}.at_consoles", "words"), ".",
                ),
                "Who owns a system need not operate it: the signs of the mission, of crews and of "
                "links are read week by week.",
                1 - host, (claim.system,),
            )  # fmt: skip


def counts(read: Read) -> Iterator[Entry]:
    """Stocks whose number goes back to another, and which the fused total does not bear out."""
    held = {h.system: h for h in read.assessment.order_of_battle.held}
    for document, own in read.each():
        for claim in stated(own, "holding", "count", "delivery"):
            origin = read.another(claim) or claim.id
            found = held.get(claim.system or "")
            wrong = read.found("count", (claim.id, origin))
            if not wrong or claim.count is None or found is None or found.total is None:
                continue
            yield _count(read, document, claim, origin, found, wrong[0].claims[1:])


def _count(
    read: Read, document: str, claim: Claim, origin: str, held: HeldOdds, against: tuple[str, ...]
) -> Entry:
    evidence, figure = read.evidence, f"orbat.{held.system}.total"
    root = evidence.claim(origin)
    more = [
        c.id for c in evidence.claims
        if c.system == held.system and c.count is not None and c.about in ("holding", "count")
        and evidence.lineage.parent(c.id) is None and c.source != document
    ]  # fmt: skip
    others = [c for c in dict.fromkeys((*against, *more)) if c != origin][:FEW]
    one, printed = behind(read, origin, "One origin")
    finds: list[Part] = [
        f"The {read.system(held.system)} held: ", Number(figure), " (",
        Number(figure, "band"), "). ", one, f" ({read.who(root.source)}, {printed})",
    ]  # fmt: skip
    if root.count is not None:
        finds.append(f": {in_words(root.count)}. ")
    for other in others:
        number = evidence.claim(other).count
        if number is not None:
            finds += [read.linked(other), f": {in_words(number)}. "]
    bound = root.count.bound if root.count else "exact"
    why = "A lower bound by its own words" if bound in ("at least", "more than") else "A number"
    why += f" from who gains by it ({_lower(read.interest(origin))})" * bool(read.interest(origin))
    likely = held.total.band.middle if held.total else 0.0
    said = bounds(claim.count)[0] if claim.count else 0.0
    return Entry(
        "count", document, (claim.id,), (origin, *others), tuple(finds),
        f"{why}, and others count otherwise.", min(1.0, abs(said - likely) / max(said, likely, 1)),
        (held.system,),
    )  # fmt: skip


def people(read: Read) -> Iterator[Entry]:
    """Numbers of people that rest on one origin with an interest."""
    windows = read.assessment.control.mission_windows
    for document, own in read.each():
        for claim in stated(own, "personnel"):
            origin = read.another(claim)
            if claim.count is None or origin is None or not read.interest(origin):
                continue
            source = read.evidence.claim(origin).source
            one, printed = behind(read, origin, "One origin")
            finds: list[Part] = [one, f" ({read.who(source)}), {printed}. "]
            parts = _parts(read, origin)
            for part in parts:
                number = read.evidence.claim(part).count
                finds += ["Of these, ", read.linked(part, in_words(number) if number else part)]
                finds += [f" at {read.place(read.evidence.claim(part).place or '')}. "]
            spoken = [r for w in windows for r in w.readings if r.source == source]
            # Of a claim that is read for two signs the one it affirms is told.
            signs = {
                r.speaker: r for r in sorted(spoken, key=lambda r: (r.says == "yes", -abs(r.bits)))
                if r.indicator != "mission_present"
            }  # fmt: skip
            for n, sign in enumerate(sorted(signs.values(), key=lambda r: r.says, reverse=True)):
                name = read.assessment.control.indicators[sign.indicator].name
                finds += ["It says of the mission: " if n == 0 else "; "]
                finds += [Linked(f"claim:{sign.speaker}", _lower(name)), f": {sign.says} ("]
                finds += [
                    Number(f"control.mission.sign.{sign.indicator}.{sign.speaker}", "signed"),
                    " bits)",
                ]
            finds.append("." if signs else "")
            relays = len(read.outlets(origin))
            yield Entry(
                "people", document, (claim.id,), (origin, *parts, *signs), tuple(finds),
                f"A single origin with an interest ({_lower(read.interest(origin))}); "
                "relays add nothing to it.",
                relays / (relays + 1),
            )  # fmt: skip


def _parts(read: Read, origin: str) -> tuple[str, ...]:
    """People that the same source counts at a place inside the one it counts in all."""
    whole = read.evidence.claim(origin)
    case = read.assessment.case
    return tuple(
        c.id for c in read.evidence.claims
        if c.source == whole.source and c.about == "personnel" and c.count is not None
        and c.place is not None and c.place != whole.place
        and case.place(c.place).kind != "unlocated"
    )  # fmt: skip


def _lower(text: str) -> str:
    text = text.strip().rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
