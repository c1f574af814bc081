"""The language is right or not named."""

from __future__ import annotations

import pytest

from shieldwall.evidence.documents.language import detect_language

TEXTS = {
    "en": "Five launchers were seen at the airbase on Wednesday, the company said in a statement.",
    "es": "Cinco lanzadores fueron vistos el miércoles en la base aérea, dijo la empresa.",
    "fr": "Cinq lanceurs ont été observés mercredi sur la base aérienne, a indiqué l'entreprise.",
    "ru": "Пять пусковых установок были замечены в среду на авиабазе, сообщила компания.",
    "uk": "П'ять пускових установок були помічені в середу на авіабазі, повідомила компанія.",
    "pt": "Cinco lançadores foram vistos na quarta-feira na base aérea, informou a empresa.",
    "de": "Fünf Werfer wurden am Mittwoch auf dem Stützpunkt gesehen, teilte das Unternehmen mit.",
    "tr": "Çarşamba günü hava üssünde beş fırlatıcı görüldü, diye açıkladı şirket yetkilileri.",
    "it": "Cinque lanciatori sono stati visti mercoledì nella base aerea, ha detto l'azienda.",
    "ar": "شوهدت خمس منصات إطلاق يوم الأربعاء في القاعدة الجوية، حسبما ذكرت الشركة في بيان لها.",
    "bg": "Пет пускови установки бяха забелязани в сряда във военновъздушната база, каза тя.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_one_sentence_is_enough(code: str) -> None:
    found = detect_language(TEXTS[code])
    assert found.code == code
    assert found.probability is not None
    assert found.probability >= 0.8
    assert found.runner_up not in (None, code)


@pytest.mark.parametrize(
    "text", ["", "Caracas", "S-300VM, Buk-M2", "9S32ME", "5 1 vote", "Moscow Москва", "?!" * 90]
)
def test_short_text_names_none(text: str) -> None:
    found = detect_language(text)
    assert found.code is None
    assert found.reason.startswith("too short")


@pytest.mark.parametrize(
    "text", ["qwe rty uio asd fgh jkl zxc vbn qaz wsx edc", TEXTS["en"] * 2 + TEXTS["tr"] * 2]
)
def test_unsure_text_names_none_and_says_what_it_might_be(text: str) -> None:
    found = detect_language(text)
    assert found.code is None
    assert "unsure: " in found.reason or found.reason.startswith("mixed: ")
