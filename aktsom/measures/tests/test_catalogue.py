"""The measure catalogue: by what was found and by level, and extended by the school (ACT-12)."""

import pytest

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.measures.tests.factories import make_plan
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.rules.catalogue import CatalogueLevel, CatalogueObstacle, FindingTheme, theme_of
from aktsom.plans.selectors.catalogue import catalogue_by_finding, measure_catalogue, own_entries
from aktsom.plans.services.catalogue import extend_catalogue
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_own_measure_is_offered_in_the_plan_and_nowhere_at_another_school(cast: Cast) -> None:
    plan = make_plan(cast)
    head = sign_in(cast, "head_teacher")
    address = f"/tiltakskatalog/{cast.school.public_id}/"
    sent = {"text": "Fast spillgruppe på biblioteket i storefri", "level": "group", "theme": "lonely"}

    assert head.post(address, sent).status_code == 302

    entry = own_entries(cast.school.pk)[0]
    page = sign_in(cast, "case_handler").get(f"/planer/{plan.public_id}/tiltak/").content.decode()
    assert f"?fra=egen-{entry.public_id}" in page
    chosen = sign_in(cast, "case_handler").get(f"/planer/{plan.public_id}/tiltak/?fra=egen-{entry.public_id}").content.decode()
    assert "Fast spillgruppe på biblioteket i storefri</textarea>" in chosen
    assert own_entries(cast.other_school.pk) == []
    assert head.post(f"{address}{entry.public_id}/").status_code == 302
    assert own_entries(cast.school.pk) == []


def test_measure_with_a_name_or_there_already_is_refused(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    extend_catalogue(by=by, school=cast.school, level=CatalogueLevel.PUPIL, text="Fast voksen i garderoben")

    for text, reason in (
        (" ", CatalogueObstacle.NO_TEXT),
        ("fast voksen i garderoben", CatalogueObstacle.THERE_ALREADY),
        ("Sitte hos Kari Karistad", CatalogueObstacle.NAMES_SOMEBODY),
    ):
        with pytest.raises(Refused) as caught:
            extend_catalogue(by=by, school=cast.school, level=CatalogueLevel.PUPIL, text=text)
        assert caught.value.reasons == [reason]


@pytest.mark.parametrize("name", ["contact_teacher", "head_teacher_elsewhere", "owner_handler", "pupil"])
def test_only_those_who_lead_the_school_extend(cast: Cast, name: str) -> None:
    with pytest.raises((NotAllowed, OutOfReach)):
        extend_catalogue(by=cast.actor(name), school=cast.school, level=CatalogueLevel.PUPIL, text="Noe nytt")
    assert sign_in(cast, name).get(f"/tiltakskatalog/{cast.school.public_id}/").status_code in {403, 404}


def test_catalogue_stands_by_finding_and_nothing_falls_out(cast: Cast) -> None:
    grouped = [measure for group in catalogue_by_finding(cast.school.pk) for measure in group.measures]

    assert sorted(measure.code for measure in grouped) == sorted(measure.code for measure in measure_catalogue(cast.school.pk))


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("En voksen møter eleven om morgenen", FindingTheme.PLACE),
        ("Makker i friminuttene", FindingTheme.PLACE),
        ("Fadder fra 10. trinn", FindingTheme.LONELY),
        ("Avtale om mobilen", FindingTheme.ONLINE),
        ("Faste grupper som læreren har satt sammen", FindingTheme.GROUP),
        ("Faste samtaler med eleven", FindingTheme.WELL),
    ],
)
def test_words_of_a_measure_tell_what_it_answers(text: str, theme: FindingTheme) -> None:
    assert theme_of(text) == theme
    assert theme_of(text, FindingTheme.ADULTS) == FindingTheme.ADULTS


def test_every_measure_of_the_library_answers_something() -> None:
    loose = [measure.text for code in LIBRARY_CODES for measure in library_procedure(code).catalogue if not theme_of(measure.text)]

    assert loose == []
