"""What a sealed column takes, gives and never lets out."""

import logging

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from aktsom.core.access.actor import system_actor
from aktsom.core.accounts.models import Draft
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now
from aktsom.core.vault import keyring, sealing
from aktsom.core.vault.fields import DESTROYED_TEXT, is_destroyed
from aktsom.core.vault.services import content_key_for
from aktsom.core.vault.tests.test_sealing import MARKER, new_plan, stored
from aktsom.measures.models import ActionPlan, Finding
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TEST = system_actor("test")


def new_draft(cast: Cast, content: object) -> Draft:
    with unit_of_work(TEST, "test"):
        key = content_key_for(owner_ref=0, kind="draft")
    return Draft(user=cast.person("pupil").user, form_key="meld", content_key=key, content=content, updated_at=now())


def test_bulk_update_seals_what_it_writes(cast: Cast) -> None:
    plan = new_plan(cast)
    plan.problem = "hun er redd for bussen"

    with unit_of_work(TEST, "test"):
        ActionPlan.objects.bulk_update([plan], ["problem"])

    assert plan.problem == "hun er redd for bussen"
    assert ActionPlan.objects.get(pk=plan.pk).problem == "hun er redd for bussen"
    assert sealing.is_sealed(stored(plan))


def test_bulk_update_keeps_a_column_that_was_not_fetched(cast: Cast) -> None:
    plan = ActionPlan.objects.defer("problem").get(pk=new_plan(cast).pk)

    with unit_of_work(TEST, "test"):
        ActionPlan.objects.bulk_update([plan], ["problem"])

    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER


def test_bulk_create_seals_what_it_writes(cast: Cast) -> None:
    plan = new_plan(cast)
    findings = [
        Finding(plan=plan, content_key=plan.content_key, text=text, added_by=cast.person("head_teacher"), added_at=now())
        for text in ("benken ved trappa", "garderoben")
    ]

    with unit_of_work(TEST, "test"):
        Finding.objects.bulk_create(findings)

    assert [finding.text for finding in Finding.objects.order_by("pk")] == ["benken ved trappa", "garderoben"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM measures_finding")
        assert [sealing.is_sealed(row[0]) for row in cursor.fetchall()] == [True, True]


@pytest.mark.parametrize("value", ["hemmelig", "v1.hemmelig", "v1.abc.hemmelig", models.F("file_ref"), models.Value("hemmelig")])
def test_plain_text_cannot_be_updated_past_the_seal(cast: Cast, value: object) -> None:
    plan = new_plan(cast)

    with pytest.raises(FieldError, match="only written by saving"), transaction.atomic(), unit_of_work(TEST, "test"):
        ActionPlan.objects.filter(pk=plan.pk).update(problem=value)

    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER


def test_text_that_looks_sealed_is_sealed_all_the_same(cast: Cast) -> None:
    looks = stored(new_plan(cast))

    plan = new_plan(cast, looks)

    assert stored(plan) != looks
    assert ActionPlan.objects.get(pk=plan.pk).problem == looks


def test_column_not_fetched_comes_with_one_query(cast: Cast) -> None:
    plan = ActionPlan.objects.only("public_id", "content_key_id").get(pk=new_plan(cast).pk)

    with CaptureQueriesContext(connection) as queries:
        assert plan.problem == MARKER

    assert len(queries) == 1


def test_record_fetched_again_has_its_text(cast: Cast) -> None:
    plan = new_plan(cast)
    plan.problem = "skrevet, ikke lagret"

    plan.refresh_from_db()

    assert plan.problem == MARKER


def test_values_give_only_the_sealed_form(cast: Cast) -> None:
    plan = new_plan(cast)

    (value,) = ActionPlan.objects.values_list("problem", flat=True)

    assert value == stored(plan)
    assert repr(value) == "<sealed>"


def test_destroyed_record_can_still_be_saved_and_says_that_it_is_gone(cast: Cast) -> None:
    plan = new_plan(cast)
    before = stored(plan)
    call_command("destroy_case_key", plan.content_key.public_id, reason="prøve", yes=True)
    plan = ActionPlan.objects.get(pk=plan.pk)

    assert (plan.problem, is_destroyed(plan)) == (DESTROYED_TEXT, True)
    plan.refresh_from_db()
    with unit_of_work(TEST, "test"):
        plan.save()
    assert stored(plan) == before
    plan.problem = "noe nytt"
    with pytest.raises(sealing.ContentDestroyed), transaction.atomic(), unit_of_work(TEST, "test"):
        plan.save()


def test_what_is_dumped_is_sealed_and_can_be_loaded_again(cast: Cast) -> None:
    plan = new_plan(cast)
    dumped = serializers.serialize("json", ActionPlan.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE measures_actionplan SET problem = ''")

    with unit_of_work(TEST, "test"):
        for record in serializers.deserialize("json", dumped):
            record.save()

    assert "garderoben" not in dumped
    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER


def test_structure_comes_back_and_bare_values_are_refused(cast: Cast) -> None:
    draft = new_draft(cast, {"felt": ["garderoben", "🫧"]})
    draft.save()

    assert Draft.objects.get(pk=draft.pk).content == {"felt": ["garderoben", "🫧"]}
    assert "garderoben" not in serializers.serialize("json", Draft.objects.all())
    assert "481516" not in serializers.serialize("json", [new_draft(cast, 481516)])
    with pytest.raises(TypeError, match="an object or a list"):
        new_draft(cast, 481516).save()


def test_neither_logs_nor_texts_about_a_record_tell_its_content(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    with CaptureQueriesContext(connection) as queries:
        plan = ActionPlan.objects.get(pk=new_plan(cast).pk)

    told = f"{plan!r} {plan} {plan.content_key!r} {caplog.text} {queries.captured_queries}"
    assert plan.problem == MARKER
    assert "garderoben" not in told
    assert stored(plan)[:20] in told


def test_every_free_text_of_a_sealed_record_is_sealed() -> None:
    from django.apps import apps  # slow import

    from aktsom.core.sealed import SealedModel  # slow import
    from aktsom.core.vault.fields import SealedTextField  # slow import

    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, SealedModel)
        for field in model._meta.concrete_fields
        if isinstance(field, (models.TextField, models.JSONField)) and not isinstance(field, SealedTextField)
    ]

    assert plain == []


def test_keys_of_many_cases_cost_one_query(cast: Cast) -> None:
    plans = [new_plan(cast, f"sak {number}") for number in range(5)]
    keyring.forget_keys()
    rows = list(ActionPlan.objects.order_by("pk"))

    with CaptureQueriesContext(connection) as queries:
        keyring.gather_keys(row.content_key_id for row in rows)
        texts = [row.problem for row in rows]

    assert texts == [f"sak {number}" for number in range(len(plans))]
    assert len(queries) == 1
