"""network.toml and raids.toml: what they say, and every way in which they can be wrong."""

import time

import pytest

from shieldwall.case import json_schema, load_case
from shieldwall.case.checks_raid import MAX_FUNCTIONS, MAX_RAIDS
from shieldwall.case.raid_records import Doctrine, Outage, RaidGroup
from shieldwall.case.records import Band
from shieldwall.catalogue import load_catalogue

NETWORK, RAIDS = "network.toml", "raids.toml"
RADARS, COMMAND = "function[example-radars]", "function[example-command]"
ORDERS, DRONES = "function[example-orders]", "raid[example-drones]"
LEAST = 'reason = "x"\n'


def test_what_the_commented_files_say(folder):
    case = load_case(folder.path, load_catalogue())
    grid, radars, command, data, voice, orders = case.functions
    assert (grid.kind, grid.serves, grid.needs) == ("power", ("irist",), ())
    assert grid.works == Band(0.6, 0.8, 0.95)
    assert (radars.made_of, radars.needs) == (("irist",), (("example-grid",),))
    assert (command.delay_s, command.capacity) == (Band(10, 30, 90), Band(2, 6, 12))
    assert data.needs == voice.needs == (("example-command",),)
    assert orders.needs == (("example-data", "example-voice"),), "any one of them will do"
    assert orders.delay_s == Band(0, None, 0)
    (doctrine,) = case.doctrines
    where = f"{NETWORK}:{folder.line(NETWORK, '[[doctrine]]')}"
    assert doctrine == Doctrine("irist", "salvo", 2, 2, doctrine.reason, where)
    assert [(c.system, c.training) for c in case.crews] == [("iglas", "basic")]
    (raid,) = case.raids
    assert (raid.area, raid.axis) == ("example-city", "example-line")
    assert raid.groups == (RaidGroup("drone", 20, 5, 30, "random", 0, Band(50, 150, 1000)),)
    assert raid.outages == (Outage("example-data", 0, 600),)
    assert raid.where == f"{RAIDS}:{folder.line(RAIDS, '[[raid]]')}"


def test_what_is_left_out(folder):
    (folder.path / NETWORK).write_text(
        f'[[function]]\nid = "a"\nname = "A"\nkind = "command"\n{LEAST}'
        f'[[doctrine]]\nsystem = "irist"\nfiring = "shoot-look-shoot"\n{LEAST}'
    )
    (folder.path / RAIDS).write_text(
        f'[[raid]]\nid = "b"\nname = "B"\narea = "example-city"\n{LEAST}'
        '[[raid.group]]\nthreat = "drone"\nnumber = 1\n'
        '[[raid.group]]\nthreat = "drone"\nnumber = 2\n'
    )
    (folder.path / "game.toml").unlink()
    case = load_case(folder.path)
    (function,), (doctrine,), (raid,) = case.functions, case.doctrines, case.raids
    assert (function.needs, function.serves, function.made_of) == ((), (), ())
    assert function.works is function.delay_s is function.capacity is None
    assert (doctrine.salvo, doctrine.looks) == (1, None)
    assert (raid.axis, raid.outages, case.crews) == (None, (), ())
    assert raid.groups[0] == RaidGroup("drone", 1, 0, 0, "even", 0, None)
    assert [g.number for g in raid.groups] == [1, 2]


