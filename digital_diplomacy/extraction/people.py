"""Nouns for people, told by how they are derived: teachers, шахтёров, балықшы; lists hold only what no rule tells."""

import re
from functools import lru_cache
from typing import Final

_EN: Final = re.compile(
    r"[a-z]{2,}(?:er|or|ist|ee|ian|ant)s|[a-z]*(?:wo)?m[ae]n|[a-z]{2,}(?:people|folk|persons)|(?:(?:under|"
    r"post)?graduate|"
    r"adolescent|ambassador|agent|athlete|attach[eé]|babie|boy|candidate|captain|clerk|colleague|compatriot|consul|"
    r"correspondent|cyclist|delegate|diplomat|envoy|expatriate|expert|fellow|girl|guard|guest|individual|"
    r"intern|judge|kid|"
    r"minor|(?:grand)?parent|mother|father|sibling|national|nomad|nurse|official|patient|professional|"
    r"pupil|recruit|refugee|relative|resident|"
    r"scholar|senior|shepherd|specialist|spouse|student|teen|victim|youth|veteran|president|advocate|civilian|pilot|"
    r"imam|monk|priest|nun|deputie|coache|hero[e]?)s|child(?:ren)?|staff|personnel",
    re.IGNORECASE,
)
"""In the plural, as they stand behind a number: "12 student groups" are no students."""
_EN_THINGS: Final = re.compile(
    r"(?:news|wall|head|kilo|centi|milli|thermo|sub|super|micro|re|photo)?(?:numb|pap|serv|comput|rout|"
    r"chapt|lett|ord|off|post|bann|cent|quart|tow|paramet|clust|print|scann|"
    r"fold|corn|lay|filt|met|lit|bord|pow|cov|charact|count|regist|matt|barri|ti|tend|gend|calend|tim|answ|disast|"
    r"encount|adapt|convert|trigg|contain|summ|wint|riv|wat|fly|stick|head|foot|point|classifi|identifi|track|"
    r"chart|feed|fib|theat|buff|transf|diff|deliv|discov|rememb|consid|ent|shelt|tank|cruis|helicopt|bunk|boil|cool|"
    r"heat|burn|mix|freez|draw|lock|lad|fing|hamm|show|din|cham|plast|brows|charg|trail|"
    r"dang|fev|tumbl|numb)ers|(?:ti|fli|pi)ers|(?:sub|bi)?(?:fact|sect|vect|indicat|process|monit|err|do|"
    r"flo|mot|tract|sens|corrid|"
    r"col|predict|descript|metaph|generat|simulat|aggregat|connect|detect|react|elevat|rum|tum|anch|mirr|harb|behavi|"
    r"min-|operand-|vapo|lab|hono)ors|(?:check|play|short|wish|white|black|wait|price)?lists|twists|"
    r"wrists|consists|exists|assists|insists|resists|persists|"
    r"\w*(?:f|committ|tr|degr|coff|kn|decr|jubil|guarant|b|s|agr)ees|(?:gr|pl|w)ants|variants|restaurants|constants|"
    r"warrants|quadrants|determinants|giants|pollutants|medians|meridians|(?:speci|regi|o|a)men|"
    r"(?:denomi|numer|sep[a]r|oper|calcul)ators|\w*(?:messeng|mark|slid|integ|remaind|leftov|ladd|"
    r"numb)ers|human|german|roman|"
    r"\w*(?:partn|provid|suppli|carri|publish|export|import|retail|manufactur|produc|insur|lend|deal)ers|"
    r"vendors|contractors|donors",
    re.IGNORECASE,
)

"""Words with an ending of people's that are none, and agents that are mostly firms or states."""

