"""game.toml: what it says, and every way in which it can be wrong."""

import time
from pathlib import Path

import pytest

from shieldwall.case import json_schema, load_case
from shieldwall.case.checks_crisis import MAX_WORK
from shieldwall.case.checks_game import FORMS, MAX_NODES, MAX_PATHS
from shieldwall.case.game_records import Actor, Consequence, Fact, Move, Node, Payoff
from shieldwall.case.names import named_alike
from shieldwall.case.odd_game import oddities
from shieldwall.case.records import Band

CASES = Path(__file__).parents[2] / "cases"
GAME = "game.toml"
BEGIN, NEWS = "node[example-begin]", "node[example-news]"
STOPPED, PUBLIC = "fact[example-stopped]", "fact[example-public]"
REASON = 'reason = "x"\n'
HEAD = '[[game]]\nscale = "s"\nworst = -10\nbest = 10\nnote = "n"\n'
ACTOR = '[[actor]]\nid = "a"\nname = "A"\nrole = "host"\n'
WORTH = (
    '[[consequence]]\nid = "c"\nname = "C"\n'
    '[[payoff]]\nactor = "a"\nconsequence = "c"\nworth = { low = 0, high = 1 }\nreason = "x"\n'
)


def node(id, *moves, actor="a"):
    """A node; each move is its id, or its id and the keys that follow."""
    text = f'[[node]]\nid = "{id}"\nactor = "{actor}"\nquestion = "q"\n'
    for move in moves:
        name, *keys = move.split(" ", 1)
        text += f'[[node.move]]\nid = "{name}"\nname = "M"\n' + "".join(keys) + "\n"
    return text


def game(folder, *nodes, more=""):
    """Write a small game of one actor; its first move brings the one consequence."""
    text = "".join(nodes)
    if "brings" not in text:
        text = text.replace('name = "M"\n', 'name = "M"\nbrings = ["c"]\n', 1)
    (folder.path / GAME).write_text(HEAD + ACTOR + WORTH + more + text, "utf-8")


def fact(id, band):
    return f'[[fact]]\nid = "{id}"\nname = "F"\nband = {band}\n{REASON}'


# ---- What it says --------------------------------------------------------------------------------


def test_what_the_commented_file_says(folder):
    found = load_case(folder.path).game
    where = {table: f"{GAME}:{folder.line(GAME, f'[[{table}]]')}" for table in
             ("game", "actor", "fact", "consequence", "payoff", "node")}  # fmt: skip
    assert found.where == where["game"]
    assert found.scale.startswith("TEACHING EXAMPLE: from -10")
    assert found.note.startswith("TEACHING EXAMPLE: what is assumed")
    host, adversary = found.actors
    assert host == Actor("example-host", host.name, "host", where["actor"])
    assert adversary.role == "adversary"
    computed, assumed = found.facts
    of = "raid.example-drones.stopped"
    assert computed == Fact(
        "example-stopped", computed.name, of, None, computed.reason, where["fact"]
    )
    assert (assumed.of, assumed.band) == (None, Band(0.3, 0.6, 0.9))
    struck, outcry = found.consequences
    assert struck == Consequence("example-struck", struck.name, "strike", where["consequence"])
    assert outcry.measure == "other"
    first = found.payoffs[0]
    assert first == Payoff(
        "example-host", "example-struck", Band(-10, -6, -3), None, first.reason, where["payoff"]
    )
    assert [p.times for p in found.payoffs] == [None, None, "example-stopped", None]
    assert found.payoffs[-1].worth == Band(-6, None, -1)
    begin, news, answer = found.nodes
    refrain, strike = begin.moves
    assert begin == Node(
        "example-begin", "example-adversary", begin.question, (refrain, strike), where["node"]
    )
    assert refrain == Move("refrain", refrain.name, (), None, None)
    assert strike == Move("strike", strike.name, ("example-struck",), "example-news", None)
    assert news.actor == "chance"
    assert [m.chance for m in news.moves] == ["example-public", None]
    assert [m.leads for m in news.moves] == ["example-answer", None]
    assert answer.actor == "example-host"
    assert (found.worst, found.best) == (-10, 10)


def test_a_case_without_a_game(folder):
    (folder.path / GAME).unlink()
    assert load_case(folder.path).game is None
    (folder.path / GAME).write_text("# nothing yet\n")
    assert load_case(folder.path).game is None


