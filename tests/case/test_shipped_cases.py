"""The three shipped cases: they load, and every trap of the documents can be decided from them."""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from shieldwall.case.load import load_case
from shieldwall.case.records import Case, Claim, Origin, Place
from shieldwall.geodesy import WGS84

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
NAMES = ("venezuela-2025", "venezuela-2019", "moscow-2023")


@cache
def shipped(name: str) -> Case:
    return load_case(ROOT / "cases" / name)


def published_by(case: Case, claim: Claim) -> bool:
    """Publication, or failing that the event, does not lie after the case's day."""
    moment = claim.publication or claim.event
    return moment is None or moment.start.date() <= case.as_of


def going_back_to(case: Case, origin: str) -> list[Claim]:
    return [c for c in case.claims if c.id != origin and case.origin_of(c).id == origin]


def geodesics_km(case: Case, place: str, origin: str) -> list[float]:
    """Distances from a place to points every hundredth of each leg of an origin's line."""
    at, line = located(case.place(place)), the_origin(case, origin).line
    points = list(line)
    for start, end in pairwise(line):
        points += WGS84.npts(*start, *end, 99)
    return [WGS84.inv(*at, *point)[2] / 1000 for point in points]


def located(place: Place) -> tuple[float, float]:
    assert place.lat is not None
    assert place.lon is not None
    return place.lon, place.lat


def the_origin(case: Case, id: str) -> Origin:
    return next(o for o in case.origins if o.id == id)


# ---- All three ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_idle(name: str) -> None:
    case = shipped(name)
    assert {c.source for c in case.claims} == {s.id for s in case.sources}
    used = {c.place for c in case.claims} | {d.place for d in case.deployments}
    assert {p.id for p in case.places} <= used | {r.place for r in case.reaches}
    assert all(s.note for s in case.sources), "every grade has its reason"
    assert case.defended_areas
    assert case.threats
    assert case.pressure


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_in_the_catalogue(name: str) -> None:
    from shieldwall.catalogue import load_catalogue

    catalogue, case = load_catalogue(), shipped(name)
    fielded = catalogue.systems.keys() | catalogue.radars.keys()
    assert {h.system for h in case.holdings} <= fielded
    assert {d.system for d in case.deployments} <= catalogue.systems.keys()
    assert {t.catalogue for t in case.threats} <= catalogue.threats.keys()
    named = {c.system for c in case.claims if c.system}
    assert named <= fielded | catalogue.threats.keys()


@pytest.mark.parametrize("name", NAMES)
def test_raids_are_classes_and_their_numbers_assumptions(name: str) -> None:
    from shieldwall.catalogue import load_catalogue

    load_case(ROOT / "cases" / name, load_catalogue())  # ids of functions and crews too
    case = shipped(name)
    assert 2 <= len(case.raids) <= 4
    for raid in case.raids:
        assert "assumption" in raid.reason
        assert raid.outages == ()
        assert all(g.number in (4, 10, 20) for g in raid.groups), "round numbers"
    kinds = {f.kind for f in case.functions}
    assert {"command", "link"} <= kinds
    assert all(f.works is None for f in case.functions), "nobody published a share"
    served = {s for f in case.functions for s in f.serves}
    claimed = {c.system for c in case.claims if c.system}
    assert served <= claimed | {d.system for d in case.deployments}
    assert {s for f in case.functions for s in f.made_of} <= claimed


@pytest.mark.parametrize("name", NAMES)
def test_raids_know_nothing_that_came_later(name: str) -> None:
    case = shipped(name)
    told = (*case.functions, *case.doctrines, *case.crews, *case.raids)
    for each in told:
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", each.reason)]
        assert all(year <= case.as_of.year for year in years), each.where
        named = [c for c in case.claims if re.search(rf"(?<![\w-]){c.id}(?![\w-])", each.reason)]
        assert all(published_by(case, c) for c in named), each.where


