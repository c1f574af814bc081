"""Sentences of our own in five languages, each with what must be read of the kinds it names.

A row is a text and, by kind, the words as written; a kind that is named must be read exactly, an
empty list means nothing of it. ``MODALITY`` gives the modality of one mention.
"""

from __future__ import annotations

Wanted = dict[str, list[str]]

PLACES: list[tuple[str, Wanted]] = [
    ("The S-400 battery was moved from Zhukivka to Dovzhansk and Krasnyi Luch overnight.",
     {"place": ["Zhukivka", "Dovzhansk", "Krasnyi Luch"]}),
    ("A Pantsir-S1 stands north of Hrubieszow, towards Zamosc, and another off Kinburn.",
     {"place": ["Hrubieszow", "Zamosc", "Kinburn"]}),
    ("On Monday General Petrenko told Reuters in an interview that the S-300 was gone.",
     {"place": []}),
    ("The crew gave the S-300 to Colonel Ivanenko and to Almaz-Antey in March.", {"place": []}),
    ("A Buk-M2 guards the Mosul Dam, the Karakum Desert and the Kola Peninsula.",
     {"place": ["Mosul Dam", "Karakum Desert", "Kola Peninsula"]}),
    ("Ships carried the S-300PS through the Strait of Malacca to the Gulf of Aden.",
     {"place": ["Strait of Malacca", "Gulf of Aden"]}),
    ("S-400 launchers in Dnipropetrovsk region and Samarkand Province were counted.",
     {"place": ["Dnipropetrovsk region", "Samarkand Province"]}),
    ("Imagery of al-Bireh air base shows an S-300PMU2 battery.", {"place": ["al-Bireh air base"]}),
    ("Photographs of Ayni airfield show a Pantsir-S1.", {"place": ["Ayni airfield"]}),
    ("A HQ-9 battery went from Djibouti to Rwanda, then to Mauritania, Haiti and Nepal.",
     {"place": ["Djibouti", "Rwanda", "Mauritania", "Haiti", "Nepal"]}),
    ("The S-125 was seen in Maputo, Nairobi, Dakar, Dhaka and Karachi.",
     {"place": ["Maputo", "Nairobi", "Dakar", "Dhaka", "Karachi"]}),
    ("El ejército desplegó un S-125 cerca de Tocuyito, hacia Bejuma y desde Nirgua.",
     {"place": ["Tocuyito", "Bejuma", "Nirgua"]}),
    ("Un Pantsir-S1 viajó a Yibuti y luego a Camerún, Ruanda y Zimbabue.",
     {"place": ["Yibuti", "Camerún", "Ruanda", "Zimbabue"]}),
    ("Un radar del S-300VM está en la isla de Aves y otro en el río Caroní.",
     {"place": ["isla de Aves", "río Caroní"]}),
    ("Une batterie SAMP/T est arrivée à Câmpia, près de Turda, vers Alba et Blaj.",
     {"place": ["Câmpia", "Turda", "Alba", "Blaj"]}),
    ("Le S-400 a été vu en Éthiopie, au Cameroun, au Sénégal et à Djibouti.",
     {"place": ["Éthiopie", "Cameroun", "Sénégal", "Djibouti"]}),
    ("Комплекс С-400 стоит под Ракитным, у Шебекина, близ Чугуева и в районе Валуек.",
     {"place": ["Ракитным", "Шебекина", "Чугуева", "Валуек"]}),
    ("Дивизион С-300ПС замечен на мысе Фиолент и в Старом Осколе.",
     {"place": ["Фиолент", "Старом Осколе"]}),
    ("ЗРК С-400 переброшен из Сызрани в Джибути и Камерун.",
     {"place": ["Сызрани", "Джибути", "Камерун"]}),
    ("Дивізіон С-300ПС стоїть біля Білої Церкви та поблизу Умані.",
     {"place": ["Білої Церкви", "Умані"]}),
    ("Пускову установку С-400 знищено на мисі Тарханкут і на півдні Херсонщини.",
     {"place": ["Тарханкут", "Херсонщини"]}),
    ("Батарея Patriot прибула з бази в Рамштайні до Василькова й Інджирлика.",
     {"place": ["Рамштайні", "Василькова", "Інджирлика"]}),
    ("В субботу в Telegram полковник Сидоренко написал, что С-400 уничтожен.", {"place": []}),
    ("Из Абакана до Читы везут С-300.", {"place": ["Абакана", "Читы"]}),
    ("Boeing sent radars of the NASAMS; at Raytheon and at Jane's nobody knew.", {"place": []}),
    ("Le S-300 a été livré à Haftar, puis a quitté Mourmelon.", {"place": ["Mourmelon"]}),
    ("У Петрова есть С-400, а в Кремле заявили, что С-400 исправен.", {"place": []}),
    ("У четвер у Генштабі повідомили, що С-400 знищено.", {"place": []}),
]  # fmt: skip

