"""The two focus areas: every row of every plan has one, the school can choose, and plan, wheel and owner's report follow."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from aktsom.core.timing.clock import today
from aktsom.plans.content_file import library_content
from aktsom.plans.loading import LIBRARY_CODES
from aktsom.plans.rules.content import PlanContent, PupilTopic, Row, RowKind, Section, SectionArea, SectionForm, as_plain, content_from
from aktsom.plans.rules.focus import Focus, focus_by_row, focus_of, under
from aktsom.plans.selectors.for_pupils import CARING_WORDS
from aktsom.plans.selectors.standing import places_of
from aktsom.plans.services import begin_plan, put_edition_in_force
from tests.cast import Cast
from tests.signed_in import sign_in
from tests.test_lix import EASY, lix


@pytest.fixture
def slug(cast: Cast) -> str:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="sentrum")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    cache.clear()
    return cast.school.slug


ROW = Row("r", RowKind.TASK, "Bli kjent")


def section(area: SectionArea, *rows: Row) -> Section:
    return Section("s", "Del", area, SectionForm.TABLE, rows=rows)


@pytest.mark.parametrize(
    ("area", "topic", "said", "expected"),
    [
        (SectionArea.PROMOTE, None, "", Focus.COMMUNITY),
        (SectionArea.PREVENT, None, "", Focus.HANDLING),
        (SectionArea.RESPOND, None, "", Focus.HANDLING),
        (SectionArea.RESPOND, PupilTopic.GROUP, "", Focus.HANDLING),  # what is done in a case is no community work
        (SectionArea.PREVENT, PupilTopic.GROUP, "", Focus.COMMUNITY),
        (SectionArea.WHEEL, PupilTopic.WRONG, "", Focus.HANDLING),
        (SectionArea.WHEEL, None, "", Focus.BOTH),
        (SectionArea.EVALUATE, None, "", Focus.BOTH),
        (SectionArea.PREVENT, PupilTopic.WRONG, "fellesskap", Focus.COMMUNITY),
        (SectionArea.PROMOTE, None, "noe annet", Focus.COMMUNITY),
    ],
)
def test_row_serves_what_the_school_said_or_what_its_part_is_about(
    area: SectionArea, topic: PupilTopic | None, said: str, expected: Focus
) -> None:
    row = replace(ROW, pupil_topic=topic, focus=said)

    assert focus_of(section(area, row), row) == expected


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_qua_11_all_the_work_of_every_plan_stands_under_the_two_areas(code: str) -> None:
    content = library_content(code)
    keys = {row.key for _section, row in content.rows()}
    community, handling = ({row.key for _s, row in under(content, focus).rows()} for focus in (Focus.COMMUNITY, Focus.HANDLING))

    assert community | handling == keys
    assert community - handling
    assert handling - community
    tasks = [row.key for each, row in content.rows() if row.kind == RowKind.TASK and each.area == SectionArea.WHEEL]
    assert [key for key in tasks if focus_by_row(content)[key] == Focus.BOTH] == (
        ["stk-w1", "stk-w33", "stk-w34", "stk-w35"] if code == "steinkjer" else []
    )


def test_what_the_school_chose_is_kept_and_parts_without_rows_are_left_out() -> None:
    chosen = replace(ROW, focus="handtere")
    content = PlanContent("Plan", sections=(section(SectionArea.PROMOTE, chosen),))

    assert content_from(as_plain(content)) == content
    assert under(content, Focus.COMMUNITY).sections == ()
    assert under(content, Focus.HANDLING) == content
    assert places_of(content).focuses == {"r": "handtere"}
    assert places_of(None).focuses == {}


@pytest.mark.django_db
def test_plan_page_shows_the_whole_or_one_area(slug: str) -> None:
    client = Client()

    whole, community = (client.get(f"/skole/{slug}/plan/{query}").content.decode() for query in ("", "?fokus=fellesskap"))
    unknown = client.get(f"/skole/{slug}/plan/?fokus=alt").content.decode()

    assert ("Luciafeiring" in whole, "Luciafeiring" in community) == (True, True)
    assert ("Handlingskort 2 – gripe inn" in whole, "Handlingskort 2 – gripe inn" in community) == (True, False)
    assert "Handlingskort 2 – gripe inn" in unknown


@pytest.mark.django_db
@pytest.mark.parametrize(("template", "marks"), [("sentrum", "svakere stilt"), ("steinkjer", "svakere stilt")])
def test_qua_14_schools_own_explanation_of_bullying_never_limits_the_right(cast: Cast, template: str, marks: str) -> None:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template=template)
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    cache.clear()
    note = "Dette er bare til opplysning."

    page = Client().get(f"/skole/{cast.school.slug}/plan/").content.decode()
    at_work = sign_in(cast, "contact_teacher").get(f"/planen/{plan.public_id}/").content.decode()
    pupils = Client().get(f"/skole/{cast.school.slug}/plan/elev/").content.decode()

    assert [marks in page.split(note)[0][-900:], page.count(note), at_work.count(note)] == [True, 1, 1]
    assert marks not in pupils


@pytest.mark.django_db
def test_qua_13_pupils_read_in_caring_words_that_small_things_count_too(slug: str) -> None:
    page = Client().get(f"/skole/{slug}/plan/elev/").content.decode()
    part = page.split("Her passer vi på hverandre")[1].split("</section>")[0]

    assert [words in part for words in ("hvisking", "blikk", "holdt utenfor", "virker lite", "mobbing")] == [True] * 5
    assert [words in part.casefold() for words in ("straff", "alvorlig", "sanksjon", "gjentatte", "forbudt")] == [False] * 5
    assert lix(" \n".join(str(line) for line in CARING_WORDS)) < EASY


@pytest.mark.django_db
def test_schools_norwegian_words_are_marked_for_a_reader_of_another_language(slug: str) -> None:
    client = Client(headers={"accept-language": "en"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get(f"/skole/{slug}/plan/").content.decode()
    pupils = client.get(f"/skole/{slug}/plan/elev/").content.decode()

    assert '<html lang="en"' in page
    assert '<span lang="nb">Handlingsplan for trygt og godt skolemiljø</span>' in page
    assert 'lang="nb">Handlingskort 2 – gripe inn' in page
    assert '<li lang="nb">I juni er det konsert.</li>' in pupils
    assert "<li>It is not your fault, and you are not to fix it alone.</li>" in pupils
