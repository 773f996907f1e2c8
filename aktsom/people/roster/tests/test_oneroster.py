"""OneRoster as Norwegian systems write it, and with the flaws of real files."""

from datetime import date
from pathlib import Path

import pytest

from aktsom.people.roster.neutral import Group, GroupType, Kind, Membership, Mode, Part, Place, UnreadableRoster, Where
from aktsom.people.roster.reading import read_roster
from aktsom.people.roster.staging import Roster
from aktsom.people.roster.tests.lists import CLASSES, ENROLMENTS, ORGS, USERS, write_oneroster

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "schemas" / "oneroster"


def reasons(roster: Roster) -> dict[tuple[Kind, str], int]:
    return {key: skips.count for key, skips in roster.skipped.items()}


def test_folder_becomes_people_places_groups_and_guardians(tmp_path: Path) -> None:
    roster = read_roster(write_oneroster(tmp_path))

    assert (roster.source, roster.mode) == ("oneroster:sas", Mode.FULL)
    assert {key: (p.given_name, p.family_name) for key, p in roster.people.items()} == {
        "p-ylva": ("Ylva", "Ylvasen"),
        "p-teo": ("Teodor Ask", "Teodorsen"),
        "p-maja": ("Maja", "Ylvasen"),
        "p-kari": ("Kari", "Karisen"),
    }
    assert [(s.org_number, s.name) for s in roster.schools.values()] == [("900000011", "Solvik skole")]
    assert list(roster.guardianships) == [("p-ylva", "p-maja")]
    assert roster.places["p-kari", "o-solvik", False] == Place("p-kari", "o-solvik", Part.TEACHER, title="Lærer")
    assert roster.groups["k-8b"] == Group(
        "k-8b", "o-solvik", GroupType.HOMEROOM, "8B", Where("classes.csv", 2), 8, date(2026, 8, 17), date(2027, 6, 19)
    )
    assert reasons(roster) == {(Kind.SCHOOL, "Dette er ikke en skole."): 1}


def test_end_date_is_the_first_day_after(tmp_path: Path) -> None:
    roster = read_roster(write_oneroster(tmp_path))

    assert roster.memberships["k-8b", "p-ylva", Part.PUPIL] == Membership(
        "k-8b", "p-ylva", Part.PUPIL, date(2026, 8, 17), date(2027, 6, 19)
    )


def test_first_teacher_of_a_class_is_contact_teacher_and_others_are_subject_teachers(tmp_path: Path) -> None:
    mentor = CLASSES.replace("termSourcedIds", "termSourcedIds,metadata.additionalClassType")
    mentor += "k-m,,,Karis,,,,homeroom,,o-solvik,,mentor\n"
    enrolments = ENROLMENTS + "e-5,,,k-m,o-solvik,p-kari,teacher,,,\n"

    roster = read_roster(write_oneroster(tmp_path, classes=mentor, enrollments=enrolments))

    assert [key for key in roster.memberships if key[1] == "p-kari"] == [
        ("k-8b", "p-kari", Part.CONTACT_TEACHER),
        ("k-nor", "p-kari", Part.TEACHER),
        ("k-m", "p-kari", Part.CONTACT_TEACHER),
    ]


def test_byte_order_mark_heading_case_and_missing_columns_are_accepted(tmp_path: Path) -> None:
    users = "\ufeff" + "SOURCEDID,OrgSourcedIds,Role,GIVENNAME,familyname,metadata.x\np-1,o-solvik,Student,Ada,Adasen\n"

    roster = read_roster(write_oneroster(tmp_path, users=users, enrollments=ENROLMENTS.split("\n", 1)[0] + "\n"))

    assert [(p.external_id, p.given_name) for p in roster.people.values()] == [("p-1", "Ada")]
    assert list(roster.places) == [("p-1", "o-solvik", True)]


def test_passwords_are_warned_about_and_kept_nowhere(tmp_path: Path) -> None:
    roster = read_roster(write_oneroster(tmp_path, users=USERS.replace(",,8,\n", ",,8,Hemmelig1-\n")))

    assert {text: skips.count for text, skips in roster.warned.items()} == {
        "Filen har passord i «password». De er ikke lest inn. Be den som lager filen om å ta dem bort.": 1
    }
    assert "Hemmelig1-" not in repr(roster)


def test_national_identity_number_in_the_identifier_column_is_kept_nowhere(tmp_path: Path) -> None:
    roster = read_roster(write_oneroster(tmp_path, users=USERS.replace("Teodorsen,Ask,,", "Teodorsen,Ask,01010050053,")))

    assert "01010050053" not in repr(roster)


def test_version_1_2_takes_roles_birth_dates_and_used_names_from_their_own_files(tmp_path: Path) -> None:
    users = (
        "sourcedId,enabledUser,username,givenName,familyName,agentSourcedIds,preferredGivenName\n"
        "p-1,true,x,Adrian,Adasen,p-2,Ada\np-2,true,y,Per,Adasen,,\n"
    )
    roles = (
        "sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
        "r-1,p-1,primary,student,2026-08-17,,o-solvik\nr-2,p-2,primary,guardian,,,o-solvik\nr-3,p-2,secondary,counselor,,,o-solvik\n"
    )
    births = "sourcedId,birthDate,sex\np-1,2013-05-06,female\n"
    nobody = ENROLMENTS.split("\n")[0] + "\n"

    roster = read_roster(write_oneroster(tmp_path, version="1.2", users=users, roles=roles, demographics=births, enrollments=nobody))

    ada = roster.people["p-1"]
    assert (ada.given_name, ada.birth_date) == ("Ada", date(2013, 5, 6))
    assert list(roster.places.values()) == [
        Place("p-1", "o-solvik", Part.PUPIL, valid_from=date(2026, 8, 17)),
        Place("p-2", "o-solvik", Part.OTHER_STAFF, title="Rådgiver"),
    ]
    assert list(roster.guardianships) == [("p-1", "p-2")]


