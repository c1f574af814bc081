"""What page furniture says, by reason, in English, Spanish, French, Russian, Ukrainian,
Portuguese, German and Turkish.

Phrases are compared after ``fold``: case, punctuation and the size of numbers do not matter
(``0`` stands for any number). ``LINES`` are furniture as a whole line; a line made of several of
them is furniture too. ``WEAK`` also occur as honest headings: they count beside other furniture
only. To teach a phrase, add it to its row.
"""

from __future__ import annotations

import re

from shieldwall.evidence.documents.records import Reason

_NUMBER = re.compile(r"\d+")
_NUMBERS = re.compile(r"(?<!\w)0(?: 0)+(?!\w)")
_OTHER = re.compile(r"[\W_]+")


def fold(line: str) -> str:
    """A line for comparison: ``"5 1 vote"`` and ``"3 12 Vote!"`` fold alike."""
    low = line.casefold().replace("i\u0307", "i")
    words = _OTHER.sub(" ", _NUMBER.sub("0", low)).strip()
    return _NUMBERS.sub("0", words) if "0 0" in words else words


def _rows(table: dict[Reason, str]) -> dict[str, Reason]:
    return {
        phrase: reason
        for reason, text in table.items()
        for phrase in map(fold, re.split(r"[|\n]", text))
        if phrase
    }


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(p) for p in re.split(r"[|\n]", text) if fold(p))


COMMENT_LIST = _set("""
view all comments|inline feedbacks|inline feedback|0 comments|0 comment|comments 0|comment 0
all comments|show comments|load more comments|0 responses|0 thoughts on|reader comments|top comments
newest comments|oldest comments|most voted|sort by best|join the conversation|join the discussion
0 comentarios|comentarios 0|ver todos los comentarios|ver comentarios|comentarios de los lectores
0 commentaires|commentaires 0|voir tous les commentaires|voir les commentaires|réactions 0
0 комментариев|0 комментария|0 комментарий|комментарии 0|комментариев 0|все комментарии
комментарии читателей|показать комментарии|0 коментарів|0 коментарі|0 коментар|коментарі 0
усі коментарі|всі коментарі|показати коментарі|ver todos os comentários|0 comentários
comentários 0|comentários dos leitores|0 kommentare|0 kommentar|kommentare 0|alle kommentare
alle kommentare anzeigen|leserkommentare|0 yorum|yorumlar 0|tüm yorumlar|tüm yorumları gör
okuyucu yorumları""")
"""Lines that open the readers' comments."""

COMMENT_FORM = _set("""
leave a reply|leave a comment|post a comment|post comment|add a comment|add comment|cancel reply
write a comment|submit comment|notify of|notify me of new posts by email|be the first to comment
comments are closed|no comments yet|no comments|required fields are marked
your email address will not be published
your email address will not be published required fields are marked
save my name email and website in this browser for the next time i comment
you must be logged in to post a comment|log in to comment|log in to reply|join the discussion
deja un comentario|dejar un comentario|dejar una respuesta|deja una respuesta|cancelar respuesta
escribe un comentario|publicar comentario|publicar un comentario|añadir comentario
tu dirección de correo electrónico no será publicada
los campos obligatorios están marcados con|sin comentarios
laisser un commentaire|laissez un commentaire|ajouter un commentaire|annuler la réponse
publier un commentaire|poster un commentaire|votre adresse e mail ne sera pas publiée
les champs obligatoires sont indiqués avec|aucun commentaire
оставить комментарий|оставьте комментарий|добавить комментарий|написать комментарий
отменить ответ|ваш адрес email не будет опубликован|обязательные поля помечены
отправить комментарий|комментариев нет|нет комментариев|ваш комментарий
залишити коментар|залишити відповідь|додати коментар|скасувати відповідь|написати коментар
ваша e mail адреса не оприлюднюватиметься|обов язкові поля позначені|коментарів немає
deixe um comentário|deixe uma resposta|deixar um comentário|cancelar resposta
o seu endereço de e mail não será publicado|o seu endereço de email não será publicado
campos obrigatórios são marcados com|publicar comentário|adicionar comentário
schreibe einen kommentar|kommentar schreiben|kommentar verfassen|einen kommentar schreiben
hinterlasse einen kommentar|antwort abbrechen|deine e mail adresse wird nicht veröffentlicht
ihre e mail adresse wird nicht veröffentlicht|erforderliche felder sind mit markiert
erforderliche felder sind markiert|kommentar abschicken|keine kommentare
bir yanıt yazın|bir cevap yazın|yorum yapın|yorum yap|yorum yaz|yorum gönder|yanıtı iptal et
e posta adresiniz yayınlanmayacak|e posta hesabınız yayımlanmayacak
gerekli alanlar ile işaretlenmişlerdir|gerekli alanlar işaretlenmiştir""")
"""Lines of the form that asks for a comment."""

