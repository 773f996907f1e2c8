"""The plan in a pupil's words: easy to read, grouped by what it means to her, only what she meets; and how a school writes it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from aktsom.core.timing.clock import today
from aktsom.core.ui.differences import Piece
from aktsom.plans.content_file import library_content, load_content
from aktsom.plans.loading import LIBRARY_CODES, PlanFileInvalid
from aktsom.plans.models import EnvironmentPlan
from aktsom.plans.rules.content import PlanContent, PupilTopic, Row, RowKind, Section, SectionArea, SectionForm, as_plain, content_from
from aktsom.plans.selectors.for_pupils import for_pupils, roles_to_show
from aktsom.plans.selectors.writing import difference
from aktsom.plans.services import begin_plan, put_edition_in_force
from tests.cast import Cast
from tests.signed_in import sign_in
from tests.test_lix import EASY, lix, read

ALL = pytest.mark.parametrize("code", LIBRARY_CODES)


def plan_of(*rows: Row, area: SectionArea = SectionArea.PREVENT) -> PlanContent:
    return PlanContent("Planen", sections=(Section("s", "Del", area, SectionForm.TABLE, rows=rows),))


@ALL
def test_every_line_pupils_read_is_easy(code: str) -> None:
    said = {row.key: row.pupils for _section, row in library_content(code).rows() if row.pupils}

    assert len(said) >= 20
    assert {key: round(lix(text)) for key, text in said.items() if lix(text) >= EASY} == {}


@ALL
@pytest.mark.django_db
def test_pupils_page_of_each_plan_is_easy_to_read(code: str, cast: Cast) -> None:
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template=code).editions.get(), valid_from=today())
    cache.clear()

    assert lix(read(Client(), f"/skole/{cast.school.slug}/plan/elev/", "nb")) < EASY


@ALL
def test_each_plan_tells_pupils_what_happens_when_something_is_wrong_and_whom_to_go_to(code: str) -> None:
    titles = [section.title for section in for_pupils(library_content(code))]

    assert {"Når noen ikke har det bra", "Voksne som er der for deg", "Du får være med og bestemme"} <= set(titles)
    assert titles == [str(topic.label) for topic in PupilTopic if str(topic.label) in titles]


def test_adults_own_work_is_left_out_of_the_pupils_page() -> None:
    lines = [line for section in for_pupils(library_content("storhamar")) for line in section.lines]

    assert "Du får være med og lage planen" in " ".join(lines)
    assert not any("IKO" in line or "arkiv" in line.casefold() for line in lines)


def test_plan_without_words_for_pupils_shows_what_it_says_to_all() -> None:
    rows = (Row("a", RowKind.TASK, "Bli kjent"), Row("b", RowKind.TEXT, "Om planen"), Row("c", RowKind.TASK, "Leksehjelp"))

    assert [section.lines for section in for_pupils(plan_of(*rows))] == [("Bli kjent", "Leksehjelp")]


def test_one_row_with_words_for_pupils_leaves_the_others_out() -> None:
    rows = (
        Row("a", RowKind.TASK, "Bli kjent"),
        Row("b", RowKind.TASK, "Faddere", pupils="Du får en fadder.", pupil_topic=PupilTopic.START),
    )

    [section] = for_pupils(plan_of(*rows))

    assert (section.title, section.lines) == ("Når skoleåret begynner", ("Du får en fadder.",))


def test_words_for_pupils_are_kept_and_read_back() -> None:
    content = plan_of(Row("a", RowKind.TASK, "Faddere", pupils="Du får en fadder.", pupil_topic=PupilTopic.START))

    assert content_from(as_plain(content)) == content


def test_plan_file_with_an_unknown_topic_is_told_so() -> None:
    text = """
tittel: Plan
deler:
  - kode: a
    tittel: A
    område: forebygge
    form: tabell
    rader:
      - {rad: X, hva: Noe, hvem: [rektor], når: august, elever: "Du får noe.", elever_om: %s}
"""
    row = load_content(text % "klassen", name="prøve").row("x")

    assert row is not None
    assert (row.pupils, row.pupil_topic) == ("Du får noe.", PupilTopic.GROUP)
    with pytest.raises(PlanFileInvalid):
        load_content(text % "månen", name="prøve")


def test_changed_words_for_pupils_are_shown_between_editions() -> None:
    before, after = (plan_of(Row("a", RowKind.TASK, "Faddere", pupils=text)) for text in ("", "Du får en fadder."))

    [change], _sections = difference(before, after)

    assert [(str(label), old, new) for label, old, new in change.lines] == [
        ("Slik elevene leser det", [], [Piece("Du får en fadder.", is_own=True)])
    ]


@pytest.mark.django_db
def test_school_writes_a_row_for_pupils_in_the_editor(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, content=plan_of(Row("a", RowKind.TASK, "Faddere", who=("head_teacher",))))
    head = sign_in(cast, "head_teacher")
    address = f"/planen/utgave/{plan.editions.get().public_id}/skriv/rad/a/"
    said: dict[str, Any] = {"what": "Faddere", "who": "rektor", "when_said": "august", "time": "words", "kind": "task", "per": "school"}

    assert "Slik sier dere det til elevene" in head.get(address).content.decode()
    head.post(address, said | {"pupils": "Du får en\nfadder.", "pupil_topic": "start"})

    row = content_from(plan.editions.get().content).row("a")
    assert row is not None
    assert (row.pupils, row.pupil_topic) == ("Du får en fadder.", PupilTopic.START)


@pytest.mark.django_db
def test_school_chooses_which_adults_pupils_are_shown(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template="storhamar").editions.get(), valid_from=today())
    plan = EnvironmentPlan.objects.get()
    head = sign_in(cast, "head_teacher")
    address = f"/planen/{plan.public_id}/oppsett/"

    assert head.get(address).context["form"].initial["shown_roles"] == roles_to_show(library_content("storhamar"))
    head.post(address, {"shown_roles": ["environment_worker", "school_nurse"]})

    page = Client().get(f"/skole/{cast.school.slug}/plan/elev/").content.decode()
    assert page[page.index("Voksne du kan gå til") :].count("<li>") - page[page.index("<footer") :].count("<li>") == 2
    assert EnvironmentPlan.objects.get().shown_roles == ["environment_worker", "school_nurse"]


def test_long_list_is_put_together_by_season_and_nothing_is_lost() -> None:
    part = next(part for part in for_pupils(library_content("sentrum")) if len(part.lines) > 10 and part.title == "Det som skjer på skolen")
    seasons = dict(part.parts)

    assert list(seasons) == ["Om høsten", "Om vinteren", "Om våren", "Ellers i året"]
    assert sorted(line for lines in seasons.values() for line in lines) == sorted(part.lines)
    assert "I november er det dager for å prøve noe nytt." in seasons["Om høsten"]
    assert "I desember feirer Vg1 Lucia." in seasons["Om vinteren"]
    assert "I juni er det konsert." in seasons["Om våren"]
    assert "Det er alltid spill i kantina." in seasons["Ellers i året"]


def test_short_list_stays_one_list() -> None:
    parts = [part.parts for part in for_pupils(library_content("storhamar"))]

    assert all(len(each) == 1 and each[0][0] == "" for each in parts)
