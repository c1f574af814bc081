"""Short texts of our own in five languages, true and trap, with what must be read in them.

A row is (kind, words as written, value, modality). All kinds that are scored must be listed; times,
speakers and operators are tested by themselves.
"""

from __future__ import annotations

Row = tuple[str, str, str | float, str]

TRUE: dict[str, tuple[str, list[Row]]] = {
    "moved by its owner": (
        "The army moved a second Buk-M2E battery to El Libertador air base near Maracay. Two "
        "9A317E launchers and a 9S18M1 radar were seen at the site, according to analysts.",
        [
            ("system", "Buk-M2E", "Buk-M2E", "asserted"),
            ("component", "battery", "battery", "asserted"),
            ("place", "El Libertador air base", "El Libertador air base", "asserted"),
            ("place", "Maracay", "Maracay", "asserted"),
            ("count", "Two", 2, "reported"),
            ("component", "9A317E", "9A317E", "reported"),
            ("component", "launchers", "launcher", "reported"),
            ("component", "9S18M1", "9S18M1", "reported"),
            ("component", "radar", "radar", "reported"),
        ],
    ),
    "denied, refused, hedged": (
        "Moscow denied that any Pantsir-S1 had been delivered. The Kremlin declined to comment on "
        "the S-400. Caracas might receive up to 12 Tor-M2 systems. There is no evidence that the "
        "S-350 was supplied to Iran.",
        [
            ("system", "Pantsir-S1", "Pantsir-S1", "denied"),
            ("system", "S-400", "S-400", "declined to comment"),
            ("count", "up to 12", 12, "speculated"),
            ("system", "Tor-M2", "Tor-M2", "speculated"),
            ("system", "S-350", "S-350", "not confirmed"),
            ("place", "Iran", "Iran", "not confirmed"),
        ],
    ),
    "aircraft, code and reach": (
        "An Il-76MD (RA-78830) landed at Maiquetia Airport (SVMI) carrying about 40 tonnes of "
        "cargo. No S-300 launchers were visible. The missiles can reach targets 250 km away.",
        [
            ("aircraft", "Il-76MD", "Il-76MD", "asserted"),
            ("aircraft", "RA-78830", "RA-78830", "asserted"),
            ("place", "Maiquetia Airport", "Maiquetia Airport", "asserted"),
            ("place", "SVMI", "SVMI", "asserted"),
            ("count", "about 40", 40, "asserted"),
            ("system", "S-300", "S-300", "not seen"),
            ("component", "launchers", "launcher", "not seen"),
            ("count", "250", 250, "asserted"),
        ],
    ),
    "much used names in company": (
        "Ukraine fired Patriot missiles at the bombers. A Hawk battery donated by Spain arrived "
        "with six launchers. Stingers were also sent. Patriot batteries protect Kyiv.",
        [
            ("place", "Ukraine", "Ukraine", "asserted"),
            ("system", "Patriot", "Patriot", "asserted"),
            ("system", "Hawk", "HAWK", "asserted"),
            ("component", "battery", "battery", "asserted"),
            ("place", "Spain", "Spain", "asserted"),
            ("count", "six", 6, "asserted"),
            ("component", "launchers", "launcher", "asserted"),
            ("system", "Stinger", "Stinger", "asserted"),
            ("system", "Patriot", "Patriot", "asserted"),
            ("component", "batteries", "battery", "asserted"),
            ("place", "Kyiv", "Kyiv", "asserted"),
        ],
    ),
    "machine translation and scanner": (
        "The anti-aircraft missile and gun complex Shell-S1 covered the S-400 division near "
        "Belgorod. Three Shell complexes and a Beech battery were destroyed. The 9532ME radar was "
        "hit.",
        [
            ("system", "Shell-S1", "Pantsir-S1", "asserted"),
            ("system", "S-400", "S-400", "asserted"),
            ("place", "Belgorod", "Belgorod", "asserted"),
            ("count", "Three", 3, "asserted"),
            ("system", "Shell", "Pantsir", "asserted"),
            ("system", "Beech", "Buk", "asserted"),
            ("component", "battery", "battery", "asserted"),
            ("component", "9532ME", "9S32ME", "asserted"),
            ("component", "radar", "radar", "asserted"),
        ],
    ),
    "español": (
        "Según fuentes militares, al menos 5.000 misiles Igla-S llegaron a Caracas. El Kremlin no "
        "ha confirmado la entrega de los Pantsir-S1. Podrían llegar dos baterías Buk-M2E a la base "
        "aérea Capitán Manuel Ríos. La FANB tiene 12 lanzadores S-125 a unos 100 kilómetros de "
        "Maracay.",
        [
            ("count", "al menos 5.000", 5000, "reported"),
            ("system", "Igla-S", "Igla-S", "reported"),
            ("place", "Caracas", "Caracas", "reported"),
            ("system", "Pantsir-S1", "Pantsir-S1", "not confirmed"),
            ("count", "dos", 2, "speculated"),
            ("component", "baterías", "battery", "speculated"),
            ("system", "Buk-M2E", "Buk-M2E", "speculated"),
            (
                "place",
                "base aérea Capitán Manuel Ríos",
                "base aérea Capitán Manuel Ríos",
                "speculated",
            ),
            ("count", "12", 12, "asserted"),
            ("component", "lanzadores", "launcher", "asserted"),
            ("system", "S-125", "S-125", "asserted"),
            ("count", "unos 100", 100, "asserted"),
            ("place", "Maracay", "Maracay", "asserted"),
        ],
    ),
    "français": (
        "Deux batteries SAMP/T ont été livrées à l'Ukraine. Environ 30 missiles Mistral auraient "
        "été tirés près d'Odessa. Aucun système Crotale n'a été livré. Un C-130J s'est posé à "
        "Niamey.",
        [
            ("count", "Deux", 2, "asserted"),
            ("component", "batteries", "battery", "asserted"),
            ("system", "SAMP/T", "SAMP/T", "asserted"),
            ("place", "Ukraine", "Ukraine", "asserted"),
            ("count", "Environ 30", 30, "reported"),
            ("system", "Mistral", "Mistral", "reported"),
            ("place", "Odessa", "Odesa", "reported"),
            ("system", "Crotale", "Crotale", "denied"),
            ("aircraft", "C-130J", "C-130J", "asserted"),
            ("place", "Niamey", "Niamey", "asserted"),
        ],
    ),
    "русский": (
        "По данным источников, на крыше здания Минобороны в Москве установлен «Панцирь-С1». Не "
        "менее пяти пусковых установок «Бук-М2Э» замечены под Дамаском. Кремль отказался "
        "комментировать поставки «Панцирей». Власти не подтверждают потерю «Бука».",
        [
            ("place", "здания Минобороны", "здания Минобороны", "reported"),
            ("place", "Москве", "Moscow", "reported"),
            ("system", "Панцирь-С1", "Pantsir-S1", "reported"),
            ("count", "Не менее пяти", 5, "asserted"),
            ("component", "пусковых установок", "launcher", "asserted"),
            ("system", "Бук-М2Э", "Buk-M2E", "asserted"),
            ("place", "Дамаском", "Damascus", "asserted"),
            ("system", "Панцирей", "Pantsir", "declined to comment"),
            ("system", "Бука", "Buk", "not confirmed"),
        ],
    ),
    "українська": (
        "За даними ГУР, росіяни перекинули до Криму щонайменше чотири комплекси С-400. Росія "
        "заперечує втрату С-400 під Євпаторією. Мобільні групи з ПЗРК «Ігла» збили понад 20 дронів "
        "під Києвом.",
        [
            ("place", "Криму", "Crimea", "reported"),
            ("count", "щонайменше чотири", 4, "reported"),
            ("system", "С-400", "S-400", "reported"),
            ("place", "Росія", "Russia", "asserted"),
            ("system", "С-400", "S-400", "denied"),
            ("place", "Євпаторією", "Yevpatoria", "denied"),
            ("system", "Ігла", "Igla", "asserted"),
            ("count", "понад 20", 20, "asserted"),
            ("place", "Києвом", "Kyiv", "asserted"),
        ],
    ),
}