def test_a_game_of_one_choice(folder):
    game(folder, node("n", "x", "y"))
    (only,) = load_case(folder.path).game.nodes
    assert [m.id for m in only.moves] == ["x", "y"]


@pytest.mark.parametrize("of", [*FORMS])
def test_what_a_fact_may_be_of(folder, of):
    of = of.replace("RAID", "example-drones").replace("SYSTEM", "irist")
    folder.change(GAME, 'of = "raid.example-drones.stopped"', f'of = "{of}"')
    assert load_case(folder.path).game.facts[0].of == of


def test_a_computed_fact_may_be_a_chance(folder):
    text = (folder.path / GAME).read_text("utf-8")
    assumed = text[text.index('[[fact]]\nid = "example-public"') :].split("\n\n")[0]
    folder.change(GAME, assumed, "")
    folder.change(GAME, 'chance = "example-public"', 'chance = "example-stopped"')
    assert load_case(folder.path).game.nodes[1].moves[0].chance == "example-stopped"


def test_one_consequence_valued_once_for_each_scale(folder):
    text = (folder.path / GAME).read_text("utf-8")
    assert text.count('consequence = "example-struck"') == 3
    assert len(load_case(folder.path).game.payoffs) == 4


def test_three_outcomes_of_chance(folder):
    facts = fact("f", "{ low = 0.1, high = 0.5 }") + fact("g", "{ low = 0, high = 0.5 }")
    outcomes = ('x chance = "f"', 'y chance = "g"', "z")
    game(folder, node("n", *outcomes, actor="chance"), more=facts)
    assert [m.chance for m in load_case(folder.path).game.nodes[0].moves] == ["f", "g", None]


# ---- What can be wrong ---------------------------------------------------------------------------

