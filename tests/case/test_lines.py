"""Line numbers of keys, against texts counted by hand."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldwall.case.lines import MAX_DEPTH, MAX_KEY_PARTS, MAX_VALUES, BeyondLimitsError, key_lines

TEXT = '''\
title = "a # no comment" # a comment = here
"quoted key" = """
not_a_key = 1
[[not_a_table]] \\"""
ends with two quotes"""""
literal = \'\'\'
[no] = 1
\'\'\'

[area]
west.east = 1
inline = { low = 1, "hi gh" = [1, 2], deep.er = { x = 2 } }

[[claim]]
id = "a"
ring = [[1, 2], # first
  [3, 4],
  [
    5, 6]]
[claim.count]
low = 1

[[claim]]
id = "b"
[[claim.note]]
text = "x"
[[claim.note]]
text = 2019-03-24 10:00:00
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("quoted key",), 2),
        (("literal",), 6),
        (("area",), 10),
        (("area", "west", "east"), 11),
        (("area", "inline", "low"), 12),
        (("area", "inline", "hi gh"), 12),
        (("area", "inline", "deep", "er", "x"), 12),
        (("claim", 0), 14),
        (("claim", 0, "id"), 15),
        (("claim", 0, "ring", 0), 16),
        (("claim", 0, "ring", 1), 17),
        (("claim", 0, "ring", 2), 18),
        (("claim", 0, "ring", 2, 1), 19),
        (("claim", 0, "count"), 20),
        (("claim", 0, "count", "low"), 21),
        (("claim", 1), 23),
        (("claim", 1, "id"), 24),
        (("claim", 1, "note", 0, "text"), 26),
        (("claim", 1, "note", 1, "text"), 28),
        (("claim", 1, "missing"), 23),
        (("nowhere",), None),
    ],
)
def test_line(path, line):
    tomllib.loads(TEXT)
    assert key_lines(TEXT).of(path) == line


def test_lines_before_an_error_are_kept():
    assert key_lines("a = 1\nb = \nc = 2\n").of(("a",)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * (MAX_DEPTH + 2),
        "a = 1\n" + ".".join("k" * (MAX_KEY_PARTS + 1)) + " = 1",
        "a = [" + "1," * (MAX_VALUES + 1) + "]",
    ],
    ids=["deep", "dotted", "many"],
)
def test_limits(text):
    with pytest.raises(BeyondLimitsError):
        key_lines(text)


def paths_of(value, path=()):
    """Paths of every key and of every item of an array, as tomllib sees them."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key)
            yield from paths_of(each, (*path, key))


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=5),
        st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8),
        max_size=5,
    )
)
def test_every_key_of_a_valid_text_is_found(table):
    from shieldwall.case.render import quoted

    lines = [f"{quoted(key)} = {quoted(value)}" for key, value in table.items()]
    text = "\n".join(lines)
    assert tomllib.loads(text) == table
    found = key_lines(text)
    assert [found.of(path) for path in paths_of(table)] == list(range(1, len(table) + 1))
