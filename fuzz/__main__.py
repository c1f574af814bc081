"""Run the harnesses one after another; inputs that crash one are kept under ``--keep``."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from fuzz.seeds import SEEDS, write_seeds

LIMITS = ["-timeout=60", "-rss_limit_mb=4096", "-max_len=65536", "-print_final_stats=1"]


def main() -> int:
    """Exit code 1 where any harness crashed."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SEEDS)}; or all")
    parser.add_argument("--seconds", type=int, default=600, help="for each harness (600)")
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="where crashes go")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in SEEDS]
    if unknown:
        parser.error(f"no harness {', '.join(unknown)}; there are {', '.join(SEEDS)}")
    crashed = [n for n in options.names or SEEDS if not _run(n, options.seconds, options.keep)]
    print(f"crashed: {', '.join(crashed)}; inputs in {options.keep}" if crashed else "no crash")
    return 1 if crashed else 0


def _run(name: str, seconds: int, keep: Path) -> bool:
    folder = keep / name
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = write_seeds(name, Path(scratch) / "seeds")
        grown = Path(scratch) / "grown"
        grown.mkdir()
        print(f"{name}: {seconds} s", flush=True)
        command = [
            sys.executable, "-m", "fuzz.harness", name, str(grown), str(corpus),
            f"-max_total_time={seconds}", f"-artifact_prefix={folder.resolve()}/", *LIMITS,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    log = (done.stdout + done.stderr).splitlines()
    (folder / "log.txt").write_text("\n".join(log), "utf-8")
    runs = next((line for line in log if "number_of_executed_units" in line), "")
    verdict = "clean" if done.returncode == 0 else f"CRASH, see {folder / 'log.txt'}"
    print(f"{name}: {verdict}; {runs.split()[-1] if runs else '?'} inputs", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