def test_teacher_linked_to_a_pupil_is_no_guardian(tmp_path: Path) -> None:
    users = USERS.replace("90000001,,p-maja", "90000001,,p-kari").replace(",,p-ylva,,", ",,,,")

    roster = read_roster(write_oneroster(tmp_path, users=users))

    assert list(roster.guardianships) == []
    assert reasons(roster)[Kind.GUARDIANSHIP, "Koblingen er ikke mellom en elev og en foresatt."] == 1


def test_delta_says_who_has_left(tmp_path: Path) -> None:
    users = USERS.replace("p-teo,,", "p-teo,tobedeleted,2026-11-01").replace("p-kari,,", "p-kari,active,2026-11-01")

    roster = read_roster(write_oneroster(tmp_path, word="delta", users=users))

    assert roster.mode is Mode.DELTA
    assert {key for key, person in roster.people.items() if person.ended} == {"p-teo"}


def test_manifest_that_promises_a_missing_file_is_refused(tmp_path: Path) -> None:
    folder = write_oneroster(tmp_path)
    (folder / "classes.csv").unlink()

    with pytest.raises(UnreadableRoster, match=r"Innholdslisten sier at classes\.csv er med, men den filen mangler\."):
        read_roster(folder)


def test_file_the_manifest_calls_absent_is_not_read(tmp_path: Path) -> None:
    folder = write_oneroster(tmp_path)
    manifest = folder / "manifest.csv"
    manifest.write_text(manifest.read_text().replace("file.enrollments,bulk", "file.enrollments,absent"))

    assert read_roster(folder).memberships == {}


def test_department_counts_as_the_school_it_lies_under(tmp_path: Path) -> None:
    orgs = ORGS + "o-avd,,,Ungdomstrinnet,department,,o-solvik\n"

    roster = read_roster(write_oneroster(tmp_path, orgs=orgs, users=USERS.replace("true,o-solvik,teacher", "true,o-avd,teacher")))

    assert ("p-kari", "o-solvik", False) in roster.places
    assert list(roster.schools) == ["o-solvik"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="de offentlige eksemplene ligger ikke i prosjektet")
@pytest.mark.parametrize(("sample", "links"), [("sample-1.1-full", 1), ("sample-1.1-minimal", 0)])
def test_published_sample_is_read(sample: str, links: int) -> None:
    roster = read_roster(SAMPLES / sample)

    assert {kind: roster.read[kind] for kind in (Kind.SCHOOL, Kind.PERSON, Kind.GROUP, Kind.MEMBERSHIP)} == {
        Kind.SCHOOL: 1,
        Kind.PERSON: 6,
        Kind.GROUP: 2,
        Kind.MEMBERSHIP: 6,
    }
    assert len(roster.guardianships) == links
    assert "Password1-" not in repr(roster)


def test_rows_that_cannot_be_used_are_skipped_with_a_reason(tmp_path: Path) -> None:
    header = USERS.split("\n")[0] + "\n"
    users = (
        header
        + "p-1,,,true,o-solvik,student,,,,,,,,,,,,\n"
        + f"p-2,,,true,o-solvik,student,,,{'x' * 121},Lang,,,,,,,,\n"
        + "p-3,,,true,o-solvik,proctor,,,Ada,Adasen,,,,,,,,\n"
        + "p-4,,,true,o-borte,student,,,Bo,Bosen,,,,,,,,\n"
    )
    orgs = ORGS + "o-lagt-ned,tobedeleted,,Gamle skole,school,,\n"
    classes = CLASSES + "k-borte,,,1A,,,,homeroom,,o-borte,\n"
    enrolments = ENROLMENTS.split("\n")[0] + "\ne-1,,,k-x,o-solvik,p-1,student,,,\ne-2,,,k-8b,o-solvik,p-1,relative,,,\n"
    births = "sourcedId,birthDate\np-3,1/05/2013\n"

    roster = read_roster(write_oneroster(tmp_path, orgs=orgs, users=users, classes=classes, enrollments=enrolments, demographics=births))

    assert reasons(roster) == {
        (Kind.SCHOOL, "Dette er ikke en skole."): 1,
        (Kind.SCHOOL, "Kilden sier at skolen er lagt ned."): 1,
        (Kind.PERSON, "Id eller navn mangler."): 1,
        (Kind.PERSON, "Navnet er lengre enn et navn kan være."): 1,
        (Kind.PLACE, "Rollen «proctor» er ikke i bruk her."): 1,
        (Kind.PLACE, "Skolen det vises til, står ikke i listen."): 1,
        (Kind.GROUP, "Skolen det vises til, står ikke i listen."): 1,
        (Kind.MEMBERSHIP, "Gruppen det vises til, står ikke i listen."): 1,
        (Kind.MEMBERSHIP, "Rollen «relative» er ikke i bruk her."): 1,
    }
    assert list(roster.warned) == ["En fødselsdato kan ikke leses. Personen er lest inn uten."]


def test_folder_without_people_is_refused(tmp_path: Path) -> None:
    folder = write_oneroster(tmp_path)
    (folder / "users.csv").unlink()
    (folder / "manifest.csv").write_text("propertyName,value\nfile.orgs,bulk\n")

    with pytest.raises(UnreadableRoster, match="Det er ingen liste over folk i filen"):
        read_roster(folder)
