"""Loading a case, and every way in which it can be wrong."""

# ruff: noqa: E501  (a table reads better with one case a line)

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

import makers
from shieldwall.case import load_case
from shieldwall.case.load import OPTIONAL
from shieldwall.errors import CaseError


@dataclass(frozen=True)
class Ids:
    """A catalogue by its ids alone."""

    systems: frozenset[str] = frozenset({"irist", "iglas"})
    radars: frozenset[str] = frozenset({"p18m"})
    threats: frozenset[str] = frozenset({"owa_generic", "il76"})


def test_records(folder):
    case = load_case(folder.path, Ids())
    assert (case.name, case.as_of, case.seed, case.draws) == ("demo", date(2025, 12, 31), 1, 256)
    assert [place.kind for place in case.places] == ["point", "area", "unlocated"]
    assert case.places[0].where == f"case.toml:{folder.line('case.toml', '[[place]]')}"
    relay = case.claim("example-relay")
    assert makers.origin_of(case, relay).id == "example-site"
    assert (relay.count.likely, relay.count.low, relay.count.bound) == (3, None, "about")
    assert case.claims[0].publication.start == datetime(2025, 11, 3, 14, tzinfo=UTC)
    assert case.claims[2].place is None
    assert case.claims[1].event is None
    assert case.deployments[0].fielded.likely == 0.1


def test_optional_files_and_tables(folder):
    for name in OPTIONAL:
        (folder.path / name).unlink()
    for name in ("sources.toml", "claims.toml"):
        (folder.path / name).write_text("")
    case = load_case(folder.path)
    assert (case.pressure, case.questions, case.claims, case.sources) == ((), (), (), ())
    assert (case.transfers, case.observations, case.foretold, case.outcomes) == ((), (), (), ())
    assert (case.functions, case.doctrines, case.crews, case.raids) == ((), (), (), ())
    assert case.game is None


def test_windows_text(folder):
    for path in folder.path.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    where = load_case(folder.path).claims[0].where
    assert where == f"claims.toml:{folder.line('claims.toml', 'example-site') - 1}"


def test_dates_after_as_of_are_kept(folder):
    folder.append(
        "claims.toml",
        '[[claim]]\nid = "late"\nsource = "example-paper"\nabout = "conduct"\nstatement = "x"\n'
        'modality = "reported"\ncredibility = 3\npublication = "2026-01-05"\n',
    )
    assert load_case(folder.path).claim("late").publication.text == "2026-01-05"