WRONG = [
    # ---- keys by themselves
    ('scale = "TEACHING', 'scle = "TEACHING', "game[1].scale", "is missing: what a payoff of 1"),
    ('note = "TEACHING', '# note = "TEACHING', "game[1].note", "is missing: what is assumed"),
    ('role = "host" ', 'role = "hots" ', "actor[example-host].role",
     'must be one of: host, adversary, supplier; did you mean "host"?'),
    ('measure = "strike" ', 'measure = "stirke" ', "consequence[example-struck].measure",
     'must be one of: strike, involvement, concession, withdrawal, other; did you mean "strike"?'),
    ("low = 0.3, likely = 0.6, high = 0.9", "low = -0.3, high = 0.9", f"{PUBLIC}.band.low",
     "0 or more"),
    ("worth = { low = -10,", "worth = { low = -101,", "payoff[1].worth.low", "-100 or more"),
    ("likely = 4, high = 8", "likely = 4, high = 101", "payoff[2].worth.high", "100 or less"),
    ("worth = { low = 2,", "worth = { lo = 2,", "payoff[2].worth.lo", 'did you mean "low"?'),
    ('reason = "TEACHING EXAMPLE: what it gains."\n', "", "payoff[2].reason",
     "is missing: what was published of it, and what is assumed"),
    ('brings = ["example-outcry"]', 'brings = "example-outcry"', f"{NEWS}.move[public].brings",
     "a list in square brackets"),
    ('brings = ["example-outcry"]', 'odds = "1"', f"{NEWS}.move[public].odds", "is not a key here"),
    ('question = "TEACHING EXAMPLE: does it become public?"\n', "", f"{NEWS}.question",
     "is missing: what is decided here"),
    ('id = "refrain"', 'id = "Do nothing"', f"{BEGIN}.move[Do nothing].id", "lowercase letters"),
    # ---- references
    ('actor = "example-host"', 'actor = "example-hots"', "payoff[1].actor",
     'is no actor of this case; did you mean "example-host"?'),
    ('consequence = "example-outcry"', 'consequence = "outcry-x"', "payoff[4].consequence",
     "is no consequence of this case"),
    ('times = "example-stopped"', 'times = "example-stoped"', "payoff[3].times",
     'is no fact of this case; did you mean "example-stopped"?'),
    ('actor = "example-adversary"       #', 'actor = "example-adversery" #', f"{BEGIN}.actor",
     'is no actor of this game; did you mean "example-adversary"?'),
    ('actor = "chance"', 'actor = "chanse"', f"{NEWS}.actor", 'did you mean "chance"?'),
    ('actor = "chance"', 'actor = "nobody"', f"{NEWS}.actor",
     '; write an [[actor]] of that id, or "chance"'),
    ('brings = ["example-outcry"]', 'brings = ["example-outcri"]',
     f"{NEWS}.move[public].brings[1]", 'did you mean "example-outcry"?'),
    ('leads = "example-news"', 'leads = "example-new"', f"{BEGIN}.move[strike].leads",
     'is no node of this case; did you mean "example-news"?'),
    ('leads = "example-news"', 'leads = "zzz"', f"{BEGIN}.move[strike].leads",
     "; write a [[node]] of that id in game.toml"),
    ('chance = "example-public"', 'chance = "example-publik"', f"{NEWS}.move[public].chance",
     'is no fact of this case; did you mean "example-public"?'),
    # ---- what a fact is of
    ('of = "raid.example-drones.stopped"', "", f"{STOPPED}.of",
     "is missing: write one of raid.RAID.stopped, raid.RAID.none_through, "),
    ("band = { low = 0.3", 'of = "raid.example-drones.stopped"\nband = { low = 0.3',
     f"{PUBLIC}.band", "stands beside of; write one of the two"),
    ("drones.stopped", "drones.stoped", f"{STOPPED}.of",
     'control.mission.operating; did you mean "raid.example-drones.stopped"?'),
    ("raid.example-drones.stopped\"", 'the raid"', f"{STOPPED}.of",
     "must be one of: raid.RAID.stopped, raid.RAID.none_through, control.SYSTEM.at_consoles, "),
    ("raid.example-drones.stopped\"", 'raid.example-dornes.stopped"', f"{STOPPED}.of",
     'names no raid of this case; did you mean "example-drones"?'),
    ("raid.example-drones.stopped\"", 'raid.z.none_through"', f"{STOPPED}.of",
     "names no raid of this case; write a [[raid]] of that id in raids.toml"),
    ("raid.example-drones.stopped\"", 'control.iris.connected"', f"{STOPPED}.of",
     'names no system that was handed over; did you mean "irist"?'),
    ("raid.example-drones.stopped\"", 'control.zu23.at_consoles"', f"{STOPPED}.of",
     "names no system that was handed over; write a [[transfer]] of it in control.toml"),
    ("raid.example-drones.stopped\"", 'control.mission.connected"', f"{STOPPED}.of",
     "names no system that was handed over"),
    # ---- between keys and tables
    ("worth = { low = -10, likely = -6", "worth = { low = -5, likely = -6", "payoff[1].worth.low",
     "must not exceed likely (-6); order them low, likely, high"),
    ("low = 0.3, likely = 0.6, high = 0.9", "low = 0.7, likely = 0.6, high = 0.9",
     f"{PUBLIC}.band.low", "must not exceed likely (0.6)"),
    ("likely = 0.6, high = 0.9", "likely = 0.6, high = 90", f"{PUBLIC}.band.high",
     "must be 1 or less: it is the chance of public at example-news"),
    ('id = "example-host"', 'id = "chance"', "actor[chance].id", "is kept for nodes at which"),
    ('role = "adversary"', 'role = "host"', "actor[example-adversary].role",
     "is played already (game.toml:13); each must be unique"),
    ('id = "example-public"', 'id = "example-stopped"', "fact[example-stopped].id", "is taken"),
    ('id = "example-news"', 'id = "example-begin"', f"{BEGIN}.id", "is taken"),
    ('id = "strike"', 'id = "refrain"', f"{BEGIN}.move[refrain].id",
     "is taken by another move of this node"),
    ('times = "example-stopped"', "# times", "payoff[3].consequence",
     "has a [[payoff]] of that actor and times already (game.toml:58)"),
    ('brings = ["example-outcry"]', 'brings = ["example-outcry", "example-outcry"]',
     f"{NEWS}.move[public].brings[2]", "is named twice; a move brings it once"),
    ('chance = "example-public"', "# chance", f"{NEWS}.move[hidden].chance",
     "is missing: only one move takes what the others leave, here public"),
    ('id = "hidden"', 'id = "hidden"\nchance = "example-public"', f"{NEWS}.move[hidden].chance",
     "must be left out in one move of the node"),
    ('id = "refrain"', 'id = "refrain"\nchance = "example-public"', f"{BEGIN}.move[refrain].chance",
     'is for nodes whose actor is "chance"; leave it out'),
    ('id = "hidden"', 'id = "hidden"\nleads = "example-begin"', f"{BEGIN}.move[strike].leads",
     "goes in a circle (example-begin -> example-news -> example-begin)"),
    ('leads = "example-news"', "# leads", f"{NEWS}.id",
     "is led to by no move, and the game begins at example-begin, the first"),
]  # fmt: skip


