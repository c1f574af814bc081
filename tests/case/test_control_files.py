"""control.toml, indicators.toml and outcome.toml: every way in which they can be wrong."""

import pytest

from shieldwall.case import load_case
from shieldwall.control.indicators import indicators, product_indicators
from shieldwall.errors import CaseError

CONTROL, SIGNS, OUTCOME = "control.toml", "indicators.toml", "outcome.toml"

WRONG = [
    (CONTROL, 'system = "irist"                  # a', 'system = "buk"  # a',
     "observation[example-host-commands].system", "no [[transfer]]"),
    (CONTROL, 'claims = ["example-site"]', 'claims = ["example-sight"]',
     "observation[example-host-commands].claims[1]", 'did you mean "example-site"?'),
    (CONTROL, 'says = "yes"', 'says = "maybe"', "observation[example-host-commands].says",
     "must be one of: yes, no"),
    (CONTROL, 'event = "seen in action"', 'event = "connected"',
     "foretold[example-in-action].seen", 'is for event = "seen in action"'),
    (CONTROL, "seen = { low = 0.3, likely = 0.5", "seen = { low = 0.6, likely = 0.5",
     "foretold[example-in-action].seen.low", "must not exceed likely"),
    (CONTROL, "on = 2026-02-01", 'on = "2026-02-01"', "foretold[example-in-action].on",
     "a date without quotes"),
    (CONTROL, "document = 0.9", "document = 9", "foretold[example-in-action].document",
     "1 or less"),
    (SIGNS, "joint = {", "jointly = {", "indicator[example-anthem].likelihood.jointly",
     'did you mean "joint"?'),
    (SIGNS, 'of = "operators"', 'of = "connection"',
     "indicator[example-anthem].likelihood.not_operational", "is no state of connection"),
    (SIGNS, "persistence_weeks = 26", "persistence_weeks = 0",
     "indicator[example-anthem].persistence_weeks", "more than 0"),
    (SIGNS, "hit = 0.7 ", "hit = 1.7 ", "indicator[example-anthem].look.hit", "1 or less"),
    (OUTCOME, 'foretold = "example-in-action"', 'foretold = "example-out-of-action"',
     "outcome[1].foretold", 'did you mean "example-in-action"?'),
    (OUTCOME, "happened = false", 'happened = "no"', "outcome[1].happened", ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "says"), WRONG)
def test_one_clear_error(folder, file, old, new, key, says):
    folder.change(file, old, new)
    folder.complains(file, key, says)


def test_a_transfer_stands_once(folder):
    text = (folder.path / CONTROL).read_text("utf-8")
    first = text[text.index("[[transfer]]") : text.index("[[observation]]")]
    folder.append(CONTROL, f"\n{first}")
    assert "must be unique" in folder.problem().message


def test_one_mission_a_case(folder):
    again = '\n[[transfer]]\nsystem = "zu23"\nhost = "Exampleland"\nsupplier = "B"\nsource = "c"\n'
    folder.append(CONTROL, again)
    problem = folder.problem()
    assert problem.key == "transfer[2].supplier"
    assert "differs from Otherland: one mission is asked for" in problem.message
    folder.change(CONTROL, 'supplier = "B"', 'supplier = "Exampleland"')
    assert len(load_case(folder.path).transfers) == 2, "its own make needs no mission"


def test_an_indicator_that_nobody_has(folder):
    folder.change(CONTROL, 'indicator = "host_commands"', 'indicator = "host_comands"')
    with pytest.raises(CaseError) as caught:
        indicators(load_case(folder.path))
    (problem,) = caught.value.problems
    assert problem.key == "observation[example-host-commands].indicator"
    assert problem.line == folder.line(CONTROL, "[[observation]]")
    assert 'did you mean "host_commands"?' in problem.message


def test_a_sign_of_the_mission_names_no_system(folder):
    folder.change(CONTROL, 'indicator = "host_commands"', 'indicator = "rotation"')
    with pytest.raises(CaseError, match="not for a sign of the mission"):
        indicators(load_case(folder.path))


def test_a_need_is_one_sign(folder):
    folder.change(SIGNS, '# need = "crews"', 'need = "crews"')
    with pytest.raises(CaseError, match="is that of the indicator crews_trained"):
        indicators(load_case(folder.path))


def test_a_case_changes_and_adds_signs(folder):
    folder.change(SIGNS, 'id = "example-anthem"', 'id = "set_up"')
    case = load_case(folder.path)
    found = indicators(case)
    assert found["set_up"].name.startswith("TEACHING EXAMPLE")
    assert found["set_up"].where == f"{SIGNS}:{folder.line(SIGNS, '[[indicator]]')}"
    assert found.keys() == product_indicators().keys()
    assert found["host_fires"] == product_indicators()["host_fires"]


MORE = [
    (CONTROL, 'system = "irist"                  # may be left out for the two others: any system',
     "", "foretold[example-in-action].system", "which one is to be seen in action?"),
    (CONTROL, "on = 2026-02-01", "on = 2025-02-01", "foretold[example-in-action].on",
     "lies before as_of (2025-12-31)"),
    (CONTROL, "registered = 2025-12-01", "registered = 2026-02-02",
     "foretold[example-in-action].registered", "lies after the day it is asked for (2026-02-01)"),
    (CONTROL, 'delivered = "2024-01"', 'delivered = "2026-01"', "transfer[1].delivered",
     "it has not come yet"),
    (CONTROL, 'supplier = "Otherland"', 'supplier = "Exampleland"',
     "observation[example-host-commands].system", "of the host's own make"),
    (OUTCOME, '"example-late"', '"example-site"', "outcome[1].claims[1]",
     "must have been published after as_of"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "says"), MORE)
def test_what_cannot_be_asked(folder, file, old, new, key, says):
    test_one_clear_error(folder, file, old, new, key, says)


def test_no_claim_says_both(folder):
    folder.change(
        CONTROL, 'system = "irist"                  # leave out for all', "# leave out for all"
    )
    text = (folder.path / CONTROL).read_text("utf-8")
    again = text[text.index("[[observation]]") : text.index("[[foretold]]")]
    again = again.replace("example-host-commands", "again").replace('"yes"', '"no"')
    folder.append(CONTROL, f"\n{again}")
    problem = folder.problem()
    assert problem.key == "observation[again].claims[1]"
    assert "says the opposite of host_commands" in problem.message
