"""A real PostgreSQL server for the tests that need one, in a temporary folder, on a socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

LOOK = ("/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, newest PostgreSQL first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    for folder in (*versions, *map(Path, LOOK), *([Path(found).parent] if found else [])):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a server that lives as long as the tests; PostgreSQL refuses to run as root."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (extra 'postgres')")
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL server here: neither initdb nor pg_ctl were found")
    with tempfile.TemporaryDirectory() as scratch:
        data, as_user = Path(scratch, "data"), []
        if os.getuid() == 0:
            if not shutil.which("runuser"):
                pytest.skip("PostgreSQL cannot run as root, and runuser was not found")
            user = "postgres" if _exists("postgres") else "nobody"
            as_user = ["runuser", "-u", user, "--"]
            shutil.chown(scratch, user)
        run = [*as_user, str(folder / "pg_ctl"), "-D", str(data), "-s", "-w"]
        initdb = ["-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync", "--locale=C"]
        _call([*as_user, str(folder / "initdb"), "-D", str(data), *initdb])
        options = f"-c listen_addresses='' -c unix_socket_directories={scratch} -c fsync=off"
        log = str(Path(scratch, "log"))
        _call([*run, "-o", options, "-l", log, "start"])
        try:
            yield f"postgresql://tester@/postgres?host={scratch}"
        finally:
            _call([*run, "-m", "immediate", "stop"])


@pytest.fixture
def database(server: str) -> str:
    """URL of an empty database."""
    import psycopg

    name = "archive"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def _exists(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


def _call(command: list[str]) -> None:
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, cwd="/"
    )
    if done.returncode:
        pytest.fail(f"{command[-1]}: {done.stderr}")