def ways(name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each way through the game: ``node.move`` in order, and the consequences it brings."""
    game = shipped(name).game
    assert game is not None
    nodes = {node.id: node for node in game.nodes}
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    open_ways: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
    open_ways = [(game.nodes[0].id, (), ())]
    while open_ways:
        at, made, brought = open_ways.pop()
        for move in nodes[at].moves:
            way = ((*made, f"{at}.{move.id}"), (*brought, *move.brings))
            if move.leads is None:
                found.append(way)
            else:
                open_ways.append((move.leads, *way))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_games_are_small_and_whole(name: str) -> None:
    game = shipped(name).game
    assert game is not None
    found = ways(name)
    assert 40 <= len(found) <= 300
    assert all(len(set(brought)) == len(brought) for _, brought in found), "nothing comes twice"
    valued = {p.consequence for p in game.payoffs}
    assert {c.id for c in game.consequences} == valued == {c for _, b in found for c in b}
    used = {p.times for p in game.payoffs} | {m.chance for n in game.nodes for m in n.moves}
    assert {f.id for f in game.facts} == used - {None}
    assert {f.id for f in game.facts if f.of is None} <= {"crews-hit", "reach"}, "else computed"


@pytest.mark.parametrize("name", NAMES)
def test_payoffs_are_bands_with_reasons_of_their_time(name: str) -> None:
    case = shipped(name)
    game = case.game
    assert game is not None
    assert "No payoff was tuned" in " ".join(game.note.split())
    assert all(-10 <= p.worth.low <= p.worth.high - 1 <= 9 for p in game.payoffs), "wide bands"
    dated = {event.id: event.date for event in case.pressure}
    reasons = [(f.reason, f.where) for f in game.facts] + [
        (p.reason, p.where) for p in game.payoffs
    ]
    for reason, where in reasons:
        in_brackets = " ".join(re.findall(r"\(([^)]*)\)", reason))
        cited = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", in_brackets)
        for id in cited:
            date = dated[id] if id in dated else case.claim(id).publication
            assert date is None or date.start.date() <= case.as_of, where
        assert cited or REST_ON.search(reason), where


REST_ON = re.compile(
    r"[Dd]ocument \d|[Aa]ssum|[Nn]ot published|[Nn]othing is published|name no demand|As for"
    r"|stopped"
)
"""What a reason says, where it cites nothing: whose word it is, or that it is nobody's."""


@pytest.mark.parametrize("name", ["venezuela-2025", "venezuela-2019"])
def test_the_louder_the_threats_the_deeper_the_supplier(name: str) -> None:
    """Document 2's action and reaction is one way through the game, in both cases."""
    reaction = ("pressure.coerce", "support.support", "next.press", "step-in.operate")
    game = shipped(name).game
    assert game is not None
    assert {a.role for a in game.actors} == {"host", "adversary", "supplier"}
    through = [made for made, _ in ways(name) if set(reaction) <= set(made)]
    assert {made[-1] for made in through} >= {"last-operated.refrain", "reply.escalate"}
    for made in through:
        assert [step for step in made if step in reaction] == list(reaction)
    assert any(made[:3] == ("pressure.coerce", "support.aside", "stance.hold")
               for made, _ in ways(name)), "and it need not go so"  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_only_documents_and_registers_lack_an_address(name: str) -> None:
    case = shipped(name)
    bare = {c.source for c in case.claims if c.address is None}
    read_in_documents = {"kots", "lavrov"}
    relayed = {c.source for c in case.claims if c.address is None and going_back_to(case, c.id)}
    assert bare <= {"doc1", "doc2", "doc3", "sipri"} | read_in_documents | relayed


@pytest.mark.parametrize("name", NAMES)
def test_relays_come_after_their_origin(name: str) -> None:
    case = shipped(name)
    for claim in case.claims:
        root = case.origin_of(claim)
        if root.publication and claim.publication:
            assert claim.publication.end > root.publication.start, claim.id


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_copied(name: str) -> None:
    if not SHARED.exists():
        pytest.skip("the source documents are not here")
    run = 6

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w-]+", text.lower())
        return {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}

    documents: set[tuple[str, ...]] = set()
    for path in (SHARED / "documents").glob("*.txt"):
        documents |= runs(path.read_text(encoding="utf-8"))
    case = shipped(name)
    texts = [c.statement for c in case.claims] + [e.statement for e in case.pressure]
    copied = {t: runs(t) & documents for t in texts}
    assert {t: found for t, found in copied.items() if found} == {}


def test_every_published_claim_is_coded() -> None:
    path = SHARED / "claims" / "published_claims.csv"
    if not path.exists():
        pytest.skip("the published claims are not here")
    addresses = [unquote(c.address) for n in NAMES for c in shipped(n).claims if c.address]
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    wanted = [unquote(row["url"]).split(" (")[0] for row in rows]  # one row names a page in words
    assert len(wanted) == 31
    assert [u for u in wanted if not any(a.startswith(u) for a in addresses)] == []


# ---- Venezuela 2019 -----------------------------------------------------------------------------


