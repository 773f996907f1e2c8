"""What an owner keeps for its schools: the head of its procedure, its yearly evaluation, local regulations, and other plans."""

from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from aktsom.core.access.actor import system_actor
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.plans.access import get_resource
from aktsom.plans.models import EnvironmentPlan, PlanEdition, PlanResource, PlanReview
from aktsom.plans.rules.content import RowOrigin, content_from
from aktsom.plans.rules.editions import Outcome, ProcedureHead, bodies_of, obstacles_to_approving
from aktsom.plans.rules.resources import obstacles_to_renewing
from aktsom.plans.selectors.resources import help_offered, items_of, strategies_of, versions_of
from aktsom.plans.selectors.writing import changes_by_owner
from aktsom.plans.services import (
    answer_review,
    arrange_plan,
    begin_edition,
    begin_plan,
    begin_review,
    close_review,
    end_resource,
    keep_resource,
    put_edition_in_force,
    renew_resource,
)
from aktsom.plans.tests.factories import procedure_head
from aktsom.schools.models import School
from tests.cast import Cast
from tests.signed_in import sign_in

OWNERS_FOUR = ["staff_meetings", "planning_day", "head_network", "head_group"]
DAY = date(2026, 11, 20)
WHOLE = ProcedureHead("Skolesjefen", DAY, None, "7", "1")


@pytest.fixture
def draft(cast: Cast) -> PlanEdition:
    return begin_plan(by=cast.actor("owner_handler"), place=cast.owner, template="steinkjer").editions.get()


def codes(head: ProcedureHead, *, is_first: bool = True) -> list[str]:
    return [item.code for item in obstacles_to_approving(head, is_first=is_first, today=DAY)]


def test_head_of_a_procedure_needs_approver_days_and_numbers() -> None:
    assert codes(WHOLE) == []
    assert codes(ProcedureHead()) == ["approver", "approved_on", "procedure_number", "revision_number"]
    assert codes(replace(WHOLE, approver="  ")) == ["approver"]
    assert codes(WHOLE, is_first=False) == ["revised_on"]
    assert codes(replace(WHOLE, revised_on=DAY), is_first=False) == []
    assert codes(replace(WHOLE, approved_on=DAY + timedelta(days=1))) == ["to_come"]


@pytest.mark.django_db
def test_pln_12_guide_is_approved_with_its_head_and_shows_it_everywhere(client: Client, cast: Cast, draft: PlanEdition) -> None:
    owner, place = sign_in(cast, "owner_handler"), f"/planen/utgave/{draft.public_id}/behandling/"
    said = {"valid_from": today(), "approver": "Skolesjefen", "approved_on": today(), "procedure_number": "7", "revision_number": "3"}

    without = owner.post(f"{place}i-kraft/", {**said, "approver": ""})
    done = owner.post(f"{place}i-kraft/", said)

    assert without.status_code == 422
    assert done.status_code == 302
    open_page = f"/skoleeier/{cast.owner.org_number}/veileder/"
    for page in (client.get(open_page), owner.get(f"/planen/{draft.plan.public_id}/"), owner.get(f"/planen/utgave/{draft.public_id}/")):
        text = page.content.decode()
        assert [word in text for word in ("Godkjent av", "Skolesjefen", "Godkjent dato", "Prosedyre nr.", "Revisjon nr.")] == [True] * 5
        assert "Sist revidert" not in text  # the first edition has not been revised
    paper = "\n".join(page.extract_text() for page in PdfReader(BytesIO(client.get(f"{open_page}veileder.pdf").content)).pages)
    assert [word in paper for word in ("Godkjent av", "Skolesjefen", "Prosedyre nr.", "Dette gjelder alltid")] == [True] * 4


