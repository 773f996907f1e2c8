"""Ways and receivers: never the accused, never nobody, and only words of the Act."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from aktsom.reports import rules
from aktsom.reports.rules import (
    AssessmentObstacle,
    GroundlessObstacle,
    Involved,
    Reachable,
    RecipientReason,
    ReportState,
    Route,
    Seriousness,
)
from aktsom.reports.services.sending import receipt_words

people = st.lists(st.integers(1, 12), max_size=4, unique=True).map(tuple)
roles = st.dictionaries(st.sampled_from(["department_head", "counsellor", "delegated_receiver"]), people, max_size=3)
there = st.builds(Reachable, heads=people, deputies=people, delegated=people, by_role=roles, owner=people, owner_handlers=people)
accused = st.frozensets(st.integers(1, 12), max_size=6)


def everybody(reachable: Reachable) -> set[int]:
    at_school = {*reachable.heads, *reachable.deputies, *reachable.delegated}
    return at_school.union(*reachable.by_role.values()) | at_owner(reachable)


def at_owner(reachable: Reachable) -> set[int]:
    return {*reachable.owner, *reachable.owner_handlers}


@given(route=st.sampled_from(Route), there=there, accused=accused, head_only=st.booleans())
def test_neg_01_no_combination_gives_the_report_to_the_accused(route, there, accused, head_only):
    found = rules.recipients_for(route=route, there=there, accused=accused, head_only=head_only)

    assert {pk for pk, _ in found} & accused == set()


@given(route=st.sampled_from([Route.ORDINARY, Route.STAFF]), there=there, accused=accused)
def test_recipients_are_never_empty_while_anybody_can_be_reached(route, there, accused):
    found = rules.recipients_for(route=route, there=there, accused=accused)

    assert bool(found) == bool(everybody(there) - accused)


@given(there=there, accused=accused)
def test_head_only_topic_still_reaches_somebody_when_the_head_cannot(there, accused):
    found = rules.recipients_for(route=Route.ORDINARY, there=there, accused=accused, head_only=True)

    delegated_only = set(there.delegated) - set().union(there.heads, there.deputies, at_owner(there), *there.by_role.values())
    assert bool(found) == bool(everybody(there) - accused - delegated_only)


@given(there=there, accused=accused)
def test_neg_02_leadership_report_goes_to_nobody_but_the_owner(there, accused):
    found = rules.recipients_for(route=Route.LEADERSHIP, there=there, accused=accused)

    assert {reason for _, reason in found} <= {RecipientReason.OWNER}
    assert {pk for pk, _ in found} <= at_owner(there) - accused
    assert bool(found) == bool(at_owner(there) - accused)


@given(there=there, accused=accused)
def test_neg_08_head_teacher_always_gets_an_ordinary_report(there, accused):
    found = {pk for pk, _ in rules.recipients_for(route=Route.ORDINARY, there=there, accused=accused)}

    assert set(there.heads) - accused <= found


@given(there=there, accused=accused)
def test_nobody_receives_the_same_report_twice(there, accused):
    found = rules.recipients_for(route=Route.ORDINARY, there=there, accused=accused)

    assert len({pk for pk, _ in found}) == len(found)


@given(involved=st.sampled_from(Involved), accused=accused, leadership=accused)
def test_route_follows_what_is_answered_and_who_is_named(involved, accused, leadership):
    expected = Route.ORDINARY
    if involved == Involved.STAFF or accused:
        expected = Route.STAFF
    if involved == Involved.LEADERSHIP or accused & leadership:
        expected = Route.LEADERSHIP

    assert rules.route_for(involved=involved, accused=accused, leadership=leadership) == expected


def test_unsure_is_sent_the_ordinary_way_and_not_held_back():
    assert rules.route_for(involved=Involved.UNSURE, accused=(), leadership=(1,)) == Route.ORDINARY


def test_assessing_needs_a_reason():
    assert rules.obstacles_to_assessing(reason=" ") == [AssessmentObstacle.NO_REASON]
    assert rules.obstacles_to_assessing(reason="Slag på skoleveien") == []


def test_neg_04_report_about_staff_is_held_back_only_as_clearly_groundless_with_reason():
    allowed = {"route": Route.STAFF, "plan_says_always": False, "is_told": False, "reason": "Personen var ikke på jobb"}

    assert rules.obstacles_to_judging_groundless(**allowed) == []
    assert rules.obstacles_to_judging_groundless(**allowed | {"reason": ""}) == [GroundlessObstacle.NO_REASON]
    assert rules.obstacles_to_judging_groundless(**allowed | {"is_told": True}) == [GroundlessObstacle.ALREADY_TOLD]
    assert rules.obstacles_to_judging_groundless(**allowed | {"plan_says_always": True}) == [GroundlessObstacle.PLAN_SAYS_ALWAYS]
    for route in (Route.ORDINARY, Route.LEADERSHIP):
        assert rules.obstacles_to_judging_groundless(**allowed | {"route": route}) == [GroundlessObstacle.NOT_A_STAFF_CASE]


@given(route=st.sampled_from(Route), seriousness=st.sampled_from(["", *Seriousness]), every_case=st.booleans(), is_groundless=st.booleans())
def test_owner_is_told_for_each_ground_and_no_other(route, seriousness, every_case, is_groundless):
    found = rules.owner_purposes(route=route, seriousness=seriousness, every_case=every_case, is_groundless=is_groundless)

    assert ("leadership" in found) == (route == Route.LEADERSHIP)
    assert ("staff" in found) == (route == Route.STAFF and not is_groundless)
    assert ("serious" in found) == (seriousness == Seriousness.SERIOUS)
    assert ("every_case" in found) == every_case


def test_neg_06_there_is_no_state_for_a_refused_report():
    ends_only_an_incident = ["finished"]  # the database takes it for no report about a pupil (test_incidents)
    assert [state.value for state in ReportState] == ["sent", "acknowledged", "in_case", "clearly_groundless", *ends_only_an_incident]


def test_receipt_words_are_enough_and_easy():
    words = receipt_words()

    assert len(set(words)) == len(words)
    assert len(words) >= 1024
    assert [word for word in words if not re.fullmatch(r"[a-zæøå]{2,10}", word)] == []
    folded = [rules.plain_receipt(word) for word in words]
    assert len(set(folded)) == len(folded)


@given(st.integers(0, 2**64))
@example(0)
def test_receipt_is_four_words_and_four_digits(seed):
    receipt = rules.new_receipt(receipt_words(), lambda below: seed % below)

    assert re.fullmatch(r"([a-zæøå]+ ){4}\d{4}", receipt)


@given(st.sampled_from([" ", "  ", "-", ", ", "\n"]), st.booleans())
def test_receipt_is_found_however_it_is_written(between, upper):
    written = between.join(["båt", "sol", "kake", "hest", "0412"])
    written = written.upper() if upper else written

    assert rules.receipt_lookup(written, b"key") == rules.receipt_lookup("båt sol kake hest 0412", b"key")
    assert rules.receipt_lookup(written, b"key") != rules.receipt_lookup("båt sol kake hest 0413", b"key")
    assert rules.receipt_lookup(written, b"key") != rules.receipt_lookup(written, b"other key")