WRONG = [
    # ---- keys by themselves
    (NETWORK, 'kind = "power" ', 'kind = "pwer" ', "function[example-grid].kind",
     "must be one of: sensor, command, link, power"),
    (NETWORK, 'name = "TEACHING EXAMPLE: power grid"\n', "", "function[example-grid].name",
     "is missing: what the report calls it: a class of things, never a site"),
    (NETWORK, 'needs = ["example-grid"]  ', 'needs = "example-grid"  ', f"{RADARS}.needs",
     'must be a list of ids, such as ["grid", ["radio", "cable"]]'),
    (NETWORK, '[["example-data", "example-voice"]]', '["example-data", []]', f"{ORDERS}.needs",
     "item 2 must be an id, or a list of ids of which any will do"),
    (NETWORK, '[["example-data", "example-voice"]]', '[["example-data", 1]]', f"{ORDERS}.needs",
     "item 1 must be an id"),
    (NETWORK, '[["example-data", "example-voice"]]', str(["a"] * 51), f"{ORDERS}.needs",
     "at most 50 items"),
    (NETWORK, "works = { low = 0.6, likely = 0.8, high = 0.95 }",
     "works = { low = 0.6, high = 1.5 }", "function[example-grid].works.high", "1 or less"),
    (NETWORK, "delay_s = { low = 10,", "delay_s = { low = -1,", f"{COMMAND}.delay_s.low",
     "0 or more"),
    (NETWORK, "capacity = { low = 2,", "capacity = { low = 0,", f"{COMMAND}.capacity.low",
     "1 or more"),
    (NETWORK, 'firing = "salvo" ', 'firing = "salvos" ', "doctrine[1].firing",
     'must be one of: shoot-look-shoot, salvo; did you mean "salvo"?'),
    (NETWORK, "salvo = 2 ", "salvo = 0 ", "doctrine[1].salvo", "1 or more"),
    (NETWORK, "looks = 2 ", "looks = 0 ", "doctrine[1].looks", "1 or more"),
    (NETWORK, 'training = "basic" ', 'training = "good" ', "crew[1].training",
     "must be one of: untrained, basic, drilled"),
    (RAIDS, "number = 20", "number = 0", f"{DRONES}.group[1].number", "1 or more"),
    (RAIDS, "number = 20", "number = 2001", f"{DRONES}.group[1].number", "2000 or less"),
    (RAIDS, "number = 20", "number = 20.5", f"{DRONES}.group[1].number", "whole number"),
    (RAIDS, "decoys = 5", "decoys = -1", f"{DRONES}.group[1].decoys", "0 or more"),
    (RAIDS, "spacing_s = 30", "spacing_s = -30", f"{DRONES}.group[1].spacing_s", "0 or more"),
    (RAIDS, 'arrivals = "random"', 'arrivals = "randomly"', f"{DRONES}.group[1].arrivals",
     'must be one of: even, random; did you mean "random"?'),
    (RAIDS, "after_s = 0", "after_s = 1e9", f"{DRONES}.group[1].after_s", "86400 or less"),
    (RAIDS, "after_s = 0", "waypoints = []", f"{DRONES}.group[1].waypoints", "is not a key here"),
    (RAIDS, "altitude_m = { low = 50", "altitude_m = { low = 0",
     f"{DRONES}.group[1].altitude_m.low", "1 or more"),
    (RAIDS, "for_s = 600", "for_s = 0", f"{DRONES}.unavailable[1].for_s", "more than 0"),
    (RAIDS, ", for_s = 600", "", f"{DRONES}.unavailable[1].for_s", "how many seconds it is out"),
    (RAIDS, "[[raid.group]]", "[[raid.groups]]", f"{DRONES}.groups", 'did you mean "group"?'),
    # ---- references
    (NETWORK, 'needs = ["example-grid"]  ', 'needs = ["example-gird"]  ', f"{RADARS}.needs[1][1]",
     'is no function of this case; did you mean "example-grid"?'),
    (NETWORK, '"example-voice"]]', '"example-noise"]]', f"{ORDERS}.needs[1][2]",
     'did you mean "example-voice"?'),
    (RAIDS, 'area = "example-city"', 'area = "example-base"', f"{DRONES}.area",
     "is no defended area of this case"),
    (RAIDS, 'area = "example-city"', 'area = "nowhere"', f"{DRONES}.area",
     "; write a [[defended_area]] of that id in case.toml"),
    (RAIDS, 'axis = "example-line"', 'axis = "example-lane"', f"{DRONES}.axis",
     'is no origin of this case; did you mean "example-line"?'),
    (RAIDS, 'threat = "drone"', 'threat = "owa_generic"', f"{DRONES}.group[1].threat",
     "is no threat of this case; write a [[threat]] of that id in case.toml"),
    (RAIDS, 'function = "example-data"', 'function = "example-date"',
     f"{DRONES}.unavailable[1].function", 'did you mean "example-data"?'),
    # ---- between keys and tables
    (NETWORK, 'kind = "sensor"', 'kind = "link"', f"{RADARS}.made_of",
     'is for kind = "sensor", not "link"; leave it out'),
    (NETWORK, 'kind = "command"', 'kind = "link"', f"{COMMAND}.capacity",
     'is for kind = "command", not "link"'),
    (NETWORK, 'kind = "command"', 'kind = "power"', f"{COMMAND}.delay_s",
     'is for kind = "sensor" or "command" or "link", not "power"'),
    (NETWORK, "works = { low = 0.6", "works = { low = 0.9", "function[example-grid].works.low",
     "must not exceed likely (0.8); order them low, likely, high"),
    (NETWORK, "delay_s = { low = 10,", "delay_s = { low = 40,", f"{COMMAND}.delay_s.low",
     "must not exceed likely (30)"),
    (RAIDS, "altitude_m = { low = 50", "altitude_m = { low = 500",
     f"{DRONES}.group[1].altitude_m.low", "must not exceed likely (150)"),
    (NETWORK, 'id = "example-data"', 'id = "example-grid"', "function[example-grid].id",
     "is taken (network.toml:4); each must be unique"),
    (NETWORK, 'name = "TEACHING EXAMPLE: power grid"', 'name = "teaching example BASE"',
     "function[example-grid].name", "is the place example-base; a function is a class of things"),
    (NETWORK, 'system = "iglas"', 'system = "irist"', "crew[1].system",
     "has a [[transfer]] from abroad, which tells who operates it; leave this out"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "says"), WRONG)
