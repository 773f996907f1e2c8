"""Resources by theme, shown where needed, doubtful links pointed out; the six areas; how a plan fits with the owner's texts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.plans.models import AddressCheck, AreaLook, EnvironmentPlan, PlanConformity, PlanResource
from aktsom.plans.rules.content import PlanContent, Section, as_plain, row_from
from aktsom.plans.rules.duty_roles import BY_CODE
from aktsom.plans.rules.inheriting import copied
from aktsom.plans.rules.resources import LinkStanding, ResourceTheme, fitting, standing_of_link
from aktsom.plans.selectors.areas import areas, areas_as_content, seen_areas
from aktsom.plans.selectors.editions import content_of
from aktsom.plans.selectors.resources import common_items, for_task, library_of, offered_with
from aktsom.plans.services import begin_plan, keep_resource, look_at_areas, put_edition_in_force, say_conformity, say_of_address
from aktsom.schools.selectors import current_year
from tests.cast import BUILDER, Cast
from tests.signed_in import sign_in

HAUG = "https://www.udir.no/laring-og-trivsel/skolemiljo/"


def titles(library: list[tuple[str, list[Any]]]) -> set[str]:
    return {shown.item.title for _theme, found in library for shown in found}


def test_common_resources_cover_every_theme_with_safe_addresses() -> None:
    items = common_items()

    assert {item.theme for item in items} == {theme.value for theme in ResourceTheme}
    assert len({item.code for item in items}) == len(items) >= 20
    assert all(item.address.startswith("https://") and item.publisher and item.words and item.audiences for item in items)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Opplæring av elevrådet", "elevradshandboka"),
        ("Kartlegging med relasjonssirkelen", "uis"),
        ("Foreldremøte om klassemiljøet", "udir-foreldre"),
        ("Tema: nettvett", "dubestemmer"),
    ],
)
def test_resource_fits_the_task_that_needs_it(text: str, code: str) -> None:
    assert code in [item.code for item in fitting(common_items(), text)]


def test_task_nothing_fits_gets_nothing() -> None:
    assert fitting(common_items(), "Sykkeltur") == []


@pytest.mark.parametrize(
    ("days", "works", "expected"),
    [
        (None, True, LinkStanding.UNTRIED),
        (0, True, "works"),
        (365, True, "works"),
        (366, True, "old"),
        (0, False, "broken"),
        (400, False, "broken"),
    ],
)
def test_link_is_doubtful_when_it_failed_or_was_long_ago(days: int | None, works: bool, expected: str) -> None:
    on = date(2026, 11, 21)

    assert standing_of_link(checked_on=None if days is None else on - timedelta(days=days), works=works, today=on) == expected


@pytest.mark.django_db
def test_broken_link_is_pointed_out_and_left_out_of_tasks(cast: Cast) -> None:
    address = next(item.address for item in common_items() if item.code == "elevradshandboka")
    client = sign_in(cast, "contact_teacher")
    place = f"/planen/ressurser/{cast.school.public_id}/"
    assert [item.code for item in for_task(cast.school, "Møte i elevrådet")] == ["elevradshandboka"]

    assert client.post(f"{place}prove/", {"adresse": address, "svar": "nei"}).status_code == 302

    assert "Lenken virker ikke" in client.get(place).content.decode()
    assert for_task(cast.school, "Møte i elevrådet") == []
    client.post(f"{place}prove/", {"adresse": address, "svar": "virker"})
    assert "Lenken virker ikke" not in client.get(place).content.decode()
    check = AddressCheck.objects.get()
    assert (check.checked_on, check.works, check.said_by) == (today(), True, cast.person("contact_teacher"))
    assert client.post(f"{place}prove/", {"adresse": "https://example.invalid/", "svar": "nei"}).status_code == 404


@pytest.mark.django_db
def test_school_puts_up_its_own_and_takes_it_down(cast: Cast) -> None:
    head, place = sign_in(cast, "head_teacher"), f"/planen/ressurser/ny/skole/{cast.school.public_id}/"
    sent = {
        "title": "Sjekkliste for klassens time",
        "kind": "resource",
        "theme": "classroom",
        "address": "",
        "text": "Begynn med en runde.",
        "audiences": ["pupils"],
    }

    assert head.get(place).status_code == 200
    assert head.post(place, sent | {"text": ""}).status_code == 422
    assert head.post(place, sent | {"address": "javascript:alert(1)"}).status_code == 422
    assert head.post(place, sent | {"kind": "strategy"}).status_code == 422  # only the owner has strategies
    assert head.post(place, sent).status_code == 302

    assert (
        "Sjekkliste for klassens time"
        in sign_in(cast, "contact_teacher").get(f"/planen/ressurser/{cast.school.public_id}/").content.decode()
    )
    assert sign_in(cast, "contact_teacher").post(place, sent).status_code == 403
    assert "Sjekkliste for klassens time" in Client().get(f"/skole/{cast.school.slug}/les-mer/").content.decode()
    resource = PlanResource.objects.get()
    assert sign_in(cast, "head_teacher_elsewhere").post(f"/planen/ressurser/{resource.public_id}/ta-bort/").status_code in {403, 404}
    assert head.post(f"/planen/ressurser/{resource.public_id}/ta-bort/").status_code == 302
    assert "Sjekkliste" not in Client().get(f"/skole/{cast.school.slug}/les-mer/").content.decode()


@pytest.mark.django_db
def test_families_see_what_is_for_them_and_not_what_is_for_staff(cast: Cast) -> None:
    keep_resource(
        by=cast.actor("head_teacher"), place=cast.school, title="Bare for oss", kind="resource", theme="classroom", text="Internt."
    )

    with CaptureQueriesContext(connection) as reads:
        page = Client().get(f"/skole/{cast.school.slug}/les-mer/").content.decode()

    assert ("Hjelp når du ikke har det bra på skolen" in page, "Elevrådshåndboka" in page) == (True, True)
    assert ("Bare for oss" in page, "Slik kan skolen handtere" in page) == (False, False)
    assert len(reads) <= 8
    assert titles(library_of(cast.school, audience="guardians")) < titles(library_of(cast.school))


@pytest.mark.django_db
def test_owners_strategy_is_seen_by_its_schools_alone_and_answered_for_the_edition(cast: Cast) -> None:
    owner, head = cast.actor("owner_handler"), cast.actor("head_teacher")
    place = f"/planen/ressurser/ny/eier/{cast.owner.public_id}/"
    sent = {
        "title": "Strategi for inkludering",
        "kind": "strategy",
        "theme": "culture",
        "address": "https://example.invalid/strategi",
        "edition": "2. utgave",
        "valid_from": "2026-08-01",
    }
    assert sign_in(cast, "owner_handler").post(place, sent).status_code == 302
    resource = PlanResource.objects.get()
    edition = begin_plan(by=head, place=cast.school, template="storhamar").editions.get()
    client = sign_in(cast, "head_teacher")
    address = f"/planen/utgave/{edition.public_id}/behandling/foringer/"

    assert "Strategi for inkludering" in client.get(address).content.decode()
    assert client.post(address, {f"tekst_{resource.public_id}": "Alle tiltak i del 2 bygger på den."}).status_code == 302

    said = PlanConformity.objects.get()
    assert (said.edition, said.resource, said.statement) == (edition, resource, "Alle tiltak i del 2 bygger på den.")
    assert "Strategi for inkludering" in client.get(f"/planen/ressurser/{cast.school.public_id}/").content.decode()
    assert "Strategi for inkludering" not in titles(library_of(cast.other_school))
    put_edition_in_force(by=head, edition=edition, valid_from=today())
    with pytest.raises(Refused):
        say_conformity(by=head, edition=type(edition).objects.get(pk=edition.pk), resource=resource, statement="For sent.")
    assert owner.own_id == resource.added_by_id


def test_each_area_has_marks_and_measures_that_somebody_does_at_a_time_that_is_understood() -> None:
    found = areas()

    assert [area.code for area in found] == ["ledelse", "relasjoner", "klasseledelse", "læring", "medvirkning", "hjem"]
    assert [len(area.marks) for area in found] == [6] * 6
    assert [len(area.measures) for area in found] == [5, 6, 6, 6, 6, 5]
    rows = [row for _section, row in areas_as_content().rows()]
    assert all(row.timings and row.who and set(row.who) <= set(BY_CODE) for row in rows)
    assert len({row.key for row in rows}) == len(rows)


@pytest.mark.django_db
def test_school_says_where_it_is_and_sees_what_it_said_last_year(cast: Cast) -> None:
    year = current_year(cast.school.pk, today())
    assert year is not None
    head, place = sign_in(cast, "head_teacher"), f"/planen/omrader/{cast.school.public_id}/"
    with unit_of_work(BUILDER, "test"):
        AreaLook.objects.create(school=cast.school, year="2025/2026", mark="hjem.jevnt", level="not_yet", written_at="2026-01-01T10:00Z")

    assert head.get(place).status_code == 200
    assert head.post(place, {"hjem.jevnt": "yes", "ledelse.tillit": "partly"}).status_code == 302
    assert head.post(place, {"hjem.jevnt": "yes", "ledelse.tillit": ""}).status_code == 302
    assert head.post(place, {"hjem.jevnt": "tull"}).status_code == 422

    assert list(AreaLook.objects.filter(year=year.name).values_list("mark", "level")) == [("hjem.jevnt", "yes")]
    seen = {mark.mark.code: mark for area in seen_areas(cast.school, year=year.name, before="2025/2026") for mark in area.marks}
    assert (seen["hjem.jevnt"].level, seen["hjem.jevnt"].before) == ("yes", "Ikke ennå")
    assert sign_in(cast, "contact_teacher").get(place).status_code == 403
    assert sign_in(cast, "head_teacher_elsewhere").get(place).status_code == 404
    assert look_at_areas(by=cast.actor("head_teacher"), school=cast.school, year=year.name, levels={}) == 1


@pytest.mark.django_db
def test_measure_of_an_area_is_taken_into_the_plan(cast: Cast) -> None:
    edition = begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar").editions.get()
    head, address = sign_in(cast, "head_teacher"), f"/planen/utgave/{edition.public_id}/skriv/hent/?fra=omrader"

    assert "Arbeide med miljøet i klassen i klassens time" in head.get(address).content.decode()
    into = content_of(edition).sections[1].key
    assert head.post(address, {"into": into, "row": ["omr-relasjoner-klassemiljø"]}).status_code == 302

    edition.refresh_from_db()
    row = content_of(edition).row("omr-relasjoner-klassemiljø")
    assert row is not None
    assert (row.who, row.per.value, bool(row.timings)) == (("contact_teacher",), "group", True)
    assert row.copied_from == "Seks områder for et inkluderende fellesskap"


@pytest.mark.django_db
def test_address_is_tried_by_who_works_at_the_school_alone(cast: Cast) -> None:
    for name in ("pupil", "guardian", "head_teacher_elsewhere"):
        with pytest.raises((NotAllowed, OutOfReach)):
            say_of_address(by=cast.actor(name), school=cast.school, address=HAUG, works=False)
    assert AddressCheck.objects.count() == 0


@pytest.mark.django_db
def test_whole_plan_of_another_school_is_the_beginning_and_every_row_says_where_it_came_from(cast: Cast) -> None:
    head, elsewhere = cast.actor("head_teacher"), sign_in(cast, "head_teacher_elsewhere")
    plan = begin_plan(by=head, place=cast.school, template="storhamar")
    place = f"/planen/ny/skole/{cast.other_school.public_id}/"
    draft = plan.editions.get()
    assert f"{cast.school}, utgave 1" not in elsewhere.get(place).content.decode()  # a draft is nobody else's
    put_edition_in_force(by=head, edition=draft, valid_from=today())

    assert f"{cast.school}, utgave 1" in elsewhere.get(place).content.decode()
    assert elsewhere.post(place, {"template": f"skole:{draft.public_id}"}).status_code == 302

    own = content_of(EnvironmentPlan.objects.get(school=cast.other_school).editions.get())
    theirs = content_of(draft)
    assert [row.key for _section, row in own.rows()] == [row.key for _section, row in theirs.rows()]
    assert {row.copied_from for _section, row in own.rows()} == {f"{cast.school}, utgave 1"}
    assert (own.opening, own.opening_by) == ("", "")


@pytest.mark.django_db
def test_origin_of_a_copied_row_stays_when_it_is_changed_and_copied_on(cast: Cast) -> None:
    row = replace(next(row for _section, row in areas_as_content().rows()), copied_from="")
    first = copied(row, "Solvik skole, utgave 1")

    assert copied(first, "Fjordvik skole, utgave 3").copied_from == "Solvik skole, utgave 1"
    assert (
        row_from(as_plain(PlanContent("P", sections=(Section("d", "D", "wheel", "table", rows=(first,)),)))["sections"][0]["rows"][0])
        == first
    )  # type: ignore[arg-type]
    edition = begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="storhamar").editions.get()
    head, into = sign_in(cast, "head_teacher"), content_of(edition).sections[1].key
    head.post(f"/planen/utgave/{edition.public_id}/skriv/hent/?fra=omrader", {"into": into, "row": [row.key]})
    page = head.get(f"/planen/utgave/{edition.public_id}/skriv/").content.decode()
    assert "Hentet fra Seks områder for et inkluderende fellesskap" in page


def of_collection(name: str) -> list[str]:
    return [item.title for item in common_items() if item.collection == name]


def test_lib_02_competence_packages_are_named_as_the_source_names_them_and_offered_where_a_row_names_them() -> None:
    named = ["Trygt og godt skolemiljø", "Trygt og godt miljø i SFO", "Inkluderende praksis"]

    assert of_collection("Kompetansepakker fra Udir") == [f"Kompetansepakke: {name}" for name in named]
    assert [item.code for item in offered_with(["Udirs kompetansepakker"])] == ["udir-pakke", "udir-sfo", "udir-inkluderende"]


def test_lib_03_dembra_is_listed_with_its_five_parts_and_offered_where_a_row_names_it() -> None:
    parts = ["Undervisningsopplegg", "Pedagogiske tips og verktøy", "Media og ressursbank", "Begreper", "Fagtekster og publikasjoner"]

    assert of_collection("Dembra") == ["Dembra", *parts]
    assert {item.publisher for item in offered_with(["Dembra"])} == {"Dembra"}


def test_lib_05_the_other_publishers_are_there_and_redd_barna_with_eight() -> None:
    publishers = {item.publisher for item in common_items()}

    assert len(of_collection("Redd Barna")) == 8
    wanted = {
        "Forandringsfabrikken",
        "Barnevakten",
        "Redd Barna",
        "Statped",
        "Elevorganisasjonen",
        "Idébanken",
        "Universitetet i Stavanger",
    }
    assert wanted - publishers == set()
    assert {"dubestemmer", "fug", "elevradshandboka", "statped-timen"} - {item.code for item in common_items()} == set()


@pytest.mark.django_db
def test_library_is_narrowed_to_one_collection_and_a_row_of_the_plan_offers_it(cast: Cast) -> None:
    begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="steinkjer")
    teacher, head = sign_in(cast, "contact_teacher"), sign_in(cast, "head_teacher")

    chosen = teacher.get(f"/planen/ressurser/{cast.school.public_id}/?samling=Dembra").content.decode()
    unknown = teacher.get(f"/planen/ressurser/{cast.school.public_id}/?samling=Noe").content.decode()
    draft = EnvironmentPlan.objects.get(school=cast.school).editions.get()
    plan = head.get(f"/planen/utgave/{draft.public_id}/").content.decode()

    assert ("Media og ressursbank" in chosen, "Elevrådshåndboka" in chosen) == (True, False)
    assert "Elevrådshåndboka" in unknown
    assert 'href="https://www.dembra.no/no"' in plan
    assert "Kompetansepakke: Trygt og godt miljø i SFO" in plan
