"""Many rows at once are as guarded as one."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from aktsom.core.audit.bulk import insert_rows
from aktsom.core.audit.models import UnauditedWrite
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.identifiers import ALPHABET, LENGTH, new_public_id
from aktsom.core.timing.clock import now
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.wheel.models import WheelTask
from tests.cast import BUILDER, Cast

pytestmark = pytest.mark.django_db


def row(cast: Cast, number: int = 1, **said: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "school_id": cast.school.pk,
        "year_id": cast.school.years.get().pk,
        "row_key": "sto-f1",
        "occurrence": f"{number}",
        "title": "Ærlig: «Å være ny»",
        "who": " head_teacher ",
        "kind": OccurrenceKind.TASK,
        "starts_on": date(2026, 9, 1),
        "due_on": date(2026, 9, 2),
        "why": "Fordi",
        "changed_at": now(),
    }
    return values | said


def test_rows_come_back_as_they_would_one_by_one(cast: Cast) -> None:
    with unit_of_work(BUILDER, "test"):
        amount = insert_rows(WheelTask, [row(cast, 1), row(cast, 2)])
        alone = WheelTask.objects.create(**row(cast, 3))

    written = list(WheelTask.objects.order_by("occurrence"))
    alone.refresh_from_db()
    same = [
        field.attname for field in WheelTask._meta.concrete_fields if field.attname not in {"id", "public_id", "occurrence", "changed_at"}
    ]
    assert amount == 2
    assert [[getattr(each, name) for name in same] for each in written] == [[getattr(alone, name) for name in same]] * 3
    assert len({each.public_id for each in written}) == 3


def test_nothing_is_written_outside_a_service_and_no_rows_are_no_write(cast: Cast) -> None:
    with pytest.raises(UnauditedWrite):
        insert_rows(WheelTask, [row(cast)])
    with unit_of_work(BUILDER, "test"):
        assert insert_rows(WheelTask, []) == 0

    assert WheelTask.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"due_on": date(2026, 8, 1)}, {"state": "done"}, {"occurrence": "1"}])
def test_database_still_refuses_what_is_wrong(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), unit_of_work(BUILDER, "test"):
        insert_rows(WheelTask, [row(cast, 1, state="open"), row(cast, 2, state="open") | wrong])


def test_rows_that_do_not_give_the_same_columns_are_refused(cast: Cast) -> None:
    with unit_of_work(BUILDER, "test"):
        for wrong in ([row(cast, 1), row(cast, 2, note="Fint")], [row(cast, 1, school=cast.school.pk)]):
            with pytest.raises(ValueError, match="same columns"):
                insert_rows(WheelTask, wrong)

    assert WheelTask.objects.count() == 0


def test_public_identifiers_are_twelve_letters_of_the_alphabet() -> None:
    made = [new_public_id() for _number in range(200)]

    assert {len(each) for each in made} == {LENGTH}
    assert set("".join(made)) <= set(ALPHABET)
    assert len(set(made)) == 200
