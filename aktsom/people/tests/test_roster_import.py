"""A list is read into the register: all or nothing, twice is once, and nobody is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.people.models import Enrolment, Group, Guardianship, Membership, Person, Position
from aktsom.people.roster.neutral import Kind
from aktsom.people.roster.reading import read_roster
from aktsom.people.roster.report import ImportReport
from aktsom.people.roster.tests.lists import CLASSES, ENROLMENTS, ORGS, USERS, write_oneroster, write_pifu
from aktsom.people.rules import ClassRole
from aktsom.people.services import import_roster
from aktsom.schools.models import School, SchoolOwner
from aktsom.schools.rules import OwnerKind, SchoolLevel

pytestmark = pytest.mark.django_db
JOB = system_actor("test")
DAY = date(2026, 11, 2)
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "schemas"


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel("2026-11-02T09:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def school() -> School:
    with unit_of_work(JOB, "test"):
        owner = SchoolOwner.objects.create(org_number="900000001", name="Solfjord kommune", kind=OwnerKind.MUNICIPALITY)
        return School.objects.create(slug="solvik", name="Solvik skole", org_number="900000011", owner=owner, level=SchoolLevel.COMBINED)


def load(folder: Path, school: School, **how: Any) -> ImportReport:
    by = how.pop("by", JOB)
    return import_roster(by=by, owner=school.owner, roster=read_roster(folder, school=how.get("school_number", "")), **how)


def counts(report: ImportReport) -> dict[str, tuple[int, int, int]]:
    return {kind.value: (c.new, c.changed, c.ended) for kind, c in report.counts.items() if c.new or c.changed or c.ended}


def rows() -> list[int]:
    return [model.objects.count() for model in (Person, Enrolment, Position, Group, Membership, Guardianship, AuditEvent)]


def test_list_becomes_people_places_groups_and_families(tmp_path: Path, school: School) -> None:
    report = load(write_oneroster(tmp_path), school)

    assert counts(report) == {
        "person": (4, 0, 0),
        "place": (3, 0, 0),
        "group": (2, 0, 0),
        "membership": (4, 0, 0),
        "guardianship": (1, 0, 0),
    }
    ylva = Person.objects.get(external_id="p-ylva")
    assert (str(ylva), ylva.folded_name, ylva.kind, ylva.email, ylva.source) == (
        "Ylva Ylvasen",
        "ylva ylvasen",
        "pupil",
        "ylva@example.invalid",
        "oneroster:sas",
    )
    enrolment = ylva.enrolments.get()
    assert (enrolment.school, enrolment.grade, enrolment.valid_from, enrolment.valid_until) == (school, 8, DAY, None)
    group = Group.objects.get(external_id="k-8b")
    assert (group.name, group.grade, group.valid_from, group.valid_until) == ("8B", 8, date(2026, 8, 17), date(2027, 6, 19))
    assert {(m.person.given_name, m.role) for m in group.memberships.select_related("person")} == {
        ("Ylva", ClassRole.PUPIL),
        ("Teodor Ask", ClassRole.PUPIL),
        ("Kari", ClassRole.CONTACT_TEACHER),
    }


def test_guardian_from_a_list_gets_no_parental_responsibility(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)

    guardianship = Guardianship.objects.get()
    assert (guardianship.guardian.external_id, guardianship.parental_responsibility, guardianship.basis) == (
        "p-maja",
        False,
        "Fra innlest liste. Foreldreansvar er ikke oppgitt.",
    )


def test_list_gives_nobody_a_role_that_reads_cases(tmp_path: Path, school: School) -> None:
    users = USERS.replace("true,o-solvik,teacher", "true,o-solvik,principal")

    load(write_oneroster(tmp_path, users=users), school)

    position = Position.objects.get()
    assert (position.role, position.title, position.source) == (Role.STAFF, "Skoleleder", "oneroster:sas")


def test_second_run_changes_nothing_and_writes_nothing(tmp_path: Path, school: School) -> None:
    folder = write_oneroster(tmp_path)
    load(folder, school)
    before = rows()

    with CaptureQueriesContext(connection) as queries:
        report = load(folder, school)

    assert (report.changes, rows()) == (0, before)
    assert [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


def test_dry_run_tells_and_writes_nothing(tmp_path: Path, school: School) -> None:
    before = rows()

    report = load(write_oneroster(tmp_path), school, dry_run=True)

    assert (report.changes, rows()) == (14, before)


def test_one_event_per_school_and_one_for_the_people_of_the_owner(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)

    events = AuditEvent.objects.filter(event=Event.ROSTER_IMPORTED).order_by("chain")
    assert [event.chain for event in events] == [f"owner:{school.owner_id}", f"school:{school.pk}"]


def test_neg_45_pupil_who_disappears_is_ended_and_never_deleted(tmp_path: Path, school: School, frozen: Any) -> None:
    """EVL-11 and NEG-45: she stays, with her family, for the cases that name her."""
    load(write_oneroster(tmp_path), school)
    frozen.move_to("2026-11-20T09:00:00+01:00")
    users = "".join(line for line in USERS.splitlines(keepends=True) if not line.startswith("p-ylva"))
    enrolments = "".join(line for line in ENROLMENTS.splitlines(keepends=True) if not line.startswith("e-1"))

    report = load(write_oneroster(tmp_path, users=users, enrollments=enrolments), school, force_large_removal=True)

    assert counts(report) == {"person": (0, 0, 1), "place": (0, 0, 1), "membership": (0, 0, 1)}
    ylva = Person.objects.get(external_id="p-ylva")
    assert ylva.enrolments.get().valid_until == date(2026, 11, 19)
    assert ylva.memberships.get().valid_until == date(2026, 11, 19)
    assert (ylva.ended_on, ylva.guardianships.get().valid_until) == (None, None)
    assert load(write_oneroster(tmp_path, users=users, enrollments=enrolments), school).changes == 0


def test_teacher_who_disappears_loses_the_door_and_comes_back_when_listed(tmp_path: Path, school: School, frozen: Any) -> None:
    """ORG-16: the duty follows the role; a teacher who has left holds none."""
    load(write_oneroster(tmp_path), school)
    frozen.move_to("2026-11-20T09:00:00+01:00")
    users = "".join(line for line in USERS.splitlines(keepends=True) if not line.startswith("p-kari"))

    load(write_oneroster(tmp_path, users=users), school, force_large_removal=True)

    kari = Person.objects.get(external_id="p-kari")
    assert (kari.ended_on, kari.positions.get().valid_until) == (date(2026, 11, 19), date(2026, 11, 19))
    load(write_oneroster(tmp_path), school)
    kari.refresh_from_db()
    assert (kari.ended_on, [p.valid_until for p in kari.positions.order_by("pk")]) == (None, [date(2026, 11, 19), None])


def test_too_many_leaving_is_refused_unless_forced(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    users = "".join(line for line in USERS.splitlines(keepends=True) if not line.startswith("p-teo"))
    folder = write_oneroster(tmp_path, users=users)
    before = list(Enrolment.objects.order_by("pk").values())

    with pytest.raises(Refused, match=r"^1 av 3 personer ville blitt avsluttet"):
        load(folder, school)

    assert list(Enrolment.objects.order_by("pk").values()) == before
    assert counts(load(folder, school, force_large_removal=True))["person"] == (0, 0, 1)


def test_changed_name_and_grade_are_taken_over_and_the_old_grade_is_kept_as_history(tmp_path: Path, school: School, frozen: Any) -> None:
    load(write_oneroster(tmp_path), school)
    frozen.move_to("2027-08-20T09:00:00+02:00")
    users = USERS.replace("Teodor,Teodorsen", "Teodor,Østby").replace(",,8,\n", ",,9,\n").replace("p-maja,8,", "p-maja,9,")

    load(write_oneroster(tmp_path, users=users), school)

    teo = Person.objects.get(external_id="p-teo")
    assert (teo.family_name, teo.folded_name) == ("Østby", "teodor ask østby")
    assert [(e.grade, e.valid_from, e.valid_until) for e in teo.enrolments.order_by("valid_from")] == [
        (8, DAY, date(2027, 8, 19)),
        (9, date(2027, 8, 20), None),
    ]


@pytest.mark.parametrize("attends_as", ["adult", "apprentice"])
def test_fak_25_new_grade_in_a_list_never_makes_an_adult_or_an_apprentice_a_pupil(
    tmp_path: Path, school: School, frozen: Any, attends_as: str
) -> None:
    load(write_oneroster(tmp_path), school)
    users = USERS
    for year in (2027, 2028):
        with unit_of_work(JOB, "test"):
            Enrolment.objects.filter(person__external_id="p-teo", valid_until=None).update(
                attends_as=attends_as if year == 2027 else "adult"
            )
        frozen.move_to(f"{year}-08-20T09:00:00+02:00")
        users = users.replace(",,8,\n", ",,9,\n") if year == 2027 else users.replace(",,9,\n", ",,10,\n")
        load(write_oneroster(tmp_path, users=users), school)

    rows = Enrolment.objects.filter(person__external_id="p-teo").order_by("valid_from")
    assert [(row.grade, row.attends_as) for row in rows] == [(8, attends_as), (9, "adult"), (10, "adult")]
    assert Enrolment.objects.get(person__external_id="p-ylva", valid_until=None).attends_as == "pupil"


def test_empty_cells_erase_nothing(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)

    report = load(write_oneroster(tmp_path, users=USERS.replace("ylva@example.invalid,90000001", ",")), school)

    assert (report.changes, Person.objects.get(external_id="p-ylva").email) == (0, "ylva@example.invalid")


def test_protected_pupil_keeps_her_contact_points_and_her_family_is_left_alone(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    with unit_of_work(JOB, "test"):
        Guardianship.objects.all().delete()
        Person.objects.filter(external_id="p-ylva").update(protected_address=True, email="", phone="")

    report = load(write_oneroster(tmp_path), school)

    ylva = Person.objects.get(external_id="p-ylva")
    assert (ylva.email, ylva.phone, ylva.guardianships.count(), report.changes) == ("", "", 0, 0)
    assert report.reasons[Kind.GUARDIANSHIP, "Eleven har adressesperre. Foresatte settes opp av en person."].count == 1


def test_family_a_person_has_decided_about_is_not_changed_by_a_list(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    with unit_of_work(JOB, "test"):
        Guardianship.objects.update(parental_responsibility=True)
    roster = read_roster(write_oneroster(tmp_path))
    roster.guardianships = {("p-teo", "p-maja"): replace(next(iter(roster.guardianships.values())), pupil_id="p-teo")}

    report = import_roster(by=JOB, owner=school.owner, roster=roster)

    kept = Guardianship.objects.get(pupil__external_id="p-ylva")
    assert (kept.parental_responsibility, kept.valid_until) == (True, None)
    assert report.notes == ["1 foresatte står ikke lenger i listen, men er satt opp av en person her. De er ikke endret."]


def test_guardian_a_whole_list_no_longer_names_is_ended(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    roster = read_roster(write_oneroster(tmp_path))
    roster.guardianships = {("p-teo", "p-maja"): replace(next(iter(roster.guardianships.values())), pupil_id="p-teo")}

    import_roster(by=JOB, owner=school.owner, roster=roster)

    assert Guardianship.objects.get(pupil__external_id="p-ylva").valid_until == DAY - timedelta(days=1)
    assert Guardianship.objects.get(pupil__external_id="p-teo").valid_until is None


def test_pupil_of_age_gets_no_guardian_from_a_list(tmp_path: Path, school: School) -> None:
    births = "sourcedId,birthDate\np-ylva,2008-11-02\n"

    report = load(write_oneroster(tmp_path, demographics=births), school)

    assert Guardianship.objects.count() == 0
    assert report.reasons[Kind.GUARDIANSHIP, "Eleven er myndig og bestemmer selv hvem som får følge med."].count == 1


def test_delta_ends_only_what_it_says_has_ended(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    lines = USERS.splitlines(keepends=True)
    users = lines[0] + lines[2].replace("p-teo,,", "p-teo,tobedeleted,2026-11-01")
    nothing = {"classes": CLASSES.split("\n")[0] + "\n", "enrollments": ENROLMENTS.split("\n")[0] + "\n"}
    folder = write_oneroster(tmp_path, word="delta", users=users, **nothing)

    load(folder, school, force_large_removal=True)

    ended = Enrolment.objects.exclude(valid_until=None).values_list("person__external_id", flat=True)
    assert list(ended) == ["p-teo"]
    assert Membership.objects.filter(valid_until=DAY - timedelta(days=1)).values_list("person__external_id", flat=True).get() == "p-teo"


def test_new_id_from_the_source_is_the_same_person(tmp_path: Path, school: School) -> None:
    path = write_pifu(tmp_path / "a.xml")
    text = path.read_text()
    path.write_text(text.replace("<id>p-maja</id>", "<id>p-m</id>").replace('sourcedidtype="Old"', 'sourcedidtype="Duplicate"', 1))
    load(path, school)
    before = Person.objects.get(given_name="Maja Ylvasen").pk
    path.write_text(text)

    load(path, school)

    assert list(Person.objects.filter(given_name="Maja Ylvasen").values_list("pk", "external_id")) == [(before, "p-maja")]
    assert Guardianship.objects.get().guardian_id == before
    assert load(path, school).changes == 0


def test_school_that_is_not_here_is_skipped_with_the_reason(tmp_path: Path, school: School) -> None:
    folder = write_oneroster(tmp_path)
    with unit_of_work(JOB, "test"):
        School.objects.update(org_number="900000099")

    with pytest.raises(Refused, match="Ingen av skolene i listen finnes hos eieren i Aktsom"):
        load(folder, school)

    assert Person.objects.count() == 0


def test_other_schools_of_the_owner_are_not_touched(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    with unit_of_work(JOB, "test"):
        other = School.objects.create(slug="nes", name="Nes skole", org_number="900000012", owner=school.owner, level=SchoolLevel.PRIMARY)
        Enrolment.objects.filter(person__external_id="p-teo").update(school=other)
    users = "".join(line for line in USERS.splitlines(keepends=True) if not line.startswith("p-teo"))

    report = load(write_oneroster(tmp_path, users=users), school)

    assert Enrolment.objects.get(school=other).valid_until is None
    assert report.notes == ["Skoler som ikke står i listen, er ikke rørt: Nes skole."]


def test_five_columns_are_read_into_the_named_school(tmp_path: Path, school: School) -> None:
    path = tmp_path / "elever.csv"
    path.write_bytes("fornavn;etternavn;klasse;trinn;fødselsdato\nÅse;Østby;8B;8;24.12.2013\n".encode("cp1252"))

    report = load(path, school, school_number="900000011")

    assert counts(report) == {"person": (1, 0, 0), "place": (1, 0, 0), "group": (1, 0, 0), "membership": (1, 0, 0)}
    assert load(path, school, school_number="900000011").changes == 0


def test_somebody_without_the_deed_or_reach_imports_nothing(tmp_path: Path, school: School) -> None:
    folder = write_oneroster(tmp_path)

    with pytest.raises((NotAllowed, OutOfReach)):
        load(folder, school, by=Actor(person_id=1, user_id=1))

    assert Person.objects.count() == 0


def test_fault_in_the_middle_leaves_nothing_behind(tmp_path: Path, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows()

    def fail(*args: object, **kwargs: object) -> None:
        raise LookupError("half-way")

    monkeypatch.setattr("aktsom.people.services.roster.write_school", fail)
    with pytest.raises(LookupError, match="half-way"):
        load(write_oneroster(tmp_path), school)

    assert rows() == before


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_roster", *arguments, stdout=out)
    return out.getvalue()


def test_command_prints_counts_reasons_and_outcome(tmp_path: Path, school: School) -> None:
    folder = write_oneroster(tmp_path, users=USERS.replace(",,8,\n", ",,8,Hemmelig1-\n"))

    first = run(str(folder), "--owner", "900000001")
    second = run(str(folder), "--owner", "900000001")

    lines = first.splitlines()
    assert lines[2].split() == ["Personer", "4", "4", "0", "0", "0"]
    assert "        1  skoler: Dette er ikke en skole. (første: orgs.csv, linje 2)" in lines
    assert lines[-1] == "Ferdig: 14 endringer."
    assert "passord" in first
    assert "Hemmelig1-" not in first
    assert second.splitlines()[-1] == "Ferdig: alt var som før, ingenting er endret."


def test_command_gives_one_clear_error(tmp_path: Path, school: School) -> None:
    with pytest.raises(CommandError, match=r"^Ingenting er lest inn\. borte: Filen eller mappen finnes ikke\."):
        run(str(tmp_path / "borte"), "--owner", "900000001")
    with pytest.raises(CommandError, match=r"^Det finnes ingen skoleeier med organisasjonsnummer 911\.$"):
        run(str(tmp_path), "--owner", "911")


def test_trial_run_and_import_of_the_same_list_count_alike(tmp_path: Path, school: School) -> None:
    roster = read_roster(write_oneroster(tmp_path))

    trial = import_roster(by=JOB, owner=school.owner, roster=roster, dry_run=True)
    report = import_roster(by=JOB, owner=school.owner, roster=roster)

    assert list(trial.lines()) == list(report.lines())


@pytest.mark.skipif(not SAMPLES.exists(), reason="de offentlige eksemplene ligger ikke i prosjektet")
@pytest.mark.parametrize(
    ("sample", "number", "expected"),
    [
        ("oneroster/sample-1.1-full", "900000011", {"person": (6, 0, 0), "place": (5, 0, 0), "guardianship": (1, 0, 0)}),
        ("oneroster/sample-1.1-minimal", "900000011", {"person": (5, 0, 0), "place": (5, 0, 0)}),
        ("pifu-ims/PIFU-IMS_SAS_eksempel.xml", "333000333", {"person": (2, 0, 0), "place": (2, 0, 0)}),
    ],
)
def test_published_sample_is_imported_once(school: School, sample: str, number: str, expected: dict[str, tuple[int, int, int]]) -> None:
    with unit_of_work(JOB, "test"):
        School.objects.update(org_number=number)

    first = load(SAMPLES / sample, school, school_number=number)
    second = load(SAMPLES / sample, school, school_number=number)

    assert counts(first) == expected
    assert sum(skips.count for skips in first.reasons.values()) > 0
    assert second.changes == 0


def test_role_given_by_a_person_is_not_taken_away_by_a_list(tmp_path: Path, school: School) -> None:
    load(write_oneroster(tmp_path), school)
    with unit_of_work(JOB, "test"):
        kari = Person.objects.get(external_id="p-kari")
        Position.objects.create(person=kari, school=school, role=Role.HEAD_TEACHER, valid_from=DAY)
    users = "".join(line for line in USERS.splitlines(keepends=True) if not line.startswith("p-kari"))

    report = load(write_oneroster(tmp_path, users=users), school, force_large_removal=True)

    kari.refresh_from_db()
    assert kari.ended_on is None
    assert [(p.role, p.valid_until) for p in kari.positions.order_by("pk")] == [
        (Role.STAFF, DAY - timedelta(days=1)),
        (Role.HEAD_TEACHER, None),
    ]
    assert report.notes == ["1 personer står ikke lenger i listen, men har roller noen har gitt dem her. Rollene er ikke tatt bort."]


def test_pupil_who_changes_school_is_moved_and_not_counted_as_leaving(tmp_path: Path, school: School, frozen: Any) -> None:
    with unit_of_work(JOB, "test"):
        School.objects.create(slug="nes", name="Nes skole", org_number="900000012", owner=school.owner, level=SchoolLevel.PRIMARY)
    orgs = ORGS + "o-nes,,,Nes skole,school,900000012,\n"
    load(write_oneroster(tmp_path, orgs=orgs), school)
    frozen.move_to("2026-11-20T09:00:00+01:00")
    users = USERS.replace("p-teo,,,true,o-solvik", "p-teo,,,true,o-nes")

    report = load(write_oneroster(tmp_path, orgs=orgs, users=users), school)

    assert counts(report) == {"place": (1, 0, 1)}
    assert [(e.school.slug, e.valid_from, e.valid_until) for e in Enrolment.objects.filter(person__external_id="p-teo").order_by("pk")] == [
        ("solvik", DAY, date(2026, 11, 19)),
        ("nes", date(2026, 11, 20), None),
    ]


def test_chosen_school_leaves_the_others_in_the_list_alone(tmp_path: Path, school: School) -> None:
    with unit_of_work(JOB, "test"):
        School.objects.create(slug="nes", name="Nes skole", org_number="900000012", owner=school.owner, level=SchoolLevel.PRIMARY)
    orgs = ORGS + "o-nes,,,Nes skole,school,900000012,\n"
    users = USERS.replace("p-teo,,,true,o-solvik", "p-teo,,,true,o-nes")

    report = load(write_oneroster(tmp_path, orgs=orgs, users=users), school, school_number="900000011")

    assert list(Enrolment.objects.values_list("person__external_id", "school__slug")) == [("p-ylva", "solvik")]
    assert report.reasons[Kind.SCHOOL, "En annen skole er valgt med --school."].count == 1


@pytest.mark.parametrize(
    ("orgs", "chosen", "reason"),
    [
        (ORGS, "900000077", "Eieren har ingen skole med organisasjonsnummer 900000077."),
        (ORGS + "o-to,,,Solvik igjen,school,900000011,\n", "", "To skoler i listen har samme organisasjonsnummer."),
    ],
)
def test_school_that_cannot_be_told_is_refused(tmp_path: Path, school: School, orgs: str, chosen: str, reason: str) -> None:
    with pytest.raises(Refused, match=f"^{reason}"):
        load(write_oneroster(tmp_path, orgs=orgs), school, school_number=chosen)


def test_group_and_membership_that_are_over_are_ended_and_start_again_when_listed(tmp_path: Path, school: School, frozen: Any) -> None:
    load(write_oneroster(tmp_path), school)
    frozen.move_to("2026-11-20T09:00:00+01:00")
    without = {"classes": "".join(CLASSES.splitlines(keepends=True)[:2])}

    first = load(write_oneroster(tmp_path, **without), school)

    norwegian = Group.objects.get(external_id="k-nor")
    assert (counts(first), norwegian.valid_until) == ({"group": (0, 0, 1), "membership": (0, 0, 1)}, date(2026, 11, 19))
    second = load(write_oneroster(tmp_path), school)
    norwegian.refresh_from_db()
    assert (counts(second), norwegian.valid_until) == ({"group": (0, 1, 0), "membership": (1, 0, 0)}, date(2027, 6, 19))


def test_place_that_has_not_begun_is_ended_before_it_begins(tmp_path: Path, school: School) -> None:
    roles = "sourcedId,userSourcedId,role,beginDate,endDate,orgSourcedId\n"
    ylva, teo = "r-1,p-ylva,student,2026-08-17,,o-solvik\n", "r-2,p-teo,student,2027-01-04,2027-06-20,o-solvik\n"
    users = USERS.replace(",student,", ",,").replace(",teacher,", ",,").replace(",guardian,", ",,")
    load(write_oneroster(tmp_path, version="1.2", users=users, roles=roles + ylva + teo), school)
    before = Enrolment.objects.get(person__external_id="p-teo")

    load(write_oneroster(tmp_path, version="1.2", users=users, roles=roles + ylva), school, force_large_removal=True)

    after = Enrolment.objects.get(person__external_id="p-teo")
    assert (before.valid_from, before.valid_until) == (date(2027, 1, 4), date(2027, 6, 19))
    assert (after.valid_from, after.valid_until) == (DAY - timedelta(days=1), DAY - timedelta(days=1))
