"""Turns of negation in five languages: exceptions, denied absences, plans, looks that saw nothing.

A row is a text and the modality of each mention it names.
"""

from __future__ import annotations

EXCEPTIONS: list[tuple[str, dict[str, str]]] = [
    ("HUR confirmed that Buk-M2 is in Venezuela, but not Pantsir-S1.",
     {"Buk-M2": "reported", "Pantsir-S1": "not confirmed"}),
    ("Syria, not Venezuela, received the Pantsir-S1 missile system.",
     {"Syria": "asserted", "Venezuela": "denied", "Pantsir-S1": "asserted"}),
    ("The army has the S-300VM but not the S-400.", {"S-300VM": "asserted", "S-400": "denied"}),
    ("The army has the S-300VM but did not receive the S-400.",
     {"S-300VM": "asserted", "S-400": "denied"}),
    ("El ejército tiene el S-300VM, pero no el S-400.", {"S-300VM": "asserted", "S-400": "denied"}),
    ("El ministro confirmó el Buk-M2E, pero no el Pantsir-S1.",
     {"Buk-M2E": "reported", "Pantsir-S1": "not confirmed"}),
    ("Siria, no Venezuela, recibió el Pantsir-S1.",
     {"Venezuela": "denied", "Pantsir-S1": "asserted"}),
    ("L'armée possède le S-300VM, mais pas le S-400.", {"S-300VM": "asserted", "S-400": "denied"}),
    ("Le ministère a confirmé le Buk-M2E, mais pas le Pantsir-S1.",
     {"Buk-M2E": "reported", "Pantsir-S1": "not confirmed"}),
    ("ГУР подтвердило наличие Бук-М2 в Венесуэле, но не Панцирь-С1.",
     {"Бук-М2": "reported", "Панцирь-С1": "not confirmed"}),
    ("Сирия, а не Венесуэла, получила Панцирь-С1.",
     {"Венесуэла": "denied", "Панцирь-С1": "asserted"}),
    ("Армия имеет С-300ВМ, но не получила С-400.", {"С-300ВМ": "asserted", "С-400": "denied"}),
    ("ГУР підтвердило Бук-М2, але не Панцир-С1.",
     {"Бук-М2": "reported", "Панцир-С1": "not confirmed"}),
    ("Сирія, а не Венесуела, отримала Панцир-С1.",
     {"Венесуела": "denied", "Панцир-С1": "asserted"}),
]  # fmt: skip

ABSENCES: list[tuple[str, dict[str, str]]] = [
    ("There is no doubt that the S-300VM launchers are in Guárico.", {"S-300VM": "asserted"}),
    ("No cabe duda de que el S-300VM está en Guárico.", {"S-300VM": "asserted"}),
    ("No hay duda de que el Buk-M2E llegó.", {"Buk-M2E": "asserted"}),
    ("Il ne fait aucun doute que le S-400 est en Syrie.", {"S-400": "asserted"}),
    ("Нет сомнений, что С-400 стоит под Ейском.", {"С-400": "asserted"}),
    ("Немає сумнівів, що С-400 стоїть під Єйськом.", {"С-400": "asserted"}),
    ("The minister denied that the S-300VM launchers are out of service.", {"S-300VM": "reported"}),
    ("It is not true that the S-125 missile system was withdrawn from Caracas.",
     {"S-125": "reported"}),
    ("The army has never lost a Buk-M2E launcher.", {"Buk-M2E": "reported"}),
    ("Tehran did not deny that the S-300PMU2 is at Isfahan.", {"S-300PMU2": "reported"}),
    ("Moscow denied that S-400 launchers were sold to Iran.",
     {"S-400": "denied"}),
    ("Moscow denied that the S-400 was delivered and lost.", {"S-400": "denied"}),
    ("El ministro negó que los lanzadores S-300VM estén fuera de servicio.",
     {"S-300VM": "reported"}),
    ("El ejército nunca ha perdido un Buk-M2E.", {"Buk-M2E": "reported"}),
    ("El ministro negó que el S-400 haya llegado.", {"S-400": "denied"}),
    ("Le ministre a nié que le S-300VM soit hors service.", {"S-300VM": "reported"}),
    ("L'armée n'a jamais perdu de Buk-M2E.", {"Buk-M2E": "reported"}),
    ("Le ministre a nié que le S-400 soit arrivé.", {"S-400": "denied"}),
    ("Министр опроверг, что С-300ВМ выведен из строя.", {"С-300ВМ": "reported"}),
    ("Армия никогда не теряла Бук-М2Э.", {"Бук-М2Э": "reported"}),
    ("Министр опроверг, что С-400 поставлен Ирану.", {"С-400": "denied"}),
    ("Міністр спростував, що С-300ВМ знищено.", {"С-300ВМ": "reported"}),
    ("Армія ніколи не втрачала Бук-М2Е.", {"Бук-М2Е": "reported"}),
    ("Міністр заперечив, що С-400 передали Ірану.", {"С-400": "denied"}),
]  # fmt: skip

