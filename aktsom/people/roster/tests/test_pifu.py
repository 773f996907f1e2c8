"""PIFU-IMS: people, groups and memberships, and nothing about grades, absence, addresses or passwords."""

from datetime import date
from pathlib import Path

import pytest

from aktsom.people.roster.neutral import GroupType, Kind, Mode, Part, Place
from aktsom.people.roster.pifu import NAMESPACES
from aktsom.people.roster.reading import read_roster
from aktsom.people.roster.tests.lists import write_pifu

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "schemas" / "pifu-ims"


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_file_becomes_people_places_groups_and_guardians(tmp_path: Path, namespace: str) -> None:
    roster = read_roster(write_pifu(tmp_path / "a.xml", namespace=namespace))

    assert (roster.source, roster.mode) == ("sas@solfjord", Mode.FULL)
    assert [(p.external_id, p.given_name, p.family_name, p.birth_date, p.phone) for p in roster.people.values()] == [
        ("p-ylva", "Ylva", "Ylvasen", date(2013, 2, 3), ""),
        ("p-maja", "Maja Ylvasen", "", None, "90000002"),
        ("p-kari", "Kari", "Karisen", None, ""),
    ]
    assert list(roster.places.values()) == [
        Place("p-ylva", "o-solvik", Part.PUPIL),
        Place("p-kari", "o-solvik", Part.TEACHER, title="Faglærer"),
    ]
    assert {key: group.type for key, group in roster.groups.items()} == {
        "k-8b": GroupType.HOMEROOM,
        "k-kari": GroupType.MENTOR,
        "t-8": GroupType.GRADE,
    }
    assert list(roster.memberships) == [
        ("k-8b", "p-ylva", Part.PUPIL),
        ("k-kari", "p-kari", Part.CONTACT_TEACHER),
        ("t-8", "p-ylva", Part.PUPIL),
    ]
    assert list(roster.guardianships) == [("p-ylva", "p-maja")]


def test_grade_is_told_by_the_grade_group(tmp_path: Path) -> None:
    roster = read_roster(write_pifu(tmp_path / "a.xml"))

    assert roster.grades(date(2026, 11, 2)) == {"p-ylva": 8}


def test_grade_group_that_is_over_tells_no_grade(tmp_path: Path) -> None:
    path = write_pifu(tmp_path / "a.xml")
    over = "<status>1</status><timeframe><end>2026-06-20</end></timeframe>"
    path.write_text(path.read_text().replace("<status>1</status>", over))

    assert read_roster(path).grades(date(2026, 11, 2)) == {}


def test_former_id_is_remembered(tmp_path: Path) -> None:
    roster = read_roster(write_pifu(tmp_path / "a.xml"))

    assert roster.people["p-maja"].former_ids == ("p-m",)


def test_addresses_identity_numbers_passwords_and_results_are_kept_nowhere(tmp_path: Path) -> None:
    roster = read_roster(write_pifu(tmp_path / "a.xml"))

    kept = repr(roster)

    assert [word for word in ("Bakveien", "00000000000", "abc", "finalresult") if word in kept] == []
    assert len(roster.warned) == 1


def test_next_of_kin_is_no_guardian(tmp_path: Path) -> None:
    roster = read_roster(write_pifu(tmp_path / "a.xml"))

    assert [reason for kind, reason in roster.skipped if kind is Kind.GUARDIANSHIP] == ["Pårørende som ikke er foresatt, leses ikke inn."]


@pytest.mark.parametrize("word", ["delta", "melding"])
def test_partial_file_does_not_tell_who_has_left(tmp_path: Path, word: str) -> None:
    assert read_roster(write_pifu(tmp_path / "a.xml", mode=word)).mode is Mode.DELTA


def test_role_that_is_switched_off_has_ended(tmp_path: Path) -> None:
    path = write_pifu(tmp_path / "a.xml")
    path.write_text(path.read_text().replace("<subrole>Faglærer</subrole><status>1", "<status>0"))

    assert read_roster(path).places["p-kari", "o-solvik", False].ended


@pytest.mark.skipif(not SAMPLES.exists(), reason="de offentlige eksemplene ligger ikke i prosjektet")
def test_published_samples_are_read() -> None:
    read = {path.name: read_roster(path).read for path in sorted(SAMPLES.glob("*.xml"))}

    assert len(read) >= 6
    whole = read["PIFU-IMS_SAS_eksempel.xml"]
    assert [whole[kind] for kind in (Kind.PERSON, Kind.SCHOOL, Kind.GROUP, Kind.GUARDIANSHIP)] == [5, 2, 7, 3]


def wrapped(parts: str) -> str:
    return f"<enterprise><properties><datasource>s</datasource></properties>{parts}</enterprise>"


def named(key: str, source: str = "s") -> str:
    return f"<sourcedid><source>{source}</source><id>{key}</id></sourcedid>"


def group(key: str, scheme: str, level: str, parent: str = "") -> str:
    related = f'<relationship relation="1">{named(parent)}</relationship>' if parent else ""
    kind = f'<grouptype><scheme>pifu-ims-go-{scheme}</scheme><typevalue level="{level}">slag {level}</typevalue></grouptype>'
    return f"<group>{named(key)}{kind}{related}</group>"


def test_what_cannot_be_used_is_skipped_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    role = '<role roletype="{}"><status>1</status></role>'
    person = "<name><n><family>Berg</family><given>Bo</given></n></name>"
    inactive = '<extension><pifu_status type="activeInactive">inaktiv</pifu_status></extension>'
    path.write_text(
        wrapped(
            f"<person>{named('p')}{person}{inactive}</person><person>{named('q', 'annet')}{person}</person><person>{named('r')}</person>"
            + group("eier", "org", "1")
            + group("skole", "org", "2", "eier")
            + group("smu", "grp", "14", "skole")
            + group("alene", "grp", "1")
            + group("sirkel", "grp", "1", "sirkel")
            + group("sfo", "grp", "15", "skole")
            + f"<group><grouptype/></group><membership>{named('sfo')}"
            + f"<member>{named('p')}<idtype>1</idtype>{role.format('03')}</member>"
            + f"<member>{named('smu')}<idtype>2</idtype>{role.format('01')}</member>"
            + f"<member>{named('q', 'annet')}<idtype>1</idtype>{role.format('1')}</member></membership>"
        )
    )

    roster = read_roster(path)

    assert {key: person.ended for key, person in roster.people.items()} == {"p": True, "annet#q": False}
    assert list(roster.memberships) == [("sfo", "annet#q", Part.PUPIL)]
    assert {key: g.type for key, g in roster.groups.items()} == {"sfo": GroupType.SFO}
    assert sorted((kind.value, reason, s.count) for (kind, reason), s in roster.skipped.items()) == [
        ("group", "Grupper av typen «slag 14» er ikke i bruk her.", 1),
        ("group", "Skolen det vises til, står ikke i listen.", 2),
        ("membership", "Rollen «03» er ikke i bruk her.", 1),
        ("person", "Id eller navn mangler, eller navnet er for langt.", 1),
        ("school", "Dette er ikke en skole.", 1),
    ]