TRAPS: list[str] = [
    "En el juego, cada jugador puede desbloquear el Pantsir-S1 al alcanzar el nivel 20. El parche "
    "corrige las misiones y cuesta 500 monedas en todos los servidores.",
    "La temporada empieza con oleadas de drones; el S-400 dispara misiles y el jugador gana.",
    "Le joueur qui termine la manche débloque un Buk-M2 et 300 pièces; la saison ajoute un "
    "lanceur S-300 et une mission.",
    "Le roman raconte comment une batterie de S-400 disparaît dans le désert; le film sort en mai.",
    "В новом патче игроки получат «Панцирь-С1» и С-400. Разработчики изменили уровень урона "
    "ракет, сезон начнётся в мае.",
    "В романе герой крадёт с базы «Бук-М2» и пять ракет, а читатель ждёт развязки.",
    "Гравці зможуть відкрити С-300 на п'ятому рівні гри. Новий патч виправляє баланс ракет.",
    "Nuevo nivel: completa la misión nocturna con tu Buk-M3 y gana 200 monedas.",
    "Manche 3: le S-400 abat vingt drones, le joueur gagne 50 pièces et passe au niveau suivant.",
    "В новой книге серии фэнтези маг Тор спасает крепость Бук от дракона; автор обещает ещё.",
    "The board game ships with 40 plastic S-300 launchers and a radar token for each player.",
    "The fantasy map shows the fortress of Tor-M2, where the wizard keeps three dragons.",
    "The quest giver asks for the Igla's eye; the elf carries it to the tower.",
    "The plastic kit of the Buk-M1 has 420 parts, rubber tracks and photo-etched launchers.",
    "Chapter nine of the novel opens with an S-300 battery firing at a ghost plane. The author's "
    "hero survives.",
    "The new map adds six S-400 launchers, a radar and a boss wave; your clan earns gold.",
    "Patriots scored late in Foxborough; the coach praised the defense and its battery of backs.",
    "Hawks beat the Wizards 110-98 in overtime, and the Hawk forward had 30 points.",
]

AMBIGUOUS: list[tuple[str, Wanted]] = [
    ("Spain sent six launchers. The Hawk is old, but crews trust the Hawk.\n\nThe Hawk will be "
     "replaced next year by NASAMS.", {"system": ["Hawk", "Hawk", "Hawk", "NASAMS"]}),
    ("NASAMS and IRIS-T SLM protect the city.\n\nThe minister was asked about the budget and the "
     "harvest.\n\nA Gepard came later; the Crotale has yet to arrive, and the Osa is obsolete.",
     {"system": ["NASAMS", "IRIS-T SLM", "Gepard", "Crotale", "Osa"]}),
    ("A missile brigade moved south.\n\nThe Buk fired twice.", {"system": ["Buk"]}),
    ("Стріла-10 прикриває міст.", {"system": ["Стріла-10"]}),
    ("Стрела-10 замечена на параде.", {"system": ["Стрела-10"]}),
    ("Air defence crews said the NASAMS launcher had fired six missiles at the drones before its "
     "radar was struck; the brigade lost no soldiers.\n\nIn sport, the Patriots won the match "
     "and the Hawks lost the cup; the Hawk forward scored.", {"system": ["NASAMS"]}),
    ("Военные показали С-400. Рядом стояли «Оса» и «Тор», потом приехал «Гепард».",
     {"system": ["С-400", "Оса", "Тор", "Гепард"]}),
]  # fmt: skip

