"""A sweep's table, as Parquet and as CSV: the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shieldwall.errors import UsageError
from shieldwall.files import replacing, write_text

EXTRA = "pip install 'shieldwall[sweep]'"


def check_installed() -> None:
    """Raise ``UsageError`` where Parquet cannot be written."""
    if find_spec("pyarrow") is None:
        raise UsageError(f"sweep.parquet is written with pyarrow, which is not installed: {EXTRA}")


def write(
    folder: Path, columns: Mapping[str, type], rows: Sequence[Mapping[str, Any]]
) -> tuple[Path, ...]:
    """Write ``sweep.parquet`` and ``sweep.csv``, each whole or not at all.

    ``columns``: name -> ``int``, ``float`` or ``str``, in order. Raises ``OutputError``.
    """
    parquet, plain = folder / "sweep.parquet", folder / "sweep.csv"
    with replacing(parquet) as temporary:
        _write_parquet(temporary, columns, rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(name, "") for name in columns])
    write_text(plain, out.getvalue())
    return parquet, plain


def _write_parquet(
    path: Path, columns: Mapping[str, type], rows: Sequence[Mapping[str, Any]]
) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    table = pa.table(
        {name: [row.get(name) for row in rows] for name in columns}, schema=schema
    )  # fmt: skip
    # No schema of pandas or Arrow, no page index, no times: nothing but the values.
    parquet.write_table(table, path, version="2.6", compression="zstd", store_schema=False)