TRAPS: dict[str, str] = {
    "shares": "Shell shares rose 3% after the oil company reported profit. Arrow sold 500 trucks.",
    "war game": "War Thunder's new update adds the Pantsir-S1 and Buk-M3. Players can unlock a "
    "radar with 20 missiles. The patch also fixes matchmaking; they said S-300 may come later.",
    "football": "Patriots quarterback Drew threw three touchdowns as the defense held Buffalo. "
    "Head coach Mike said his troops were ready for war.",
    "statute and network": "The Patriot Act gave the government new powers, and Tor users say the "
    "network protects them from military surveillance.",
    "film": "In the film, the hero steals five missiles and a Buk launcher from an army base near "
    "Moscow. The movie's box office reached 20 million; the actor said a sequel is likely.",
    "model kit": "Add this 1/35 scale model of the Pantsir-S1 to your cart. The kit includes "
    "decals and four missiles. Free shipping on orders over 50 euros.",
    "nature": "Under the beech tree she lost her needle. A hawk circled over the garden, and the "
    "wasp had a stinger. Willow leaves fell on the shell.",
    "вещи": "Игла сломалась, и швея пошла в магазин. Бук рос у реки. На столе сидела оса.",
    "partido": "El delantero disparó un misil desde 30 metros. La defensa resistió el ataque, y el "
    "entrenador de los Patriots celebró con los jugadores.",
}