CASE, SOURCES, CLAIMS = "case.toml", "sources.toml", "claims.toml"
HYPOTHESES = "hypotheses.toml"
# file, what stands there, what is put there, key the problem must name, words it must say
WRONG = [
    (CASE, "seed = 1 ", "sead = 1 ", "sead", 'did you mean "seed"?'),
    (CASE, "seed = 1 ", "seed = -1 ", "seed", "0 or more"),
    (CASE, "seed = 1 ", 'seed = "1" ', "seed", "whole number, without quotes"),
    (CASE, "format = 1 ", "format = 2 ", "format", "must be one of: 1"),
    (CASE, "draws = 256", "draws = 100000", "draws", "4096 or less"),
    (CASE, "as_of = 2025-12-31", 'as_of = "2025-12-31"', "as_of", "date without quotes"),
    (CASE, 'layers = ["medium", "point"]', 'layers = ["mediun"]', "layers[1]", '"medium"'),
    (CASE, 'layers = ["medium", "point"]', 'layers = ["point", "point"]', "layers", "twice"),
    (CASE, 'layers = ["medium", "point"]', "layers = []", "layers", "empty"),
    (CASE, "west = 8.5", 'west = "8.5"', "area.west", "a number, without quotes"),
    (CASE, "west = 8.5", "west = nan", "area.west", "finite"),
    (CASE, "west = 8.5", "west = -inf", "area.west", "finite"),
    (CASE, "east = 11.5", "east = 8", "area.east", "antimeridian"),
    (CASE, "east = 11.5", "east = 181", "area.east", "180 or less"),
    (CASE, "east = 11.5", "east = 80", "area.east", "60 degrees"),
    (CASE, 'choice = "auto"', 'choice = "files"', "terrain.choice", "names none"),
    (CASE, "lat = 45.0\n", "lat = 95.0\n", "place[example-base].lat", "90 or less"),
    (CASE, "lat = 45.0\n", "", "place[example-base].lat", "beside lon"),
    (CASE, "precision_m = 5000 ", "# ", "place[example-base].precision_m", "how exactly"),
    (CASE, "10.5, 45.4], [9.5, 45.4]]", "9.5, 45.4], [10.5, 45.4]]", "place[example-region].polygon", "not a simple"),
    (CASE, "[9.5, 44.6]", "[nan, 44.6]", "place[example-region].polygon", "point 1"),
    (CASE, "[9.5, 44.6]", '["9.5", 44.6]', "place[example-region].polygon", "point 1"),
    (CASE, "[9.5, 44.6]", "[9.5, 44.6, 3]", "place[example-region].polygon", "point 1"),
    (CASE, "[[9.5, 44.6], [10.5, 44.6], [10.5, 45.4], [9.5, 45.4]]",
     "[[179, 1], [-179, 1], [-179, 2], [179, 2]]", "place[example-region].polygon", "antimeridian"),
    (CASE, "[[9.5, 44.6], [10.5, 44.6], [10.5, 45.4], [9.5, 45.4]]",
     "[[1, 1], [2, 2], [1, 1]]", "place[example-region].polygon", "3 different points"),
    (CASE, "[[9.5, 44.6], [10.5, 44.6], [10.5, 45.4], [9.5, 45.4]]",
     "[[1, 1], [2, 2], [3, 3]]", "place[example-region].polygon", ""),
    (CASE, "[[9.8, 44.9]", "[[8.0, 44.9]", "defended_area[example-city].polygon", "outside [area]"),
    (CASE, 'id = "example-country"', 'id = "example-base"', "place[example-base].id", "is taken"),
    (CASE, 'id = "example-teams"', 'id = "Teams!"', "deployment[Teams!].id", "lowercase"),
    (CASE, "low = 3\n", "low = 30\n", "holding[1].low", "must not exceed likely (6)"),
    (CASE, "fielded = { low = 0.02", "fielded = { low = -0.02", "deployment[example-teams].fielded.low", "0 or more"),
    (CASE, "high = 0.3 }", "high = 3 }", "deployment[example-teams].fielded.high", "1 or less"),
    (CASE, 'place = "example-region" ', 'place = "example-base" ', "deployment[example-teams].place", "an area"),
    (CASE, 'threats = ["drone"]', 'threats = ["dron"]', "reach[1].threats[1]", '"drone"'),
    (CASE, 'place = "example-base"\nthreats', 'place = "example-country"\nthreats', "reach[1].place", "a point"),
    (CASE, "low = 0.2\nlikely = 0.5\nhigh = 0.9", "likely = 0.5", "assumption[availability].low", "is missing"),
    (CASE, "[[deployment]]", "[deployment]", "deployment", "double brackets"),
    (CASE, 'catalogue = "owa_generic"', 'catalogue = "owa_generik"', "threat[drone].catalogue", '"owa_generic"'),
    (SOURCES, 'family = "statement"', 'family = "statment"', "source[example-ministry].family", '"statement"'),
    (SOURCES, 'reliability = "C"                 #', 'reliability = "G" #', "source[example-ministry].reliability", "A, B"),
    (CLAIMS, 'about = "presence"', 'about = "presense"', "claim[example-site].about", '"presence"'),
    (CLAIMS, 'modality = "asserted"', "", "claim[example-site].modality", "is missing: one of: asserted"),
    (CLAIMS, "credibility = 4", "credibility = 7", "claim[example-share].credibility", "6 or less"),
    (CLAIMS, "credibility = 4", 'credibility = "4"', "claim[example-share].credibility", "whole number"),
    (CLAIMS, "credibility = 4", "credibility = true", "claim[example-share].credibility", "whole number"),
    (CLAIMS, 'source = "example-ministry"', 'source = "example-ministri"', "claim[example-site].source", '"example-ministry"'),
    (CLAIMS, 'relays = "example-site"', 'relays = "exampel-site"', "claim[example-relay].relays", '"example-site"'),
    (CLAIMS, 'relays = "example-site"', 'relays = "example-relay"', "claim[example-relay].relays", "circle"),
    (CLAIMS, 'origin = "example-line"', 'origin = "line-x"', "claim[example-distance].origin", "[[origin]]"),
    (CLAIMS, 'likely = 90, unit = "km"', 'likely = 90, unit = "mi"', "claim[example-distance].count.unit", '"km"'),
    (CLAIMS, "count = { high = 0.67", "count = { high = 67", "claim[example-share].count.high", "1 or less"),
    (CLAIMS, "{ likely = 3,", "{", "claim[example-relay].count", "at least one"),
    (CLAIMS, "{ likely = 3,", "{ likeli = 3,", "claim[example-relay].count.likeli", '"likely"'),
    (CLAIMS, "{ likely = 3,", "{ likely = 3, low = 4,", "claim[example-relay].count.low", "must not exceed likely"),
    (CLAIMS, 'modality = "not seen"', 'modality = "asserted"', "claim[example-not-seen].detection", '"not seen"'),
    (CLAIMS, "detection = { low = 0.3", "detection = { low = 0.7", "claim[example-not-seen].detection.low", "must not exceed likely"),
    (CLAIMS, "detection = { low = 0.3", "detection = { low = -0.3", "claim[example-not-seen].detection.low", "0 or more"),
    (CLAIMS, 'subject = "minister of defence"\n', "", "claim[example-fact].subject", "beside value"),
    (CLAIMS, "# span = [0, 40] ", "span = [0, 40] #", "claim[example-site].document", "is missing"),
    (CLAIMS, "# span = [0, 40] ", "span = [40, 4] #", "claim[example-site].span", "first the smaller"),
    (CLAIMS, '# document = "..." ', 'document = "abc" #', "claim[example-site].document", "SHA-256"),
    (SOURCES, 'favours = "strength"', 'favours = "war"', "source[example-ministry].favours", "strength, weakness"),
    (HYPOTHESES, 'question = "example-why"\nobservation', 'question = "why"\nobservation', "expectation[example-announced].question", "is no question"),
    (HYPOTHESES, "prior = 0.5  ", "prior = 0.7  ", "question[example-why].id", "add up to 1.2"),
    (HYPOTHESES, "example-fear = {", "example-fea = {", "expectation[example-announced].likelihood.example-fea", '"example-fear"'),
    (HYPOTHESES, "example-fear = { low = 0.2, likely = 0.4, high = 0.6 }", "", "expectation[example-announced].likelihood", "has no example-fear"),
    (HYPOTHESES, "low = 0.6, likely = 0.8", "low = 0.9, likely = 0.8", "expectation[example-announced].likelihood.example-show.low", "must not exceed"),
    (HYPOTHESES, 'claims = ["example-site"]', 'claims = ["example-sit"]', "expectation[example-announced].claims[1]", '"example-site"'),
    (HYPOTHESES, 'claims = ["example-site"]', "claims = []", "expectation[example-announced].claims", "empty"),
    (CLAIMS, 'event = "2025-11" ', 'event = "2025-11-31" ', "claim[example-site].event", "no such date"),
    (CLAIMS, 'event = "2025-11" ', 'event = "2025-12" ', "claim[example-site].publication", "lies before event"),
    (CLAIMS, '# acquisition = "2025-11-02"', 'acquisition = "2025-11-09"', "claim[example-site].publication", "lies before acquisition"),
    (CLAIMS, '# ingestion = "2025-11-05"', 'ingestion = "2025-11-01"', "claim[example-site].ingestion", "lies before publication"),
    (CLAIMS, '# address = "https://..."', 'address = "javascript:alert(1)" #', "claim[example-site].address", "https://"),
    (CLAIMS, "TEACHING EXAMPLE: a battery", r"\u001b[2J", "claim[example-site].statement", "control character U+001B"),
    (CLAIMS, "TEACHING EXAMPLE: a battery", r"\u202e", "claim[example-site].statement", "U+202E"),
    (CLAIMS, "TEACHING EXAMPLE: a battery", "x" * 5000, "claim[example-site].statement", "4000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "says"), WRONG)
def test_one_clear_error(folder, file, old, new, key, says):
    folder.change(file, old, new)
    problem = folder.problem(Ids())
    assert (problem.file, problem.key) == (file, key)
    assert says in problem.message
    assert problem.line is not None
    assert str(problem).startswith(f"{file}:{problem.line}: {key}: ")


def test_line_of_the_bad_key(folder):
    folder.change("claims.toml", 'modality = "asserted"', 'modality = "asserts"')
    problem = folder.problem()
    assert problem.line == folder.line("claims.toml", '"asserts"')
    assert problem.value == "'asserts'"
    assert problem.message.endswith('did you mean "asserted"?')


def test_roof_heights_need_a_reason(folder):
    folder.change("case.toml", "# height_m", "height_m")
    assert load_case(folder.path).places[0].height_m.high == 45
    folder.change("case.toml", 'note = "TEACHING', '# note = "TEACHING')
    assert folder.problem().key == "place[example-base].height_m"


def test_what_is_still_to_come_may_be_published_before(folder):
    folder.change("claims.toml", 'event = "2025-11" ', 'event = "2026-05" ')
    assert "intent" in folder.problem().message
    folder.change("claims.toml", 'about = "presence"', 'about = "intent"')
    load_case(folder.path)


def test_circles_of_relays(folder):
    folder.change(
        "claims.toml",
        'language = "en"\n\n[[claim]]\nid = "example-relay"',
        'relays = "example-relay"\n[[claim]]\nid = "example-relay"',
    )
    problem = folder.problem()
    assert "example-site -> example-relay -> example-site" in problem.message


def test_unknown_tables(folder):
    folder.append("claims.toml", '\n[[source]]\nid = "x"\n')
    problem = folder.problem()
    assert "[[source]] belongs in sources.toml" in problem.message
    assert problem.line == folder.line("claims.toml", "[[source]]")


def test_holdings_of_one_kind_twice(folder):
    folder.change(
        "case.toml", 'system = "iglas"\nunit = "missiles"', 'system = "irist"\nunit = "launchers"'
    )
    assert {"holding[2].system", "deployment[example-teams].system"} == {
        p.key for p in folder.problems()
    }


def test_all_problems_of_all_files_at_once(folder):
    folder.change("case.toml", "west = 8.5", 'west = "8.5"')
    folder.change("case.toml", 'unit = "launchers"', 'unit = "launcher"')
    folder.change("sources.toml", 'family = "statement"', 'family = "statment"')
    folder.change("claims.toml", "credibility = 4", "credibility = 7")
    folder.change("claims.toml", 'relays = "example-site"', 'relays = "nobody"')
    (folder.path / "pressure.toml").write_text("[[event]\n")
    problems = folder.problems()
    files = ["case.toml", "case.toml", "sources.toml", "claims.toml", "claims.toml"]
    assert [p.file for p in problems] == [*files, "pressure.toml"]
    # A source with a typo in it is still there: no claim is told that its source is missing.
    assert not any(p.key.endswith(".source") for p in problems)


def test_catalogue_ids(folder):
    problems = folder.problems(Ids(systems=frozenset({"iglas"})))
    keys = {p.key for p in problems}
    assert keys == {"holding[1].system", "claim[example-site].system",
                    "claim[example-relay].system", "claim[example-share].system",
                    "claim[example-not-seen].system", "transfer[1].system",
                    "function[example-grid].serves[1]", "function[example-orders].serves[1]",
                    "function[example-radars].made_of[1]", "doctrine[1].system"}  # fmt: skip
    assert load_case(folder.path) is not None


def test_syntax_error_has_line_and_column(folder):
    folder.change("case.toml", "west = 8.5", "west = 8.5 8")
    problem = folder.problem()
    assert problem.line == folder.line("case.toml", "8.5 8")
    assert f"line {problem.line}, column 12" in problem.message


def test_not_utf8(folder):
    data = (folder.path / "sources.toml").read_bytes()
    (folder.path / "sources.toml").write_bytes(data + b"\n# caf\xe9\n")
    problem = folder.problem()
    assert problem.line == data.count(b"\n") + 2
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("name", ["case.toml", "sources.toml", "claims.toml"])
def test_a_missing_file_says_what_to_write(folder, name):
    (folder.path / name).unlink()
    problem = next(p for p in folder.problems() if p.file == name)
    assert "is missing" in problem.message
    assert "write one with" in problem.message


def test_no_folder(tmp_path):
    with pytest.raises(CaseError, match="shieldwall new"):
        load_case(tmp_path / "nowhere")


def test_one_table_tells_all_its_problems_at_once(folder):
    folder.change("claims.toml", "credibility = 3                   #", "credibility = 33 #")
    folder.change("claims.toml", 'source = "example-ministry"', 'source = "nobody"')
    folder.change("claims.toml", 'event = "2025-11" ', 'event = "2025-12" ')
    keys = [problem.key.removeprefix("claim[example-site].") for problem in folder.problems()]
    assert keys == ["source", "credibility", "publication"]


def test_a_bad_key_is_not_also_missing(folder):
    folder.change("claims.toml", 'likely = 90, unit = "km"', 'likely = "90", unit = "km"')
    folder.change("case.toml", "lat = 45.0\n", "lat = 450\n")
    assert [p.key for p in folder.problems()] == [
        "place[example-base].lat",
        "claim[example-distance].count.likely",
    ]


def test_repeated_ids_on_one_line(folder):
    table = '{ id = "a", name = "A", family = "press", reliability = "F" }'
    (folder.path / "sources.toml").write_text(f"source = [{table}, {table}]\n")
    assert "is taken (sources.toml:1)" in str(folder.problems()[0])
