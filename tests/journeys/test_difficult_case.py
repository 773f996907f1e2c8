"""One difficult case done by all seven, each in her own browser, and nobody meets words that are not hers to read.

Ylva has a protected address and two guardians who live apart. Sander has a part of his own. Whoever writes something
writes a word nobody else uses; ``READERS`` says who may meet it. After each stage every page each of the seven can reach
is read, and in the end everybody has met exactly the words that are hers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.cases.models import Case
from aktsom.cases.tests.factories import building
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.models import Guardianship, Person, Position
from tests.cast import Cast, build_cast
from tests.journeys import road
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LAPTOP = {"width": 1280, "height": 900}
SEVEN = {
    "pupil": "pupil",
    "maja": "guardian",
    "roar": "guardian_without_responsibility",
    "teacher": "contact_teacher",
    "handler": "case_handler",
    "head": "head_teacher",
    "nurse": "teacher_without_relation",
}
WORK = {"handler", "head"}
FAMILY = {"pupil", "maja", "roar"}
READERS = {
    "vendelrot": WORK,  # the report
    "kvistnabb": WORK,  # a note in Sander's part
    "mosegress": WORK,  # a note in Ylva's part
    "lyngtorv": WORK | {"nurse"},  # what the nurse is asked
    "rognebark": WORK | {"nurse"},  # what she answers
    "nattskodde": {"nurse"},  # her own note
    "trommestein": WORK | {"pupil"},  # minutes of the talk with Ylva
    "orrefjell": WORK | {"maja"},  # minutes of the talk with Maja
    "heiplogg": WORK | {"roar"},  # minutes of the talk with Roar
    "skogsnell": WORK,  # the hearing, in Ylva's own words
    "vidjekurv": WORK,  # what the investigation shows
    "bekkefar": WORK | FAMILY,  # the problem in the plan
    "humlevoll": WORK | FAMILY,  # the measure as it stands in the plan
    "rispeltun": WORK,  # why the measure fits here
    "grindstolpe": WORK | {"teacher"},  # the task of whoever carries it out
    "tistelkam": WORK | {"maja"},  # Maja's view
    "hasselrygg": WORK | {"roar"},  # Roar's view
    "ospelauv": WORK,  # how Maja says it is
    "furukvist": WORK,  # how Roar says it is
    "svartkjern": WORK,  # how Ylva says it is
    "einerbusk": WORK | {"pupil"},  # what Ylva says about the measure
    "kvitveis": {"pupil", "teacher"},  # what Ylva writes to the adult she trusts
    "rugåker": WORK,  # what guardians said at the evaluation
    "bygdelag": WORK,  # what the adults saw
    "tiriltunge": WORK | {"pupil"},  # what Ylva wants corrected
    "marihånd": WORK | {"pupil"},  # the answer she gets
    "gullstjerne": WORK | {"maja"},  # what Maja wants corrected
    "blåklokke": WORK | {"maja"},  # the answer Maja gets
    "storksnebb": WORK | {"teacher"},  # what the teacher writes about what she did
    "maja ylvasen": WORK | {"maja"},
    "roar ylvasen": WORK | {"roar"},
    "sander": WORK,
    "solvik": WORK | {"pupil", "teacher", "nurse"},  # where she is: protected address
}
ROOMS = {
    "pupil": ("/varsler/",),
    "maja": ("/varsler/",),
    "roar": ("/varsler/",),
    "teacher": ("/tiltak/", "/saker/", "/varsler/"),
    "nurse": ("/sporsmal/", "/egne-notater/", "/saker/", "/varsler/"),
    "handler": ("/saker/{case}/", "/varsler/"),
    "head": ("/saker/{case}/", "/varsler/"),
}


class Seven:
    """The seven, with what each has met so far."""

    def __init__(self, people: dict[str, Walker]) -> None:
        self.people = people
        self.met: dict[str, set[str]] = {name: set() for name in people}
        self.case = ""

    def __getattr__(self, name: str) -> Walker:
        return self.people[name]

    def meet_only_their_own(self, *, read_everything: bool = False) -> None:
        """See that no word on any page somebody opened belongs to others; who works with all of it reads everything at last."""
        for name, walker in self.people.items():
            if read_everything or name not in WORK:
                walker.wander("/", *(room.format(case=self.case) for room in ROOMS[name]))
            for address, page in walker.read:
                words = {word for word in READERS if word in page.lower()}
                assert {word for word in words if name not in READERS[word]} == set(), f"{name}: {address}"
                self.met[name] |= words
            walker.read.clear()


@pytest.fixture
def cast() -> Cast:
    cast = build_cast()
    with building():
        Guardianship.objects.update(parental_responsibility=True, lives_elsewhere=True)
        Person.objects.filter(pk=cast.person("pupil").pk).update(protected_address=True)
        nurse = cast.person("teacher_without_relation")
        Position.objects.create(person=nurse, role=Role.SCHOOL_NURSE, school=cast.school, valid_from=today())
    return cast


@pytest.fixture
def seven(cast: Cast, arrive: Callable[..., Walker]) -> Seven:
    people = {name: arrive(cast, who) for name, who in SEVEN.items()}
    for walker in people.values():
        walker.looks_once = True  # the same pages with more or less on them are looked at in the other journeys
    return Seven(people)


def test_seven_do_a_difficult_case_and_meet_only_what_is_theirs(cast: Cast, seven: Seven, arrive: Callable[..., Walker]) -> None:
    report_and_open(seven)
    fill_the_parts(seven)
    assert [seven.people[name].answers(f"/min-sak/{seven.case}/") for name in ("maja", "roar")] == [404, 404]  # not told yet
    seven.meet_only_their_own()

    ask_the_nurse(seven)
    talk_with_each(seven)
    seven.meet_only_their_own()

    plan = put_the_plan_in_force(seven)
    tell_each(seven, plan)
    seven.meet_only_their_own()

    guardians_say_theirs(seven)
    pupil_says_it_does_not_work(seven)
    evaluate_again(seven, plan)
    seven.meet_only_their_own()

    release_the_minutes(seven)
    correct(seven)
    teacher_does_the_measure(seven, plan)
    seven.meet_only_their_own()

    evaluate_for_the_last_time(seven, plan)
    road.close(seven.head, seven.case)
    seven.meet_only_their_own(read_everything=True)
    wide = Seven({"head": arrive(cast, "head_teacher", viewport=LAPTOP)})
    wide.case = seven.case
    look_at_every_tab(wide.head, wide.case, plan)
    wide.meet_only_their_own()

    assert {(name, word) for word, readers in READERS.items() for name in readers if word not in seven.met[name]} == set()


def report_and_open(seven: Seven) -> None:
    road.report(seven.teacher, what="Ylva var alene ved vendelrot i friminuttet.")
    road.take(seven.head)
    road.assess(seven.head)
    seven.case = road.open_case(seven.head, "Hedda Heddastad")


def part_of(seven: Seven, given: str) -> str:
    """Return the id of somebody's part."""
    return str(Case.objects.get(public_id=seven.case).parts.get(person__given_name=given).public_id)


