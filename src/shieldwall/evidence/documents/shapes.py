"""Shapes of single lines that are furniture whatever they say: captions, credits, cookie walls,
comment headers, copyright lines. Each is a general form in eight languages, not a known string.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

_AGENCIES = (
    r"AFP|AP|Reuters|EPA|EFE|Getty(?: Images)?|TASS|ТАСС|Sputnik|RIA(?: Novosti)?|РИА(?: Новости)?|"
    r"Xinhua|Anadolu|AA|dpa|DPA|ANSA|Shutterstock|Alamy|Bloomberg|Maxar|Planet Labs|Wikimedia"
    r"(?: Commons)?|Ukrinform|Укринформ|Укрінформ|Unian|УНИАН|УНІАН|Imago|IMAGO|Lusa|UPI|PA|Zuma"
)
_NAME = r"[A-ZÀ-ÞĀ-ŽЁА-ЯІЇЄҐ][\w.'’-]*"
CREDIT = re.compile(
    rf"(?:{_NAME} ){{0,3}}{_NAME} ?[/|] ?(?:{_AGENCIES})\b(?! ?[-–—(])"
    rf"|(?:{_NAME} ){{0,3}}{_NAME} (?:via|pour|for|para|für) (?:{_AGENCIES})\b(?!.{{60}})"
    rf"|(?:{_AGENCIES}) ?[/|] ?{_NAME}(?!.*[-–—])(?!.{{100}})"
)
"""``JANE DOE / AFP``; a dateline (``PARIS / AFP — ...``) is none."""
CREDIT_LABEL = re.compile(
    r"(?:\W{0,3})(?:photo(?:graph|s)?(?: credits?| by)?|image(?: credits?| by)?|picture|pic|"
    r"credits?|"
    r"courtesy of|foto(?:graf[ií]a)?(?: de)?|cr[eé]dit(?:o|os|s)?(?: photo)?|imagen|imagem|bild|"
    r"fotoğraf|фото(?:графия)?|зображення|изображение)\s?[:©/|]\s?\S",
    _I,
)
ILLUSTRATIVE = re.compile(
    r"(?:^|[(\[.:;–—|/-]\s?)(?:(?:an? )?(?:illustrative|illustration|representative|"
    r"representational|"
    r"file|archive|stock) (?:photo|image|picture|photograph|footage)|(?:photo|image|picture)"
    r" (?:for illustrat|d['’]illustration|d['’]archives?|used for illustrat)|"
    r"(?:foto|imagen|fotografía|imagem) (?:ilustrativa|de archivo|referencial|de referencia|"
    r"de arquivo)"
    r"|photo illustrative|illustrationsbild|symbolbild|symbolfoto|archivbild|archivfoto|"
    r"(?:архивное|иллюстративное|архівне|ілюстративне) (?:фото|изображение|зображення)|"
    r"фото из архива|фото з архіву|иллюстрация|ілюстрація|"
    r"(?:temsili|arşiv) (?:fotoğraf|görsel|resim))\w*(?:[\s.:,)\]–—/-]|$)",
    _I,
)
_ILLUSTRATIVE_WORDS = (
    "illustrat", "representat", "file photo", "file pic", "file image", "archiv", "stock",
    "ilustrati", "referencia", "arquivo", "symbol", "архив", "иллюстра", "архів", "ілюстра",
    "temsili", "arşiv",
)  # fmt: skip
COOKIE_WORDS = (
    "cookie", "adblock", "ad block", "ad-block", "javascript", "куки", "блокиров", "блокувальник",
    "çerez", "bloqueador de", "bloqueur de", "werbeblocker", "reklam engel",
)  # fmt: skip
"""Plain words looked for first: a search for them is many times quicker than a pattern."""

COPYRIGHT = re.compile(
    r"\W{0,3}(?:©|\(c\)\s*(?:19|20)\d\d|copyright\s*(?:©|\(c\)|(?:19|20)\d\d|by\b)|"
    r"авторские права|авторські права)|.{0,80}©\s*(?:19|20)\d\d.{0,80}$",
    _I,
)
SOURCE_CREDIT = re.compile(rf"(?=[^\n]* [/|] )(?:(?:{_NAME}|[/|&,]) )+(?:19|20)\d\d\.?")
"""``Some Site / Other Site News 2019.``: names, a slash and a year, no verb."""

_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?"
_DAY = r"(?:\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
STAMP = re.compile(
    rf"\W*{_DAY}\W+(?:\w{{1,4}}\s)?{_CLOCK}(?: ?(?:[A-Z]{{1,5}}|[+-]\d{{2}}:?\d{{2}}))?\W*", _I
)
"""A line that is nothing but a date and a clock time."""
AGO = re.compile(
    r"\b\d+ (?:second|minute|min|hour|day|week|month|year|yr|hr)s? ago\b|\bhace \d+ \w+|"
    r"\bil y a \d+ \w+"
    r"|\b\d+ \w+ (?:назад|тому|önce|atrás)\b|\bh[áa] \d+ \w+|\bvor \d+ \w+",
    _I,
)
SAYS = re.compile(
    r".{1,50}\b(?:says|wrote|writes|dice|dijo|escribió|dit|a écrit|пишет|говорит|написал|каже|пише|"
    r"написав|diz|disse|escreveu|sagt|schreibt|schrieb|diyor(?: ki)?|dedi(?: ki)?)\s?:",
    _I,
)
ELLIPSIS_HEAD = re.compile(r"[\W_]{0,2}(?:\[|\()\s?(?:…|\.\.\.)\s?(?:\]|\))")
ELLIPSIS_TAIL = re.compile(r"(?:\[|\()\s?(?:…|\.\.\.)\s?(?:\]|\))\W{0,2}$")
PINGBACK = re.compile(r"\W{0,3}(?:pingback|trackback)s?\b", _I)

# A cookie wall speaks to the reader, as the site, about cookies. An article about cookies may do
# one or two of these, and reports who said so.
_READER = re.compile(
    r"\b(?:you|your|please|accept|click|vous|votre|vos|cliquez|acceptez|usted|su|tu|tus|sus|acepta|"
    r"acepte|aceptas|haga clic|sie|ihre?[nrms]?|bitte|você|seu|sua|aceita|clique|вы|вас|вам|ваш\w*|"
    r"нажм\w+|ви|натис\w+|siz\w*|kabul et\w*|tarayıcını\w+|cihazını\w+)\b",
    _I,
)
_SITE = re.compile(
    r"\b(?:we (?:use|and our|recommend|value|store|set|process|would like|care)|our (?:site|"
    r"website|"
    r"partners?|videos?|content|services?|privacy|cookie|page|use of)|this (?:site|website|"
    r"page) (?:uses|"
    r"requires|needs)|help us|contact us|nous (?:utilisons|et nos|vous)|notre site|"
    r"nos (?:partenaires|"
    r"vidéos|services|contenus)|ce site (?:utilise|web)|utilizamos|usamos|nuestr[oa]s? \w+|"
    r"este (?:sitio|site)|nossos? \w+|wir (?:verwenden|nutzen|setzen|und unsere|empfehlen)|"
    r"unsere[rnm]? \w+|diese (?:website|webseite|seite)|мы (?:используем|рекомендуем|и наши)|"
    r"наш(?:и|его|ем|их|а|у)? \w+|этот сайт|ми (?:використовуємо|рекомендуємо|та наші)|цей сайт|"
    r"sitemiz\w*|web sitemiz\w*|kullanıyoruz|ortaklarımız\w*|bu (?:site|web sitesi))\b",
    _I,
)
ATTRIBUTION = re.compile(
    r"\b(?:said|told|says|according to|reported|ruled|argued|wrote|announced|dijo|según|declaró|"
    r"a déclaré|selon|d'après|сказал\w*|заявил\w*|сообщил\w*|по словам|сказав|заявив|повідомив|"
    r"за словами|disse|afirmou|segundo|sagte|erklärte|laut|dedi|söyledi|göre|açıkladı)\b",
    _I,
)
CANNOT_VIEW = re.compile(
    r"(?:(?:can(?:no|['’])?t|can not|unable to|not able to) (?:view|see|display|access|play|"
    r"watch|load|"
    r"show) (?:this|the|our) (?:content|video|page|article|post|embed|media)|"
    r"(?:no (?:puede|puedes|se puede)) (?:ver|visualizar|reproducir|acceder a) (?:este|el|esta)|"
    r"ne pouvez pas (?:visualiser|voir|lire|accéder à|afficher) (?:ce|cette|le)|"
    r"не можете (?:просмотреть|увидеть|посмотреть|переглянути|побачити) (?:этот|это|цей|це)|"
    r"können (?:sie )?diese[ns]? (?:inhalt|video|seite) nicht|"
    r"não (?:é possível|pode|consegue) (?:ver|visualizar|exibir|acessar) (?:este|esse|o)|"
    r"bu (?:içeriği|videoyu|sayfayı) (?:görüntüleyemez|izleyemez))",
    _I,
)
ASKS_READER = re.compile(
    r"\b(?:please|contact us|click here|try again|reload|refresh (?:the|this)|change your settings|"
    r"contactez|cliquez|veuillez|póngase en contacto|contáctenos|haga clic|por favor|свяжитесь|"
    r"пожалуйста|нажмите|зв['’]яжіться|будь ласка|натисніть|entre em contato|contate|clique|"
    r"bitte|kontaktieren sie|klicken sie|lütfen|tıklayın|bize ulaşın)\b",
    _I,
)


def is_cookie_wall(line: str) -> bool:
    """The site itself speaking to its reader about cookies, ad blockers or scripts."""
    low = line.lower()
    return bool(
        any(word in low for word in COOKIE_WORDS)
        and _READER.search(line)
        and _SITE.search(line)
        and not ATTRIBUTION.search(line)
        and line.count('"') + line.count("“") + line.count("«") == 0
    )


def is_comment_header(line: str) -> bool:
    """The line above a reader's comment: a date with clock time, an age, ``Name says:``."""
    if len(line) > 90:
        return False
    if STAMP.fullmatch(line) or SAYS.fullmatch(line):
        return True
    short = len(line) <= 60 and not line.endswith((".", "?", "!"))
    if short and AGO.search(line):
        return True
    return bool(
        re.search(r"\b(?:19|20)\d\d\b", line)
        and re.search(_CLOCK, line)
        and len(line.split()) <= 12
        and not line.endswith((".", "?", "!"))
    )


def caption(line: str) -> tuple[str, str] | None:
    """(reason, rule) where a short paragraph is a picture's caption or credit."""
    if len(line) > 500:
        return None
    credit = CREDIT.match(line)
    low = line.lower()
    if any(word in low for word in _ILLUSTRATIVE_WORDS):
        match = ILLUSTRATIVE.search(line)
        # A report may remark that footage is archived; then somebody says something in it.
        starts = match is not None and match.start() < 2
        bare = len(line) <= 300 and (starts or not ATTRIBUTION.search(line))
        if match and (credit or bare):
            return "illustrative caption", "says its picture is illustrative or from an archive"
    if credit and len(line) <= 400:
        return "photo credit", "begins with a photographer and an agency"
    if CREDIT_LABEL.match(line) and len(line) <= 300:
        return "photo credit", "begins with a credit label"
    return None