NOT_ALONE = {
    "game[1].scale": "game[1].scle",
    "payoff[2].worth.lo": "payoff[2].worth.low",
    f"{BEGIN}.id": f"{BEGIN}.move[strike].leads",
    "fact[example-stopped].id": f"{NEWS}.move[public].chance",
    "actor[chance].id": "payoff[1].actor, node[example-answer].actor",
}
"""Slips that are, rightly, a second problem too, or two more."""


@pytest.mark.parametrize(("old", "new", "key", "says"), WRONG)
def test_one_clear_error(folder, old, new, key, says):
    folder.change(GAME, old, new)
    problems = folder.problems()
    also = NOT_ALONE[key].split(", ") if key in NOT_ALONE else []
    assert sorted(p.key for p in problems) == sorted([key, *also])
    found = next(p for p in problems if p.key == key)
    assert found.file == GAME
    assert found.line is not None
    assert says in found.message


@pytest.mark.parametrize("table", ["actor", "fact", "consequence", "payoff", "node"])
def test_tables_without_a_game(folder, table):
    text = (folder.path / GAME).read_text("utf-8")
    (folder.path / GAME).write_text(text[text.index(f"[[{table}]]") :].split("\n\n")[0] + "\n")
    missing = [p for p in folder.problems() if p.key == "game"]
    assert [p.message for p in missing] == ["is missing: write one [[game]] with scale and note"]


def test_two_games(folder):
    line = folder.line(GAME, "[[game]]")
    folder.append(GAME, f"\n{HEAD}")
    problem = folder.problem()
    assert problem.key == "game[2]"
    assert problem.message == f"stands there already ({GAME}:{line}); a case has one game"


def test_a_game_without_actors_and_nodes(folder):
    (folder.path / GAME).write_text(HEAD)
    actor, begin = folder.problems()
    assert actor.message.startswith("has no [[actor]]: who chooses")
    assert begin.message.startswith("has no [[node]]: the first is where it begins")


def test_single_brackets(folder):
    (folder.path / GAME).write_text(HEAD.replace("[[game]]", "[game]"))
    assert folder.problem().message.endswith("write [[game]], with double brackets")


def test_a_file_that_cannot_be_read_is_judged_once(folder):
    (folder.path / GAME).write_text("[[node]\n")
    assert folder.problem().file == GAME


@pytest.mark.parametrize("file", ["raids.toml", "control.toml"])
def test_facts_are_not_judged_by_a_file_that_cannot_be_read(folder, file):
    folder.change(GAME, "band = { low = 0.3, likely = 0.6, high = 0.9 }",
                  'of = "control.irist.connected"')  # fmt: skip
    load_case(folder.path)
    (folder.path / file).write_text("[[")
    assert {p.file for p in folder.problems()} == {file}


def test_a_mission_needs_a_transfer_from_abroad(folder):
    folder.change(GAME, 'raid.example-drones.stopped"', 'control.mission.operating"')
    folder.change("control.toml", 'supplier = "Otherland"', 'supplier = "exampleland"')
    problem = next(p for p in folder.problems() if p.file == GAME)
    assert problem.key == f"{STOPPED}.of"
    assert "asks for a mission from abroad; write a [[transfer]]" in problem.message


def test_systems_of_the_hosts_own_make(folder):
    folder.change(GAME, 'raid.example-drones.stopped"', 'control.zu23.connected"')
    folder.append(
        "control.toml",
        '\n[[transfer]]\nsystem = "zu23"\nhost = "Exampleland"\nsupplier = "Exampleland"\n'
        'source = "its own"\n',
    )
    assert "is of the host's own make" in folder.problem().message


def test_an_actor_who_wants_nothing(folder):
    text = (folder.path / GAME).read_text("utf-8")
    first = text[text.index("[[payoff]]") :].split("\n\n")[0]
    folder.change(GAME, first, "")
    problem = folder.problem()
    assert problem.key == "actor[example-host].id"
    assert problem.message.startswith("has no [[payoff]]")


@pytest.mark.parametrize(("moves", "says"), [
    ([], "is missing: a [[node.move]] for each choice: 2 to 8"),
    (["x"], "must have at least 2 items"),
    ([f"m{i}" for i in range(9)], "must have at most 8 items"),
])  # fmt: skip
def test_how_many_moves(folder, moves, says):
    game(folder, node("n", *moves))
    problem = folder.problem()
    assert (problem.key, problem.message) == ("node[n].move", says)