def test_one_clear_error(folder, file, old, new, key, says):
    folder.change(file, old, new)
    folder.complains(file, key, says)


def test_a_function_with_the_id_of_a_place(folder):
    text = (folder.path / NETWORK).read_text("utf-8")
    (folder.path / NETWORK).write_text(text.replace("example-radars", "example-base"), "utf-8")
    problem = folder.problem()
    assert problem.key == "function[example-base].id"
    assert "a function is a class of things, never a site" in problem.message


def test_crews_of_the_hosts_own_make(folder):
    folder.append(
        "control.toml",
        '\n[[transfer]]\nsystem = "iglas"\nhost = "Exampleland"\nsupplier = "Exampleland"\n'
        'source = "its own"\n',
    )
    assert load_case(folder.path).crews[0].system == "iglas"


@pytest.mark.parametrize(
    ("old", "new", "circle"),
    [
        ('kind = "power" ', 'needs = ["example-orders"]\nkind = "power" ',
         "example-grid -> example-orders -> "),
        ('kind = "power" ', 'needs = [["example-voice", "example-grid"]]\nkind = "power" ',
         "example-grid"),
        ('kind = "sensor"', 'needs = ["example-radars"]\nkind = "sensor"',
         "example-radars -> example-radars"),
    ],
)  # fmt: skip
def test_needs_in_a_circle(folder, old, new, circle):
    if 'kind = "sensor"' in old:
        folder.change(NETWORK, 'needs = ["example-grid"]          # every', "# every")
    folder.change(NETWORK, old, new)
    problem = folder.problem()
    assert problem.key.endswith(".needs")
    assert circle in problem.message
    assert "goes in a circle (" in problem.message
    assert "no function may need itself" in problem.message


