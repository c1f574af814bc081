"""What is the article and what is not, in several languages, with and without blank lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from shieldwall.evidence.documents import Document, read_document

SHARED = Path(__file__).resolve().parents[4] / "shared" / "documents"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")


def read(text: str) -> Document:
    return read_document(text.encode(), "test.txt")


def reason_of(document: Document, phrase: str) -> str | None:
    """Why the stretch holding ``phrase`` was dropped; ``None`` where it is kept."""
    at = document.text.index(phrase)
    return next((d.reason for d in document.dropped if d.start <= at < d.end), None)


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Sample:
    """An article of our own: paragraphs to keep, furniture to drop by reason."""

    language: str
    kept: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]
    """(reason, line), in page order, all below the article."""


SAMPLES = (
    Sample(
        "es",
        (
            "Cinco lanzadores vistos en la base aérea",
            "Cinco lanzadores y un radar fueron vistos en la base aérea el miércoles, según una "
            "empresa que vende imágenes de satélite.",
            "El ministerio no quiso hacer comentarios sobre el traslado, que sigue a los "
            "ejercicios conjuntos de hace tres meses.",
        ),
        (
            ("share or rating widget", "Compartir en Facebook"),
            ("related links", "Lea también: El general llega a la capital con su equipo"),
            ("newsletter", "Suscríbete a nuestro boletín y recibe las noticias cada mañana"),
            ("cookie wall", "Utilizamos cookies en nuestro sitio. Su navegador guardará datos."),
            ("reader comment", "3 comentarios"),
            ("reader comment", "Juan dice:"),
            ("reader comment", "Yo vi ocho Buk-M2 cerca de mi casa."),
            ("comment form", "Deja un comentario"),
            ("copyright line", "© 2024 Diario Uno. Todos los derechos reservados."),
        ),
    ),
    Sample(
        "fr",
        (
            "Cinq lanceurs observés sur la base",
            "Cinq lanceurs et un radar ont été observés mercredi sur la base aérienne, selon une "
            "entreprise qui vend des images satellite.",
            "Le ministère n'a pas souhaité commenter ce déplacement, qui suit des exercices "
            "communs menés il y a trois mois.",
        ),
        (
            ("share or rating widget", "Partager sur Facebook"),
            ("related links", "À lire aussi"),
            ("related links", "Le général arrive dans la capitale avec trente-cinq tonnes de fret"),
            ("cookie wall", "Vous ne pouvez pas visualiser ce contenu car :"),
            ("cookie wall", "Votre bloqueur de publicité est actif. Nous vous proposons de "
             "l'arrêter pour voir nos vidéos."),
            ("comment form", "Laisser un commentaire"),
            ("comment form", "Votre adresse e-mail ne sera pas publiée."),
            ("copyright line", "Tous droits réservés"),
        ),
    ),
    Sample(
        "ru",
        (
            "Пять пусковых установок замечены на авиабазе",
            "Пять пусковых установок и радар были замечены в среду на авиабазе, сообщила компания, "
            "которая продаёт спутниковые снимки.",
            "Министерство обороны отказалось комментировать переброску, которая последовала за "
            "совместными учениями трёхмесячной давности.",
        ),
        (
            ("newsletter", "Подписывайтесь на наш канал в Телеграм"),
            ("related links", "Читайте также"),
            ("related links", "Генерал прилетел в столицу вместе с тридцатью пятью тоннами груза"),
            ("advertisement", "Реклама"),
            ("reader comment", "Комментарии (2)"),
            ("reader comment", "Иван, 3 года назад"),
            ("reader comment", "У нас во дворе стоят два Панциря."),
            ("copyright line", "Все права защищены"),
        ),
    ),
    Sample(
        "uk",
        (
            "П'ять пускових установок помічено на авіабазі",
            "П'ять пускових установок і радар були помічені в середу на авіабазі, повідомила "
            "компанія, яка продає супутникові знімки.",
            "Міністерство оборони відмовилося коментувати перекидання, що відбулося після "
            "спільних навчань три місяці тому.",
        ),
        (
            ("newsletter", "Підписуйтесь на наш канал у Telegram"),
            ("related links", "Читайте також: Генерал прилетів до столиці з вантажем"),
            ("comment form", "Залишити коментар"),
            ("copyright line", "Усі права захищено"),
        ),
    ),
    Sample(
        "pt",
        (
            "Cinco lançadores vistos na base",
            "Cinco lançadores e um radar foram vistos na quarta-feira na base aérea, disse uma "
            "empresa que vende imagens de satélite.",
            "O ministério não quis comentar a transferência, que ocorre depois de exercícios "
            "conjuntos realizados há três meses.",
        ),
        (
            ("share or rating widget", "Compartilhe"),
            ("related links", "Leia também: General chega à capital com trinta e cinco toneladas"),
            ("comment form", "Deixe um comentário"),
            ("advertisement", "Continua após a publicidade"),
        ),
    ),
    Sample(
        "de",
        (
            "Fünf Werfer auf dem Stützpunkt gesehen",
            "Fünf Werfer und ein Radar wurden am Mittwoch auf dem Luftwaffenstützpunkt gesehen, "
            "teilte ein Anbieter von Satellitenbildern mit.",
            "Das Ministerium wollte die Verlegung nicht kommentieren, die drei Monate nach "
            "gemeinsamen Übungen stattfand.",
        ),
        (
            ("share or rating widget", "Artikel teilen"),
            ("related links", "Lesen Sie auch"),
            ("related links", "General landet mit fünfunddreißig Tonnen Fracht in der Hauptstadt"),
            ("cookie wall", "Wir verwenden Cookies auf unserer Seite. Wenn Sie zustimmen, werden "
             "Ihre Daten gespeichert."),
            ("comment form", "Schreibe einen Kommentar"),
            ("navigation", "Vorheriger Beitrag Nächster Beitrag"),
        ),
    ),
    Sample(
        "tr",
        (
            "Hava üssünde beş fırlatıcı görüldü",
            "Uydu görüntüsü satan bir şirketin verdiği bilgiye göre çarşamba günü hava üssünde beş "
            "fırlatıcı ve bir radar görüldü.",
            "Bakanlık, üç ay önceki ortak tatbikatların ardından gelen bu konuşlandırma hakkında "
            "yorum yapmak istemedi.",
        ),
        (
            ("share or rating widget", "Bu haberi paylaş"),
            ("related links", "İlgili haberler"),
            ("related links", "General otuz beş ton yükle birlikte başkente indi ve karşılandı"),
            ("comment form", "Bir yanıt yazın"),
            ("comment form", "E-posta adresiniz yayınlanmayacak."),
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize("blank", [True, False], ids=["blank lines", "no blank lines"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.language)
def test_furniture_below_an_article_is_dropped_with_its_reason(sample: Sample, blank: bool) -> None:
    lines = [*sample.kept, *(line for _, line in sample.dropped)]
    document = read(("\n\n" if blank else "\n").join(lines))
    assert [line for line in document.kept_text.splitlines() if line] == list(sample.kept)
    found = {line: reason_of(document, line) for _, line in sample.dropped}
    allowed = {line: {reason, "reader comment"} for reason, line in sample.dropped}
    assert {line for line, reason in found.items() if reason not in allowed[line]} == set()
    assert document.language.code == sample.language


KEPT = (
    "The regulator said that sites must not store cookies before you accept them, and that most "
    "publishers do.",
    "Cookies are small files that a browser stores; an ad blocker can remove them, and many "
    "readers use one.",
    "If you refuse cookies, you may see fewer articles, the consumer group wrote in its report.",
    'The banner reads "We use cookies on our site, please accept", and nobody reads it.',
    "Comments by the minister angered the opposition, which demanded an apology on Friday.",
    "Leave a reply to the ministry's letter unwritten, the general advised, and wait.",
    "Subscribers to the missile-warning service doubled after the strike, the operator said.",
    "The photo of a Pantsir was illustrative, the ministry admitted, and showed another country.",
    "Copyright law does not protect the design of a launcher, the court found in its ruling.",
    "See also the report of the panel of experts, which counted five launchers at the airbase.",
    "Related systems such as the Buk-M2 and the Tor were seen at the same airbase last spring.",
    "Share prices of the manufacturer rose after the parade, and fell again within the week.",
    "Follow the launchers and you will find the radar, an officer told us on the telephone.",
    "MOSCOW (Reuters) - Five launchers were seen on the roofs of the capital on Friday morning.",
    "[...] the letter continues, and then names the airbase where the five launchers stand [...]",
    "He told reporters on March 24, 2019 at 10:00 that five launchers had been moved south.",
    "Follow-up posts on Telegram showed five launchers and two radars beside the same runway.",
    "Support vehicles filmed for Telegram were parked beside the launchers during the morning.",
    "Sources for Reuters and for two other agencies counted five launchers at the airbase then.",
    "AFP | Caracas – Five launchers and one radar were seen at the airbase on Wednesday morning.",
    "State television showed five launchers (archive footage) on Sunday, the ministry said.",
    "5\n7\n12\n3",
    "S-300VM\nBuk-M2\nPantsir-S1\nIgla-S",
    "The channel's editor is a former war journalist who counted five launchers, he said.",
    "We use satellite images on our desk every day, and you can see the five launchers in them.",
)


@pytest.mark.parametrize("blank", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
@pytest.mark.parametrize("line", KEPT, ids=lambda line: line[:30])
def test_a_paragraph_about_such_things_is_kept(line: str, blank: str) -> None:
    before = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."
    after = "The ministry declined to comment on the move, which follows joint exercises in May."
    document = read(blank.join([before, before, before, line, after, after, after]))
    assert document.dropped == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Maxar via Reuters", "photo credit"),
        ("Photo: A. Writer, the capital, May", "photo credit"),
        ("Photo d'archive : un lanceur défile dans la capitale", "illustrative caption"),
        ("Лаунчер на параде (архивное фото)", "illustrative caption"),
        ("Join our Telegram channel for more", "newsletter"),
        ("A. Writer is a freelance journalist based in the capital.", "author box"),
        ("Home > News > World", "navigation"),
        ("Facebook Twitter WhatsApp Telegram", "share or rating widget"),
        ("Rating: 4.5/5 (12 votes)", "share or rating widget"),
        ("Tags: launchers, radars, airbase", "navigation"),
        ("Рейтинг статьи: 4,5 из 5", "share or rating widget"),
        ("Pingback: Five launchers seen - Another Site", "trackback"),
    ],
)
def test_single_lines(line: str, reason: str) -> None:
    prose = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."
    document = read("\n".join([prose, prose, prose, line]))
    assert reason_of(document, line) == reason


def test_an_article_about_comments_keeps_its_paragraphs_and_headings() -> None:
    prose = "The newspaper closed its comment pages in spring because nobody read them any more. "
    text = "\n".join(["Why sites close their comments", prose * 3, "Comments", prose * 3,
                      "Related", prose * 3, "Home", prose * 3])  # fmt: skip
    document = read(text)
    assert [d for d in document.dropped if d.end - d.start > 20] == []
    assert document.kept_text.count(prose) == 12


def test_a_comment_counter_under_the_title_does_not_swallow_the_article() -> None:
    prose = "Five launchers and one radar were seen at the airbase on Wednesday, a company said. "
    document = read("\n".join(["Five launchers seen", "Leave a comment", prose * 4, prose * 4]))
    assert reason_of(document, "Leave a comment") == "comment form"
    assert document.kept_text.count(prose) == 8


def test_a_heading_after_related_links_stays() -> None:
    prose = "Five launchers and one radar were seen at the airbase on Wednesday, a company said. "
    links = ["Read also", "The general lands in the capital with thirty-five tons of cargo"]
    document = read("\n".join(["Title of it", prose * 2, *links, "Fear of drones", prose * 2]))
    assert [reason_of(document, link) for link in links] == ["related links"] * 2
    assert reason_of(document, "Fear of drones") is None


def test_hard_wrapped_paragraphs_are_judged_whole() -> None:
    wrapped = (
        "Five launchers and one radar were seen at the airbase on Wednesday\n"
        "by a company that sells satellite images, and the first reports to\n"
        "share the finding came from an agency whose editors had refused to\n"
        "follow it up. The ministry declined to say why nobody had noticed a\n"
        "reply, and the general left.\n\n"
    )
    document = read(wrapped * 4 + "Leave a Reply\n\nName\n\nWebsite\n")
    assert [d.reason for d in document.dropped] == ["comment form"] * len(document.dropped)
    assert document.kept_text == wrapped * 4


def test_a_newsletter_box_of_several_lines_goes_as_a_whole() -> None:
    prose = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."
    box = ["Sign up to First Light", "Free daily newsletter", "Our morning email sums up the day",
           "Enter your email address", "Sign up"]  # fmt: skip
    document = read("\n".join([prose, prose, *box, prose]))
    assert [reason_of(document, line) for line in box] == ["newsletter"] * 5
    assert document.kept_text.count(prose) == 3


def test_comments_opened_by_a_count_and_the_title() -> None:
    prose = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."
    comments = ['4 Responses to "Five launchers seen"', "Pedro says:", "March 26, 2019 at 1:00 am",
                "There are 12 Pantsir at the stadium!", "Reply"]  # fmt: skip
    document = read("\n".join(["Five launchers seen", prose, prose, *comments]))
    assert document.kept_text == "\n".join(["Five launchers seen", prose, prose, ""])


def test_the_title_is_below_the_menu() -> None:
    prose = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."
    lines = ["The Gazette", "Home", "World", "Sport", "Five launchers seen in the harbour", prose]
    assert read("\n".join(lines)).title == "Five launchers seen in the harbour"


def test_menus_and_captions_above_the_article() -> None:
    text = (
        "Home\nNews\nWorld\nSkip to content\nFive launchers seen\n"
        "JANE ROE / AFP The launchers on parade in the capital (archive photo).\n"
        "Five launchers and one radar were seen at the airbase on Wednesday, a company said.\n"
    )
    document = read(text)
    assert reason_of(document, "Home") == reason_of(document, "World") == "navigation"
    assert reason_of(document, "JANE ROE") == "illustrative caption"
    assert document.kept_text.startswith("Five launchers seen\nFive launchers and one radar")


SHARED_DROPPED = {
    "moscow-rooftops.txt": [
        ("PAUL GYPTEAU", "illustrative caption"), ("taken in Syria", "illustrative caption"),
        ("You cannot view this content", "cookie wall"), ("you have declined", "cookie wall"),
        ("an ad blocker", "cookie wall"), ("please contact us", "cookie wall"),
        ("See also HuffPost", "related links"), ("Read also", "related links"),
        ("Zelensky attacks", "related links"), ("Wagner group", "related links"),
        ("Leave a Reply", "comment form"), ("Your email address", "comment form"),
    ],
    "venezuela-layered-network.txt": [
        ("Post a Comment", "comment form"), ("Previous Post", "navigation"),
    ],
    "venezuela-s300-redeployment.txt": [
        ("Anti-Media", "copyright line"), ("5 1 vote", "share or rating widget"),
        ("Article Rating", "share or rating widget"), ("Notify of", "comment form"),
        ("Inline Feedbacks", "reader comment"), ("28-01-21", "reader comment"),
        ("teach the Americans", "reader comment"), ("03-03-22", "reader comment"),
        ("Mi-17 ve Mi-35", "trackback"),
    ],
}  # fmt: skip
SHARED_FURNITURE_LINES = {
    "moscow-rooftops.txt": 11,
    "venezuela-layered-network.txt": 2,
    "venezuela-s300-redeployment.txt": 10,
}
"""Counted by hand; every other line that is not blank is the article's."""


@needs_shared
@pytest.mark.parametrize("blank", [True, False], ids=["as it is", "no blank lines"])
@pytest.mark.parametrize("name", sorted(SHARED_DROPPED))
def test_the_source_documents_lose_their_furniture_and_nothing_else(name: str, blank: bool) -> None:
    text = (SHARED / name).read_text("utf-8")
    document = read(text if blank else without_blank_lines(text))
    found = [(phrase, reason_of(document, phrase)) for phrase, _ in SHARED_DROPPED[name]]
    assert found == SHARED_DROPPED[name]
    lines = [line for line in document.kept_text.splitlines() if line.strip()]
    every = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == len(every) - SHARED_FURNITURE_LINES[name]
    assert document.language.code == "en"
    assert document.date.date is None


def test_kept_and_dropped_tile_the_text() -> None:
    for sample in SAMPLES:
        lines = "\n\n".join([*sample.kept, *(line for _, line in sample.dropped)])
        document = read("\r\n " + lines.replace("\n", "\r\n"))
        tiles = sorted((s.start, s.end) for s in (*document.kept, *document.dropped))
        assert tiles[0][0] == 0
        assert tiles[-1][1] == len(document.text)
        assert all(a[1] == b[0] for a, b in pairwise(tiles))
