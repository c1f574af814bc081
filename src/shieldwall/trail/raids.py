"""Numbers of raids: what comes through, what each layer, function and crew is worth."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.control_records import STATES
from shieldwall.case.raid_records import Function, Raid
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.network.ensemble import Ensemble
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.raid.assumptions import DEFAULTS
from shieldwall.raid.effects import effect_for
from shieldwall.raid.records import Change, LayerShare, RaidOutcome, RaidOutcomes, WeaponShare
from shieldwall.raid.statistics import Distribution, Interval
from shieldwall.trail.leaves import K_FACTOR, POSTS, band_words
from shieldwall.trail.named import Named
from shieldwall.trail.orbat import in_service
from shieldwall.trail.rests import ENVELOPE, TOGETHER, leaves_of

DRAWN = "mean over draws and chance; low and high are the 5th and 95th percentile over draws"
PAIRED = (
    "difference on the same draws and the same chance (paired, common random numbers); low and "
    "high are the 5th and 95th percentile over draws"
)
COUNTED = "95 % interval by chance inside the draws alone: how well the runs pin it down"
MILLIONS = "million US dollars"


def enter_raids(
    ledger: Ledger, case: Case, catalogue: Catalogue, ensemble: Ensemble, fought: RaidOutcomes
) -> None:
    """Enter every number of the room; a case without raids has none."""
    if not fought.raids:
        return
    named = Named(case, catalogue)
    told = _told(ledger, named, case)
    network = (*_network(ensemble), *told, *_figures(ensemble, None))
    raids = {r.id: r for r in case.raids}
    for found in fought.raids:
        raid = raids[found.raid]
        inputs = (*_own(ledger, named, case, catalogue, ensemble, raid), *network)
        _Raid(ledger, named, found, tuple(dict.fromkeys(inputs))).enter()


def without_id(found: RaidOutcome, change: Change) -> str:
    """The id of what is lost without a system or a function, systems first.

    A function that is called as a system of the same raid is told apart from it.
    """
    twice = change in found.functions and change.key in {s.key for s in found.systems}
    return f"raid.{found.raid}.without.{change.key}{'-function' if twice else ''}.more"


def _told(ledger: Ledger, named: Named, case: Case) -> Iterator[str]:
    """Leaves for what the case says of functions, crews and doctrine, and the assumptions."""
    for f in case.functions:
        yield ledger.leaf(Leaf(f"function:{f.id}", "function", _function(f), f.reason, "", f.where))
    for c in case.crews:
        text = f"Crews of {named.system(c.system)}: {c.training}"
        yield ledger.leaf(Leaf(f"crew:{c.system}", "crew", text, c.reason, "", c.where))
    for d in case.doctrines:
        looks = "" if d.looks is None else f", at most {d.looks} engagements of one target"
        text = f"{named.system(d.system)} fires by {d.firing}, {d.salvo} in a salvo{looks}"
        yield ledger.leaf(Leaf(f"doctrine:{d.system}", "doctrine", text, d.reason, "", d.where))
    yield from leaves_of(DEFAULTS)


def _function(function: Function) -> str:
    """What it needs, serves and is made of, and its figures; its reason is told beside."""
    needs = " and ".join(" or ".join(group) for group in function.needs)
    bands = {
        "works": function.works, "delay s": function.delay_s, "tracks at once": function.capacity,
    }  # fmt: skip
    parts = {
        "needs": needs, "serves": ", ".join(function.serves),
        "made of": ", ".join(function.made_of),
        **{name: "" if b is None else band_words(b) for name, b in bands.items()},
    }  # fmt: skip
    told = "; ".join(f"{name} {text}" for name, text in parts.items() if text)
    return f"{function.name} ({function.kind}){': ' if told else ''}{told}"


def _network(ensemble: Ensemble) -> Iterator[str]:
    """What is there and works, who operates it and whether it is joined."""
    for unit in ensemble.units:
        yield from in_service(unit)
    for system in ensemble.operators:
        yield from (f"control.{system}.{s}" for s in (*STATES["operators"], "connected"))
    yield from (*ENVELOPE, *TOGETHER, K_FACTOR, POSTS)


def _figures(ensemble: Ensemble, raid: tuple[str, ...] | None) -> Iterator[str]:
    """Drawn figures of the systems in play, or of the threats of a raid."""
    owners = set(raid or (u.system for u in ensemble.units))
    yield from (f"catalogue:{i}" for i in ensemble.figures if i.split(".", maxsplit=1)[0] in owners)


def _own(
    ledger: Ledger,
    named: Named,
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    raid: Raid,
) -> Iterator[str]:
    """The raid as the case describes it, its threats' figures, and what published raids say."""
    groups = "; ".join(
        f"{g.number} of “{named.threat(g.threat)}”{f' and {g.decoys} decoys' if g.decoys else ''}, "
        f"{g.spacing_s:g} s apart{' at random' if g.arrivals == 'random' else ''}, from "
        f"{g.after_s:g} s on"
        f"{f', {band_words(g.altitude_m)} m above ground' if g.altitude_m else ''}"
        for g in raid.groups
    )
    outages = "".join(
        f"; without {o.function} from {o.from_s:g} s for {o.for_s:g} s" for o in raid.outages
    )
    text = f"{raid.name}, on {raid.area} from {raid.axis or 'all round'}: {groups}{outages}"
    yield ledger.leaf(Leaf(f"raid:{raid.id}", "raid", text, raid.reason, "", raid.where))
    chosen = {t.id: t.catalogue for t in case.threats}
    threats = tuple(dict.fromkeys(chosen[g.threat] for g in raid.groups))
    yield from _figures(ensemble, threats)
    for threat in threats:
        effect = effect_for(catalogue.threats[threat].category)
        if effect is not None:
            text = (
                f"How alike the fates of two weapons of one raid are ({effect.weapon_class}): "
                f"{effect.rho.low:g} to {effect.rho.high:g}, likely {effect.rho.middle:g}, fitted "
                f"to {effect.raids} published raids from {effect.period[0]} to {effect.period[1]}"
            )
            id = f"data:raids.{effect.weapon_class}"
            yield ledger.leaf(Leaf(id, "data", text, effect.source))


