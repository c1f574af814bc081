"""Renew the lock files: every platform and Python, wheels only, hashes, no index addresses."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    *("--universal", "--python-version", "3.11", "--only-binary", ":all:", "--upgrade"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
]
LOCKS = {
    "requirements.lock": ["pyproject.toml", "--extra", "offline", "--extra", "notebook", "--extra",
                          "pdf", "--extra", "postgres", "--extra", "sweep", "--extra", "dev"],
    "fuzz/requirements.txt": ["fuzz/requirements.in"],
}  # fmt: skip


def main() -> None:
    """Resolve in a throwaway environment, so that the resolver is no dependency of the product."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        for lock, wanted in LOCKS.items():
            command = [python, "-m", "uv", "pip", "compile", "--quiet", *FLAGS, *wanted]
            done = subprocess.run([*command, "--output-file", lock], cwd=ROOT, check=False)
            if done.returncode:
                sys.exit(done.returncode)


if __name__ == "__main__":
    main()
