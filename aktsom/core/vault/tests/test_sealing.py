"""Case text lies sealed, opens only where it stands, and is gone when its key is."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now
from aktsom.core.vault import keyring, sealing
from aktsom.core.vault.services import content_key_for
from aktsom.measures.models import ActionPlan, Finding
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MARKER = "Ylva sier hun gruer seg til garderoben 🫧 ببب"


def new_plan(cast: Cast, problem: str = MARKER) -> ActionPlan:
    with unit_of_work(system_actor("test"), "test"):
        key = content_key_for(owner_ref=cast.owner.pk, kind="case")
        return ActionPlan.objects.create(
            pupil=cast.person("pupil"), school=cast.school, owner=cast.owner, content_key=key, file_ref="x", problem=problem, started_at=now()
        )


def stored(plan: ActionPlan) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT problem FROM measures_actionplan WHERE id = %s", [plan.pk])
        return str(cursor.fetchone()[0])


def test_text_comes_back_and_lies_sealed(cast: Cast) -> None:
    plan = new_plan(cast)
    keyring.forget_keys()

    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER
    assert stored(plan).startswith(f"v1.{plan.content_key.public_id}.")
    assert "garderoben" not in serializers.serialize("json", [ActionPlan.objects.get(pk=plan.pk)])


def test_many_rows_of_one_case_cost_one_key_query(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    plan = new_plan(cast)
    with unit_of_work(system_actor("test"), "test"):
        for number in range(20):
            Finding.objects.create(
                plan=plan, content_key=plan.content_key, text=f"{number}", added_by=cast.person("head_teacher"), added_at=now()
            )
    keyring.forget_keys()

    with django_assert_num_queries(2):
        assert [finding.text for finding in Finding.objects.all()] == [str(number) for number in range(20)]


def test_text_moved_to_another_row_does_not_open(cast: Cast) -> None:
    first, second = new_plan(cast), new_plan(cast, "noe annet")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE measures_actionplan SET problem = %s, content_key_id = %s WHERE id = %s", [stored(first), first.content_key_id, second.pk])

    with pytest.raises(sealing.ContentTampered):
        _ = ActionPlan.objects.get(pk=second.pk).problem


def test_sealed_text_cannot_be_searched_or_updated_in_bulk(cast: Cast) -> None:
    plan = new_plan(cast)

    with pytest.raises(FieldError):
        ActionPlan.objects.filter(problem="x").exists()
    with pytest.raises(FieldError), transaction.atomic(), unit_of_work(system_actor("test"), "test"):
        ActionPlan.objects.filter(pk=plan.pk).update(problem="x")