def fill_the_parts(seven: Seven) -> None:
    handler = seven.handler
    handler.open(f"/saker/{seven.case}/undersokelse/").unfold("Flere som er med").press("Legg til en annen elev som er med")
    handler.write("Søk på navn", "Sander").press("Søk").choose("Sander Sandersen").press("Legg til i en egen del")
    for given, text in (("Sander", "Sander sier at kvistnabb var en lek."), ("Ylva", "En voksen så mosegress.")):
        handler.open(f"/saker/{seven.case}/deler/{part_of(seven, given)}/notat/").write("Hva kom fram?", text)
        handler.press("Lagre i undersøkelsen").sees(text)


def ask_the_nurse(seven: Seven) -> None:
    handler, nurse = seven.handler, seven.nurse
    handler.open(f"/saker/{seven.case}/hjelp/").press("Be om hjelp").pick("Hvem trenger dere hjelp med?", "Ylva")
    handler.pick("Hvem spør dere?", "Helsesykepleier").pick("Hvem får spørsmålet?", "Ulrik")
    handler.write("Hva trenger dere hjelp til?", "Kan du råde oss om lyngtorv?").write("Hva får de vite?", "At hun er mye alene.")
    handler.choose("Foresatte har sagt ja").write("Dagen det ble sagt ja", today().isoformat())
    handler.write("Siste dag", (today() + timedelta(days=14)).isoformat()).press("Send spørsmålet").sees("Ingen svar ennå.")
    nurse.open("/").press("Les og svar").write("Svaret", "Prøv rognebark.").choose("Det er et generelt råd, uten noe om eleven")
    nurse.press("Send svaret").sees("Du har svart")
    nurse.open("/egne-notater/").press("Skriv et notat").write("Søk på elevens navn", "Ylva").press("Søk").choose("Ylva Ylvasen")
    nurse.write("Notatet ditt", "Nattskodde igjen.").press("Lagre").sees("Nattskodde igjen.")


