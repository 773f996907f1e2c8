"""References that no longer hold are found with what replaced them; those that hold are left alone."""

from datetime import date

import pytest

from aktsom.core.timing.superseded import SUPERSEDED, outdated_in

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Udirs rundskriv 3-2017 om skolemiljø", "circular_2017"),
        ("Udir-3-2017", "circular_2017"),
        ("Elevenes skolemiljø, kapittel 9A", "chapter_9_a"),
        ("jf. § 9 A-4", "chapter_9_a"),
        ("lov-1998-07-17-61", "act_of_1998"),
        ("Opplæringsloven kapittel 12A", "chapter_12_a"),
        ("opplæringslovens § 12 (aktivitetsplikten)", "section_12"),
        ("Eieren varsles i §12 saker", "section_12"),
        ("§§ 12-3. Nulltoleranse", "two_signs"),
        ("Mobbing er når noen blir plaget gjentatte ganger og over tid", "old_definition"),
    ],
)
def test_outdated_reference_is_found_with_what_replaced_it(text: str, code: str) -> None:
    (found,) = outdated_in([text], on=TODAY)

    assert found.rule.code == code
    assert str(found.rule.instead)


@pytest.mark.parametrize(
    "text",
    [
        "opplæringslova kapittel 12",
        "§ 12-4 andre ledd",
        "§ 12- 5",
        "§§ 12-4 og 12-5",
        "§§ 10-1, 10-2",
        "Rundskriv om skolemiljø",
        "Uke 9 arrangerer elevrådet turnering",
        "Relasjoner bygges over tid",
    ],
)
def test_reference_that_holds_is_left_alone(text: str) -> None:
    assert outdated_in([text], on=TODAY) == []


def test_reference_held_before_the_new_act() -> None:
    assert outdated_in(["kapittel 9 A og Udir-3-2017"], on=date(2024, 7, 31)) == []
    assert len(outdated_in(["kapittel 9 A og Udir-3-2017"], on=date(2024, 8, 1))) == 2


def test_every_rule_has_its_own_code() -> None:
    assert len({rule.code for rule in SUPERSEDED}) == len(SUPERSEDED)