@pytest.mark.django_db
def test_next_edition_of_a_guide_says_when_it_was_revised_and_begins_with_the_number_before(cast: Cast, draft: PlanEdition) -> None:
    by, owner = cast.actor("owner_handler"), sign_in(cast, "owner_handler")
    put_edition_in_force(by=by, edition=draft, valid_from=today() - timedelta(days=9), head=replace(procedure_head(), revised_on=None))
    newer = begin_edition(by=by, plan=draft.plan)

    form = owner.get(f"/planen/utgave/{newer.public_id}/behandling/").context["force_form"]
    with pytest.raises(Refused, match="sist ble revidert"):
        put_edition_in_force(by=by, edition=newer, valid_from=today(), head=replace(procedure_head(2), revised_on=None))
    put_edition_in_force(by=by, edition=newer, valid_from=today(), head=procedure_head(2))

    assert (form.initial["approver"], form.initial["procedure_number"], form.initial["revision_number"]) == ("Skolesjefen", "7", 2)
    open_page = f"/skoleeier/{cast.owner.org_number}/veileder/"
    assert "Sist revidert" in Client().get(open_page).content.decode()
    assert "Sist revidert" not in Client().get(f"{open_page}utgave/1/").content.decode()  # each edition keeps its own head


@pytest.mark.django_db
def test_plan_of_a_school_is_put_in_force_without_the_head_of_a_procedure(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    edition = begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar").editions.get()

    assert "Prosedyre nr." not in head.get(f"/planen/utgave/{edition.public_id}/behandling/").content.decode()
    assert head.post(f"/planen/utgave/{edition.public_id}/behandling/i-kraft/", {"valid_from": today()}).status_code == 302


def test_bodies_of_an_owner_and_of_a_school_are_their_own() -> None:
    owners, schools = [code for code, _name in bodies_of(is_owner=True)], [code for code, _name in bodies_of(is_owner=False)]

    assert owners[:4] == OWNERS_FOUR
    assert set(OWNERS_FOUR) & set(schools) == set()
    assert "environment_committee" not in owners


def second_school(cast: Cast) -> School:
    """A second school of the same owner, with nobody in it."""
    words = {"org_number": "911111110", "slug": "ekstra", "name": "Ekstra skole", "public_id": "ekstraskole1"}
    made = copy(cast.school)
    made.pk = made.id = None
    for name, value in words.items():
        setattr(made, name, value)
    with unit_of_work(system_actor("test"), "test"):
        made.save(force_insert=True)
    return made


@pytest.mark.django_db
def test_pln_17_owner_decides_on_a_revision_when_every_schools_meetings_network_and_heads_have_answered(
    cast: Cast, draft: PlanEdition
) -> None:
    owner, head, plan = sign_in(cast, "owner_handler"), sign_in(cast, "head_teacher"), draft.plan
    put_edition_in_force(by=cast.actor("owner_handler"), edition=draft, valid_from=today(), head=procedure_head())
    assert plan.wanted_reviewers == OWNERS_FOUR
    first, second = cast.school.name, second_school(cast).name

    begun = owner.post(f"/planen/{plan.public_id}/evaluering/", {"year": "2026/2027"})
    review = PlanReview.objects.get()
    place = f"/planen/evaluering/{review.public_id}/"
    assert begun.headers["Location"] == place
    asked = list(review.answers.order_by("id").values_list("body", "school__name"))
    assert sorted(asked, key=str) == sorted(
        [*((body, name) for body in OWNERS_FOUR[:2] for name in (first, second)), *((body, None) for body in OWNERS_FOUR[2:])], key=str
    )
    assert f"Personalmøtet ved {first} har ikke svart ennå." in owner.get(place).content.decode()
    for answer in review.answers.order_by("id"):
        assert owner.post(f"{place}avslutt/", {"learned": "Mer tid til miljøet.", "decided": "revise"}).status_code == 422
        writer = head if answer.school and answer.school.name == first else owner  # what was said at a school it writes in itself
        outcome = "declined" if answer.body == "planning_day" else "noted"
        said = {"outcome": outcome, "answered_on": today(), "text": "Vi har snakket om det."}
        assert writer.post(f"/planen/evaluering/svar/{answer.public_id}/", said).status_code == 302
    assert owner.post(f"{place}avslutt/", {"learned": "Mer tid til miljøet."}).status_code == 422  # what was decided is asked for
    done = owner.post(f"{place}avslutt/", {"learned": "Mer tid til miljøet.", "decided": "revise"})

    review.refresh_from_db()
    assert (done.status_code, review.closed_on, review.is_to_be_revised) == (302, today(), True)
    page = owner.get(place).content.decode()
    assert "Veilederen skal revideres" in page
    assert "Personalmøtene ved skolene: 2 av 2 har svart" in page
    assert f'action="/planen/{plan.public_id}/ny-utgave/"' in page


@pytest.mark.django_db
def test_school_is_asked_on_its_own_pages_and_answers_for_itself_alone(cast: Cast, draft: PlanEdition) -> None:
    by, head = cast.actor("head_teacher"), sign_in(cast, "head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template="storhamar").editions.get(), valid_from=today())
    put_edition_in_force(by=cast.actor("owner_handler"), edition=draft, valid_from=today(), head=procedure_head())
    own = EnvironmentPlan.objects.get(school=cast.school)
    second_school(cast)
    review = begin_review(by=cast.actor("owner_handler"), plan=draft.plan, year="2026/2027")
    mine, others = review.answers.filter(school=cast.school).order_by("id")[0], review.answers.exclude(school=cast.school).order_by("id")[0]
    address = f"/planen/evaluering/svar/{mine.public_id}/"

    assert f'href="{address}"' in head.get("/").content.decode()
    tab = head.get(f"/planen/{own.public_id}/evaluering/").content.decode()
    assert (f'href="{address}"' in tab, others.public_id in tab) == (True, False)
    assert head.get(address).status_code == 200
    assert head.get(f"/planen/evaluering/svar/{others.public_id}/").status_code == 404
    assert [sign_in(cast, name).get(address).status_code for name in ("head_teacher_elsewhere", "other_owner_handler")] == [404, 404]
    assert [sign_in(cast, name).get(address).status_code for name in ("contact_teacher", "guardian")] == [403, 403]

    for answer in review.answers.filter(school=cast.school):
        head.post(f"/planen/evaluering/svar/{answer.public_id}/", {"outcome": "noted", "answered_on": today(), "text": "Godt."})

    assert "/planen/evaluering/svar/" not in head.get("/").content.decode()


@pytest.mark.django_db
def test_evaluation_of_a_guide_is_not_closed_without_a_decision_and_a_schools_needs_none(cast: Cast, draft: PlanEdition) -> None:
    by = cast.actor("owner_handler")
    arrange_plan(by=by, plan=draft.plan, treatments=[], reviewers=["head_group"], shows_names=False)
    review = begin_review(by=by, plan=EnvironmentPlan.objects.get(owner=cast.owner), year="2026/2027")
    answer_review(by=by, answer=review.answers.get(), outcome=Outcome.NOTED, answered_on=today())
    head: Any = cast.actor("head_teacher")
    schools = begin_review(by=head, plan=begin_plan(by=head, place=cast.school, template="storhamar"), year="2026/2027")

    with pytest.raises(Refused, match="skal revideres"):
        close_review(by=by, review=review, learned="Lite")
    close_review(by=by, review=review, learned="Lite", is_to_be_revised=False)
    close_review(by=head, review=schools, learned="Mye")

    assert (review.is_to_be_revised, schools.is_to_be_revised) == (False, None)
    assert "Veilederen står som den er" in sign_in(cast, "owner_handler").get(f"/planen/evaluering/{review.public_id}/").content.decode()


@pytest.mark.django_db
def test_evaluation_of_a_guide_is_out_of_reach_for_the_schools_and_other_owners(cast: Cast, draft: PlanEdition) -> None:
    review = begin_review(by=cast.actor("owner_handler"), plan=draft.plan, year="2026/2027")

    for name in ("head_teacher", "other_owner_handler", "guardian"):
        assert sign_in(cast, name).get(f"/planen/evaluering/{review.public_id}/").status_code in {403, 404}
    assert sign_in(cast, "owner_handler").get(f"/planen/evaluering/{review.public_id}/").status_code == 200


def regulation_of(cast: Cast, **said: Any) -> PlanResource:
    words = {"kind": "regulation", "theme": "participation", "title": "Forskrift om skoleregler", "text": "Vi møter presis."}
    return keep_resource(by=cast.actor("owner_handler"), place=cast.owner, **words | {"valid_from": date(2024, 8, 1)} | said)


@pytest.mark.parametrize(
    ("kind", "is_replaced", "valid_from", "amount"),
    [
        ("regulation", False, date(2026, 8, 1), 0),
        ("resource", False, date(2026, 8, 1), 1),
        ("regulation", True, date(2026, 8, 1), 1),
        ("regulation", False, date(2024, 8, 1), 1),
        ("resource", True, date(2024, 7, 31), 3),
    ],
)
def test_text_is_followed_by_a_later_one_once(kind: str, is_replaced: bool, valid_from: date, amount: int) -> None:
    found = obstacles_to_renewing(kind=kind, is_replaced=is_replaced, earlier_from=date(2024, 8, 1), valid_from=valid_from)

    assert len(found) == amount


@pytest.mark.django_db
def test_own_07_regulation_is_versioned_and_the_earlier_text_can_be_read_with_its_days(client: Client, cast: Cast) -> None:
    first = regulation_of(cast, edition="Vedtatt 2024")
    owner, place = sign_in(cast, "owner_handler"), f"/planen/ressurser/{first.public_id}/ny-utgave/"
    said = {"text": "Vi møter presis og hilser.", "edition": "Vedtatt 2026", "valid_from": today()}

    early = owner.post(place, said | {"valid_from": date(2024, 8, 1)})
    done = owner.post(place, said)
    twice = owner.post(place, said | {"valid_from": today() + timedelta(days=1)})

    newer = PlanResource.objects.get(replaces=first)
    first.refresh_from_db()
    assert (early.status_code, done.status_code, twice.status_code) == (422, 302, 422)
    assert (first.valid_until, newer.title, newer.kind) == (today() - timedelta(days=1), first.title, "regulation")
    now, before = (
        client.get(f"/forskrift/{newer.public_id}/").content.decode(),
        client.get(f"/forskrift/{first.public_id}/").content.decode(),
    )
    assert "Vi møter presis og hilser." in now
    assert f"/forskrift/{first.public_id}/" in now
    assert "Vi møter presis." in before
    assert "Gjaldt fra" in before
    assert [each.public_id for each in versions_of(first)] == [newer.public_id, first.public_id]
    assert [item.public_id for item in items_of(cast.school) if item.public_id] == [newer.public_id]
    assert strategies_of(cast.owner.pk) == [newer]


@pytest.mark.django_db
def test_regulation_that_begins_later_stands_beside_the_one_that_holds_and_is_taken_down_again(cast: Cast) -> None:
    first = regulation_of(cast)
    by = cast.actor("owner_handler")
    newer = renew_resource(by=by, resource=first, valid_from=today() + timedelta(days=30), text="Nye regler.")
    assert {item.public_id for item in items_of(cast.school) if item.public_id} == {first.public_id, newer.public_id}
    assert "Kommer til å gjelde fra" in Client().get(f"/forskrift/{newer.public_id}/").content.decode()

    end_resource(by=by, resource=newer)

    first.refresh_from_db()
    assert first.valid_until is None
    assert Client().get(f"/forskrift/{newer.public_id}/").status_code == 404
    renew_resource(by=by, resource=first, valid_from=today() + timedelta(days=30), text="Nye regler.")


@pytest.mark.django_db
def test_regulation_is_read_by_all_and_written_by_its_owner_alone_and_a_strategy_is_not_open(client: Client, cast: Cast) -> None:
    rules, strategy = regulation_of(cast), regulation_of(cast, kind="strategy", title="Inkludering for alle")

    assert client.get(f"/forskrift/{rules.public_id}/").status_code == 200
    assert client.get(f"/forskrift/{strategy.public_id}/").status_code == 404
    for name in ("head_teacher", "other_owner_handler", "guardian"):
        assert sign_in(cast, name).post(f"/planen/ressurser/{rules.public_id}/ny-utgave/", {"text": "x"}).status_code in {403, 404}
    with pytest.raises(OutOfReach):
        get_resource(cast.actor("head_teacher_elsewhere"), "plan.edit", strategy.public_id)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_pln_28_plan_leads_on_to_other_plans_with_name_address_and_who_keeps_them(client: Client, cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    edition = begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar").editions.get()
    put_edition_in_force(by=cast.actor("head_teacher"), edition=edition, valid_from=today())
    rules = regulation_of(cast)
    said = {
        "kind": "neighbour",
        "theme": "environment",
        "title": "Beredskapsplan",
        "address": "https://beredskap.invalid/",
        "publisher": "Rektor",
    }
    page = f"/skole/{cast.school.slug}/plan/"
    assert "Beredskapsplan" not in client.get(page).content.decode()

    assert head.post(f"/planen/ressurser/ny/skole/{cast.school.public_id}/", said).status_code == 302

    shown = client.get(page).content.decode()
    assert [word in shown for word in ("Beredskapsplan", 'href="https://beredskap.invalid/"', "Rektor", rules.title)] == [True] * 4
    paper = "\n".join(each.extract_text() for each in PdfReader(BytesIO(client.get(f"{page}plan.pdf").content)).pages)
    word = "\n".join(each.text for each in Document(BytesIO(client.get(f"{page}plan.docx").content)).paragraphs)
    for text in (paper, word):
        assert "Dette gjelder alltid" in text
        assert "Beredskapsplan – Rektor" in text
        assert "https://beredskap.invalid/" in text


@pytest.mark.django_db
def test_plan_of_another_school_does_not_lead_on_to_this_schools_plans(client: Client, cast: Cast) -> None:
    said = {"kind": "neighbour", "theme": "environment", "title": "Beredskapsplan", "address": "https://beredskap.invalid/"}
    keep_resource(by=cast.actor("head_teacher"), place=cast.school, **said)
    by = cast.actor("head_teacher_elsewhere")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.other_school, template="storhamar").editions.get(), valid_from=today())

    assert "Beredskapsplan" not in client.get(f"/skole/{cast.other_school.slug}/plan/").content.decode()


@pytest.mark.django_db
def test_own_04_help_the_owner_offers_stands_in_the_schools_library_and_where_help_is_asked_for_in_a_case(cast: Cast) -> None:
    owner, head, elsewhere = sign_in(cast, "owner_handler"), sign_in(cast, "head_teacher"), sign_in(cast, "head_teacher_elsewhere")
    said = {
        "kind": "help",
        "theme": "vulnerable",
        "title": "Råd fra PP-tjenesten",
        "text": "Ring onsdager. Ingen navn trengs.",
        "publisher": "PPT",
    }
    assert head.post(f"/planen/ressurser/ny/skole/{cast.school.public_id}/", said).status_code == 422  # a school offers the others nothing

    assert owner.post(f"/planen/ressurser/ny/eier/{cast.owner.public_id}/", said).status_code == 302

    library = head.get(f"/planen/ressurser/{cast.school.public_id}/").content.decode()
    assert library.count("Råd fra PP-tjenesten") == 1
    assert "Hjelp dere kan få fra eieren" in library
    assert "Råd fra PP-tjenesten" not in elsewhere.get(f"/planen/ressurser/{cast.other_school.public_id}/").content.decode()
    assert "Råd fra PP-tjenesten" not in Client().get(f"/skole/{cast.school.slug}/les-mer/").content.decode()
    assert [item.title for item in help_offered(cast.owner.pk)] == ["Råd fra PP-tjenesten"]
    assert help_offered(cast.other_owner.pk) == []


@pytest.mark.django_db
def test_school_begins_from_its_owners_guide_and_every_row_follows_the_owner(cast: Cast, draft: PlanEdition) -> None:
    put_edition_in_force(by=cast.actor("owner_handler"), edition=draft, valid_from=today(), head=procedure_head())
    head, place = sign_in(cast, "head_teacher"), f"/planen/ny/skole/{cast.school.public_id}/"
    code = f"eier:{draft.public_id}"
    elsewhere = sign_in(cast, "head_teacher_elsewhere").get(f"/planen/ny/skole/{cast.other_school.public_id}/").content.decode()

    offered = head.get(place).content.decode()
    begun = head.post(place, {"template": code})

    assert (f'value="{code}" id="mal-eier" checked' in offered, code in elsewhere) == (True, False)
    mine = EnvironmentPlan.objects.get(school=cast.school).editions.get()
    assert begun.headers["Location"] == f"/planen/utgave/{mine.public_id}/skriv/"
    rows = [row for _section, row in content_from(mine.content).rows()]
    assert {row.origin for row in rows} == {RowOrigin.INHERITED}
    assert changes_by_owner(mine.plan, content_from(mine.content)) == []
    assert head.get(begun.headers["Location"]).content.decode().count("Fra eieren") == len(rows)
