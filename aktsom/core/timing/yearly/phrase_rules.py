"""What the phrases mean, one rule per way of saying it. The numbers in the comments are the rows of requirements Part 2."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aktsom.core.timing.deadlines import TimeWord
from aktsom.core.timing.yearly.choices import Condition, Parity, PlanDate, Rhythm, Saying, Trigger, Weekday
from aktsom.core.timing.yearly.expressions import (
    PUPILS_COME,
    SCHOOL_ENDS,
    YEAR_BEGINS,
    Agreement,
    AtNeed,
    BeforeLesson,
    Coverage,
    Election,
    External,
    Follows,
    FromActionPlan,
    Monthly,
    NextYear,
    Office,
    Said,
    SetDates,
    Standing,
    Times,
    Timing,
    Until,
    Validity,
    Weekly,
    Window,
)
from aktsom.core.timing.yearly.points import Point, point_from

Meaning = Callable[[re.Match[str]], Sequence[Timing]]
Rule = tuple[re.Pattern[str], Meaning, bool]

_MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"]
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9, "okt": 10, "mars": 3, "juni": 6, "juli": 7}
MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|des)\.?"
_NUMBERS = {"en": 1, "ei": 1, "én": 1, "ett": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8}
_ORDINALS = {"annen": 2, "andre": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6}
NUMBER = r"(?:\d{1,2}|en|ei|én|ett|et|to|tre|fire|fem|seks|sju|syv|åtte)"
ORDINAL = r"(?:\d{1,2}\.?|annen|andre|tredje|fjerde|femte|sjette)"
YEAR = r"(?:i |pr\.? |per |hvert |i løpet av |gjennom )?(?:et |hele )?(?:skoleåret|skoleår|året|år)"
IN = r"(?:i løpet av |ila\.? |innen utgangen av |i |om |gjennom |medio |primo |ultimo )?"
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
WEEKDAY = r"(?:mandag|tirsdag|onsdag|torsdag|fredag)"


def month_number(text: str) -> int:
    """Return 1 to 12 for a month written out or shortened."""
    word = text.strip(" .")
    return _MONTHS.index(word) + 1 if word in _MONTHS else _SHORT[word]


def amount(text: str) -> int:
    """Return a small number written in figures or letters, also as an ordinal."""
    word = text.strip(" .")
    return int(word) if word.isdigit() else _NUMBERS.get(word) or _ORDINALS[word]


def _month_window(first: int, last: int) -> Window:
    """A month or more of the school year; August begins when the pupils come, June ends with school."""
    start = PUPILS_COME if first == 8 and last != 8 else point_from(f"month({first}).first")
    end = SCHOOL_ENDS if first == 5 and last == 6 else point_from("date(12-20)") if last == 12 else point_from(f"month({last}).last")
    return Window(start, end)


def _months(found: re.Match[str]) -> Sequence[Timing]:
    first, last = month_number(found["a"]), month_number(found["b"])
    is_twice = found["between"] in {"og", "/"} and (last - first) % 12 != 1  # «oktober og mars» is twice, «mai og juni» once
    return [_whole_month(first), _whole_month(last)] if is_twice else [_month_window(first, last)]


def _one_month(found: re.Match[str]) -> Sequence[Timing]:
    return [_whole_month(month_number(found["a"]))]


def _whole_month(number: int) -> Window:
    return Window(point_from(f"month({number}).first"), point_from(f"month({number}).last"))


def _end_of_month(found: re.Match[str]) -> Sequence[Timing]:
    number = month_number(found["a"])
    side = {"begynnelsen": ("01", "10"), "starten": ("01", "10"), "midten": ("10", "20")}.get(found["side"])
    if side is None:
        return [Window(point_from(f"date({number}-20)"), point_from(f"month({number}).last"))]
    return [Window(point_from(f"date({number}-{side[0]})"), point_from(f"date({number}-{side[1]})"))]


def _date(found: re.Match[str]) -> Sequence[Timing]:
    day, number = int(found["day"]), month_number(found["a"])
    point = _written_date(number, day)
    return [Window(point, point)] if point else []


def _dates(found: re.Match[str]) -> Sequence[Timing]:
    month = month_number(found["a"])
    first, last = _written_date(month, int(found["day"])), _written_date(month, int(found["until"]))
    return [Window(first, last)] if first and last and int(found["day"]) < int(found["until"]) else []


def _by_date(found: re.Match[str]) -> Sequence[Timing]:
    point = _written_date(month_number(found["a"]), int(found["day"]))
    return [Window(YEAR_BEGINS, point)] if point else []


def _written_date(month: int, day: int) -> Point | None:
    try:
        return point_from(f"date({month}-{day})")
    except ValueError:
        return None


def _iso_weeks(found: re.Match[str]) -> Sequence[Timing]:
    first, last = int(found["a"]), int(found["b"] or found["a"])
    if not (1 <= first <= 53 and 1 <= last <= 53):
        return []
    is_twice = found["between"] == "og" and last != first + 1  # «uke 35 og 2» is twice, «uke 42 og 43» once
    spans = [(first, first), (last, last)] if is_twice else [(first, last)]
    return [Window(point_from(f"iso_week({start}).first"), point_from(f"iso_week({end}).last")) for start, end in spans]


def _by_month_end(found: re.Match[str]) -> Sequence[Timing]:
    return [Window(YEAR_BEGINS, point_from(f"month({month_number(found['a'])}).last"))]


def _times(found: re.Match[str]) -> Sequence[Timing]:
    least = amount(found["a"])
    most = amount(found["b"]) if found.groupdict().get("b") else None
    return [Times(least, most)] if 1 <= least <= (most or least) <= 60 else []


def _every_few(found: re.Match[str]) -> Sequence[Timing]:
    least = amount(found["a"])
    most = amount(found["b"]) if found.groupdict().get("b") else least
    return [Weekly(least=least, most=most)] if 1 <= least <= most <= 20 else []


def _weekdays(found: re.Match[str]) -> Sequence[Timing]:
    weeks = 2 if "fortnight" in found.re.groupindex else 1
    return [Weekly(least=weeks, most=weeks, weekday=Weekday(_WEEKDAYS.index(found["a"])))]


def _every_other(found: re.Match[str]) -> Sequence[Timing]:
    return [Weekly(least=2, most=2, weekday=Weekday(_WEEKDAYS.index(found["a"])))]


def _within(found: re.Match[str]) -> Sequence[Timing]:
    unit = "working_days" if "virke" in found["unit"] or "arbeids" in found["unit"] else "days"
    return [Follows(Trigger.REPORT, TimeWord.NONE_STATED, amount(found["a"]), unit)]


def _soon_within(found: re.Match[str]) -> Sequence[Timing]:
    return [SOON, *_within(found)]


def _agreement(found: re.Match[str]) -> Sequence[Timing]:
    return [Standing(), Agreement(amount(found["a"]))]


def _rule(pattern: str, *timings: Timing, certain: bool = True) -> Rule:
    return re.compile(pattern), lambda found: timings, certain


def _made(pattern: str, meaning: Meaning, *, certain: bool = True) -> Rule:
    return re.compile(pattern), meaning, certain


def _window(start: str, end: str) -> Window:
    return Window(point_from(start), point_from(end))


BY_PARITY = r"(?:annenhver uke,? )?(?:i |hver )?"
SCHOOL_START = r"(?:skolestart|skolestarten|skoleårets start|skoleårets begynnelse|studiestart)"
TEACHING_WEEKS = _window("school_week(1).first", "school_week(3).last")
AUTUMN = _window("date(8-15)", "date(12-20)")
SPRING = _window("date(1-1)", "date(6-20)")
STARTUP_STAFF = _window("planning.first", "school_week(2).last")
START = Window(PUPILS_COME, point_from("first_pupil_day+14d"))
SOON = Follows(Trigger.REPORT, TimeWord.AS_SOON_AS_POSSIBLE)
NOW = Follows(Trigger.REPORT, TimeWord.IMMEDIATELY)

# Texts that hold «og», «eller» or a comma and still mean one thing together.
WHOLE_RULES: tuple[Rule, ...] = (
    _made(r"(?:i )?uke (?P<a>\d{1,2})(?:\s*(?P<between>-|til|og)\s*(?:uke )?(?P<b>\d{1,2}))?", _iso_weeks),
    _made(rf"(?:fra )?{IN}(?P<a>{MONTH})\s*(?P<between>-|/|til|og)\s*(?P<b>{MONTH})", _months),  # T08 T39 T40 T42
    _rule(
        rf"på foreldremøter? ved {SCHOOL_START} ?august ?/ ?september",
        Window(point_from("month(8).first"), point_from("month(9).last"), at_meeting=True),
    ),  # T07
    _rule(
        r"minst (?:to|2) ganger i året\W+ila våren", Times(2, places=((STARTUP_STAFF.start, STARTUP_STAFF.end), (SPRING.start, SPRING.end)))
    ),  # T31
    _rule(r"ukentlig eller etter (?:oppsatt )?plan", Weekly(set_dates=True)),  # T23
    _made(rf"hver (?P<a>{ORDINAL}) (?:eller|til) (?P<b>{ORDINAL}) uke(?: etter oppsatt plan|, etter oppsatt plan)?", _every_few),  # T22
    _made(rf"etter årsplan,? (?P<a>{NUMBER})(?:\s*-\s*(?P<b>{NUMBER}))? (?:ganger|møter)(?: {YEAR})?", _times),  # T27 T28
    _rule(r"fortløpende,? årlig opplæring", Standing(), Times(1)),  # T34
    _rule(
        r"kontinuerlig eller etter behov|systematisk og ved behov|fortløpende og ved behov|jevnlig og ved behov", Standing(), AtNeed()
    ),  # T60 T62
    _rule(r"daglig ?/ ?etter plan", Standing(Rhythm.NONE)),  # T64
    _made(r"(?:fortløpende )?i henhold til plan og (?P<a>\d{1,2})-årig avtale(?: med .+)?", _agreement),  # T66
    _rule(rf"fra {SCHOOL_START} og gjennom hele (?:skole)?året", Standing(start=PUPILS_COME)),  # T19
    _rule(
        rf"planleggingsdager?(?:ne)? før {SCHOOL_START}|i løpet av planleggingsdagene(?: før {SCHOOL_START})?|(?:på )?planleggingsdag(?:en|er|ene)?(?: i august)?",
        _window("planning.first", "planning.last"),
    ),  # T03
    _rule(r"de (?:to|2) første (?:skole)?ukene(?: om høsten)?", _window("school_week(1).first", "school_week(2).last")),  # T12
    _made(
        rf"snarest(?: mulig)?,? og .{{0,80}}(?:i løpet av|innen) (?P<a>{NUMBER}) (?P<unit>virkedager|arbeidsdager|dager)", _soon_within
    ),  # T68 T72
    _rule(r"over lang tid uten at skoleledelsen har klart å løse saken", Said(Saying.LONG_TIME)),  # T93
    _rule(
        r"(?:helt )?til dere er sikre på.*|så lenge en elev selv mener.*|når eleven igjen har et trygt og godt skolemiljø",
        Until(Condition.PUPIL_SAFE),
    ),  # T78
)

RULES: tuple[Rule, ...] = (
    # Around school start
    _rule(r"(?:på |i )?(?:den )?første planleggingsdag(?:en)?", _window("planning.first", "planning.first")),
    _rule(
        rf"(?:i god tid )?før (?:{SCHOOL_START}|skoleåret starter|elevene kommer)", Window(YEAR_BEGINS, point_from("first_pupil_day-1d"))
    ),  # T01
    _rule(rf"(?:i klassene )?ved {SCHOOL_START}|{SCHOOL_START}|oppstart", START, certain=False),  # T04 T06
    _rule(r"ved (?:oppstart(?:en)?(?: av skoleåret)?|skoleårets oppstart)", STARTUP_STAFF, certain=False),  # T05
    _rule(r"(?:i )?starten av skoleåret", _window("first_pupil_day", "date(9-30)"), certain=False),  # T09
    _rule(
        r"(?:i )?(?:starten|begynnelsen) av (?:skoleåret|høsten|høstsemesteret|høstterminen)",
        _window("planning.first", "date(9-30)"),
        certain=False,
    ),  # T10
    _rule(r"(?:markering(?: av)? )?verdensdag(?:en)?(?: for psykisk helse)?", _window("date(10-10)", "date(10-10)")),  # T48
    _rule(r"oppstartsdag(?:ene|er|en)?|(?:i )?oppstartsuk[ea]", _window("startup.first", "startup.last")),  # T11
    _rule(r"(?:i )?(?:den )?første skoleuk[ea](?:n)?(?: i august)?", _window("school_week(1).first", "school_week(1).last")),  # T13 T14
    _rule(r"(?:de )?første skoleuke(?:r|ne)", TEACHING_WEEKS, certain=False),  # T15
    _rule(
        r"(?:i )?(?:den )?første hele (?:skole)?uk[ea](?:n)?(?: av skoleåret| i skoleåret)?",
        _window("first_full_week.first", "first_full_week.last"),
    ),  # T16
    _rule(r"(?:før elevenes|før klassens|før) første (?:time|undervisningstime)(?: i klasserommet)?", BeforeLesson()),  # T17
    _rule(rf"fra {SCHOOL_START}", Standing(start=PUPILS_COME)),  # T18
    _rule(r"første skoledag", Window(PUPILS_COME, PUPILS_COME)),
    _rule(
        r"(?:ved |før )?(?:skoleslutt|sommerferien|siste skoledag|skoleårets slutt|slutten av skoleåret)",
        Window(point_from("last_day-14d"), SCHOOL_ENDS),
        certain=False,
    ),
    # Weeks
    _rule(rf"{BY_PARITY}(?:partalls?|par-?talls?)uk(?:e|er|ene)", Weekly(parity=Parity.EVEN)),  # T20
    _rule(rf"{BY_PARITY}(?:oddetalls?)uk(?:e|er|ene)", Weekly(parity=Parity.ODD)),
    _made(rf"(?:rullering )?hver (?P<a>{ORDINAL}) uke", _every_few),  # T21
    _made(rf"(?:hver )?(?P<a>{NUMBER})\s*-\s*(?P<b>{NUMBER})\.? uke", _every_few),
    _rule(r"annenhver uke|annahver uke|hver 14\.? dag", Weekly(least=2, most=2)),
    _made(rf"annenhver (?P<a>{WEEKDAY})", _every_other),
    _rule(
        rf"(?:{IN}.*)?ukentlige?(?: møter| møte| elevrådsstyremøte| avdelingsvise iko)?|(?:møte )?(?:en|1|én) gang (?:pr\.?|per|i|hver) uk[ea]n?|hver uke|(?:1|én|en) g(?:ang)? ?/ ?uke",
        Weekly(),
    ),  # T24
    _made(rf"(?:hver |på )?(?P<a>{WEEKDAY})(?:er)?", _weekdays),
    _made(rf"(?P<fortnight>annenhver|annahver) (?P<a>{WEEKDAY})", _weekdays),
    # Months and dates
    _rule(
        r"(?:stor-iko )?(?:møte )?(?:en|1|én) gang (?:i måneden|pr\.? måned|per måned|hver måned)|månedlige?(?: møter| møte)?|hver måned|(?:1|én|en) g(?:ang)? ?/ ?(?:mnd|måned)\.?",
        Monthly(),
    ),  # T25
    _rule(r"månedene? med skole", Monthly()),
    _made(
        rf"(?:elevrådsopplæring )?(?:hvert år |årlig )?{IN}(?P<a>{MONTH})(?: måned)?(?: på opplæringen av elevrådet)?", _one_month
    ),  # T38 T41 T44–T48 T52
    _made(rf"(?:i )?(?P<side>begynnelsen|starten|midten|slutten) av (?P<a>{MONTH})", _end_of_month, certain=False),
    _made(rf"(?:den )?(?P<day>\d{{1,2}})\.? (?P<a>{MONTH})(?: arrangement)?", _date),  # T51
    _made(rf"(?P<day>\d{{1,2}})\.?\s*(?:-|til)\s*(?P<until>\d{{1,2}})\.? (?P<a>{MONTH})", _dates),
    _made(rf"(?:innen|senest|før) (?P<day>\d{{1,2}})\.? (?P<a>{MONTH})", _by_date),
    _made(rf"(?:innen|senest innen|innen utgangen av|før utgangen av|ved utgangen av) (?P<a>{MONTH})", _by_month_end),
    _rule(
        rf"(?:i )?(?:hver )?høst(?:en|semesteret|terminen)?|(?:om|på) høsten|{IN}høst(?:en|semesteret|terminen)", AUTUMN, certain=False
    ),  # T37
    _rule(rf"(?:i )?(?:hver )?vår(?:en|semesteret|terminen)?|(?:om|på) våren|{IN}vår(?:en|semesteret|terminen)", SPRING, certain=False),
    _rule(
        r"høst ?/ ?vår|vår ?/ ?høst|(?:1|én|en) gang (?:pr\.?|per|i) (?:semester|termin)(?:et)?|hvert (?:semester|halvår)|hver termin",
        Times(2, places=((AUTUMN.start, AUTUMN.end), (SPRING.start, SPRING.end))),
    ),
    _rule(r"(?:til|før) jul|i desember", _window("date(12-1)", "date(12-20)")),  # T50
    _rule(r"etter (?:frist|fristen|tidsfrist) (?:fra|til) u-?dir(?:ektoratet)?|u-?dirs? frist", External("udir.pupil_survey")),  # T43
    # Times a year
    _rule(
        r"halvårlige?(?: møter)?",
        Times(
            2,
            places=(
                (point_from("month(10).first"), point_from("month(10).last")),
                (point_from("month(2).first"), point_from("month(2).last")),
            ),
        ),
    ),  # T55
    _made(
        rf"(?:minst )?(?P<a>{NUMBER})(?:\s*(?:-|til|eller)\s*(?P<b>{NUMBER}))? (?:ganger|gang|møter|g)\.?(?: ?/ ?år| {YEAR})", _times
    ),  # T26 T31–T33
    _rule(r"årlige?|evalueres årlig|hvert år|hvert skoleår", Times(1)),  # T34 T35
    _rule(r"for hvert år de er elever hos oss|hvert trinn", Coverage()),  # T35
    _rule(r"fra år til år", NextYear()),  # T36
    _rule(
        r"(?:i henhold til|iht\.?|etter|følger|se) (?:skolens )?(?:årsplan(?:en)?|årshjul(?:et)?|et årshjul|møteplan(?:en)?|aktivitetskalender(?:en)?|oppsatt plan|plan|egen plan|terminliste)|møter etter et årshjul|etter avtale",
        SetDates(),
    ),  # T29 T30
    _rule(r"for et halvt år om gangen|et halvt år", Office(6)),  # T56
    _rule(r"når det er valg(?: i norge)?|ved valg|valgår", Election()),  # T53
    # Standing
    _rule(r"alltid tilgjengelig|hver (?:eneste )?dag|i det daglige|daglig|alltid|til enhver tid", Standing(Rhythm.NONE)),  # T54 T64 T65
    _rule(
        r"(?:gjennom |i løpet av |igjennom )(?:hele )?(?:skole)?året|hele (?:skole)?året(?: gjennom)?|(?:skole)?året (?:gjennom|rundt)|kontinuerlig|fortløpende|løpende|gjennom hele (?:skole)?året",
        Standing(),
    ),  # T57 T58 T59
    _rule(r"jevnlig(?: igjennom året| gjennom året)?|regelmessig|gjennomgås jevnlig|systematisk", Standing(), certain=False),  # T63
    _rule(r"(?:etter|ved) behov|om nødvendig|når det er nødvendig|når det trengs|situasjonsbestemt", AtNeed()),  # T61
    # What follows something that happens
    _rule(r"snarest(?: mulig)?|snarlig|så fort (?:det lar seg gjøre|som mulig)|så snart som mulig|så raskt som mulig", SOON),  # T67 T68 T75
    _rule(r"straks|umiddelbart|med en gang|strakstiltak|omgående|øyeblikkelig", NOW),  # T69 T70
    _rule(r"så raskt som saken tilsier", Follows(Trigger.REPORT, TimeWord.AS_CASE_REQUIRES)),  # T71
    _made(
        rf"i løpet av (?P<a>{NUMBER}) (?P<unit>virkedager|arbeidsdager|dager)|innen (?P<a2>{NUMBER}) (?P<unit2>virkedager|arbeidsdager|dager)",
        lambda found: _within(found) if found["a"] else _within_second(found),
    ),  # T72
    _rule(r"i løpet av (?:en|1|én) uke", Follows(Trigger.RAISED_WITH_HEAD, TimeWord.NONE_STATED, 7, "days")),  # T73
    _rule(r"(?:umiddelbart|straks) etter at undersøkelsen er gjennomført", Follows(Trigger.INVESTIGATED, TimeWord.IMMEDIATELY)),  # T74
    _rule(r"før meldingen sendes", Said(Saying.BEFORE_SENDING)),  # T76
    _rule(
        r"(?:basert på|i henhold til|jf\.?) aktivitetsplanen", FromActionPlan(PlanDate.EVALUATION), FromActionPlan(PlanDate.MEASURES)
    ),  # T77
    _rule(r"straks du er bekymret", Follows(Trigger.CONCERN, TimeWord.IMMEDIATELY)),  # T79
    _rule(r"raskt", Follows(Trigger.CONCERN, TimeWord.AS_SOON_AS_POSSIBLE), certain=False),  # T80
    _rule(r"stoppe umiddelbart", Said(Saying.MESSAGE)),  # T81
    _rule(r"setter opp en ny samtale|avtal neste møtepunkt", Follows(Trigger.CONVERSATION)),  # T82
    _rule(r"etter et par uker", Follows(Trigger.RULES_MADE, TimeWord.NONE_STATED, 14, "days", 7)),  # T83
    _rule(r"ca\.? ?\d+(?:-\d+)?|tre positive punkt|de tre beste", Said(Saying.METHOD)),  # T84
    _rule(r"innenfor normal arbeidstid", Said(Saying.WORKING_HOURS)),  # T85
    _rule(r"etter at saken er tatt opp med rektor", Said(Saying.AFTER_RAISED)),  # T86
    _rule(r"setter statsforvalteren en frist|statsforvalterens frist", Follows(Trigger.COUNTY_GOVERNOR)),  # T87
    _rule(r"mulkten går inntil vedtaket er oppfylt", Until(Condition.DECISION_MET)),  # T88
    _rule(r"når de kommer gjennom året|(?:ved )?nyansettelser?", Follows(Trigger.STARTS_WORKING)),  # T89 T90
    _rule(
        r"(?:oppdatert|den|godkjent dato|gjeldende fra|revidert|gjelder fra) ?\d{1,2}\.? ?(?:\d{1,2}\.|" + MONTH + r") ?\d{2,4}", Validity()
    ),  # T91
    _rule(r"tidlig", Said(Saying.EARLY)),  # T92
    _rule(r"over (?:en viss )?tid", Said(Saying.OVER_TIME)),  # T94
    _rule(r"ved avvik", Follows(Trigger.RESULT_LOW)),  # T95
    _rule(r"avgangselever|temadag(?:er)?", SetDates(), certain=False),  # T96
)


def _within_second(found: re.Match[str]) -> Sequence[Timing]:
    unit = "days" if found["unit2"] == "dager" else "working_days"
    return [Follows(Trigger.REPORT, TimeWord.NONE_STATED, amount(found["a2"]), unit)]
