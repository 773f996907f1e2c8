"""Text without tables is offered bit by bit, and rows from a file go into the plan the school has."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.clock import today
from aktsom.plans.models import EnvironmentPlan, PlanEdition, PlanReading
from aktsom.plans.reading import blocks_of, recognise
from aktsom.plans.reading.kept import mark_of
from aktsom.plans.reading.rest import Piece, pieces_of
from aktsom.plans.rules.content import PlanContent, RowKind
from aktsom.plans.rules.duty_roles import roles_in
from aktsom.plans.selectors.editions import content_of
from aktsom.plans.services import begin_edition, begin_plan, put_edition_in_force
from tests.cast import Cast
from tests.signed_in import sign_in

PASTED = """Slik vil vi ha det
Skolen skal være et sted der alle kjenner at de hører til, og der de voksne
ser hver enkelt elev hver dag.
• Vi hilser på hverandre
• Vi spør den som står alene, om å være
med på det vi gjør
12
Når noen ikke har det bra
Vi sier fra til en voksen vi er trygge på.
"""


def test_pasted_lines_become_pieces_under_their_headings() -> None:
    found = recognise(blocks_of(PASTED.encode(), "plan.md"))

    assert found.rows == ()
    assert list(found.rest) == [
        Piece(
            "Skolen skal være et sted der alle kjenner at de hører til, og der de voksne ser hver enkelt elev hver dag.",
            "Slik vil vi ha det",
        ),
        Piece("Vi hilser på hverandre", "Slik vil vi ha det", is_item=True),
        Piece("Vi spør den som står alene, om å være med på det vi gjør", "Slik vil vi ha det", is_item=True),
        Piece("Vi sier fra til en voksen vi er trygge på.", "Når noen ikke har det bra"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text("abAB .:•-,", max_size=90), st.booleans()), max_size=12))
def test_no_word_is_added_lost_or_moved(lines: list[tuple[str, bool]]) -> None:
    pieces = pieces_of(lines)

    said = [word for line, _known in lines for word in line.replace("•", " ").split()]
    kept = [word for piece in pieces for word in piece.text.replace("•", " ").split()]
    remaining = iter(said)
    assert all(word in remaining or word.strip("-") == "" for word in kept)  # in the same order, and only words that stood there


def test_social_teacher_is_not_a_counsellor() -> None:
    assert roles_in("sosiallærer").roles == ("social_teacher",)
    assert roles_in("rådgiver og sosiallærer").roles == ("counsellor", "social_teacher")
    assert roles_in("sosialpedagogisk rådgiver").roles == ("counsellor",)


def content(cast: Cast) -> PlanContent:
    draft: Any = PlanEdition.objects.filter(plan__school=cast.school, state="draft").get()
    return content_of(draft)


def bring(cast: Cast, text: str) -> str:
    head = sign_in(cast, "head_teacher")
    answer = head.post(f"/planen/egen/{cast.school.public_id}/", {"text": text})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def seen(address: str) -> str:
    return mark_of(PlanReading.objects.get(public_id=address.strip("/").rpartition("/")[2]).rows)


@pytest.mark.django_db
def test_text_without_tables_is_chosen_bit_by_bit_and_becomes_text_word_for_word(cast: Cast) -> None:
    address, head = bring(cast, PASTED), sign_in(cast, "head_teacher")
    page = head.get(address).content.decode()

    nothing = head.post(address, {"take": "1"})
    done = head.post(address, {"take": "1", "seen": seen(address), "text-1": "on", "text-3": "on"})

    assert "Vi fant ingen tabeller med tiltak" in page
    assert (nothing.status_code, done.status_code) == (422, 302)
    draft = PlanEdition.objects.get(plan__school=cast.school)
    assert done.headers["Location"] == f"/planen/utgave/{draft.public_id}/skriv/"
    rows = [(section.title, section.form.value, row.kind, row.what) for section, row in content(cast).rows()]
    assert rows == [
        ("Slik vil vi ha det", "text", RowKind.TEXT, "Vi hilser på hverandre"),
        ("Når noen ikke har det bra", "text", RowKind.TEXT, "Vi sier fra til en voksen vi er trygge på."),
    ]


@pytest.mark.django_db
def test_long_piece_is_kept_whole(cast: Cast) -> None:
    long = "Vi tar vare på hverandre hver dag i alle timer, og i friminuttene. " * 8
    address = bring(cast, long)

    sign_in(cast, "head_teacher").post(address, {"take": "1", "seen": seen(address), "text-0": "on"})

    row = next(row for _section, row in content(cast).rows())
    assert f"{row.what} {row.how}" == long.strip()
    assert len(row.what) <= 300


TABLE = "Hva\tHvem\tNår\nFelles frokost\tRektor\tOktober\nTur\tKontaktlærer\tUke 36\n"


@pytest.mark.django_db
def test_rows_of_a_file_are_added_to_the_plan_in_force_as_a_new_draft(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    before = [row.key for _section, row in content_of(plan.editions.get()).rows()]
    assert f"/planen/egen/{cast.school.public_id}/" in sign_in(cast, "head_teacher").get(f"/planen/{plan.public_id}/").content.decode()
    address = bring(cast, TABLE)
    said = {
        "take": "1",
        "seen": seen(address),
        "into": "add",
        "take-0": "on",
        "what-0": "Felles frokost",
        "who-0": "rektor",
        "when-0": "Oktober",
    }

    assert sign_in(cast, "head_teacher").post(address, said).status_code == 302

    rows = [row for _section, row in content(cast).rows()]
    assert [row.key for row in rows][:-1] == before
    assert (rows[-1].what, rows[-1].who) == ("Felles frokost", ("head_teacher",))
    assert PlanReading.objects.get().taken_at is not None


@pytest.mark.django_db
def test_rows_are_added_to_the_draft_being_written_and_can_be_undone(cast: Cast) -> None:
    by, head = cast.actor("head_teacher"), sign_in(cast, "head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    draft = plan.editions.get()
    before = len(list(content(cast).rows()))
    first, second = bring(cast, TABLE), bring(cast, TABLE)
    said = {"take": "1", "seen": seen(first), "take-0": "on", "what-0": "Felles frokost", "who-0": "rektor", "when-0": "Oktober"}

    anew = head.post(first, said | {"into": "anew"})
    assert anew.status_code == 422  # a draft stands in the way
    head.post(first, said)
    head.post(second, said)

    keys = [row.key for _section, row in content(cast).rows()]
    assert (len(keys), len(set(keys))) == (before + 2, before + 2)
    head.post(f"/planen/utgave/{draft.public_id}/skriv/angre/")
    assert len(list(content(cast).rows())) == before + 1
    assert EnvironmentPlan.objects.get(school=cast.school).editions.count() == 1


@pytest.mark.django_db
def test_rows_of_a_file_alone_become_a_new_draft_when_asked_for(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    address = bring(cast, TABLE)
    said = {
        "take": "1",
        "seen": seen(address),
        "into": "anew",
        "take-1": "on",
        "what-1": "Tur",
        "who-1": "kontaktlærer",
        "when-1": "Uke 36",
    }

    sign_in(cast, "head_teacher").post(address, said)

    assert [row.what for _section, row in content(cast).rows()] == ["Tur"]
    with pytest.raises(Exception, match="utkast"):
        begin_edition(by=by, plan=plan)