def test_one_image_many_outlets() -> None:
    case = shipped("venezuela-2019")
    image = case.claim("isi-launchers")
    assert image.acquisition is not None
    assert image.publication is not None
    assert (image.acquisition.text, image.publication.text) == ("2019-03-20", "2019-03-24")
    assert image.count is not None
    assert image.count.likely == 5
    relays = going_back_to(case, image.id)
    assert len({c.source for c in relays} - {"isi"}) >= 7
    at_base = [
        c for c in case.claims
        if c.system == "s300vm" and c.place == "capitan-manuel-rios"
        and case.origin_of(c).id not in ("isi-launchers", "isi-unloading-february")
    ]  # fmt: skip
    assert at_base == [], "everything about the battery there goes back to two images"
    assert any(c.component == "9S32ME" for c in relays)


def test_the_image_precedes_the_landing() -> None:
    case = shipped("venezuela-2019")
    seen = case.claim("isi-launchers").acquisition
    landed = case.claim("civmilair-an124-arrival").event
    told = case.claim("doc2-activated")
    assert seen is not None
    assert landed is not None
    assert told.event is not None
    assert seen.end <= landed.start < told.event.start
    assert case.origin_of(told).id == "isi-launchers"


def test_two_aircraft_are_kept_apart() -> None:
    case = shipped("venezuela-2019")
    general, cargo = case.claim("doc2-general"), case.claim("doc2-cargo")
    assert general.system == "an124"
    assert case.origin_of(general).system == "il62"
    assert cargo.system == case.origin_of(cargo).system == "an124"
    persons = case.claim("mayorca-personnel").count
    tonnes = case.claim("mayorca-cargo").count
    assert persons is not None
    assert (persons.low, persons.unit) == (99, "persons")
    assert tonnes is not None
    assert (tonnes.likely, tonnes.unit) == (35, "t")


def test_registrations_are_tracked_but_passengers_are_not() -> None:
    case = shipped("venezuela-2019")

    def families(about: set[str]) -> set[str]:
        roots = [
            case.origin_of(c) for c in case.claims
            if c.about in about and c.system in ("an124", "il62")
        ]  # fmt: skip
        return {case.source(r.source).family for r in roots}

    assert families({"identity"}) == {"flight"}
    assert families({"personnel", "delivery"}) == {"press"}
    statements = " ".join(c.statement for c in case.claims if c.about == "identity")
    assert "RA-82035" in statements
    assert "RA-86496" in statements


def test_a_flight_with_a_hole_in_its_track() -> None:
    case = shipped("venezuela-2019")
    hole, landing = case.claim("novaya-gazeta-transponder"), case.claim("civmilair-il62-arrival")
    assert hole.about == "movement"
    assert hole.system == "il62"
    assert "transponder" in hole.statement
    assert hole.event is not None
    assert landing.event is not None
    assert hole.event.start < landing.event.start


def test_routes_counts_and_places_disagree() -> None:
    case = shipped("venezuela-2019")
    stops = {c.place for c in case.claims if c.about == "movement"}
    assert {"hmeimim", "damascus", "dakar"} <= stops
    systems = {
        (c.count.low, c.count.unit) for c in case.claims
        if c.about == "holding" and c.system == "s300vm" and c.count
    }  # fmt: skip
    assert systems == {(6, "systems"), (3, "systems"), (2, "battalions")}
    calabozo, base = case.place("calabozo"), case.place("capitan-manuel-rios")
    apart = WGS84.inv(*located(calabozo), *located(base))[2] / 1000
    assert apart == pytest.approx(74, abs=1)
    assert case.claim("elalacranrojo-calabozo").about == "identity"


def test_page_furniture_is_not_evidence() -> None:
    case = shipped("venezuela-2019")
    assert all(
        c.publication is None or c.publication.start.year <= case.as_of.year for c in case.claims
    )
    comment, trackback = case.source("doc2").furniture
    assert "comment" in comment.what
    assert "Turkish" in trackback.what
    dated = [each.dated.start.year for each in (comment, trackback) if each.dated]
    assert dated == [2021, 2022]
    assert min(dated) > case.as_of.year


# ---- Venezuela 2025 -----------------------------------------------------------------------------


def test_pantsir_has_one_origin_and_two_who_do_not_confirm() -> None:
    case = shipped("venezuela-2025")
    about = [
        c for c in case.claims
        if c.system == "pantsir" and c.about in ("presence", "delivery", "holding")
    ]  # fmt: skip
    positive = [c for c in about if c.modality in ("asserted", "reported")]
    assert {case.origin_of(c).id for c in positive} == {"zhuravlev-pantsir"}
    assert len({c.source for c in positive}) >= 8
    assert {c.source for c in about if c.modality == "not confirmed"} == {"hur", "sipri"}
    document = case.claim("doc1-pantsir")
    assert document.modality == "asserted"
    assert document.relays == "zhuravlev-pantsir"
    buk = case.claim("hur-buk")
    assert buk.system == "bukm2e"
    assert buk.modality == "asserted"
    assert not any(h.system == "pantsir" for h in case.holdings)