def test_a_bad_node_hides_no_other_and_blames_no_other(folder):
    game(folder, node("n", 'x leads = "late"'), node("late", "x", 'y brings = ["nothing"]'))
    assert [p.key for p in folder.problems()] == ["node[n].move", "node[late].move[y].brings[1]"]


def test_chances_that_add_up_to_more_than_one(folder):
    facts = fact("f", "{ low = 0.1, high = 0.6 }") + fact("g", "{ low = 0, high = 0.6 }")
    outcomes = ('x chance = "f"', 'y chance = "g"', "z")
    game(folder, node("n", *outcomes, actor="chance"), more=facts)
    problem = folder.problem()
    assert problem.key == "node[n].move[y].chance"
    assert "add up to 1.2 at their highest" in problem.message


def test_a_computed_chance_stands_with_one_other_move(folder):
    facts = fact("f", "{ low = 0, high = 0.1 }")
    facts += f'[[fact]]\nid = "g"\nname = "G"\nof = "control.irist.connected"\n{REASON}'
    outcomes = ('x chance = "f"', 'y chance = "g"', "z")
    game(folder, node("n", *outcomes, actor="chance"), more=facts)
    problem = folder.problem()
    assert problem.key == "node[n].move[y].chance"
    assert "ask at another node" in problem.message


def test_a_factor_may_exceed_one_where_it_is_no_chance(folder):
    more = fact("f", "{ low = 1, high = 3 }") + (
        '[[payoff]]\nactor = "a"\nconsequence = "c"\ntimes = "f"\n'
        f"worth = {{ low = 0, high = 1 }}\n{REASON}"
    )
    game(folder, node("n", "x", "y"), more=more)
    assert load_case(folder.path).game.facts[0].band == Band(1, None, 3)


def chain(length, last=("x", "y")):
    """Nodes of which each leads twice to the next: twice as many ways at each."""
    nodes = [node(f"n{i}", f'x leads = "n{i + 1}"', f'y leads = "n{i + 1}"') for i in range(length)]
    return [*nodes, node(f"n{length}", *last)]


def test_how_many_ways_are_solved(folder):
    game(folder, *chain(11))
    assert len(load_case(folder.path).game.nodes) == 12  # 4,096 ways
    game(folder, *chain(12))
    problem = folder.problem()
    assert problem.key == "node[n0].id"
    assert "begins 8,192 ways through the game; at most 5,000 are solved" in problem.message
    assert MAX_PATHS == 5_000


def test_ways_beyond_counting_stay_short_and_quick(folder):
    game(folder, *chain(MAX_NODES - 1))
    began = time.monotonic()
    assert "begins 1,000,000,000 ways" in folder.problem().message
    assert time.monotonic() - began < 10


def test_more_nodes_than_are_read(folder):
    nodes = [node(f"n{i}", "x", f'y leads = "n{i + 1}"') for i in range(MAX_NODES)]
    game(folder, *nodes, node(f"n{MAX_NODES}", "x", "y"))
    problem = folder.problem()
    assert problem.key == f"node[n{MAX_NODES}]"
    assert "is one [[node]] too many" in problem.message


def test_what_cannot_be_reached_is_told_at_its_beginning(folder):
    lost = node("lost", 'x leads = "behind"', "y"), node("behind", "x", "y")
    game(folder, node("n", "x", "y"), *lost)
    assert folder.problem().key == "node[lost].id"


def test_a_move_back_to_the_first_node(folder):
    game(folder, node("n", 'x leads = "n"', "y"))
    problem = folder.problem()
    assert problem.key == "node[n].move[x].leads"
    assert "goes in a circle (n -> n); a game must come to an end" in problem.message


def test_a_table_in_the_wrong_file(folder):
    folder.append("raids.toml", '\n[[payoff]]\nactor = "a"\n')
    assert "[[payoff]] belongs in game.toml" in folder.problem().message


def test_editors_know_how_many_moves():
    properties = json_schema()["game"]["$defs"]["NodeTable"]["properties"]
    assert (properties["move"]["minItems"], properties["move"]["maxItems"]) == (2, 8)
    assert properties["move"]["description"]


# ---- What nothing reads, and what is odd ---------------------------------------------------------

