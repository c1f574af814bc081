"""Corpora of claims with known copying, rewriting and translation: who repeats whom is the truth.

A story is one thing that happened, reported by one to three independent origins and then repeated:
word for word, rewritten, or translated, with or without credit, with the times of the original
pushed on by hours to weeks. Errors made on the way are inherited by whoever repeats. Independent
reports of a story share its true figures, places and dates, but neither wording nor errors.
"""
# One row per phrase in three languages.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from makers import case, claim, place
from shieldwall.case.records import Case, Claim, Count, Moment, Source

LANGUAGES = ("en", "es", "ru")

# Each row is one phrase in the three languages: a translation changes the column.
OPENERS = (
    ("Observers counted {n} {unit} of {system} at {place}", "Se contaron {n} {unit} de {system} en {place}", "На объекте {place} насчитали {n} {unit} {system}"),
    ("{system} has arrived at {place}: {n} {unit}", "{system} llegó a {place}: {n} {unit}", "{system} прибыл на {place}: {n} {unit}"),
    ("At {place} there now stand {n} {unit} of {system}", "En {place} se encuentran ahora {n} {unit} de {system}", "На {place} теперь стоят {n} {unit} {system}"),
    ("{n} {unit} belonging to {system} were set up near {place}", "{n} {unit} pertenecientes a {system} fueron instalados cerca de {place}", "Возле {place} развернуты {n} {unit} {system}"),
    ("The armed forces moved {system} to {place} with {n} {unit}", "Las fuerzas armadas trasladaron {system} a {place} con {n} {unit}", "Вооруженные силы перебросили {system} на {place}, {n} {unit}"),
    ("Pictures from {place} show {system}, {n} {unit} in all", "Las fotos de {place} muestran {system}, {n} {unit} en total", "На снимках с {place} виден {system}, всего {n} {unit}"),
)  # fmt: skip
DETAILS = (
    ("beside the northern runway", "junto a la pista norte", "рядом с северной полосой"),
    ("under camouflage nets", "bajo redes de camuflaje", "под маскировочными сетями"),
    ("along the road to {town}", "a lo largo de la carretera a {town}", "вдоль дороги на {town}"),
    ("guarded by soldiers of unit {code}", "custodiados por soldados de la unidad {code}", "под охраной солдат части {code}"),
    ("after a convoy of {m} lorries came by night", "tras la llegada nocturna de un convoy de {m} camiones", "после ночного прибытия колонны из {m} грузовиков"),
    ("an aircraft with registration {code} brought spares", "un avión con matrícula {code} trajo repuestos", "самолет с номером {code} доставил запчасти"),
    ("while {person} visited the garrison", "mientras {person} visitaba la guarnición", "когда гарнизон посетил {person}"),
    ("residents of {town} heard generators", "vecinos de {town} oyeron generadores", "жители {town} слышали генераторы"),
    ("about {m} km from the border", "a unos {m} km de la frontera", "примерно в {m} км от границы"),
    ("crews trained there for {m} days", "las tripulaciones entrenaron allí {m} días", "расчеты тренировались там {m} дней"),
    ("on a concrete pad finished this year", "sobre una losa de hormigón terminada este año", "на бетонной площадке, законченной в этом году"),
    ("a fence of {m} metres was raised", "se levantó una cerca de {m} metros", "возвели ограду в {m} метров"),
    ("the radar mast leaned to one side", "el mástil del radar estaba inclinado", "мачта радара была наклонена"),
    ("fuel trucks waited behind hangar {m}", "los camiones cisterna esperaban tras el hangar {m}", "топливозаправщики стояли за ангаром {m}"),
    ("painted in desert colours", "pintados con colores del desierto", "окрашенные в цвета пустыни"),
    ("local shops closed for the parade", "los comercios cerraron por el desfile", "магазины закрылись из-за парада"),
    ("one vehicle had burned tyres", "un vehículo tenía neumáticos quemados", "у одной машины сгорели шины"),
    ("the order was signed by {person}", "la orden fue firmada por {person}", "приказ подписал {person}"),
    ("a cable of {m} metres ran to the bunker", "un cable de {m} metros llegaba al búnker", "к бункеру тянулся кабель в {m} метров"),
    ("workers cleared the forest in {town}", "obreros talaron el bosque en {town}", "рабочие вырубили лес в {town}"),
    ("the contract number {code} was cited", "se citó el contrato {code}", "упомянут контракт {code}"),
    ("snow had not yet covered the tracks", "la nieve aún no cubría las huellas", "снег еще не покрыл следы"),
    ("schoolchildren greeted the crews", "los escolares saludaron a las tripulaciones", "школьники приветствовали экипажи"),
    ("a crane lifted the cabin", "una grúa levantó la cabina", "кран поднял кабину"),
    ("fishermen were told to stay {m} km away", "a los pescadores se les pidió alejarse {m} km", "рыбакам велели держаться в {m} км"),
)  # fmt: skip
CREDITS = (
    ("According to {who}, {text}", "Según {who}, {text}", "Согласно {who}, {text}"),
    ("{text}, citing {who}", "{text}, citando a {who}", "{text}, со ссылкой на {who}"),
)
TOWNS = ["Altamira", "Brevik", "Corvena", "Dolinka", "Estrela", "Ferrano", "Grushev", "Halmstad", "Ivrea", "Jablon", "Koroven", "Lantana", "Morvik", "Nadezh", "Orvieta", "Pelagos", "Quillon", "Ravenna", "Sumgait", "Tarento"]  # fmt: skip
PEOPLE = ["Kovalenko", "Marchetti", "Villareal", "Ostrowski", "Damanov", "Pereira", "Lindqvist", "Ansari", "Bulatov", "Castellan", "Dorfman", "Esquivel"]  # fmt: skip
NAMES = ["Harbour", "Meridian", "Crosswind", "Lantern", "Tribune", "Compass", "Northgate", "Bulwark", "Observer", "Sentinel", "Argos", "Vanguard", "Horizon", "Plaza", "Kronika", "Vestnik", "Faro", "Cumbre", "Ribera", "Svet", "Zarya", "Posta", "Gazzette", "Clarion", "Beacon", "Ledger", "Courier", "Pilot", "Harvest", "Summit"]  # fmt: skip