def test_advisers_rest_on_one_interested_origin() -> None:
    case = shipped("venezuela-2025")
    counted = [
        c for c in case.claims
        if c.about == "personnel" and c.place == "venezuela" and c.count and c.count.low == 120
    ]  # fmt: skip
    assert {case.origin_of(c).id for c in counted} == {"hur-contingent"}
    assert case.source("hur").interest
    ninety = case.claim("hur-caracas")
    assert ninety.place == "caracas"
    assert ninety.count
    assert ninety.count.likely == 90
    tasks = [c for c in case.claims if c.id in ("hur-task", "doc1-task")]
    assert {c.about for c in tasks} == {"intent"}
    assert len({c.relays for c in tasks}) == 1
    assert "infantry" in tasks[0].statement
    assert "air defence" in tasks[1].statement
    assert case.claim("hur-tour-extended").about == "control"


def test_igla_is_a_lower_bound_by_its_owner() -> None:
    case = shipped("venezuela-2025")
    owner, register, older = (case.claim(f"{s}-igla").count for s in ("maduro", "sipri", "tsamto"))
    assert owner
    assert (owner.low, owner.high, owner.bound) == (5000, None, "at least")
    assert register
    assert register.likely == 4000
    assert older
    assert (older.low, older.unit) == (1800, "launchers")
    assert case.source("maduro").interest
    assert case.origin_of(case.claim("doc1-igla")).id == "maduro-igla"


def test_availability_limits_the_network() -> None:
    case = shipped("venezuela-2025")
    shares = {
        case.origin_of(c).id: c.count for c in case.claims
        if c.about == "serviceability" and c.count and published_by(case, c)
        and c.count.unit == "share" and c.relays is None and c.system != "su30mk2"
    }  # fmt: skip
    assert set(shares) == {"msi2-radars", "twz-s300vm-serviceable"}
    radars, battery = shares["msi2-radars"], shares["twz-s300vm-serviceable"]
    assert radars.high == 0.4
    assert radars.bound == "at most"
    assert battery.likely == 0.2
    assert {case.origin_of(c).id for c in case.claims if c.id in ("msi2-jyl1", "msi2-jy11b")} == {
        "msi2-radars"
    }


def test_the_outcome_is_held_back() -> None:
    case = shipped("venezuela-2025")
    late = [c for c in case.claims if not published_by(case, c)]
    read = [c for c in case.claims if published_by(case, c)]
    assert len(late) >= 10
    struck = {c.place for c in late if c.system == "bukm2e" and c.about == "conduct"}
    assert {"la-guaira", "catia-la-mar", "la-carlota", "higuerote"} <= struck
    assert any(c.about == "connection" for c in late)
    for claim in read:
        moments = (claim.event, claim.acquisition, claim.publication)
        assert all(m is None or m.start.year < 2026 for m in moments), claim.id
        assert "2026" not in f"{claim.statement}{claim.address}", claim.id
    assert not any("2026" in h.source for h in case.holdings)


def test_who_may_operate_it_is_speculation() -> None:
    case = shipped("venezuela-2025")
    assert case.claim("doc1-russians-might-operate").modality == "speculated"
    assert case.claim("militarnyi-contractors").modality == "speculated"
    assert case.claim("doc1-no-confirmation").modality == "not confirmed"


def test_the_first_landing_has_two_dates_and_two_registrations() -> None:
    case = shipped("venezuela-2025")
    track, other = case.claim("fr24-il76-26-october"), case.claim("news-pravda-il76-27-october")
    assert track.event
    assert other.event
    assert track.event.text != other.event.text
    assert case.source(track.source).family == "flight"
    names = {c.id: c.statement for c in case.claims if c.about == "identity" and c.system == "il76"}
    assert "RA-78765" in names["fr24-il76-registration"]
    assert "RA-79765" in names["redcastrense-il76-registration"]
    assert "Antonov" in names["redcastrense-antonov"]
    cargo = [c for c in case.claims if c.system == "il76" and c.about == "delivery"]
    assert {c.modality for c in cargo} == {"not confirmed", "speculated"}


def test_every_named_layer_has_its_row() -> None:
    case = shipped("venezuela-2025")
    named = {c.system for c in case.claims}
    assert {"s300vm", "bukm2e", "pantsir", "iglas", "pechora2m", "zu23"} <= named
    assert {"jyl1", "jy11b", "jy27"} <= named
    assert sum(c.system == "jyl1" and c.about == "presence" for c in case.claims) == 10
    parts = {c.component for c in case.claims}
    assert {"9S32ME", "CODAI", "central command post"} <= parts