LINES: dict[str, Reason] = _rows({
    "share or rating widget": """
share|share this|share this article|share this post|share this story|share on facebook|tweet
share on twitter|share on x|share on linkedin|share via email|share with friends|email this
blogthis|share to facebook|share to twitter|share to pinterest|pin it|article rating|0 vote
0 votes|rate this article|rate this post|rating 0|average rating|0 shares|0 share|like this
like loading|click to share|click to print|email this article|print this article|copy link
link copied|shares|0 min read|reuse this content|how useful was this post|listen to this article
compartir|compartir en facebook|compartir en twitter|comparte|comparte esta noticia|compártelo
partager|partager sur facebook|partager sur twitter|partager cet article|partagez cet article
partagez|copier le lien|поделиться|поделиться в facebook|поделитесь|поделиться новостью
рейтинг статьи|оцените статью|0 голосов|0 голос|0 голоса|скопировать ссылку
поділитися|поділитись|поширити|рейтинг статті|оцініть статтю|0 голосів
compartilhe|compartilhar|compartilhar no facebook|partilhar|partilhe|copiar link|copiar enlace
avaliação do artigo|0 votos|0 voto|teilen|artikel teilen|auf facebook teilen|auf twitter teilen
bewertung 0|0 stimmen|link kopieren|valoración del artículo|0 valoraciones
paylaş|facebook ta paylaş|twitter da paylaş|bu haberi paylaş|0 oy|makaleyi oyla""",
    "navigation": """
previous post|next post|previous article|next article|previous story|next story|newer post
older post|newer posts|older posts|back to top|skip to content|skip to main content|skip to menu
main menu|toggle navigation|log in|sign in|register|my account|load more|you are here
page 0 of 0|view web version|subscribe to post comments atom|search this website|search for
entrada anterior|entrada siguiente|siguiente entrada|artículo anterior|artículo siguiente
ir al contenido|saltar al contenido|iniciar sesión|volver arriba|menú principal
article précédent|article suivant|aller au contenu|se connecter|retour en haut|menu principal
предыдущая запись|следующая запись|предыдущая статья|следующая статья|предыдущая новость
следующая новость|перейти к содержимому|перейти к содержанию|наверх|войти|главное меню
попередній запис|наступний запис|попередня стаття|наступна стаття|перейти до вмісту|увійти|догори
post anterior|próximo post|artigo anterior|próximo artigo|pular para o conteúdo|voltar ao topo
ir para o conteúdo|vorheriger beitrag|nächster beitrag|vorheriger artikel|nächster artikel
zum inhalt springen|nach oben|anmelden|einloggen|önceki yazı|sonraki yazı|önceki haber
sonraki haber|içeriğe geç|yukarı çık|giriş yap|ana menü""",
    "advertisement": """
advertisement|advertisements|advertising|sponsored|sponsored content|promoted content
article continues below|article continues below this ad|article continues after advertisement
story continues below|story continues below advertisement|continue reading below
remove ads|report this ad|publicidad|contenido patrocinado|sigue leyendo tras la publicidad
publicité|contenu sponsorisé|la suite après la publicité|la suite après cette publicité
реклама|на правах рекламы|партнерский материал|партнёрский материал|продолжение после рекламы
на правах реклами|партнерський матеріал|publicidade|conteúdo patrocinado|continua após a publicidade
continua depois da publicidade|anzeige|werbung|gesponsert|artikel wird nach der werbung fortgesetzt
reklam|sponsorlu içerik|haberin devamı reklamın altında""",
    "newsletter": """
after newsletter promotion|free daily newsletter|subscribe|subscribe now
subscribe to our newsletter|sign up for our newsletter|newsletter
sign up|email address|enter your email|enter your email address|follow us|join us on telegram
suscríbete|suscríbete a nuestro boletín|boletín|síguenos|abonnez vous|inscrivez vous
s abonner|suivez nous|подписаться|подпишитесь|подписаться на рассылку|підписатися|підписатись
підпишіться|assine|inscreva se|assine nossa newsletter|siga nos|abonnieren
newsletter abonnieren|jetzt abonnieren|folgen sie uns|abone ol|abone olun|bülten|bizi takip edin""",
    "copyright line": """
all rights reserved|todos los derechos reservados|tous droits réservés|все права защищены
усі права захищено|всі права захищені|todos os direitos reservados|alle rechte vorbehalten
tüm hakları saklıdır""",
    "cookie wall": """
accept all|accept cookies|accept all cookies|reject all|manage cookies|cookie settings
manage preferences|privacy settings|aceptar todo|aceptar cookies|rechazar todo
tout accepter|accepter les cookies|tout refuser|continuer sans accepter|gérer les cookies
принять все|принять все cookie|прийняти всі|настройки cookie|aceitar todos|aceitar cookies
rejeitar todos|alle akzeptieren|alle cookies akzeptieren|alle ablehnen|cookie einstellungen
tümünü kabul et|çerezleri kabul et|çerez ayarları""",
})  # fmt: skip
LINES.update(dict.fromkeys(COMMENT_LIST, "reader comment"))
LINES.update(dict.fromkeys(COMMENT_FORM, "comment form"))