TALKS = (
    ("Eleven saken er til for", "Ylva Ylvasen", "Hun vil ha trommestein."),
    ("Foresatte til eleven saken er til for", "Maja Ylvasen", "Hun er opptatt av orrefjell."),
    ("Foresatte til eleven saken er til for", "Roar Ylvasen", "Han er opptatt av heiplogg."),
)


def talk_with_each(seven: Seven) -> None:
    handler = seven.handler
    for kind, guest, minutes in TALKS:
        handler.open(f"/saker/{seven.case}/deler/{part_of(seven, 'Ylva')}/samtale/").choose(kind)
        if guest != "Ylva Ylvasen":
            handler.choose(guest)
        handler.press("Avtal samtalen").press_first(f"a[href='{newest_talk(seven)}']").press("Skriv inn samtalen")
        handler.write("Referat", minutes).press("Lagre samtalen").sees(minutes)


def newest_talk(seven: Seven) -> str:
    """Return the address of the talk planned last."""
    talk = Case.objects.get(public_id=seven.case).conversations.latest("pk")
    return f"/saker/{seven.case}/samtaler/{talk.public_id}/"


def put_the_plan_in_force(seven: Seven) -> str:
    handler, case = seven.handler, seven.case
    handler.open(f"/saker/{case}/stemme/").press("Skriv hva eleven sier").choose("Eleven har sagt sitt")
    handler.write("Elevens egne ord", "Jeg savner skogsnell.").press("Lagre hva eleven sier").sees("Jeg savner skogsnell.")
    handler.press("Eleven har fått vite det").press("Eleven har fått vite det").press("Ta stilling til å fortelle dem")
    handler.choose("Foresatte er orientert").write("Dagen de ble orientert", today().isoformat()).press("Lagre hva som er bestemt")
    handler.open(f"/saker/{case}/undersokelse/").press("Skriv hva undersøkelsen viser").write("Hva skal til", "Vidjekurv ute.")
    handler.choose("Vi vet nok til å velge tiltak").press("Lagre hva jeg ser")
    handler.press("Legg et funn i planen").write("Hva skal tiltakene svare på?", "Friminuttene er utrygge.").press("Legg funnet i planen")
    handler.open(f"/saker/{case}/").press("Plan")
    plan = handler.public_id
    handler.press("Skriv om problemet og evalueringen").write("Hvilket problem", "Ylva er alene ved bekkefar på Solvik skole.")
    handler.write("Når skal tiltakene evalueres?", (today() + timedelta(days=14)).isoformat()).pick("Hvem evaluerer?", "Hedda")
    handler.press("Lagre problemet").press("Legg til et tiltak")
    handler.write("Hva skal gjøres?", "En voksen er ved humlevoll på Solvik skole.").pick("Hvilket funn svarer det på?", "utrygge")
    handler.write("Hvorfor passer det akkurat her?", "Hun liker rispeltun.").write("Hva må de som gjør det, vite?", "Stå ved grindstolpe.")
    handler.pick("Hvem har ansvar?", "Hedda").pick("Hvem gjør det?", "Kari")
    handler.write("Til og med", (today() + timedelta(days=28)).isoformat()).press("Legg til tiltaket")
    handler.press("Sett planen i kraft").press("Sett planen i kraft").sees("Planen er i kraft.")
    handler.open(f"/saker/{case}/familien/").press("Sett dager vi spør").press("Sett dagene").sees("Dagene er satt.")
    return plan


def tell_each(seven: Seven, plan: str) -> None:
    for party in ("Eleven, Ylva Ylvasen", "Foresatt, Maja Ylvasen", "Foresatt, Roar Ylvasen"):
        seven.handler.open(f"/planer/{plan}/").press("Skriv inn at den er gjort kjent").choose(party)
        seven.handler.press("Skriv inn svaret").sees("Skrevet inn.")


def guardians_say_theirs(seven: Seven) -> None:
    for guardian, view, how in ((seven.maja, "Jeg tror på tistelkam.", "Ospelauv."), (seven.roar, "Jeg vil ha hasselrygg.", "Furukvist.")):
        guardian.open("/").press("Svar nå").choose("Som før").write("Vil du si mer?", how).press("Send svaret").sees("Takk")
        guardian.press(re.compile("^Virker dette")).write("Hva mener du om dette?", view).press("Send det jeg mener").sees(view)


