"""From an empty database: owner, school with plan and school year, and the first head teacher. Done again, nothing happens."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from aktsom.core.access.door import NotAllowed
from aktsom.core.audit.models import AuditEvent
from aktsom.people.models import Person
from aktsom.plans.loading import LIBRARY
from aktsom.plans.models import ChosenProcedure
from aktsom.plans.selectors import procedure_of
from aktsom.schools import services
from aktsom.schools.models import CalendarSpan, School, SchoolOwner, SchoolYear
from tests.cast import Cast

OWNER, OTHER_OWNER, SCHOOL, OTHER_SCHOOL = "310000051", "310000078", "310000108", "310000116"
SCHOOL_WORDS = ["--owner", OWNER, "--level", "lower_secondary"]
YEAR_WORDS = ["--year", "2026-08-17", "2027-06-18", "--closed", "Høstferie", "2026-10-05", "2026-10-09"]
pytestmark = pytest.mark.django_db


def register_owner(name: str = "Bjørkås kommune", number: str = OWNER, kind: str = "municipality") -> None:
    call_command("register_owner", number, name, "--kind", kind)


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("event", flat=True))


def test_owner_school_plan_and_year_are_registered_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _turn in range(2):
        register_owner()
        call_command("register_school", SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--plan", "sentrum", *YEAR_WORDS)

    school = School.objects.select_related("owner").get()
    year = SchoolYear.objects.get()
    assert (school.slug, school.level, school.owner.name, school.owner.kind) == (
        "bjorkasen-skole",
        "lower_secondary",
        "Bjørkås kommune",
        "municipality",
    )
    assert procedure_of(school.pk).code == "sentrum"
    assert (year.name, year.first_day, year.last_day) == ("2026/2027", date(2026, 8, 17), date(2027, 6, 18))
    assert CalendarSpan.objects.values_list("name", "kind").get() == ("Høstferie", "holiday")
    assert events() == ["owner.registered", "school.registered", "school_year.set", "procedure.chosen"]
    assert capsys.readouterr().out.splitlines() == [
        "Bjørkås kommune er registrert.",
        "Bjørkåsen skole er registrert. Elevene finner siden på /skole/bjorkasen-skole/.",
        "Bjørkås kommune var registrert fra før. Ingenting er endret.",
        "Bjørkåsen skole var registrert fra før. Ingenting er endret.",
    ]


def test_what_is_given_anew_is_corrected_and_the_rest_is_kept() -> None:
    register_owner()
    call_command("register_school", SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--plan", "sentrum", "--phone", "00 00 00 02", *YEAR_WORDS)

    register_owner("Bjørkås nye kommune")
    call_command("register_school", SCHOOL, "Bjørkåsen ungdomsskole", *SCHOOL_WORDS, "--year", "2026-08-18", "2027-06-18")

    school = School.objects.get()
    assert SchoolOwner.objects.get().name == "Bjørkås nye kommune"
    assert (school.name, school.slug, school.phone) == ("Bjørkåsen ungdomsskole", "bjorkasen-skole", "00 00 00 02")
    assert (SchoolYear.objects.get().first_day, CalendarSpan.objects.count()) == (date(2026, 8, 18), 0)
    assert procedure_of(school.pk).code == "sentrum"


def test_school_with_its_own_plan_file(tmp_path: Path) -> None:
    register_owner()
    own = tmp_path / "bjorkasen.yaml"
    own.write_text((LIBRARY / "steinkjer.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for _turn in range(2):
        call_command("register_school", SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--plan-file", str(own))

    assert list(ChosenProcedure.objects.values_list("code", "valid_until")) == [("bjorkasen", None)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([SCHOOL[:8] + "5", "Bjørkåsen skole", *SCHOOL_WORDS], "Organisasjonsnummeret er ikke gyldig."),
        ([SCHOOL, " ", *SCHOOL_WORDS], "Navnet mangler."),
        ([SCHOOL, "Bjørkåsen skole", "--owner", OTHER_OWNER, "--level", "primary"], "Det finnes ingen skoleeier"),
        ([SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--year", "2027-08-17", "2026-06-18"], "Skoleåret slutter før det begynner."),
        ([SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--year", "2026-08-17", "18.6.2027"], "«18.6.2027» er ingen dato."),
        ([SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--plan-file", "nowhere.yaml"], "nowhere.yaml"),
        ([SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--short-name", "Skolen Vår"], "Kortnavnet"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(words: list[str], reason: str) -> None:
    register_owner()

    with pytest.raises(CommandError) as refusal:
        call_command("register_school", *words)

    assert reason in str(refusal.value)
    assert (School.objects.count(), events()) == (0, ["owner.registered"])


def test_school_stays_with_its_owner_and_its_short_name_is_its_own() -> None:
    register_owner()
    register_owner("Nordås kommune", OTHER_OWNER)
    call_command("register_school", SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS)

    with pytest.raises(CommandError, match="hos en annen eier"):
        call_command("register_school", SCHOOL, "Bjørkåsen skole", "--owner", OTHER_OWNER, "--level", "primary")
    with pytest.raises(CommandError, match="samme kortnavn"):
        call_command("register_school", OTHER_SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS)
    call_command("register_school", OTHER_SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS, "--short-name", "bjorkasen-nord")

    assert list(School.objects.order_by("slug").values_list("slug", "owner__org_number")) == [
        ("bjorkasen-nord", OWNER),
        ("bjorkasen-skole", OWNER),
    ]


def test_kind_of_owner_is_never_changed_in_passing() -> None:
    register_owner()

    with pytest.raises(CommandError, match="en annen slags eier"):
        register_owner(kind="private")

    assert SchoolOwner.objects.get().kind == "municipality"


def test_first_head_teacher_is_written_in_and_gets_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    register_owner()
    call_command("register_school", SCHOOL, "Bjørkåsen skole", *SCHOOL_WORDS)
    words = ["rektor@example.invalid", "--name", "Randi", "Bjørkstad", "--school", SCHOOL, "--role", "head_teacher"]
    for _turn in range(2):
        call_command("open_account", *words)

    head = Person.objects.get()
    assert (str(head), head.kind, head.positions.get().role) == ("Randi Bjørkstad", "staff", "head_teacher")
    assert capsys.readouterr().out.count("/konto/password/reset/key/") == 2
    assert events().count("person.registered") == 1


@pytest.mark.parametrize("name", ["head_teacher", "owner_handler", "technical_admin", "pupil"])
def test_nobody_registers_owners_or_schools_on_the_pages(cast: Cast, name: str) -> None:
    asked: dict[str, Any] = {"by": cast.actor(name), "org_number": OWNER, "name": "Egen kommune"}

    with pytest.raises(NotAllowed):
        services.register_owner(**asked, kind="municipality")
    with pytest.raises(NotAllowed):
        services.register_school(**asked, owner=cast.owner, level="primary")
    assert School.objects.filter(org_number=OWNER).count() + SchoolOwner.objects.filter(org_number=OWNER).count() == 0
