"""Which image would tell whether a system is there: of what place, how new, how sharp."""

from __future__ import annotations

from shieldwall.evidence.imagery.detect import SIZE_OF
from shieldwall.report.records import Assessment
from shieldwall.report.words import day, listed, number, short

CYCLES = "image_recognition_cycles"
_NAMED = 2


def image_wanted(
    assessment: Assessment, system: str, places: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """The look as a sentence, and the ids of what it rests on; places most probable first."""
    case = assessment.case
    thing = assessment.catalogue.short_name(system)
    sharp, figures = _sharpness(assessment, system)
    if not places and any(d.system == system for d in case.deployments):
        needed = f" with {sharp}" if sharp else ""
        return (
            f"The {thing} is spread over an area, so that no one place can be looked at; look for "
            f"dated images that show any{needed}."
        ), figures
    if not places:
        needed = f"; an image of it would need {sharp}" if sharp else ""
        return f"Look first for a published place of the {thing}{needed}.", figures
    names = listed((short(case.place(p).name) for p in places[:_NAMED]), "or")
    text = f"Look for a dated image of {inside_place(names)}"
    last = _last_image(assessment, system, places)
    if last:
        text += f" newer than that of {last}"
    if sharp:
        text += f", with {sharp}"
    return f"{text}.", figures


def inside_place(name: str) -> str:
    """A place inside a sentence: descriptions start small, names do not."""
    return name[0].lower() + name[1:] if name.startswith(("A ", "An ", "The ")) else name


def _sharpness(assessment: Assessment, system: str) -> tuple[str, tuple[str, ...]]:
    """The pixel at which half of the readers could tell what it is (Johnson 1958)."""
    item = assessment.catalogue.systems.get(system)
    size = SIZE_OF["missiles" if item is not None and item.kind == "manpads" else "vehicles"]
    rows = {a.id: a for a in assessment.assumptions}
    if size not in rows or CYCLES not in rows:
        return "", ()
    metres, cycles = rows[size].band, rows[CYCLES].band
    if metres is None or cycles is None:
        return "", ()
    pixel_m = metres.middle / (2 * cycles.middle)
    return (
        f"pixels of {number(pixel_m, 1)}\u00a0m or finer, at which half of the readers can tell "
        "what it is"
    ), (f"assumption:{size}", f"assumption:{CYCLES}")


def _last_image(assessment: Assessment, system: str, places: tuple[str, ...]) -> str:
    """The day of the newest image read of the system at one of the places."""
    evidence = assessment.evidence
    taken = [
        c.acquisition
        for c in evidence.claims
        if c.system == system and c.place in places and c.acquisition is not None
        and evidence.weight(c.id).family == "imagery"
    ]  # fmt: skip
    if not taken:
        return ""
    newest = max(taken, key=lambda m: (m.start, m.text))
    return day(newest.start.date()) if newest.precision != "year" else newest.text
