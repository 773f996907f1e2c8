"""What a stream of records becomes when it is whole."""

from datetime import date

import pytest

from aktsom.people.roster import neutral as n
from aktsom.people.roster.neutral import GroupType, Kind, Mode, Part, UnreadableRoster, Where
from aktsom.people.roster.staging import stage
from aktsom.people.roster.wishes import Known, Wish, wishes

DAY = date(2026, 11, 2)
HEADER = n.Header("prøve", Mode.FULL)
SCHOOL = n.School("o", "Solvik skole", "900000011", Where("orgs.csv", 2))
GROUP = n.Group("k", "o", GroupType.HOMEROOM, "8B", Where("classes.csv", 2), grade=8)


def person(key: str, line: int = 2) -> n.Person:
    return n.Person(key, "Ada", "Adasen", Where("users.csv", line))


def test_same_record_twice_is_kept_once_and_said() -> None:
    roster = stage([HEADER, person("p", 2), person("p", 3)])

    assert list(roster.people) == ["p"]
    assert {key: (s.count, s.first) for key, s in roster.skipped.items()} == {
        (Kind.PERSON, "Står to ganger i listen med samme innhold."): (1, Where("users.csv", 3))
    }


def test_two_records_with_one_id_are_refused() -> None:
    with pytest.raises(UnreadableRoster, match=r"^users\.csv, linje 3: Id-en «p» er brukt to ganger, første gang på linje 2\."):
        stage([HEADER, person("p", 2), n.Person("p", "Bo", "Bosen", Where("users.csv", 3))])


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_spans_for_one_place_the_longer_counts(turned: bool) -> None:
    spans = [n.Membership("k", "p", Part.PUPIL, None, DAY), n.Membership("k", "p", Part.PUPIL)]

    roster = stage(reversed(spans) if turned else spans)

    assert list(roster.memberships.values()) == [n.Membership("k", "p", Part.PUPIL)]


@pytest.mark.parametrize("turned", [False, True])
def test_span_that_has_ended_gives_way_to_one_that_holds(turned: bool) -> None:
    spans = [n.Place("p", "o", Part.PUPIL, ended=True), n.Place("p", "o", Part.PUPIL, valid_until=DAY)]

    roster = stage(reversed(spans) if turned else spans)

    assert [place.ended for place in roster.places.values()] == [False]


def test_nobody_is_her_own_guardian() -> None:
    roster = stage([n.Guardianship("p", "p")])

    assert roster.guardianships == {}
    assert roster.skipped[Kind.GUARDIANSHIP, "Personen er satt opp som sin egen foresatte."].count == 1


def test_list_that_places_nobody_places_people_by_their_groups() -> None:
    compact = [HEADER, SCHOOL, person("p"), GROUP, n.Membership("k", "p", Part.PUPIL), n.Membership("borte", "p", Part.PUPIL)]

    roster = stage(compact)

    assert list(roster.places.values()) == [n.Place("p", "o", Part.PUPIL)]
    assert stage([*compact, n.Place("q", "o", Part.TEACHER)]).places.keys() == {("q", "o", False)}


def test_everything_left_out_has_a_reason() -> None:
    roster = stage(
        [
            HEADER,
            SCHOOL,
            person("p"),
            n.Person("gone", "Bo", "Bosen", Where("users.csv", 4), ended=True),
            person("outside", 5),
            n.Place("p", "o", Part.PUPIL),
            n.Place("p", "elsewhere", Part.PUPIL),
            n.Place("unknown", "o", Part.PUPIL),
            GROUP,
            n.Group("far", "elsewhere", GroupType.HOMEROOM, "1A", Where("classes.csv", 3)),
            n.Membership("k", "p", Part.PUPIL),
            n.Membership("k", "p", Part.OTHER_STAFF),
            n.Membership("k", "p", Part.ASSISTANT, valid_until=date(2026, 6, 20)),
            n.Membership("k", "outside", Part.PUPIL),
            n.Membership("far", "p", Part.PUPIL),
            n.Guardianship("p", "unknown"),
            n.Guardianship("outside", "p"),
        ]
    )

    asked = wishes(roster, Known(schools={"o": 1}, day=DAY))

    assert asked.enrolments == {("p", 1): Wish(None, None, (8,))}
    assert asked.memberships == {("k", "p", "pupil"): Wish()}
    assert asked.over == {(Kind.PERSON, "gone"), (Kind.MEMBERSHIP, "k", "p", "assistant")}
    assert sorted((kind.value, reason, s.count) for (kind, reason), s in roster.skipped.items()) == [
        ("group", "Skolen leses ikke inn nå.", 1),
        ("guardianship", "Den foresatte står ikke i listen.", 1),
        ("guardianship", "Eleven leses ikke inn nå.", 1),
        ("membership", "Gruppen leses ikke inn.", 1),
        ("membership", "Personen leses ikke inn.", 1),
        ("membership", "Rollen gir ingen plass i en gruppe her.", 1),
        ("membership", "Sluttdatoen er passert, eller kilden sier at det er slutt.", 1),
        ("person", "Kilden sier at personen har sluttet.", 1),
        ("person", "Personen hører ikke til ved noen av skolene, og er ikke foresatt til noen der.", 1),
        ("place", "Personen det vises til, står ikke i listen.", 1),
        ("place", "Skolen leses ikke inn nå.", 1),
    ]