_RU_CASE: Final = r"(?:а|у|ом|е|ы|и|ов|ам|ами|ах)?"
_RU_MANY: Final = r"(?:ов|ам|ами|ах)"
_RU: Final = re.compile(
    rf"""
    \w{{2,}}тел(?:ь|я|ю|и|ем|ей|ям|ями|ях)
    | \w{{2,}}(?:ник|щик|чик|ист|ант|олог|[ео]вед|онер|мейкер){_RU_CASE}
    | \w{{2,}}[ая]нин(?:а|у|ом|е)?
    | (?:со)?(?:гражд|горож|сельч|росси|англич|северя|южа|крестья|христи|мусульма|киевля|алматин|парижа|
    датча|молдава|миря|
       волжа|заводча|односельч|односельча)[ая]?н(?:е|ам|ами|ах)?
    | \w{{3,}}(?:ец|(?<!и)ц(?:а|у|ы|ев|ов|ам|ами|ах|ем|ом))
    | (?:менеджер|офицер|инженер|дизайнер|блогер|тренер|волонт[её]р|акт[её]р|режисс[её]р|шахт[её]р|курьер|
    партн[её]р|спикер|
       хакер|лидер|брокер|дилер|фермер|бухгалтер|мастер|стаж[её]р|репорт[её]р|банкир|студент|пациент|респондент|
       президент|
       корреспондент|агент|доцент|ассистент|абитуриент|рецензент|референт|клиент|оппонент|претендент|оператор|
       модератор|
       куратор|администратор|координатор|организатор|директор|редактор|доктор|профессор|инспектор|аудитор|
       ректор|прокурор|
       лектор|репетитор|сенатор|губернатор|инвестор|дипломат|депутат|кандидат|адвокат|делегат|солдат|пилот|
       консул|посол|
       министр|магистр|аким|мэр|педагог|психиатр|медик|эксперт|экспат|юрист|агроном|спортсмен|бизнесмен|
       фотограф|чиновник|
       инвалид|подростк|подросток|хирург|терапевт|адресат|землемер|вахтер|токар|слесар|кадет|мигрант|
       член){_RU_CASE}
    | \w{{2,}}(?:[жлстнмд]ёр|режиссер|монтажер){_RU_CASE}
    | (?:моряк|рыбак|земляк|казак|новичк|новичок|мал[еы]ш){_RU_CASE}
    | посл(?:а|у|ом|ы|ов|ам|ами|ах)
    | (?:хим|физ|полит|крит|механ|академ|аналит|математ|истор|практ|теорет)ик{_RU_MANY}
    | (?:врач|секретар|библиотекар|гост|фельдшер|пекар|вратар|родител|зрител){_RU_CASE[:-2]}|ь|я|ю|ей|ем|и|
    ям|ями|ях)
    | (?:судь(?:я|и|е|ю|ёй|ям|ями|ях)|судей|коллег{_RU_CASE}|женщин\w{{0,3}}|мужчин\w{{0,3}}|девуш\w{{1,4}}|
    девоч\w{{1,4}}|
       юнош\w{{1,3}}|мальчи\w{{1,4}}|ребен\w{{1,4}}|реб[её]н\w{{1,4}}|ребят\w{{0,3}}|дет(?:и|ей|ям|ях|ьми)|
       сирот\w{{0,3}}|мам|пап|
       лиц(?:о|а|у|ам|ами|ах)?|беженц\w{{1,3}}|персон\w{{0,3}})
    | (?:служащ|военнослужащ|госслужащ|учащ|обучающ|трудящ|работающ|пострадавш|присутствующ|верующ|желающ|
    голосующ|
       проголосовавш|заболевш|отдыхающ|поступающ)(?:ие|их|им|ими|ий|его|ему)(?:ся)?
    | (?:безработн|опрошенн|осужд[её]нн|больн|ранен|взросл|(?:не)?совершеннолетн|уч[её]н|анкетированн|военн)
      (?:ые|ых|ым|ыми|ый|ого|ому|его|ему|ий|ие|их|им|ими)
    | (?:школь|учитель|работ|участ|воспитан|выпуск|сотруд|уче)ниц\w{{0,3}} | (?:студент|журналист|спортсмен|
    пенсионер)(?:к|ок)\w{{0,3}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RU_THINGS: Final = re.compile(
    r"""
    (?:\w*показа|двига|указа|множи|знамена|накопи|носи|выключа|усили|ускори|определи|измери|удобри|обогрева|
    дели|
       распредели|переключа|освети|нагрева|вычисли|очисти|огнетуши|мо|пос|об)тел\w*
    | (?:перво|микро|теле|радио)?(?:источ|учеб|справоч|празд|памят|спут|цен|сбор|понедель|втор|уголь|
    треуголь|прямоуголь|род|днев|ежегод|подокон|вест|холодиль|чай|
       при[её]м|заповед|светиль|клин|питом|градус|подшип|слов|пар|лед|руд|перч|двой|тай|пыль|брон)ник\w*
    | \w*(?:дат|сч[её]т|передат|погруз|загруз|обработ|образ|я|мя)(?:чик|щик)\w*
    | одноклассник\w*
    | (?:\w+-)?лист\w{0,4} | \w*(?:плей|чек|шорт)лист\w{0,4}
    | \w*(?:партн[её]р|поставщик|перевозчик|подрядчик|застройщик|заказчик|производител|издател|учредител)\w*
    | (?:вари|гр|гар|квадр|конст|бриллии|тал|диам|гиг)ант\w*
    | (?:некр|пр|эпил)олог\w* | \w*(?:образц|столбц|двор[ец]|дворц|конц|кон[е]ц|месяц|перц|торц|пальц|палец|
    рубц|рубец|огурц|венц|венец|
       зайц|абзац|колец|кольц|сердец|сердц|столбец|образец|ларец|колодец|колодц|сланц|свинц|глянц|танц|танец|
       шприц|матрац|солнц|яйц|полотен|
       оконц|крыльц)\w*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_KK_END: Final = (
    r"(?:[лдт][ае]р)?(?:[сы]?[ыі])?(?:н?[ыі]ң|[дт][ыі]ң|н[ыі]ң|[ғг][ае]|[қк][ае]|н[ае]|н[ыі]|н|д[ыі]|т[ыі]|"
    r"[дт][ае]н?|н[дае]{1,2}н?|[мбп]ен)?"
)
_KK: Final = re.compile(
    rf"""
    (?:\w{{2,}}(?:шы|ші|кер|гер|ист|олог|паз)
      | менеджер | дизайнер | инженер | тренер | волонт[её]р | режисс[её]р | офицер | лидер | шахт[её]р |
      мастер | оператор | модератор
      | редактор | директор | доктор | профессор | инспектор | аудитор | ректор | инвестор | куратор |
      координатор | студент | аспирант
      | магистрант | докторант | пациент | респондент | консультант | ассистент | корреспондент | президент |
      мигрант | курсант | агент
      | мүше | жастар | ғалым | мұғалім | ұстаз | маман | бала | ата-ана | түлек | адвокат | солдат | депутат |
      педагог | ерікті | қонақ
      | делегат | дипломат | консул | министр | әкім | мүгедек | жетім | жұмыссыз | кісі | отандас | әріптес |
      жерлес | сыныптас | қандас
      | ардагер | жасөспірім | жігіт | ақын | сарбаз | хакім | төраға | науқас | турист | шәкірт | сәби |
      босқын | азаматша | тәлімгер | әдіскер | оқырман | көрермен | тыңдарман | тұлға | судья
      ){_KK_END}
    | \w{{2,}}(?:ған|ген|қан|кен|тын|тін)(?:дар|дер)(?:[ыі]?[мн]?)?(?:ың|ің|д[ыі]ң|н[ыі]ң|ға|ге|дан|ден|нан|
    нен|[мбп]ен)?
    | (?:әйел|қыз(?!мет|ық|ыл|у))\w{{0,8}} | ер(?:лер\w{{0,5}}|кек\w{{0,8}})?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_KK_THINGS: Final = re.compile(
    r"\w*[ыіоө]?нш[ыі]\w{0,5}|\w*(?:[гкғқ][ыі]ш|күш|піш|кеш|қайш|ағылш|ағаш|шарш|таныш|қылыш|тапш|соңғ|"
    r"қарс)[ыі]\w{0,6}|"
    r"\w*(?:жеткізуші|өндіруші|тасымалдаушы|экспорттаушы|импорттаушы|баспагер)\w{0,6}|лист\w{0,5}|(?:егер|"
    r"өзгер|\w*(?:трекер|маркер|бункер|локер|лагер|(?:чек-?|плей|шорт-?)лист|некролог|пролог|"
    r"бес[ке]ер))\w{0,6}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def is_person(word: str, lang: str) -> bool:
    """Whether a noun stands for people, by its derivation, in the forms it takes behind a number.

    Examples
    --------
    >>> [is_person(word, "en") for word in ("librarians", "servers", "shepherds")]
    [True, False, True]
    >>> [is_person(word, "ru") for word in ("программистов", "документов", "иностранцев", "единиц")]
    [True, False, True, False]
    >>> [is_person(word, "kk") for word in ("тыңдаушының", "үшінші", "көрсеткіші", "зейнеткер")]
    [True, False, False, True]
    """
    if lang == "en":
        return _EN.fullmatch(word) is not None and _EN_THINGS.fullmatch(word) is None
    if lang == "ru":
        return _RU.fullmatch(word) is not None and _RU_THINGS.fullmatch(word) is None
    return _KK.fullmatch(word) is not None and _KK_THINGS.fullmatch(word) is None
