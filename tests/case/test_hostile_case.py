"""Cases made to harm: inert text, or one clear error within seconds."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldwall.case import load_case, new_case
from shieldwall.case.documents import MAX_BYTES
from shieldwall.case.load import load_texts
from shieldwall.errors import CaseError

SCRIPT = "<script>alert(1)</script> & \"' ]]> ${x} {{ y }}"


def test_script_is_inert_text(folder):
    folder.change("sources.toml", '"TEACHING EXAMPLE newspaper"', f"'''{SCRIPT}'''")
    assert load_case(folder.path).source("example-paper").name == SCRIPT


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("../outside.geojson", "must not climb"),
        ("a/../../outside.geojson", "must not climb"),
        ("..\\\\outside.geojson", "must not climb"),
        ("/etc/passwd", "absolute"),
        ("C:\\\\secret.tif", "absolute"),
        ("\\\\\\\\host\\\\share.tif", "absolute"),
        ("link.geojson", "leaves the case folder"),
        ("linked/outside.geojson", "leaves the case folder"),
        ("loop.geojson", ""),
        ("missing.geojson", "does not exist"),
        (".", "does not exist"),
    ],
)
@pytest.mark.parametrize("key", ["polygon", "terrain"])
def test_paths_stay_inside(folder, path, says, key):
    outside = folder.path.parent / "outside.geojson"
    outside.write_text("{}")
    (folder.path / "link.geojson").symlink_to(outside)
    (folder.path / "linked").symlink_to(folder.path.parent)
    (folder.path / "loop.geojson").symlink_to(folder.path / "loop.geojson")
    if key == "terrain":
        folder.change("case.toml", '# files = ["relief/tile.tif"]', f'files = ["{path}"] #')
    else:
        ring = "polygon = [[9.8, 44.9], [10.2, 44.9], [10.2, 45.1], [9.8, 45.1]]"
        folder.change("case.toml", ring, f'file = "{path}"')
    problem = folder.problem()
    assert says in problem.message
    assert problem.key in ("terrain.files[1]", "defended_area[example-city].file")


def test_case_files_that_are_links_out(folder):
    outside = folder.path.parent / "outside.toml"
    outside.write_text('title = "secret words"')
    (folder.path / "claims.toml").unlink()
    (folder.path / "claims.toml").symlink_to(outside)
    problem = folder.problem()
    assert "link that leaves" in problem.message


def test_a_folder_for_a_file(folder):
    (folder.path / "claims.toml").unlink()
    (folder.path / "claims.toml").mkdir()
    assert "not a regular file" in folder.problem().message


def test_big_files_are_not_read(folder):
    with (folder.path / "claims.toml").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert "20 MB" in folder.problem().message


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{b = " * 100_000,
        ".".join(["a"] * 2_000_000) + " = 1",
        "[" + ".".join(['"a"'] * 1_000_000) + "]",
        "a = " + "9" * 10_000,
        "a = 0x" + "f" * 1_000_000,
        'a = "' + "\\u0041" * 1_000_000,
        '"""' * 300_000,
        "a" * 5_000_000,
        "[[claim]]\n" * 300_000,
        "a.b = 1\n" * 200_000,
        "a = [" + "1,\n" * 6_000_000 + "]",
        "a = [" + "{}," * 6_000_000 + "]",
        "".join(f"k{i} = 1\n" for i in range(100_000)),
    ],
    ids=lambda text: text[:12].strip(),
)
def test_texts_made_to_be_slow(folder, text):
    (folder.path / "claims.toml").write_text(text)
    began = time.monotonic()
    assert len(folder.problems()) <= 501
    assert time.monotonic() - began < 10


def claims(count, key, value):
    """Claims ``c0``, ``c1`` ..., each with ``key`` made from its number."""
    return "".join(
        f'[[claim]]\nid = "c{i}"\nsource = "example-paper"\nabout = "conduct"\nstatement = "x"\n'
        f'modality = "reported"\ncredibility = 3\n{key} = {value(i)}\n'
        for i in range(count)
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("place", lambda i: f'"example-bas{i}"'),
        ("relays", lambda i: f'"d{i + 1}"'),
        ("relays", lambda i: f'"c{(i + 1) % 4000}"'),
        ("modalty", lambda i: '"reported"'),
    ],
    ids=["places", "relays", "circle", "keys"],
)
def test_many_problems_stay_quick(folder, key, value):
    (folder.path / "claims.toml").write_text(claims(4000, key, value))
    began = time.monotonic()
    problems = folder.problems()
    assert len(problems) <= 501
    assert max(len(str(problem)) for problem in problems) < 1000
    assert time.monotonic() - began < 10


def test_a_long_chain_of_relays_is_sound(folder):
    text = claims(4000, "relays", lambda i: f'"c{i + 1}"')
    folder.append("claims.toml", "\n" + text.replace('relays = "c4000"\n', ""))
    began = time.monotonic()
    assert len(load_case(folder.path).claims) == 4007
    assert time.monotonic() - began < 10


def test_numbers_beyond_floats(folder):
    folder.change("case.toml", "west = 8.5", "west = 0x" + "f" * 400)
    assert len(folder.problem().value) < 100


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("cases") / "sound"
    new_case(path, "sound")
    return path


@given(data=st.binary(max_size=300), name=st.sampled_from(["case.toml", "claims.toml"]))
def test_any_bytes_are_a_case_or_a_case_error(sound, data, name):
    kept = (sound / name).read_bytes()
    (sound / name).write_bytes(data)
    try:
        load_case(sound)
    except CaseError as error:
        assert error.problems  # noqa: PT017
    finally:
        (sound / name).write_bytes(kept)


@given(data=st.data())
@settings(deadline=None)
def test_any_damage_to_a_sound_case_is_a_case_or_a_case_error(sound, data):
    names = ["case.toml", "sources.toml", "claims.toml", "network.toml", "raids.toml", "game.toml"]
    name = data.draw(st.sampled_from(names))
    text = (sound / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    at = data.draw(st.integers(0, len(lines) - 1))
    values = ["[]", "{}", "nan", "-inf", '""', "true", "1e999", "[[]]", "2019-01-01", "[{}]",
              "07:32:00", "{ low = {} }", "[[1,2],[nan]]", '"\\u0000"', str(10**30)]  # fmt: skip
    key = lines[at].partition("=")[0]
    lines[at] = f"{key} = {data.draw(st.sampled_from(values))}"
    try:
        load_texts(sound, None, {name: "\n".join(lines)})
    except CaseError as error:
        assert str(error)  # noqa: PT017
