"""The pages where a plan is begun, written, treated, put in force and evaluated."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly import say
from aktsom.core.ui.differences import Piece
from aktsom.plans.models import EnvironmentPlan, PlanEdition, PlanReview
from aktsom.plans.rules.content import PlanContent, Row, RowChange, RowKind, RowOrigin, Section, SectionArea, SectionForm, content_from
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.rules.inheriting import inherited
from aktsom.plans.selectors.writing import shown_change
from aktsom.plans.services import arrange_plan, begin_edition, begin_plan, put_edition_in_force
from aktsom.plans.tests.factories import procedure_head
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ROW = Row("felles-1", RowKind.TASK, "Gjøre rutinen kjent", who=("head_teacher",))


@pytest.fixture
def head(cast: Cast) -> Client:
    return sign_in(cast, "head_teacher")


@pytest.fixture
def plan(cast: Cast) -> EnvironmentPlan:
    return begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar")


def draft_of(plan: EnvironmentPlan) -> PlanEdition:
    return plan.editions.get(state=EditionState.DRAFT)


def row_of(plan: EnvironmentPlan, key: str) -> Row:
    row = content_from(draft_of(plan).content).row(key)
    assert row is not None
    return row


def keys_in(plan: EnvironmentPlan, section: int = 0) -> list[str]:
    return [row.key for row in content_from(draft_of(plan).content).sections[section].rows]


def written(**said: str) -> dict[str, str]:
    return {
        "what": "Felles frokost",
        "kind": "task",
        "per": "school",
        "time": "words",
        "when_said": "hver tredje uke",
        "who": "rektor",
    } | said


def small(*rows: Row) -> PlanContent:
    return PlanContent("Veileder", sections=(Section("felles", "Felles", SectionArea.INFORM, SectionForm.TABLE, rows=rows),))


def test_plan_is_begun_from_a_template_and_found_at_its_place(head: Client, cast: Cast) -> None:
    offered = head.get(f"/planen/ny/skole/{cast.school.public_id}/").content.decode()
    answer = head.post(f"/planen/ny/skole/{cast.school.public_id}/", {"template": "lillestrom"})

    plan = EnvironmentPlan.objects.get()
    assert 'value="steinkjer"' in offered
    assert answer.headers["Location"] == f"/planen/utgave/{draft_of(plan).public_id}/skriv/"
    assert head.get("/planen/").headers["Location"] == f"/planen/{plan.public_id}/"


def test_owner_begins_a_guide(cast: Cast) -> None:
    owner = sign_in(cast, "owner_handler")

    owner.post(f"/planen/ny/eier/{cast.owner.public_id}/", {"template": ""})

    assert EnvironmentPlan.objects.get().owner == cast.owner


def test_new_row_is_written_in_words_and_its_time_is_understood(head: Client, plan: EnvironmentPlan) -> None:
    draft = draft_of(plan)
    section = content_from(draft.content).sections[0].key
    address = f"/planen/utgave/{draft.public_id}/skriv/del/{section}/rad/"

    asked = head.post(address, written(show="1"))
    answer = head.post(address, written())

    row = row_of(plan, keys_in(plan)[-1])
    assert say(row.timings[0]) in asked.content.decode()
    assert answer.status_code == 302
    assert (row.what, row.who, row.timings[0].kind, row.origin) == ("Felles frokost", ("head_teacher",), "weekly", RowOrigin.OWN)


def test_time_is_chosen_with_its_few_fields_and_gives_dates_at_once(head: Client, plan: EnvironmentPlan) -> None:
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/tid/"

    asks = head.get(address, written(time="day")).content.decode()
    told = head.get(address, written(time="day", day="10", month="10")).content.decode()
    wrong = head.get(address, written(time="day", day="31", month="2")).content.decode()

    assert "Velg også: dag i måneden, måned." in asks
    assert 'name="day"' in asks
    assert 'name="weekday"' not in asks
    assert "oktober" in told
    assert "I år:" in told
    assert "I år:" not in wrong


def test_words_without_days_are_answered_at_once_and_new_words_are_what_the_choice_says(head: Client, plan: EnvironmentPlan) -> None:
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/tid/"
    key = next(row.key for _section, row in content_from(draft_of(plan).content).rows() if row.timings)

    unread = head.get(address, written(when_said="når snøen smelter")).content.decode()
    changed = head.get(address, written(time="keep", when_said="uke 42", row_key=key)).context["form"]

    assert "Vi finner ingen dager i «når snøen smelter»." in unread
    assert changed["time"].value() == "words"
    assert [say(timing) for timing in changed.cleaned_data["timings"]] == ["I uke 42"]


def test_time_of_a_sub_item_gives_its_dates_at_once(head: Client, plan: EnvironmentPlan) -> None:
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/tid/"
    said = written(part_0_what="Møte", part_0_when="uke 42", part_1_what="Prat", part_1_when="når snøen smelter")
    section = content_from(draft_of(plan).content).sections[0].key

    first, second = (head.get(address, said | {"del": number}).content.decode() for number in ("0", "1"))
    whole = head.post(f"/planen/utgave/{draft_of(plan).public_id}/skriv/del/{section}/rad/", said | {"show": "1"}).content.decode()

    assert ("I uke 42" in first, "I år: " in first, "snøen" in first) == (True, True, False)
    assert "Vi finner ingen dager i «når snøen smelter»." in second
    assert ("I uke 42" in whole, "Vi finner ingen dager i «når snøen smelter»." in whole) == (True, True)


def test_row_that_is_only_read_gets_no_time_when_it_is_saved(head: Client, plan: EnvironmentPlan) -> None:
    draft = draft_of(plan)
    section = content_from(draft.content).sections[0].key
    for kind in ("text", "task"):
        head.post(f"/planen/utgave/{draft.public_id}/skriv/del/{section}/rad/", written(kind=kind, when_said=""))

    assert [[timing.kind for timing in row_of(plan, key).timings] for key in keys_in(plan)[-2:]] == [[], ["unset"]]


def test_row_hangs_on_another_row_and_gives_its_dates(head: Client, plan: EnvironmentPlan) -> None:
    draft = draft_of(plan)
    section = content_from(draft.content).sections[0].key
    adding, asking = f"/planen/utgave/{draft.public_id}/skriv/del/{section}/rad/", f"/planen/utgave/{draft.public_id}/skriv/tid/"
    head.post(adding, written(what="Foreldremøte", when_said="15. oktober"))
    other = keys_in(plan)[-1]
    hung = written(what="Innkalling", when_said="", time="anchored_to_row", other_row=other, apart="7", side="before")

    shown = head.get(asking, hung).content.decode()
    unknown = head.get(asking, hung | {"other_row": "finnes-ikke"}).content.decode()
    head.post(adding, hung)

    row = row_of(plan, keys_in(plan)[-1])
    assert ("7 dager før «Foreldremøte»" in shown, "8. oktober" in shown) == (True, True)
    assert "oktober" not in unknown
    assert [(timing.row, timing.days) for timing in row.timings] == [(other, -7)]
    page = head.get(f"/planen/utgave/{draft.public_id}/skriv/").content.decode()
    assert "7 dager før «Foreldremøte»" in page
    others = head.get(f"/planen/utgave/{draft.public_id}/skriv/rad/{row.key}/").context["form"].others
    assert (other in others, row.key in others) == (True, False)  # a row does not hang on itself


def test_row_is_changed_from_the_plan_that_is_read(head: Client, cast: Cast, plan: EnvironmentPlan) -> None:
    put_edition_in_force(by=cast.actor("head_teacher"), edition=draft_of(plan), valid_from=today())
    first, second = [row.key for _section, row in content_from(plan.editions.get().content).rows()][:2]
    page = f"/planen/{plan.public_id}/"
    deed = f'action="/planen/{plan.public_id}/ny-utgave/"'
    assert deed in head.get(page).content.decode()
    assert deed not in sign_in(cast, "contact_teacher").get(page).content.decode()

    begun = head.post(f"{page}ny-utgave/", {"row": first})
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/"
    saved = head.post(f"{address}rad/{first}/", written())
    again = head.post(f"{page}ny-utgave/", {"row": "finnes-ikke"})

    assert begun.headers["Location"] == f"{address}rad/{first}/"
    assert saved.headers["Location"] == f"{address}?lagret={first}#rad-{first}"
    assert head.get(saved.headers["Location"]).content.decode().count("Raden er lagret i utkastet.") == 1
    assert again.headers["Location"] == page  # there is a draft already
    assert f'href="{address}rad/{second}/"' in head.get(page).content.decode()


def test_plan_is_not_put_in_force_past_those_who_are_to_treat_it(head: Client, cast: Cast, plan: EnvironmentPlan) -> None:
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=["environment_committee"], reviewers=[], shows_names=False)
    place = f"/planen/utgave/{draft_of(plan).public_id}/behandling/"

    early = head.post(f"{place}i-kraft/", {"valid_from": today()})

    assert early.status_code == 422
    assert "Skolemiljøutvalget (SMU) er ikke spurt ennå." in early.content.decode()
    head.post(f"{place}send/")
    edition = plan.editions.get()
    assert "Skolemiljøutvalget (SMU) har ikke svart ennå." in head.get(place).content.decode()
    head.post(place, {"body": "environment_committee", "outcome": "approved", "answered_on": today().isoformat(), "text": "Vedtatt."})
    assert head.post(f"{place}i-kraft/", {"valid_from": today()}).status_code == 302
    assert PlanEdition.objects.get(pk=edition.pk).state == EditionState.IN_FORCE


def test_words_nobody_understands_are_kept_without_a_date(head: Client, plan: EnvironmentPlan) -> None:
    draft = draft_of(plan)
    section = content_from(draft.content).sections[0].key

    head.post(f"/planen/utgave/{draft.public_id}/skriv/del/{section}/rad/", written(when_said="når snøen smelter", who="trollmannen"))

    row = row_of(plan, keys_in(plan)[-1])
    assert (row.when_said, row.who_said, row.who, [timing.kind for timing in row.timings]) == (
        "når snøen smelter",
        "trollmannen",
        (),
        ["unset"],
    )


def test_row_is_split_in_parts_with_their_own_time(head: Client, plan: EnvironmentPlan) -> None:
    key = keys_in(plan)[0]
    parts = {"part_0_what": "Si det i klassen", "part_0_who": "kontaktlærer", "part_0_when": "Uke 36", "part_1_what": "Legg det på nett"}

    answer = head.post(f"/planen/utgave/{draft_of(plan).public_id}/skriv/rad/{key}/", written(time="words", **parts))

    row = row_of(plan, key)
    assert answer.status_code == 302
    assert [(part.what, part.who, [timing.kind for timing in part.timings]) for part in row.parts] == [
        ("Si det i klassen", ("contact_teacher",), ["window"]),
        ("Legg det på nett", (), []),
    ]


def test_row_changed_by_somebody_else_meanwhile_shows_both_texts(head: Client, plan: EnvironmentPlan, cast: Cast) -> None:
    key = keys_in(plan)[0]
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/rad/{key}/"
    page = head.get(address)
    seen = page.context["edit"].mark()
    head.post(address, written(what="Den andres tekst"))

    answer = head.post(address, written(what="Min tekst", seen_version=seen))

    assert answer.status_code == 409
    assert "Den" in answer.content.decode()
    assert "Min" in answer.content.decode()
    assert row_of(plan, key).what == "Den andres tekst"


def test_typed_text_is_there_again_after_the_page_was_left(head: Client, plan: EnvironmentPlan) -> None:
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/rad/{keys_in(plan)[0]}/"
    page = head.get(address)
    head.post(page.context["draft_url"], {"what": "Halvskrevet", "who": "rektor"})

    assert head.get(address).context["form"]["what"].value() == "Halvskrevet"


def test_row_is_moved_within_its_part_and_to_another_and_all_is_undone(head: Client, plan: EnvironmentPlan) -> None:
    first, second, *_rest = before = keys_in(plan)
    edition = draft_of(plan)
    other = content_from(edition.content).sections[1]
    address = f"/planen/utgave/{edition.public_id}/skriv"

    head.post(f"{address}/rad/{first}/flytt/", {"way": "down"})
    assert keys_in(plan)[:2] == [second, first]
    head.post(f"{address}/rad/{first}/flytt/", {"into": other.key})
    assert first in keys_in(plan, 1)
    assert first not in keys_in(plan)
    head.post(f"{address}/rad/{second}/ta-ut/")
    assert second not in keys_in(plan)
    for _time in range(3):
        head.post(f"{address}/angre/")
    assert keys_in(plan) == before


def test_parts_are_made_renamed_moved_and_taken_out(head: Client, plan: EnvironmentPlan) -> None:
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv"
    head.post(f"{address}/del/", {"title": "Nytt kapittel", "area": "prevent", "form": "table"})
    made = content_from(draft_of(plan).content).sections[-1]

    head.post(f"{address}/del/{made.key}/", {"title": "Kapittelet", "area": "prevent", "form": "text"})
    head.post(f"{address}/del/{made.key}/flytt/", {"way": "up"})
    assert [section.title for section in content_from(draft_of(plan).content).sections][-2] == "Kapittelet"
    head.post(f"{address}/del/{made.key}/ta-ut/")
    assert made.key not in [section.key for section in content_from(draft_of(plan).content).sections]


def test_part_with_rows_is_not_taken_out(head: Client, plan: EnvironmentPlan) -> None:
    first = content_from(draft_of(plan).content).sections[0]

    head.post(f"/planen/utgave/{draft_of(plan).public_id}/skriv/del/{first.key}/ta-ut/")

    assert content_from(draft_of(plan).content).sections[0].key == first.key


def test_rows_are_copied_from_the_library(head: Client, plan: EnvironmentPlan) -> None:
    edition = draft_of(plan)
    section = content_from(edition.content).sections[0].key
    address = f"/planen/utgave/{edition.public_id}/skriv/hent/?fra=mal:steinkjer"

    shown = head.get(address).content.decode()
    head.post(address, {"into": section, "row": ["stk-w7", "stk-w10"]})

    assert 'value="stk-w7"' in shown
    assert keys_in(plan)[-2:] == ["stk-w7", "stk-w10"]
    assert row_of(plan, "stk-w7").sources == ("STK-W7",)


def test_owners_change_is_shown_to_the_school_and_taken(head: Client, cast: Cast) -> None:
    owner, by = cast.actor("owner_handler"), cast.actor("head_teacher")
    guide = begin_plan(by=owner, place=cast.owner, content=small(ROW))
    put_edition_in_force(by=owner, edition=draft_of(guide), valid_from=today(), head=procedure_head())
    plan = begin_plan(by=by, place=cast.school, content=small(inherited(ROW)))
    edition = draft_of(plan)
    assert head.get(f"/planen/utgave/{edition.public_id}/skriv/").context["owner_changes"] == []

    newer = begin_edition(by=owner, plan=guide, content=small(replace(ROW, what="Gjøre rutinen kjent for alle")))
    assert head.get(f"/planen/utgave/{edition.public_id}/skriv/").context["owner_changes"] == []
    put_edition_in_force(by=owner, edition=newer, valid_from=today() + timedelta(days=1), head=procedure_head(2))
    page = head.get(f"/planen/utgave/{edition.public_id}/skriv/eier/").content.decode()
    head.post(f"/planen/utgave/{edition.public_id}/skriv/eier/", {"row": "felles-1", "answer": "take"})

    assert "Gjøre rutinen kjent for alle" in page
    assert (row_of(plan, "felles-1").what, row_of(plan, "felles-1").origin) == ("Gjøre rutinen kjent for alle", RowOrigin.INHERITED)
    assert head.get(f"/planen/utgave/{edition.public_id}/skriv/").context["owner_changes"] == []


@pytest.mark.parametrize("template", ["storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer"])
def test_each_of_the_five_plans_is_flagged_for_what_no_longer_holds(head: Client, cast: Cast, template: str) -> None:
    plan = begin_plan(by=cast.actor("head_teacher"), place=cast.school, template=template)

    page = head.get(f"/planen/utgave/{draft_of(plan).public_id}/skriv/")

    assert page.context["content"].outdated
    assert "Planen viser til noe som ikke gjelder lenger" in page.content.decode()


def test_plan_is_treated_put_in_force_and_compared_with_the_next(head: Client, plan: EnvironmentPlan, cast: Cast) -> None:
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=["environment_committee"], reviewers=[], shows_names=False)
    edition = draft_of(plan)
    address = f"/planen/utgave/{edition.public_id}/behandling"

    head.post(f"{address}/send/")
    early = head.post(f"{address}/i-kraft/", {"valid_from": today().isoformat()})
    head.post(f"{address}/", {"body": "environment_committee", "outcome": "approved", "answered_on": today().isoformat(), "text": "Ja"})
    done = head.post(f"{address}/i-kraft/", {"valid_from": today().isoformat()})
    head.post(f"/planen/{plan.public_id}/ny-utgave/")
    key = keys_in(plan)[0]
    head.post(f"/planen/utgave/{draft_of(plan).public_id}/skriv/rad/{key}/", written(what="Noe helt nytt"))
    compared = head.get(f"/planen/utgave/{draft_of(plan).public_id}/forskjell/").content.decode()

    assert early.status_code == 422
    assert (done.status_code, PlanEdition.objects.get(pk=edition.pk).state) == (302, EditionState.IN_FORCE)
    assert "Noe helt nytt" in compared
    assert "<del>" in compared
    row = row_of(plan, keys_in(plan)[1])
    shown = shown_change(RowChange("changed", row.key, row, replace(row, how=f"Først. {row.how}"), ("how",)))
    assert [piece for _name, _old, new in shown.lines for piece in new if piece.is_own] == [Piece("Først. ", is_own=True)]
    assert head.get(f"/planen/{plan.public_id}/").context["edition"].number == 1


def test_treatment_says_that_nobody_is_chosen_only_until_somebody_is_asked(head: Client, plan: EnvironmentPlan, cast: Cast) -> None:
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=[], reviewers=[], shows_names=False)
    address = f"/planen/utgave/{draft_of(plan).public_id}/behandling/"

    pages = [head.get(address), head.post(f"{address}spor/", {"body": "environment_committee"}) and head.get(address)]

    assert ["Ingen er valgt til å behandle planen" in page.content.decode() for page in pages] == [True, False]


def test_evaluation_is_closed_when_all_have_answered(head: Client, plan: EnvironmentPlan, cast: Cast) -> None:
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=[], reviewers=["pupil_council"], shows_names=False)
    head.post(f"/planen/{plan.public_id}/evaluering/", {"year": "2026/2027"})
    review = PlanReview.objects.get()
    address = f"/planen/evaluering/{review.public_id}"

    early = head.post(f"{address}/avslutt/", {"learned": "Mye"})
    head.post(
        f"/planen/evaluering/svar/{review.answers.get().public_id}/",
        {"outcome": "noted", "answered_on": today().isoformat(), "text": "Mer ute"},
    )
    head.post(f"{address}/forslag/", {"text": "Mer uteskole", "row_key": ""})
    proposal = review.proposals.get()
    head.post(f"{address}/forslag/{proposal.public_id}/", {"answer": "no", "reason": ""})
    assert review.proposals.get().is_taken is None
    head.post(f"{address}/forslag/{proposal.public_id}/", {"answer": "take"})
    done = head.post(f"{address}/avslutt/", {"learned": "Mye"})

    assert (early.status_code, done.status_code) == (422, 302)
    assert review.proposals.get().is_taken is True
    assert PlanReview.objects.get().closed_on == today()


PAGES = ("skriv/", "skriv/hent/", "skriv/tittel/", "skriv/del/", "skriv/eier/", "behandling/", "forskjell/", "")


@pytest.mark.parametrize("name", ["head_teacher_elsewhere", "pupil", "guardian", "other_owner_handler", "technical_admin"])
def test_draft_is_not_there_for_those_who_do_not_work_at_the_school(cast: Cast, plan: EnvironmentPlan, name: str) -> None:
    client = sign_in(cast, name)

    found = {client.get(f"/planen/utgave/{draft_of(plan).public_id}/{page}").status_code for page in PAGES}

    assert found <= {403, 404}
    assert client.get(f"/planen/{plan.public_id}/").status_code in {403, 404}


def test_teacher_reads_the_draft_but_does_not_write_in_it(cast: Cast, plan: EnvironmentPlan) -> None:
    teacher = sign_in(cast, "teacher_without_relation")
    edition = draft_of(plan)

    assert teacher.get(f"/planen/utgave/{edition.public_id}/").status_code == 200
    assert teacher.get(f"/planen/utgave/{edition.public_id}/skriv/").status_code == 403
    assert teacher.post(f"/planen/utgave/{edition.public_id}/skriv/rad/sto-m1/ta-ut/").status_code == 403


def test_plan_in_force_elsewhere_has_no_page_here(cast: Cast, plan: EnvironmentPlan) -> None:
    put_edition_in_force(by=cast.actor("head_teacher"), edition=draft_of(plan), valid_from=today())

    assert sign_in(cast, "head_teacher_elsewhere").get(f"/planen/{plan.public_id}/").status_code in {403, 404}


@pytest.mark.parametrize("page", ["skriv/", "skriv/rad/sto-f13/", "skriv/hent/?fra=mal:steinkjer", "behandling/", "forskjell/", ""])
def test_pages_ask_at_most_25_questions(head: Client, plan: EnvironmentPlan, page: str, django_assert_max_num_queries: Any) -> None:
    head.get("/planen/")
    with django_assert_max_num_queries(25):
        answer = head.get(f"/planen/utgave/{draft_of(plan).public_id}/{page}")

    assert answer.status_code == 200


def test_new_words_mean_a_new_time_and_the_same_words_keep_it(head: Client, plan: EnvironmentPlan) -> None:
    key = "sto-f13"
    address = f"/planen/utgave/{draft_of(plan).public_id}/skriv/rad/{key}/"
    before = row_of(plan, key)

    head.post(address, written(time="keep", when_said=before.when_said))
    kept = row_of(plan, key).timings
    head.post(address, written(time="keep", when_said="hver måned"))

    assert kept == before.timings
    assert [timing.kind for timing in row_of(plan, key).timings] == ["monthly"]