@pytest.mark.parametrize("table", ["doctrine", "crew"])
def test_one_a_system(folder, table):
    text = (folder.path / NETWORK).read_text("utf-8")
    part = text[text.index(f"[[{table}]]") :].split("\n\n")[0]
    folder.append(NETWORK, f"\n{part}\n")
    problem = folder.problem()
    assert problem.key == f"{table}[2].system"
    first = folder.line(NETWORK, f"[[{table}]]")
    assert problem.message.startswith(f"has a [[{table}]] already (network.toml:{first})")


def test_a_raid_stands_once(folder):
    folder.append(RAIDS, "\n" + (folder.path / RAIDS).read_text("utf-8"))
    assert "is taken" in folder.problem().message


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (NETWORK, '["irist", "iglas"]', '["irist", "jyl1"]', f"{ORDERS}.serves[2]"),
        (NETWORK, 'made_of = ["irist"]', 'made_of = ["irst"]', f"{RADARS}.made_of[1]"),
        (NETWORK, 'system = "irist"', 'system = "jyl1"', "doctrine[1].system"),
        (NETWORK, 'system = "iglas"', 'system = "igla"', "crew[1].system"),
    ],
)
def test_what_the_catalogue_does_not_have(folder, file, old, new, key):
    folder.change(file, old, new)
    assert load_case(folder.path) is not None
    problem = folder.problem(load_catalogue())
    assert problem.key == key
    assert "is not in the catalogue" in problem.message


def test_radars_are_what_sensors_are_made_of(folder):
    folder.change(NETWORK, 'made_of = ["irist"]', 'made_of = ["jyl1", "irist"]')
    assert load_case(folder.path, load_catalogue()).functions[1].made_of == ("jyl1", "irist")


def test_an_outage_without_a_network(folder):
    (folder.path / NETWORK).unlink()
    problem = folder.problem()
    assert problem.key == f"{DRONES}.unavailable[1].function"
    assert "write a [[function]] of that id in network.toml" in problem.message


def test_a_network_that_cannot_be_read_is_judged_once(folder):
    (folder.path / NETWORK).write_text("[[function]\n")
    assert folder.problem().file == NETWORK


def test_a_table_in_the_wrong_file(folder):
    folder.append(RAIDS, '\n[[function]]\nid = "a"\n')
    assert "[[function]] belongs in network.toml" in folder.problem().message


def function(n, needs=""):
    return f'[[function]]\nid = "f{n}"\nname = "F"\nkind = "link"\n{needs}{LEAST}'


def test_more_than_are_read(folder):
    folder.append(NETWORK, "\n" + "".join(map(function, range(MAX_FUNCTIONS))))
    raid = f'[[raid]]\nname = "R"\narea = "example-city"\n{LEAST}'
    group = '[[raid.group]]\nthreat = "drone"\nnumber = 1\n'
    raids = [raid.replace("\n", f'\nid = "r{n}"\n', 1) + group for n in range(MAX_RAIDS)]
    folder.append(RAIDS, "\n" + "".join(raids))
    assert [p.key for p in folder.problems()] == ["function[f94].id", "raid[r99].id"]
    assert all("one too many" in p.message for p in folder.problems())


@pytest.mark.parametrize("last", [4000, 0], ids=["chain", "circle"])
def test_thousands_of_functions_stay_quick(folder, last):
    text = "".join(
        function(n, f'needs = ["f{last if n == 3999 else n + 1}"]\n') for n in range(4000)
    )
    (folder.path / NETWORK).write_text(text)
    (folder.path / RAIDS).unlink()
    began = time.monotonic()
    keys = {p.key for p in folder.problems()}
    assert keys >= {f"function[f{MAX_FUNCTIONS}].id"}
    assert all(len(str(p)) < 1000 for p in folder.problems())
    assert time.monotonic() - began < 10


def test_editors_know_what_needs_may_hold():
    needs = json_schema()["network"]["$defs"]["FunctionTable"]["properties"]["needs"]
    assert [each["type"] for each in needs["items"]["anyOf"]] == ["string", "array"]
    assert needs["description"]