def pupil_says_it_does_not_work(seven: Seven) -> None:
    pupil = (
        seven.pupil.open("/")
        .press("Se saken")
        .press(re.compile("^Virker dette"))
        .choose("Dette virker ikke")
        .write("Hva mener du", "Einerbusk er bedre.")
    )
    pupil.press("Send det jeg mener").sees("Dette virker ikke").press("Til saken").press("Svar nå").choose("Verre")
    pupil.write("Vil du si mer?", "Det er svartkjern.").press("Send svaret").sees("Takk").press("Skriv til en voksen")
    pupil.choose("Kari Karistad").write("Hva vil du si?", "Kan vi prate om kvitveis?").press("Send meldingen")
    seven.teacher.open("/").press("Les og svar").sees("kvitveis").write("Skriv her", "Ja, kom til meg.").press("Send meldingen")


def evaluate_again(seven: Seven, plan: str) -> None:
    handler = seven.handler.open("/").sees("Svarene til Ylva Ylvasen går nedover").press("Se svarene")
    handler.sees("svartkjern").sees("Et forslag er å se på den alt").open(f"/planer/{plan}/").sees("Dette virker ikke").sees("inerbusk")
    handler.press("Evaluer planen").choose("Verre").write("Med elevens egne ord", "Det hjelper ikke ennå.")
    handler.write("Hva sier de foresatte?", "De sier rugåker.").write("Hva ser de voksne på skolen?", "Vi ser bygdelag.")
    handler.choose("Ja").write("Hvorfor?", "Ylva sier at det må være to voksne.").write(
        "Når ser dere på det igjen?", (today() + timedelta(days=7)).isoformat()
    )
    handler.press("Skriv inn evalueringen").sees("Evalueringen er skrevet inn.")


def release_the_minutes(seven: Seven) -> None:
    for talk in Case.objects.get(public_id=seven.case).conversations.order_by("pk"):
        seven.handler.open(f"/saker/{seven.case}/samtaler/{talk.public_id}/").press("Gi ut referatet").press("Gi ut referatet")
        seven.handler.sees("Referatet er gitt ut.")
    for reader, word in ((seven.pupil, "trommestein"), (seven.maja, "orrefjell"), (seven.roar, "heiplogg")):
        reader.open(f"/min-sak/{seven.case}/").press("Papirer og referater").sees(word)


def correct(seven: Seven) -> None:
    for asker, wrong, right in ((seven.pupil, "Det var ikke tiriltunge.", "Marihånd."), (seven.maja, "Ikke gullstjerne.", "Blåklokke.")):
        asker.open(f"/min-sak/{seven.case}/papirer/").press("Noe i referatet er feil").write("Hva er feil?", wrong)
        asker.press("Be om at det rettes").sees("Sendt.")
        seven.handler.open(f"/saker/{seven.case}/familien/").sees(wrong).press("Svar").choose("Rettet").write("Hva er riktig?", right)
        seven.handler.press("Send svaret").sees("Svaret er sendt.")
        asker.open(f"/min-sak/{seven.case}/papirer/").sees(right)


def teacher_does_the_measure(seven: Seven, plan: str) -> None:
    teacher = seven.teacher.open("/tiltak/").press_first("ul.aktsom-cards a").sees("grindstolpe").sees_no("humlevoll")
    teacher.write("Noe du vil legge til?", "Vi fant storksnebb.").press("Skriv inn som gjort").sees("storksnebb")
    assert [teacher.answers(f"/saker/{seven.case}/{page}") for page in ("", "samtaler/", "familien/")] == [404, 404, 404]
    for reader in (seven.handler, seven.head):
        reader.open(f"/planer/{plan}/").press("Merk som gjort").sees("grindstolpe").sees("storksnebb")


def evaluate_for_the_last_time(seven: Seven, plan: str) -> None:
    road.evaluate(seven.handler, plan, "Trygt og godt", final=True)


def look_at_every_tab(head: Walker, case: str, plan: str) -> None:
    for tab in ("", "undersokelse/", "stemme/", "familien/", "hjelp/", "hvem/", "dokumenter/", "logg/", "lesere/", "samtaler/"):
        head.open(f"/saker/{case}/{tab}")
    head.open(f"/planer/{plan}/").open("/")