UNREAD = [
    ('brings = ["example-outcry"]', "", "consequence[example-outcry].id",
     "is brought by no move, so that it never comes about; name it in brings of a [[node.move]]"),
    ('brings = ["example-struck"]', 'brings = ["example-outcry"]', "consequence[example-struck].id",
     "is brought by no move"),
    ('times = "example-stopped"', 'times = "example-public"', f"{STOPPED}.id",
     "is read by nothing; name it in times of a [[payoff]] or in chance of a [[node.move]]"),
    ("worth = { low = -10, likely", "worth = { low = -11, likely", "payoff[1].worth.low",
     "lies beyond the scale, from worst (-10) to best (10); keep to it, or state a wider one at "
     "game.toml:5"),
    ("likely = 4, high = 8", "likely = 4, high = 100", "payoff[2].worth.high", "(got 100.0)"),
    ("worst = -10 ", "worst = 10 ", "game[1].worst", "must be less than best (10)"),
    ("best = 10\n", "", "game[1].best", "is missing: the highest payoff of the scale"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "says"), UNREAD)
def test_what_nothing_reads_is_one_clear_error(folder, old, new, key, says):
    folder.change(GAME, old, new)
    problem = folder.problem()
    assert (problem.file, problem.key) == (GAME, key)
    assert problem.line is not None
    assert says in str(problem)


def test_a_misspelt_name_is_told_once_and_not_as_unread_too(folder):
    folder.change(GAME, 'brings = ["example-outcry"]', 'brings = ["example-outcri"]')
    assert folder.problem().key == f"{NEWS}.move[public].brings[1]"


def test_a_game_that_would_take_too_long_is_refused(folder):
    """4,096 ways are read by themselves, and 100 payoffs and facts; not both."""
    names, facts = [f"c{i}" for i in range(24)], ["f0", "f1", "f2"]
    more = "".join(fact(f, "{ low = 0, high = 1 }") for f in facts)
    for c in names:
        more += f'[[consequence]]\nid = "{c}"\nname = "C"\n'
        for times in ("", *(f'times = "{f}"\n' for f in facts)):
            more += f'[[payoff]]\nactor = "a"\nconsequence = "{c}"\n{times}'
            more += f"worth = {{ low = 0, high = 1 }}\n{REASON}"
    first = ", ".join(f'"{c}"' for c in ["c", *names[:12]])
    last = ", ".join(f'"{c}"' for c in names[12:])
    moves = (f"x brings = [{first}]", f"y brings = [{last}]")
    game(folder, *chain(11, moves), more=more)
    problem = folder.problem()
    assert problem.key == "node[n0].id"
    assert "4,096 × 100 is 409,600, and at most 400,000 are solved" in problem.message
    game(folder, *chain(10, moves), more=more)
    assert len(load_case(folder.path).game.payoffs) == 97
    assert MAX_WORK == 400_000


def test_the_commented_case_is_not_odd(folder):
    assert oddities(load_case(folder.path)) == ()


@pytest.mark.parametrize("name", ["venezuela-2025", "venezuela-2019", "moscow-2023"])
def test_no_shipped_game_is_odd(name):
    assert oddities(load_case(CASES / name)) == ()


ODD = [
    (GAME, 'measure = "strike" ', 'measure = "other" ',
     'game.toml:5: no [[consequence]] has measure = "strike"'),
    (GAME, 'actor = "example-host"\nquestion', 'actor = "example-adversary"\nquestion',
     "game.toml:13: example-host chooses at no [[node]]"),
    ("pressure.toml", 'actor = "TEACHING EXAMPLE: the neighbour"', 'actor = "The neighbours"',
     "game.toml:18: no [[event]] of pressure.toml is by TEACHING EXAMPLE: the neighbour toward "
     "TEACHING EXAMPLE: Exampleland"),
    ("pressure.toml", 'toward = "TEACHING EXAMPLE: Exampleland"', 'toward = "Elsewhere"',
     "game.toml:18: no [[event]] of pressure.toml is by"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), ODD)
def test_what_is_odd_is_told_with_its_line(folder, file, old, new, says):
    folder.change(file, old, new)
    (told,) = oddities(load_case(folder.path))
    assert told.startswith(says)


def test_a_game_of_one_who_is_no_adversary_is_odd(folder):
    game(folder, node("n", "x", "y"))
    told = " ".join(oddities(load_case(folder.path)))
    assert "a is the only [[actor]]" in told
    assert 'no [[actor]] has role = "adversary"' in told


def test_names_are_alike_whatever_their_case_and_spaces():
    assert named_alike("United  States", " united states")
    assert not named_alike("United States", "USA")