class _Raid:
    """Enters one raid's numbers."""

    def __init__(
        self, ledger: Ledger, named: Named, found: RaidOutcome, inputs: tuple[str, ...]
    ) -> None:
        self._ledger, self._named, self._found = ledger, named, found
        self._base = f"raid.{found.raid}"
        self._all, self._runs = inputs, f"{self._base}.runs"

    def enter(self) -> None:
        """All of them, in the order in which the report tells them."""
        found = self._found
        self._ledger.quantity(
            Quantity(
                self._runs, f"{found.name}: runs", float(found.draws * found.replications), None,
                None, "runs", f"{found.draws} draws of all that is not known, each fought "
                f"{found.replications} times with its own chance; what a number is compared with "
                "is fought on the same draws and chance", self._all,
            )
        )  # fmt: skip
        self._outcome(found)
        for layer in found.layers:
            self._layer(layer)
        for weapon in found.weapons:
            self._weapon(weapon)
        for key, value, start in (
            ("integration", found.integration, "function:"),
            ("advisers", found.advisers, "assumption:crew_"),
        ):
            if value is not None:
                self._spread(f"value.{key}", f"more through {value.name}", value.more, "threats",
                             PAIRED, *(i for i in self._all if i.startswith(start)))  # fmt: skip
        for change in (*found.systems, *found.functions):
            id = without_id(found, change).removeprefix(f"{self._base}.")
            leaf = f"function:{change.key}"
            self._spread(
                id, f"more through without {change.name}", change.more, "threats", PAIRED,
                *((leaf,) if change in found.functions and leaf in self._all else ()),
            )  # fmt: skip
        for mode, leakers in found.modes:
            self._spread(f"mode.{mode}", f"threats through, network {mode}", leakers, "threats",
                         f"network set to {mode} in every draw; {DRAWN}")  # fmt: skip
        for size in found.saturation:
            at = f"size.{size.threats}"
            self._spread(f"{at}.leakers", f"threats through of {size.threats}", size.leakers,
                         "threats", f"the raid scaled in number; {DRAWN}")  # fmt: skip
            self._interval(f"{at}.none_through", f"none of {size.threats} through",
                           size.none_through, "probability",
                           "share of replications; Wilson 1927")  # fmt: skip
        self._variance(found)
        self._cost(found)

    def _outcome(self, found: RaidOutcome) -> None:
        leakers = found.leakers
        self._spread("leakers", f"threats through of {found.threats}", leakers, "threats", DRAWN)
        self._interval("leakers_counted", "the same", leakers.interval, "threats", COUNTED)
        low, _, middle, _, high = leakers.quantiles
        self._enter("one_raid", "threats through in one raid", middle, low, high, "threats",
                    "median, 5th and 95th percentile of all replications of all draws")  # fmt: skip
        none = found.none_through
        self._enter("none_through", "none comes through", none.value, *found.none_through_band,
                    "probability", "share of replications in which none does; low and high are the "
                    "5th and 95th percentile over draws")  # fmt: skip
        self._interval("none_through_counted", "none comes through", none, "probability",
                       f"{COUNTED} (Wilson 1927)")  # fmt: skip
        if found.none_through_rare is not None:
            rare = found.none_through_rare
            self._interval(
                "none_through_strata", "none comes through, by strata", rare.interval,
                "probability", f"{rare.replications} replications by strata of the effect that all "
                "shots of a raid share (Neyman 1934); Wilson's interval at the effective number of "
                "trials (Korn and Graubard 1998)",
            )  # fmt: skip
        self._spread("shots", "rounds fired", found.shots, "rounds", DRAWN)
        if found.shots_per_kill is not None:
            self._interval("shots_per_kill", "rounds fired for one threat or decoy killed",
                           found.shots_per_kill, "rounds", "ratio of the means; low and high are "
                           "the 5th and 95th percentile over draws that kill any")  # fmt: skip
        if found.replay is not None:
            self._enter("replay", "threats through in the replayed raid",
                        float(found.replay.leakers), None, None, "threats",
                        f"replication {found.replay.replication} of draw {found.replay.draw}, as "
                        "it went in the run")  # fmt: skip

    def _layer(self, found: LayerShare) -> None:
        at, name = f"layer.{found.layer}", f"{found.layer} layer"
        self._spread(f"{at}.shapley", f"threats stopped by the {name}", found.shapley, "threats",
                     "its fair share of what is stopped: the mean of what it adds over all orders "
                     f"in which layers may be added (Shapley 1953); {DRAWN}")  # fmt: skip
        self._spread(f"{at}.kills", f"threats killed by the {name}", found.kills, "threats", DRAWN)
        self._spread(f"{at}.shots", f"rounds fired by the {name}", found.shots, "rounds", DRAWN)
        self._interval(f"{at}.exhausted", f"a unit of the {name} fires all ready rounds",
                       found.exhausted, "share", "share of replications; Wilson 1927")  # fmt: skip
        if found.exhausted_s is not None:
            self._enter(f"{at}.exhausted_s", f"time until a unit of the {name} has none ready",
                        found.exhausted_s, None, None, "s",
                        "median of the raids in which it happens")  # fmt: skip

    def _weapon(self, found: WeaponShare) -> None:
        at, name = (
            f"weapon.{found.system}.{found.kind}",
            f"{found.kind}s of the {self._named.system(found.system)}",
        )
        self._spread(f"{at}.shots", f"rounds fired, {name}", found.shots, "rounds", DRAWN)
        self._spread(f"{at}.kills", f"threats killed, {name}", found.kills, "threats", DRAWN)
        ratio = "ratio of the means; low and high are the 5th and 95th percentile over draws"
        if found.shots_per_kill is not None:
            self._interval(f"{at}.shots_per_kill", f"rounds for one kill, {name}",
                           found.shots_per_kill, "rounds", ratio)  # fmt: skip
        if found.cost_per_kill is not None:
            self._interval(f"{at}.cost_per_kill", f"rounds for one kill, {name}",
                           found.cost_per_kill, MILLIONS, f"published price; {ratio}",
                           *self._prices({found.system}))  # fmt: skip

    def _variance(self, found: RaidOutcome) -> None:
        for index in found.sobol:
            at = f"sobol.{index.group}"
            of = f"share of the variance over draws: {index.group}"
            self._interval(f"{at}.first", f"{of}, by itself", index.first, "share",
                           "first-order index (Sobol 1993; Saltelli et al. 2010); 90 % by "
                           "bootstrap over draws; an estimate may fall below 0")  # fmt: skip
            self._interval(f"{at}.total", f"{of}, with all its interactions", index.total, "share",
                           "total index (Jansen 1999); 90 % by bootstrap over draws")  # fmt: skip
        if found.luck is None:
            return
        self._enter("luck", "share of the whole variance that chance makes", found.luck, None, None,
                    "share", "mean variance inside a draw over the whole variance")  # fmt: skip

    def _cost(self, found: RaidOutcome) -> None:
        systems = {w.system for w in found.weapons}
        owners = {i.removeprefix("catalogue:").split(".", maxsplit=1)[0] for i in self._all}
        for name, words, each, priced in (
            ("lost", "price of the threats killed", found.cost.threat_lost, owners - systems),
            ("fired", "price of the rounds fired", found.cost.rounds_fired, systems),
        ):
            if each is not None:
                how = f"published prices; {DRAWN}"
                self._spread(f"cost.{name}", words, each, MILLIONS, how, *self._prices(priced))

    def _prices(self, owners: set[str]) -> Iterator[str]:
        """Leaves of the published costs of some systems or threats."""
        for id in self._all:
            owner, _, name = id.removeprefix("catalogue:").partition(".")
            if id.startswith("catalogue:") and name.endswith("cost") and owner in owners:
                yield id

    def _spread(
        self, id: str, what: str, found: Distribution, unit: str, how: str, *more: str
    ) -> None:
        self._enter(id, what, found.mean, found.low, found.high, unit, how, *more)

    def _interval(
        self, id: str, what: str, found: Interval, unit: str, how: str, *more: str
    ) -> None:
        self._enter(id, what, found.value, found.low, found.high, unit, how, *more)

    def _enter(
        self, id: str, what: str, value: float, low: float | None, high: float | None, unit: str,
        how: str, *more: str,
    ) -> None:  # fmt: skip
        self._ledger.quantity(
            Quantity(
                f"{self._base}.{id}", f"{self._found.name}: {what}", value, low, high, unit, how,
                (self._runs, *more),
            )
        )  # fmt: skip
