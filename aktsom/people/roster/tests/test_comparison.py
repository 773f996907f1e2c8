"""The comparison: what is written once need not be written again, and nothing is ever taken away."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aktsom.people.roster.comparison import Held, HeldPerson, compare, is_large_removal, over, person_changes, settled
from aktsom.people.roster.neutral import Person, Where
from aktsom.people.roster.wishes import Key, Wish

DAY = date(2026, 11, 2)
NEAR = st.dates(min_value=DAY - timedelta(days=400), max_value=DAY + timedelta(days=400))
LATER = st.dates(min_value=DAY, max_value=DAY + timedelta(days=400))
DETAILS = st.tuples(st.none() | st.sampled_from(["8", "9"]))
KEYS = st.tuples(st.sampled_from("abcdef"))
WISHES = st.dictionaries(KEYS, st.builds(Wish, st.none() | NEAR, st.none() | LATER, DETAILS))
HELD = st.dictionaries(KEYS, st.builds(Held, st.integers(1, 99), NEAR, st.none() | LATER, DETAILS))


def written(held: dict[Key, Held], asked: dict[Key, Wish]) -> dict[Key, Held]:
    """Return what lasts after the difference is written."""
    difference = compare(held, asked, day=DAY, ends=lambda key: True)
    after = held | {key: settled(row, wish, DAY) for key, (row, wish) in difference.changed.items()}
    after |= {key: Held(100, wish.valid_from or DAY, wish.valid_until, wish.detail) for key, wish in difference.new.items()}
    after |= {key: over(row, DAY) for key, row in difference.ended.items()}
    return after


@given(HELD, WISHES)
def test_what_is_written_once_is_not_written_again(held: dict[Key, Held], asked: dict[Key, Wish]) -> None:
    held = {key: row for key, row in held.items() if row.valid_until is None or row.valid_until >= row.valid_from}
    asked = {key: wish for key, wish in asked.items() if not (wish.valid_from and wish.valid_until and wish.valid_until < wish.valid_from)}

    once = written(held, asked)

    lasting = {key: row for key, row in once.items() if row.valid_until is None or row.valid_until >= DAY}
    assert not compare(lasting, asked, day=DAY, ends=lambda key: True)


@given(HELD, WISHES)
def test_every_row_that_was_here_is_still_here(held: dict[Key, Held], asked: dict[Key, Wish]) -> None:
    after = written(held, asked)

    assert {row.pk for row in held.values()} <= {row.pk for row in after.values()}
    assert {key: after[key].pk for key in held} == {key: row.pk for key, row in held.items()}


@given(HELD)
def test_what_ends_was_over_yesterday_and_runs_forward(held: dict[Key, Held]) -> None:
    after = written(held, {})

    assert {row.valid_until for row in after.values()} <= {DAY - timedelta(days=1)}
    assert all(row.valid_from <= row.valid_until for row in after.values() if row.valid_until)


@given(HELD)
def test_what_must_not_end_is_untouched(held: dict[Key, Held]) -> None:
    assert not compare(held, {}, day=DAY, ends=lambda key: False)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_large_removal_is_more_than_a_fifth(active: int, ended: int) -> None:
    assert is_large_removal(active=active, ended=ended) == (5 * ended > active)


def test_protected_person_keeps_contact_points_and_others_take_new_ones() -> None:
    listed = Person("p", "Ada", "Ny", Where("users.csv", 2), email="ny@example.invalid", phone="90000009")
    held = HeldPerson(1, "Ada", "Adasen", None, "ada@example.invalid", "", None, protected=False)
    hidden = HeldPerson(1, "Ada", "Adasen", None, "", "", None, protected=True)

    assert person_changes(held, listed) == {"family_name": "Ny", "email": "ny@example.invalid", "phone": "90000009"}
    assert person_changes(hidden, listed) == {"family_name": "Ny"}