def test_undated_pressure_stays_undated() -> None:
    case = shipped("venezuela-2025")
    kinds = {e.kind for e in case.pressure if e.date is None}
    assert kinds == {"naval deployment", "sanctions", "interdiction", "warning"}


# ---- Moscow 2023 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "origin", "nearest_km", "tolerance_km"),
    [
        ("moscow", "border", 457, 3),
        ("engels", "border", 481, 3),
        ("moscow", "front", 610, 5),
        ("engels", "front", 616, 3),
        ("engels", "kharkiv", 722, 3),
        ("engels", "kherson", 1127, 3),
        ("moscow", "kherson", 1072, 3),
    ],
)
def test_geodesics(place: str, origin: str, nearest_km: float, tolerance_km: float) -> None:
    found = min(geodesics_km(shipped("moscow-2023"), place, origin))
    assert found == pytest.approx(nearest_km, abs=tolerance_km)


def test_the_front_spans_what_the_documents_give() -> None:
    case = shipped("moscow-2023")
    moscow = geodesics_km(case, "moscow", "front")
    assert min(moscow) >= 605
    assert max(moscow) <= 713
    line = the_origin(case, "front").line
    svatove_kupiansk = [WGS84.inv(*located(case.place("engels")), *p)[2] / 1000 for p in line[1:]]
    assert sorted(svatove_kupiansk) == [pytest.approx(616, abs=3), pytest.approx(640, abs=3)]


@pytest.mark.parametrize(
    ("claim", "said", "fits"),
    [("doc3-moscow-500", "front", "border"), ("doc3-engels-600", "border", "front")],
)
def test_each_figure_fits_the_other_line(claim: str, said: str, fits: str) -> None:
    case = shipped("moscow-2023")
    distance = case.claim(claim)
    assert distance.origin == said
    assert distance.count
    assert distance.count.likely
    assert distance.place
    miss_km = {
        origin: abs(min(geodesics_km(case, distance.place, origin)) - distance.count.likely)
        for origin in ("border", "front")
    }
    assert min(miss_km, key=lambda o: miss_km[o]) == fits


def test_reach_is_asked_for_both_places() -> None:
    case = shipped("moscow-2023")
    assert {r.place for r in case.reaches} == {"moscow", "engels"}
    assert {t.catalogue for t in case.threats} == {"owa_generic", "uj22", "tu141", "liutyi"}


def test_roofs_have_bands_with_a_reason_and_rounded_places() -> None:
    case = shipped("moscow-2023")
    roofs = [p for p in case.places if p.height_m]
    assert {p.id for p in roofs} == {"mod-building", "teterinsky-lane", "interior-ministry"}
    for place in roofs:
        assert place.height_m
        assert place.height_m.low < place.height_m.high
        assert "storeys" in place.note
        assert "Assumed" in place.note
        assert place.precision_m
        assert place.precision_m >= 500
        assert all(round(x, 2) == x for x in located(place)), "no finer than 0.01 degree"


def test_errors_and_illustrations_are_facts_about_the_channel() -> None:
    case = shipped("moscow-2023")
    for id in ("doc3-lavrov-office", "doc3-photo", "doc3-watchman", "newsreadonline-alias"):
        assert case.claim(id).about == "identity", id
    photo = case.claim("doc3-photo")
    assert photo.place is None
    assert photo.event
    assert photo.event.text == "2015-12"
    assert not any(case.source(c.source).family == "imagery" for c in case.claims)
    assert case.source("doc3").reliability == "C", "by hand; its errors are found by rule"


def test_silence_and_readings_are_coded() -> None:
    case = shipped("moscow-2023")
    silent = {c.source for c in case.claims if c.modality == "declined to comment"}
    assert {"peskov", "russian-mod"} <= silent
    readings = [c for c in case.claims if c.id.startswith("doc3-reading-")]
    assert len(readings) == 3
    assert {c.about for c in readings} == {"intent"}


def test_a_statement_stands_against_conduct() -> None:
    case = shipped("moscow-2023")
    said, seen = case.claim("lavrov-residential"), case.claim("doc3-moscow-residential")
    assert case.source(said.source).family == "statement"
    assert seen.place == "teterinsky-lane"
    assert said.about == seen.about == "conduct"
    assert said.relays is None
    assert seen.relays is None


def test_specialists_share_their_pictures() -> None:
    case = shipped("moscow-2023")
    relays = {c.source for c in going_back_to(case, "moscow-calling-teterinsky")}
    assert {"toler", "status-6", "matveev", "lee", "guardian", "doc3"} <= relays