WEAK: dict[str, Reason] = _rows({
    "navigation": """
home|menu|search|sections|save|close|news|world|politics|business|sport|sports|culture|opinion
about|about us
contact|contact us|privacy policy|terms of use|terms of service|latest|more|video|videos|tags
categories|archive|archives|previous|next|inicio|noticias|mundo|política|deportes|opinión|contacto
buscar|accueil|actualités|monde|politique|contact|rechercher|главная|новости|мир|политика
экономика|спорт|культура|поиск|контакты|головна|новини|світ|політика|економіка|пошук
início|notícias|esportes|startseite|nachrichten|welt|politik|wirtschaft|kontakt|suche|impressum
datenschutz|ana sayfa|haberler|dünya|siyaset|ekonomi|spor|iletişim|ara""",
    "share or rating widget": """
facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|email|e mail|print|pin|messenger
instagram|youtube|tiktok|viber|vk|vkontakte|вконтакте|одноклассники|flipboard|copy|mail|tumblr
imprimir|imprimer|распечатать|друкувати|drucken|yazdır|vote|votes|votos|stimmen|голосов|голосів
oy""",
    "comment form": """
name|website|comment|your comment|your name|submit|nombre|web|comentario|nom|site web|commentaire
имя|сайт|комментарий|ім я|коментар|nome|site|comentário|kommentar|website speichern|isim|yorum
ad|e posta""",
    "reader comment": """
reply|responder|répondre|ответить|відповісти|antworten|yanıtla|cevapla|anonymous|guest|comments
oldest|newest|comentarios|commentaires|комментарии|обсуждение|коментарі|comentários|kommentare
yorumlar|report|like""",
})  # fmt: skip

RELATED = _set("""
read also|also read|see also|read more|read next|read more on|see more|more on this story
more on this topic|more from|related|related articles|related stories|related posts|related news
related content|related links|related topics|recommended|recommended for you|recommended stories
recommended reading|you may also like|you might also like|also on|don t miss|most read
most popular|most viewed
explore more on these topics
trending|trending now|editor s picks|more stories|further reading|popular posts|you may like
lea también|lee también|lea además|vea también|le puede interesar|te puede interesar
puede interesarle|también te puede interesar|noticias relacionadas|artículos relacionados
le recomendamos|más noticias|lo más leído|más sobre este tema|relacionados
lire aussi|à lire aussi|voir aussi|à voir aussi|lire également|à lire également|lisez aussi
sur le même sujet|articles similaires|articles liés|à découvrir|les plus lus|les plus populaires
читайте также|читать также|читайте ещё|читайте еще|смотрите также|см также|ещё по теме
еще по теме|по теме|похожие статьи|похожие новости|похожие записи|материалы по теме
другие новости|популярное|вам может быть интересно|рекомендуем
читайте також|читати також|дивіться також|див також|схожі статті|схожі новини|за темою
матеріали по темі|матеріали за темою|інші новини|вас може зацікавити|рекомендуємо
leia também|leia mais|veja também|veja mais|você pode gostar|notícias relacionadas
artigos relacionados|saiba mais|mais lidas|recomendado para você
lesen sie auch|lesen sie mehr|lesen sie dazu auch|siehe auch|auch interessant|mehr zum thema
das könnte sie auch interessieren|das könnte ihnen auch gefallen|verwandte artikel|ähnliche artikel
ähnliche beiträge|meistgelesen
ayrıca okuyun|bunu da okuyun|bunları da okuyun|ilgili haberler|ilgili yazılar|ilgili makaleler
benzer haberler|ayrıca bakınız|bunlar da ilginizi çekebilir|ilginizi çekebilir|en çok okunanlar""")
"""Lines, or beginnings of lines before a title, that point to other articles."""

ABOUT_AUTHOR = _set("""
about the author|about the authors|about author|author bio|sobre el autor|acerca del autor
sobre la autora|à propos de l auteur|об авторе|об авторах|про автора|про авторів|sobre o autor
sobre a autora|über den autor|über die autorin|yazar hakkında""")

LABELS: dict[str, Reason] = _rows({
    "navigation": """
tags|tagged|filed under|posted in|categories|keywords|reading time|topics|etiquetas|categorías
étiquettes|mots clés|temps de lecture|теги|метки|рубрика|рубрики|время чтения|категорія
ключові слова
час читання|categorias|schlagwörter|lesezeit|etiketler|kategori|tempo de leitura""",
    "share or rating widget": """
rating|article rating|average rating|рейтинг статьи|рейтинг статті|оценка|valoración|note moyenne
avaliação|bewertung|puan|share|share this|partager|поделиться|teilen|compartir|paylaş""",
    "newsletter": "privacy notice",
})  # fmt: skip
"""Lines that begin with one of these and a colon."""

COMMENT_HEADS = _set("""
0 responses to|0 response to|0 thoughts on|0 thought on|0 comments on|0 comment on|0 replies to
0 comentarios en|0 comentarios sobre|0 commentaires sur|0 réflexions sur|0 réponses à
0 комментариев к|0 комментария к|0 комментарий к|0 коментарів до|0 comentários em|0 kommentare zu
0 gedanken zu""")
"""Lines that begin so, with the article's title after it, open the readers' comments."""

LONGEST_PHRASE = max(len(p.split()) for p in (*LINES, *WEAK, *RELATED))