NEWS: list[tuple[str, Wanted]] = [
    ("Le jeu diplomatique continue: deux batteries SAMP/T sont arrivées en Roumanie, selon "
     "l'armée.", {"system": ["SAMP/T"]}),
    ("Ключевой игрок на рынке ПВО поставил два С-400 в Алжир, сообщило Минобороны.",
     {"system": ["С-400"]}),
    ("La temporada de lluvias frenó al ejército, pero un S-125 y su radar llegaron a la base.",
     {"system": ["S-125"]}),
    ("The army's game plan changed: Patriot launchers near Rzeszow face north, officers said.",
     {"system": ["Patriot"]}),
    ("Footage of an S-400 strike came from a video game, checkers found. The air force said the "
     "missile battery was intact; troops and soldiers of the air defence regiment shot down nine "
     "drones, and no launcher or radar was hit.", {"system": ["S-400"]}),
]  # fmt: skip
"""News that uses or mentions a word of games."""

COUNTS: list[tuple[str, Wanted]] = [
    ("Not less than eight S-300PS launchers and not more than 40 missiles remain.",
     {"count": ["Not less than eight", "not more than 40"]}),
    ("The ship carried nineteen containers with parts of the S-400.", {"count": ["nineteen"]}),
    ("The army lost two installations \"Pantsir\" and three complexes \"Tor-M2\".",
     {"count": ["two", "three"]}),
    ("Dos carros Gepard y 12 misiles llegaron a la base; el ejército los recibió.",
     {"count": ["Dos", "12"]}),
    ("Two former officers said that four S-300 launchers were sold.", {"count": ["four"]}),
    ("Dos fuentes militares dijeron que cinco lanzadores S-125 llegaron.", {"count": ["cinco"]}),
    ("Three soldiers told reporters that the S-400 had gone.", {"count": []}),
    ("The first one was hit at dawn, the last one of the S-400 launchers at noon.", {"count": []}),
    ("One of the S-300 launchers was destroyed.", {"count": []}),
    ("Два офицера сообщили, что уничтожены три пусковые установки С-400.", {"count": ["три"]}),
    ("Два «Панциря» и шесть контейнеров прибыли с батареей ПВО.", {"count": ["Два", "шесть"]}),
    ("Trois conteneurs et deux Crotale sont arrivés avec la batterie de missiles.",
     {"count": ["Trois", "deux"]}),
]  # fmt: skip

COMPONENTS: list[tuple[str, Wanted]] = [
    ("Уничтожены РЛС 9С32М, радар 9С18М1 и станция 96Л6 комплекса С-300.",
     {"component": ["РЛС", "9С32М", "радар", "9С18М1", "96Л6"]}),
    ("Командный пункт С-400 и радар 1РС1 поражены.",
     {"component": ["Командный пункт", "радар", "1РС1"]}),
    ("Знищено командний пункт С-300 та радар 64Н6.",
     {"component": ["командний пункт", "радар", "64Н6"]}),
    ("El radar de guía y el radar de tiro del S-300VM fueron vistos.",
     {"component": ["radar de guía", "radar de tiro"]}),
    ("Un radar de búsqueda Giraffe acompaña a la batería RBS 70.",
     {"component": ["radar de búsqueda", "Giraffe", "batería"]}),
    ("A Giraffe radar was delivered with the RBS 70.", {"component": ["Giraffe", "radar"]}),
    ("Le radar Arabel et le radar de guidage du SAMP/T sont arrivés.",
     {"component": ["radar", "Arabel", "radar de guidage"]}),
]  # fmt: skip

