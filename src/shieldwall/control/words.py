"""The names of states and rates, said in one way everywhere."""

from __future__ import annotations

from shieldwall.case.control_records import Transfer

MISSION = {
    "none": "no air-defence mission", "training": "it trains",
    "operating": "its crews operate", "leaving": "it is leaving",
}  # fmt: skip
"""What the supplier's mission does."""

RATES = {
    "enter": "from delivery to being operated by anybody",
    "hand": "from supplier crews to host crews",
    "free": "from host crews to independence",
    "join": "from delivery to the national network",
}


def operator(state: str, transfer: Transfer) -> str:
    """Who operates, inside a sentence."""
    return {
        "not_operational": "nobody", "supplier_instructors": f"{transfer.supplier}’s instructors",
        "supplier_contractors": "contractors", "joint": "joint crews",
        "supervised": f"{transfer.host}’s crews under supervision",
        "independent": f"{transfer.host}’s crews on their own",
    }[state]  # fmt: skip


def heading(state: str, transfer: Transfer) -> str:
    """The same, short: the heading of a column or the end of a band."""
    return {
        "supervised": f"{transfer.host}, supervised", "independent": f"{transfer.host} alone",
    }.get(state) or operator(state, transfer)  # fmt: skip
