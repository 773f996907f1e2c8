"""Who a plan's rows name: every role and body of the five plans, the words schools use for them, and whom they mean.

A word that is not known is kept and shown to a person; nobody is put in its place (requirements Part 4, ORG-01).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DutyRole:
    """A role or body a plan gives a duty to.

    ``standing`` is the code of core.access.roles that holds it, or «contact_teacher» and «subject_teacher» for those of a
    group; empty for bodies and for roles the school gives to a named person. ``words`` are patterns over lower-case text.
    """

    code: str
    name: Promise | str
    words: tuple[str, ...]
    standing: str = ""
    is_body: bool = False
    is_outside: bool = False


def _role(code: str, name: Promise | str, *words: str, standing: str = "", body: bool = False, outside: bool = False) -> DutyRole:
    return DutyRole(code, name, words, standing, body, outside)


# The more exact ones first: a word is taken by the first role that fits it.
DUTY_ROLES: tuple[DutyRole, ...] = (
    _role("deputy", _("rektors stedfortreder"), r"rektors? stedfortreder\w*", r"stedfortreder\w*", standing="deputy"),
    _role("assistant_head", _("assisterende rektor"), r"ass(?:isterende|\.)? ?rektor\w*", r"inspektør\w*", standing="department_head"),
    _role("head_group", _("rektorgruppa"), r"rektorgrupp\w*", r"rektornettverk\w*", body=True),
    _role("head_teacher", _("rektor"), r"rektor(?:er|en|s)?", r"daglig leder", r"skoleleder(?:en)?", r"enhetsleder\w*", r"virksomhetsleder\w*", standing="head_teacher"),
    _role("service_head", _("leder elevtjenesten"), r"leder(?: for| av)? elevtjenesten", r"elevtjenesteleder\w*"),
    _role("administrative_head", _("administrativ leder"), r"adm(?:inistra(?:tiv|sjons)|\.)? ?-?leder\w*", r"kontorleder\w*", standing="administrative"),
    _role("department_head", _("avdelingsleder"), r"avd(?:\.|elings)? ?-?ledere?n?e?", r"trinnansvarlige?(?: ledere?)?", r"trinnleder\w*", r"fagleder\w*", r"nærmeste leder\w*", r"leder med ansvar for \w+", r"(?:den )?ansvarlige? ledere?(?: ut fra aktivitetsplanen)?", r"team ?leder\w*", r"utdanningsleder\w*", standing="department_head"),
    _role("leadership", _("ledelsen"), r"(?:øvrig )?(?:skole)?ledelsen?", r"leder ?gruppen?a?", r"lederteam\w*", r"administrasjonen?", r"ledere?", standing="leadership"),
    _role("council_adult", _("elevrådskontakt"), r"(?:ansvarlig|kontakt\w*|ansatt) (?:for |lærer |til )?elevråd\w*", r"elevråds?-?(?:kontakt|ansvarlig|lærer|veileder)\w*", r"kontaktlærer(?: for)? elevrådet"),
    _role("contact_teacher", _("kontaktlærer"), r"(?:vg ?[123][- ])?kontaktlærer(?:e|en|ne|teamet)?", r"klasselærer(?:e|en)?", r"klassestyrer\w*", r"klf", standing="contact_teacher"),
    _role("subject_teacher", _("faglærer"), r"fag(?:-| og kontakt)?lærer(?:e|en|ne)?", r"lærer(?:e|en|ne)?(?: i (?:faget|klassen))?", r"undervisningspersonalet?", r"programfaglærer\w*", standing="subject_teacher"),
    _role("pupil_services", _("elevtjenesten"), r"elevtjenesten?", r"støtteteam\w*", r"t-team\w*", r"resursteam\w*|ressursteam\w*", r"skolens? hjelpeapparat", body=True),
    _role("career_counsellor", _("karriereveileder"), r"karriereveileder\w*", standing="counsellor"),
    _role("social_teacher", _("sosiallærer"), r"sosiallærer\w*"),
    _role("counsellor", _("rådgiver"), r"(?:sosialpedagogiske? |sosial)?rådgiver(?:e|en|ne)?", r"sos\.? ?ped\.?(?: rådgivere?)?", standing="counsellor"),
    _role("special_teacher", _("spesialpedagog"), r"spes(?:\.|ial)? ?-?ped(?:agog\w*|\.)?(?: koordinator)?"),
    _role("environment_worker", _("miljøarbeider"), r"(?:skole)?miljø(?:arbeider|terapeut|pedagog|veileder)(?:e|en|ne)?", r"elevveileder\w*", r"miljøteam\w*", standing="environment_worker"),
    _role("diversity_adviser", _("mangfoldsrådgiver"), r"mangfoldsrådgiver\w*"),
    _role("health_coordinator", _("koordinator for folkehelse og livsmestring"), r"koordinator(?: for)? folkehelse(?: og livsmestring)?"),
    _role("mot_coordinator", _("MOT-koordinator"), r"mot[- ]?(?:koordinator|coach)\w*"),
    _role("substance_contact", _("kjentmann"), r"kjentmann\w*"),
    _role("librarian", _("bibliotekar"), r"bibliotek(?:ar|et|aren)\w*"),
    _role("caretaker", _("vaktmester"), r"vaktmester\w*"),
    _role("reception", _("kontoret"), r"kontoret", r"resepsjon\w*", r"merkantilt?(?: ansatte?)?", r"administrativt? ansatte?", r"sekretær\w*", standing="administrative"),
    _role("safety_representative", _("verneombud"), r"verneombud\w*"),
    _role("union", _("tillitsvalgte for de ansatte"), r"(?:ansattes )?(?:fag)?(?:foreningenes )?tillitsvalgte(?: for (?:de )?ansatte)?", r"plasstillitsvalgt\w*", r"tillitsvalgte \(ansatte\)", body=True),
    _role("emergency_team", _("beredskapsteamet"), r"beredskaps?team\w*", body=True),
    _role("after_school", _("SFO"), r"sfo(?:-leder\w*)?", r"skolefritidsordning\w*"),
    _role("assistants", _("assistenter og fagarbeidere"), r"assistente?r?n?e?", r"fagarbeider\w*", r"barne- og ungdomsarbeider\w*"),
    _role("everyone", _("alle som arbeider ved skolen"), r"(?:alle |samtlige )?(?:de )?ansatte?(?: (?:på|ved) skolen)?", r"alle(?: som (?:jobber|arbeider) (?:på|ved) skolen)?", r"alle voksne", r"(?:hele )?(?:personalet|kollegiet|skolen)", r"voksne(?: på skolen)?", standing="staff"),
    _role("substitutes", _("vikarer og studenter"), r"vikar\w*", r"studenter", r"praksisstudent\w*"),
    _role("supervisors", _("de som har tilsyn"), r"tilsyns?vakt\w*", r"inspeksjons?\w*", r"vakthavende(?: lærer)?", r"vakter"),
    # Pupils and guardians
    _role("rights_pupil", _("rettighetsansvarlig elev"), r"rettighetsansvarlige?(?: elev)?"),
    _role("council_board", _("elevrådsstyret"), r"(?:representanter fra )?elevrådsstyret?(?: deltar)?", r"elevrådsleder\w*", body=True),
    _role("pupil_council", _("elevrådet"), r"elevråd(?:et)?", body=True),
    _role("class_representative", _("tillitselev"), r"elevtillitsvalgte?\w*", r"tillitselev\w*", r"(?:elev)?tillitsvalgte?(?: i klassene?)?", r"klassens tillitsvalgte?", r"elevrådsrepresentant\w*"),
    _role("committees", _("elevkomiteene"), r"komit[eé](?:er|en|ene|ledere?)?", r"interessegrupper?", body=True),
    _role("graduates", _("russestyret"), r"russ(?:estyret|en)?", body=True),
    _role("wellbeing_pupils", _("trivselselever"), r"trivsels?(?:elever|agenter|ledere|vakter)\w*"),
    _role("buddies", _("faddere"), r"fadder\w*"),
    _role("pupils", _("elevene"), r"(?:alle |øvrige |involverte )?elever?(?:ne|n)?(?: på vg[123](?:/vg[123])?)?", r"medelever", r"klassen?", r"klassene"),
    _role("parent_committee", _("FAU"), r"fau", r"foreldrerådets arbeidsutvalg", body=True),
    _role("parent_contact", _("foreldrekontakter"), r"foreldrekontakt\w*", r"klassekontakt\w*"),
    _role("guardians", _("foresatte"), r"foresatte?", r"foreldre(?:ne)?(?:/foresatte)?", r"hjemmet?", r"de hjemme"),
    # Bodies
    _role("coordinating_committee", _("samarbeidsutvalget"), r"samarbeidsutvalg\w*", r"su", body=True),
    _role("environment_committee", _("skolemiljøutvalget"), r"skolemiljøutvalg\w*", r"smu", body=True),
    _role("school_committee", _("skoleutvalget"), r"skoleutvalg\w*", r"ku", r"driftsstyret?", body=True),
    _role("class_teachers", _("klasselærerrådet"), r"klasselærerråd\w*", r"klasselærermøte\w*", r"kontaktlærerråd\w*", r"trinn(?:team|møte)\w*", r"team(?:ene|et)?", r"lærerteam\w*", body=True),
    # Outside the school
    _role("school_nurse", _("helsesykepleier"), r"helse(?:sykepleier|søster)\w*", r"skolehelsetjenesten?", r"helsetjenesten", standing="school_nurse"),
    _role("counselling_service", _("PP-tjenesten"), r"ppt?(?:-tjenesten)?", r"pp-rådgiver\w*", r"ppt ?/ ?ot", outside=True),
    _role("follow_up_service", _("oppfølgingstjenesten"), r"ot", r"oppfølgingstjenest\w*", outside=True),
    _role("police", _("politiet"), r"politi(?:et|kontakt\w*)?", r"slt(?:-koordinator)?\w*", outside=True),
    _role("child_welfare", _("barnevernet"), r"barnevern\w*", outside=True),
    _role("mental_health", _("BUP"), r"bup", r"psykolog\w*", outside=True),
    _role("labour_office", _("NAV"), r"nav", outside=True),
    _role("partners", _("andre utenfor skolen"), r"eksterne(?: (?:samarbeidspartnere|aktører))?", r"samarbeidspartnere?", r"næringsliv\w*", r"kommune(?:r|ne)?", outside=True),
    _role("owner", _("skoleeieren"), r"skoleeier(?:en)?", r"fylkeskommunen?", r"områdedirektør\w*", r"skolesjef\w*", r"kommunalsjef\w*(?: oppvekst(?: og inkludering)?)?", r"sektorleder\w*(?: skole)?", outside=True),
    _role("county_governor", _("Statsforvalteren"), r"statsforvalter\w*", outside=True),
    _role("directorate", _("Utdanningsdirektoratet"), r"utdanningsdirektoratet", r"udir", outside=True),
    _role("trusted_adult", _("en voksen eleven er trygg på"), r"(?:annen |en )?trygghetsperson\w*", r"en voksen eleven (?:er trygg|stoler) på", r"tillitsperson\w*"),
)  # fmt: skip

# The adults at a school a pupil can go to. Bodies, those outside the school, and pupils and homes are none of them.
VISIBLE_TO_PUPILS = frozenset(
    {"head_teacher", "deputy", "assistant_head", "department_head", "service_head", "contact_teacher", "subject_teacher"}
    | {"counsellor", "social_teacher", "career_counsellor", "environment_worker", "special_teacher", "school_nurse", "diversity_adviser"}
    | {"health_coordinator", "mot_coordinator", "substance_contact", "council_adult", "librarian", "after_school", "assistants"}
    | {"reception", "caretaker", "supervisors"}
)
BY_CODE = {role.code: role for role in DUTY_ROLES}
_PATTERNS = tuple((role, re.compile(rf"(?:{'|'.join(role.words)})")) for role in DUTY_ROLES)
_NAMES = {str(role.name).casefold(): role for role in DUTY_ROLES}
_SPLIT = re.compile(r"\s*(?:,|;|\n|/|\+|&|\bog\b|\bsamt\b|\bi samarbeid med\b|\bsammen med\b|\bmed hjelp av\b|\bved\b|\beller\b|\bm/)\s*")
_MARKS = re.compile(r"[«»\"“”():•*]|(?:\bevt\.?|\beventuelt|\bev\.)")
_LEFT_OUT = {"", "-", "–", "m.m", "mm", "m.fl", "m fl", "osv", "etc", "andre", "flere", "de"}
LONGEST = 500


@dataclass(frozen=True)
class Matched:
    """The roles found in a text, in its order, and the words nobody could be matched to."""

    roles: tuple[str, ...]
    unmatched: tuple[str, ...] = ()


def roles_in(text: str) -> Matched:
    """Return who a cell such as «Kontaktlærer, avd.leder og elevtjenesten» names. Unknown words are returned, never guessed."""
    cleaned = _MARKS.sub(" ", text[:LONGEST].replace("\u00ad", "").casefold())
    found: list[str] = []
    unknown: list[str] = []
    for piece in _pieces(cleaned):
        role = _role_of(piece)
        if role is None:
            unknown.append(piece)
        else:
            found.append(role.code)
    return Matched(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unknown)))


def _pieces(text: str) -> list[str]:
    """Split at commas and «og»; a piece that is known as it stands («fag- og kontaktlærer», «SLT/politi») is kept whole."""
    whole = " ".join(text.split()).strip(" .-–")
    if _role_of(whole) is not None:
        return [whole]
    pieces = (" ".join(piece.split()).strip(" .-–") for piece in _SPLIT.split(text))
    return [piece for piece in pieces if piece not in _LEFT_OUT]


def _role_of(piece: str) -> DutyRole | None:
    named = _NAMES.get(piece)
    if named is not None:
        return named
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(piece)), None)


def role_names(codes: tuple[str, ...] | list[str]) -> list[str]:
    """Return the names of the roles, in the order given; a code nobody knows is shown as it is."""
    return [str(BY_CODE[code].name) if code in BY_CODE else code for code in codes]