SPEAKERS: list[tuple[str, Wanted]] = [
    ("A retired admiral said near Paris that the S-400 had been moved.",
     {"speaker": ["A retired admiral"]}),
    ("A driver told us that the Pantsir-S1 left at night.", {"speaker": ["A driver"]}),
    ("The Ministry of Defence said the S-300 was intact.", {"speaker": ["Ministry of Defence"]}),
    ("La ministra dijo que el S-125 sigue en Cuba.", {"speaker": ["La ministra"]}),
    ("La televisión estatal informó que el S-125 fue trasladado.",
     {"speaker": ["La televisión estatal"]}),
    ("Le ministère a déclaré que le SAMP/T est en Roumanie.", {"speaker": ["Le ministère"]}),
    ("Tehran said that the S-300PMU2 in Syria was not hit.", {"speaker": ["Tehran"]}),
    ("Witnesses in Damascus said a Pantsir-S1 fired.", {"speaker": ["Witnesses in Damascus"]}),
]  # fmt: skip

MODALITY: list[tuple[str, dict[str, str]]] = [
    ("Chad has never owned the S-300.", {"S-300": "denied"}),
    ("The country has never operated a Pantsir-S1.", {"Pantsir-S1": "denied"}),
    ("The army has never received any Buk-M2.", {"Buk-M2": "denied"}),
    ("Le S-400 n'était pas à Damas.", {"S-400": "denied"}),
    ("El ministerio no ha querido hacer comentarios sobre el S-300VM.",
     {"S-300VM": "declined to comment"}),
    ("L'armée a refusé de commenter la livraison du SAMP/T.", {"SAMP/T": "declined to comment"}),
    ("Rien ne permet d'affirmer que le S-400 a été détruit.", {"S-400": "not confirmed"}),
    ("No hay confirmación de que el Pantsir-S1 llegara a Cuba.", {"Pantsir-S1": "not confirmed"}),
    ("La llegada del S-350 sigue sin confirmar.", {"S-350": "not confirmed"}),
    ("La presse parle de trois S-300PS.", {"S-300PS": "reported", "trois": "reported"}),
    ("Según la prensa, un Tor-M2 protege la refinería.", {"Tor-M2": "reported"}),
    ("Un Buk-M2E protegería el puente.", {"Buk-M2E": "reported"}),
    ("El S-125 estaría averiado y llegaría otro Buk-M2E.",
     {"S-125": "reported", "Buk-M2E": "reported"}),
    ("L'Algérie aurait reçu le S-400 et déploierait un Pantsir-S1.",
     {"S-400": "reported", "Pantsir-S1": "reported"}),
    ("No trace of the S-300V4 was found.", {"S-300V4": "not seen"}),
    ("Нет подтверждений, что С-400 уничтожен.", {"С-400": "not confirmed"}),
    ("Кремль опроверг поставку С-300ПМУ2.", {"С-300ПМУ2": "denied"}),
    ("Генерал отказался комментировать потерю С-400.", {"С-400": "declined to comment"}),
    ("Якобы С-400 уже под Ейском.", {"С-400": "reported"}),
    ("Немає підтверджень, що С-400 знищено.", {"С-400": "not confirmed"}),
    ("У Міноборони спростували втрату С-300.", {"С-300": "denied"}),
    ("Речник відмовився коментувати передачу IRIS-T SLM.", {"IRIS-T SLM": "declined to comment"}),
    ("Нібито С-400 перекинуто до Криму.", {"С-400": "reported"}),
    ("Iran keeps the S-300PMU2, and analysts say that the Bavar-373 is ready.",
     {"S-300PMU2": "asserted", "Bavar-373": "reported"}),
    ("The base holds an S-300PS, a Buk-M1 and perhaps a Tor-M2.",
     {"S-300PS": "asserted", "Buk-M1": "asserted", "Tor-M2": "speculated"}),
    ("Eyewitnesses tell that a Pantsir-S1 burned.", {"Pantsir-S1": "reported"}),
    ("A retired colonel thinks the S-400 was a decoy.", {"S-400": "reported"}),
    ("La base tiene un S-125, un Buk-M2E y quizás un Tor-M2.",
     {"S-125": "asserted", "Buk-M2E": "asserted", "Tor-M2": "speculated"}),
    ("На базе стоят С-300ПС, «Бук-М1» и, возможно, «Тор-М2».",
     {"С-300ПС": "asserted", "Тор-М2": "speculated"}),
]  # fmt: skip