@dataclass(frozen=True)
class Corpus:
    """A case without any coded relays, and the truth about it."""

    case: Case
    parent: dict[str, str | None]
    """Claim -> the claim it repeats; ``None`` for origins."""


@dataclass(frozen=True)
class _Report:
    """What one report says, before it is worded."""

    opener: int
    details: tuple[tuple[int, str], ...]
    """Row of ``DETAILS`` and the figure or name that fills it."""
    n: int


def corpus(seed: int, stories: int = 12, *, credit: float = 0.6, relays: int = 6) -> Corpus:
    """About ``stories * (2 + relays / 2)`` claims; ``credit`` is the share of relays that name
    their parent."""
    rng = np.random.default_rng(seed)
    sources = _sources(rng)
    claims: list[Claim] = []
    parent: dict[str, str | None] = {}
    for story in range(stories):
        _tell(rng, story, max(4, stories // 2), sources, claims, parent, credit, relays)
    places = tuple(
        place(f"place-{k}", name=f"{TOWNS[k % len(TOWNS)]} base") for k in range(stories)
    )
    made = case(
        as_of=date(2024, 12, 31), sources=tuple(sources), claims=tuple(claims), places=places
    )
    return Corpus(made, parent)


def _sources(rng: np.random.Generator) -> list[Source]:
    found = []
    for k, name in enumerate(NAMES):
        family = "press" if k >= 8 else ("imagery", "sighting", "statement", "flight")[k % 4]
        kind = {"press": "News", "imagery": "Imaging", "sighting": "Watch"}.get(family, "Office")
        grade = "ABCD"[int(rng.integers(4))]
        found.append(
            Source(f"{name.lower()}", f"{name} {kind}", family, grade, None, "", "sources.toml:1")
        )
    return found


def _tell(rng, story, systems, sources, claims, parent, credit, relays) -> None:  # type: ignore[no-untyped-def]
    truth = int(rng.integers(2, 40))
    system, where = f"sam-{story % systems}", f"place-{story}"
    day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=int(rng.integers(300)))
    told: list[tuple[Claim, _Report, float]] = []
    crowd = [sources[int(k)] for k in rng.permutation(len(sources))]
    for _ in range(int(rng.integers(1, 4))):
        chosen = next((s for s in crowd if s.family != "press" or rng.random() < 0.15), crowd[0])
        crowd.remove(chosen)
        n = truth if rng.random() < 0.8 else truth + int(rng.integers(1, 9))
        report = _Report(int(rng.integers(len(OPENERS))), _details(rng), n)
        language = LANGUAGES[int(rng.integers(3))] if chosen.family == "press" else "en"
        told.append(
            _publish(rng, story, system, where, chosen, report, language, day,
                     float(rng.exponential(1.0)), None, None, claims, parent, len(told))
        )  # fmt: skip
    for _ in range(int(rng.integers(0, relays + 1))):
        pressing = [s for s in crowd if s.family == "press"]
        if not pressing:
            break
        chosen = pressing[0]
        crowd.remove(chosen)
        weights = np.array([3.0 if parent[c.id] is None else 1.0 for c, _, _ in told])
        above, report, at = told[int(rng.choice(len(told), p=weights / weights.sum()))]
        how = rng.random()
        language = above.language if how < 0.6 else LANGUAGES[int(rng.integers(3))]
        if how > 0.3:
            report = _rewrite(rng, report)
        named = next(s for s in sources if s.id == above.source) if rng.random() < credit else None
        told.append(
            _publish(rng, story, system, where, chosen, report, language, day,
                     at + 0.05 + float(rng.exponential(2.0)), above, named, claims, parent,
                     len(told))
        )  # fmt: skip


def _details(rng: np.random.Generator) -> tuple[tuple[int, str], ...]:
    rows = rng.permutation(len(DETAILS))[: int(rng.integers(2, 5))]
    return tuple((int(row), _filler(rng, DETAILS[int(row)][0])) for row in rows)


def _filler(rng: np.random.Generator, text: str) -> str:
    if "{town}" in text:
        return TOWNS[int(rng.integers(len(TOWNS)))]
    if "{person}" in text:
        return PEOPLE[int(rng.integers(len(PEOPLE)))]
    if "{code}" in text:
        return f"{'ABRKT'[int(rng.integers(5))]}{int(rng.integers(10000, 99999))}"
    return str(int(rng.integers(11, 900)))


def _rewrite(rng: np.random.Generator, report: _Report) -> _Report:
    """Another opening, most details kept in another order, sometimes a new error."""
    kept = [d for d in report.details if rng.random() < 0.8] or list(report.details[:1])
    order = rng.permutation(len(kept))
    n = report.n + (int(rng.integers(1, 9)) if rng.random() < 0.06 else 0)
    opener = int(rng.integers(len(OPENERS))) if rng.random() < 0.7 else report.opener
    return _Report(opener, tuple(kept[int(k)] for k in order), n)


def _publish(  # type: ignore[no-untyped-def]
    rng, story, system, where, source, report, language, day, at, above, named, claims, parent, k
) -> tuple[Claim, _Report, float]:
    column = LANGUAGES.index(language)
    unit = ("launchers", "lanzadores", "пусковых установок")[column]
    base = f"{TOWNS[story % len(TOWNS)]}"
    text = OPENERS[report.opener][column].format(
        n=report.n, unit=unit, system=system.upper(), place=base
    )
    extra = [
        DETAILS[row][column].format(town=f, person=f, code=f, m=f) for row, f in report.details
    ]
    text = "; ".join([text, *extra]) + "."
    said_by = None
    if named is not None:
        said_by = named.name
        if rng.random() < 0.4:
            style = CREDITS[int(rng.integers(len(CREDITS)))][column]
            text = style.format(who=named.name, text=text.rstrip(".")) + "."
    primary = source.family != "press"
    asserted = (above is None and (primary or rng.random() < 0.8)) or rng.random() < 0.25
    material = None
    if above is None and source.family in ("imagery", "flight"):
        material = f"{source.name} material {story}-{k}"
    elif above is not None and above.material is not None and rng.random() < 0.3:
        material = above.material
    made = claim(
        f"s{story}-{source.id}", source=source.id, about="count", statement=text, system=system,
        place=where, count=Count(None, report.n, None, "launchers", "exact"),
        modality="asserted" if asserted else "reported", language=language, said_by=said_by,
        material=material, publication=_dated(rng, day + timedelta(days=at)),
        event=_dated(rng, day, exact=True) if rng.random() < (0.7 if above is None else 0.5) else None,
        address=f"https://{source.id}.example/{story}",
    )  # fmt: skip
    claims.append(made)
    parent[made.id] = None if above is None else above.id
    return made, report, at


def _dated(rng: np.random.Generator, when: datetime, exact: bool = False) -> Moment | None:
    luck = 0.0 if exact else rng.random()
    if luck > 0.95:
        return None
    if luck > 0.85:
        first = when.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return Moment(f"{when:%Y-%m}", first, "month")
    if luck > 0.25:
        minute = when.replace(second=0, microsecond=0)
        return Moment(f"{when:%Y-%m-%dT%H:%MZ}", minute, "minute")
    midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(f"{when:%Y-%m-%d}", midnight, "day")


def hide_credits(made: Case, seed: int, share: float = 0.5) -> Case:
    """The same case with ``said_by`` removed from a random share of the claims, and no relays."""
    rng = np.random.default_rng(seed)
    hidden = rng.permutation(len(made.claims))[: round(share * len(made.claims))]
    mask = np.zeros(len(made.claims), bool)
    mask[hidden] = True
    claims = tuple(
        replace(c, relays=None, said_by=None if m else c.said_by)
        for c, m in zip(made.claims, mask, strict=True)
    )
    return replace(made, claims=claims)
