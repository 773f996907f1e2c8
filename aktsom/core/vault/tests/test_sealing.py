"""Case text lies sealed, opens only where it stands, and is gone when its key is."""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now
from aktsom.core.vault import keyring, sealing
from aktsom.core.vault.fields import DESTROYED_TEXT
from aktsom.core.vault.management.commands.make_master_key import Command
from aktsom.core.vault.services import content_key_for
from aktsom.measures.models import ActionPlan, Finding
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MARKER = "Ylva sier hun gruer seg til garderoben 🫧 ببب"


def new_plan(cast: Cast, problem: str = MARKER) -> ActionPlan:
    with unit_of_work(system_actor("test"), "test"):
        key = content_key_for(owner_ref=cast.owner.pk, kind="case")
        return ActionPlan.objects.create(
            pupil=cast.person("pupil"),
            school=cast.school,
            owner=cast.owner,
            content_key=key,
            file_ref="x",
            problem=problem,
            started_at=now(),
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
        cursor.execute(
            "UPDATE measures_actionplan SET problem = %s, content_key_id = %s WHERE id = %s",
            [stored(first), first.content_key_id, second.pk],
        )

    with pytest.raises(sealing.ContentTampered):
        _ = ActionPlan.objects.get(pk=second.pk).problem


def test_sealed_text_cannot_be_searched_or_updated_in_bulk(cast: Cast) -> None:
    plan = new_plan(cast)

    with pytest.raises(FieldError):
        ActionPlan.objects.filter(problem="x").exists()
    with pytest.raises(FieldError), transaction.atomic(), unit_of_work(system_actor("test"), "test"):
        ActionPlan.objects.filter(pk=plan.pk).update(problem="x")


def test_destroyed_key_leaves_others_readable(cast: Cast) -> None:
    first, second = new_plan(cast), new_plan(cast, "en annen sak")

    call_command("destroy_case_key", first.content_key.public_id, reason="prøve", yes=True)

    assert ActionPlan.objects.get(pk=first.pk).problem == DESTROYED_TEXT
    assert ActionPlan.objects.get(pk=second.pk).problem == "en annen sak"


def test_destroying_needs_a_yes(cast: Cast) -> None:
    plan = new_plan(cast)

    with pytest.raises(CommandError, match="kan ikke angres"):
        call_command("destroy_case_key", plan.content_key.public_id, reason="prøve")

    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER


def test_rotated_master_key_makes_the_old_one_needless(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = new_plan(cast)
    old = os.environ["AKTSOM_MASTER_KEY"]
    new = base64.b64encode(b"another master key of 32 bytes!!").decode()
    keys = tmp_path / "keys"
    keys.write_text(f"new {new}\nenv {old}\n", encoding="ascii")
    monkeypatch.delenv("AKTSOM_MASTER_KEY")
    monkeypatch.setenv("AKTSOM_MASTER_KEY_FILE", str(keys))

    call_command("rotate_master_key")
    keys.write_text(f"new {new}\n", encoding="ascii")
    os.utime(keys, (1, 1))

    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER


def test_without_the_master_key_nothing_opens(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = new_plan(cast)
    keyring.forget_keys()
    monkeypatch.delenv("AKTSOM_MASTER_KEY")

    with pytest.raises(sealing.MasterKeyMissing):
        _ = ActionPlan.objects.get(pk=plan.pk).problem


def test_master_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "master"
    call_command("make_master_key", file)

    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="skrives aldri over"):
        call_command("make_master_key", file)


def test_first_master_key_can_be_made_where_the_start_still_is_unsafe(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODE = "production"
    monkeypatch.delenv("AKTSOM_MASTER_KEY")

    Command().run_from_argv(["manage.py", "make_master_key", str(tmp_path / "master")])

    assert (tmp_path / "master").read_text().startswith("1 ")


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    place=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    other=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_any_text_opens_only_in_its_own_place(text: str, place: str, other: str) -> None:
    key = sealing.new_key()
    stored = sealing.sealed(key, text, key_id="k", place=place)

    assert sealing.opened(key, stored, key_id="k", place=place) == text
    if other != place:
        with pytest.raises(sealing.ContentTampered):
            sealing.opened(key, stored, key_id="k", place=other)