PLANS: list[tuple[str, dict[str, str]]] = [
    ("If Russia sends S-400 missile systems, the S-300VM is safer.",
     {"S-400": "speculated", "S-300VM": "asserted"}),
    ("Venezuela wants to buy S-400 air defence systems.", {"S-400": "speculated"}),
    ("Venezuela has the S-300VM and is in talks on the S-400.",
     {"S-300VM": "asserted", "S-400": "speculated"}),
    ("Venezuela bought the S-300VM.", {"S-300VM": "asserted"}),
    ("Venezuela quiere comprar el S-400.", {"S-400": "speculated"}),
    ("Si Rusia envía el S-400, el S-300VM queda en Guárico.",
     {"S-400": "speculated", "S-300VM": "asserted"}),
    ("Venezuela sí tiene el S-300VM.", {"S-300VM": "asserted"}),
    ("Le Venezuela veut acheter le S-400.", {"S-400": "speculated"}),
    ("Caracas négocie l'achat du S-400.", {"S-400": "speculated"}),
    ("Венесуэла хочет купить С-400.", {"С-400": "speculated"}),
    ("Если Россия пришлёт С-400, город станет безопаснее.", {"С-400": "speculated"}),
    ("Венесуела хоче придбати С-400.", {"С-400": "speculated"}),
    ("Якщо Росія надішле С-400, місто стане безпечнішим.", {"С-400": "speculated"}),
]  # fmt: skip

LOOKS: list[tuple[str, dict[str, str]]] = [
    ("No se observaron sistemas Pantsir-S1 en la base.", {"Pantsir-S1": "not seen"}),
    ("El S-300VM no fue visto en la base.", {"S-300VM": "not seen"}),
    ("No hay sistemas Pantsir-S1 en la base.", {"Pantsir-S1": "denied"}),
    ("Aucun Pantsir-S1 n'a été vu sur la base aérienne.", {"Pantsir-S1": "not seen"}),
    ("Le S-400 n'a pas été repéré à Damas.", {"S-400": "not seen"}),
    ("Aucun Pantsir-S1 n'a été livré.", {"Pantsir-S1": "denied"}),
    ("Панцирь-С1 на базе не замечен.", {"Панцирь-С1": "not seen"}),
    ("Панцирь-С1 Венесуэле не поставляли.", {"Панцирь-С1": "denied"}),
    ("Панцир-С1 на базі не помічено.", {"Панцир-С1": "not seen"}),
    ("Панцир-С1 Венесуелі не передавали.", {"Панцир-С1": "denied"}),
]  # fmt: skip

MARKED: list[tuple[str, list[tuple[str, str | float, str | None]]]] = [
    ("At least **three** Buk-M2E launchers stand at the base.",
     [("At least **three", 3, "at least"), ("Buk-M2E", "Buk-M2E", None),
      ("launchers", "launcher", None)]),
    ("The army has _about 20_ `S-300VM` launchers.",
     [("about 20", 20, "about"), ("S-300VM", "S-300VM", None), ("launchers", "launcher", None)]),
    ("Не **менее** трёх ракет «*Панцирь*-С1» на базе ПВО.",
     [("Не **менее** трёх", 3, "at least"), ("Панцирь*-С1", "Pantsir-S1", None)]),
    ("A product of 2*3 S_300 and S-300VM radars.",
     [("S-300VM", "S-300VM", None), ("radars", "radar", None)]),
]  # fmt: skip
"""Texts in Markdown, with the words, value and bound of their systems, components and counts."""
