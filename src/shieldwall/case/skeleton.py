"""``new_case``: a small commented case that loads, to be overwritten with a real one."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from shieldwall.case.render import quoted
from shieldwall.errors import OutputError, UsageError
from shieldwall.files import write_text

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_TITLE = '"TEACHING EXAMPLE"'


def new_case(folder: Path, name: str) -> list[Path]:
    """Write a commented case called ``name`` into ``folder``, which must not exist yet.

    Its places, sources and claims are placeholders marked as such. Raises ``UsageError`` for a
    name that is no id or whose folder is there; ``OutputError`` for one that cannot be made.
    """
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            f"{name!r} cannot name a case; use lowercase letters, digits, - and _, "
            "such as kyiv-2024"
        )
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise UsageError(f"{folder} is there already; choose another name") from error
    except OSError as error:
        raise OutputError(f"cannot make {folder}: {error.strerror}") from error
    title = quoted(f"{name} (TEACHING EXAMPLE: write your title)")
    written = []
    for file in sorted(_templates().iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            path = folder / file.name
            write_text(path, file.read_text("utf-8").replace(_TITLE, title, 1))
            written.append(path)
    return written


def _templates() -> resources.abc.Traversable:
    return resources.files("shieldwall.case") / "skeleton"
