"""Keys are held no longer than a request, and neither a destroyed nor an old one is of use to anybody."""

import base64
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django_tasks.signals import task_finished, task_started
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.access.actor import system_actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.accounts.adapters import SecondFactorAdapter
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now
from aktsom.core.vault import keyring, sealing
from aktsom.core.vault.models import ContentKey, OwnerKey
from aktsom.core.vault.services import content_key_for, destroy_content_key, rotate_master_key
from aktsom.core.vault.tests.test_sealing import MARKER, new_plan
from aktsom.measures.models import ActionPlan
from tests.cast import Cast

TEST = system_actor("test")
OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write the master key file, each time as if a second later."""
    file = tmp_path / "master"
    monkeypatch.setenv("AKTSOM_MASTER_KEY", "")
    monkeypatch.setenv("AKTSOM_MASTER_KEY_FILE", str(file))
    written = iter(range(1, 100))

    def write(text: str) -> None:
        file.write_text(text, encoding="ascii")
        moment = next(written)
        os.utime(file, (moment, moment))

    return write


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [request_started, request_finished, task_started, task_finished],
    ids=["request starts", "request ends", "task starts", "task ends"],
)
def test_keys_are_forgotten_between_requests_and_tasks(cast: Cast, moment: Signal) -> None:
    key = new_plan(cast).content_key
    held = keyring.holds(key.pk)

    receivers = [receiver for receiver in moment._live_receivers(None)[0] if receiver is keyring.forget_keys]
    for receiver in receivers:
        receiver(sender=None, signal=moment)

    assert (held, keyring.holds(key.pk)) == (True, False)


@pytest.mark.django_db
def test_destroyed_key_is_useless_to_a_thread_that_already_holds_it(cast: Cast, django_capture_on_commit_callbacks: Callable) -> None:  # type: ignore[type-arg]
    key = new_plan(cast).content_key
    held = ContentKey.objects.select_related("owner_key").get(pk=key.pk)
    with ThreadPoolExecutor(max_workers=1) as other_thread:
        other_thread.submit(keyring.remember, held).result()
        before = other_thread.submit(keyring.key_of, key.pk).result()

        with django_capture_on_commit_callbacks(execute=True):
            destroy_content_key(by=TEST, content_key=key, reason="prøve")

        after = other_thread.submit(keyring.key_of, key.pk).result()

    assert before[1] is not None
    assert after == (key.public_id, None)


@pytest.mark.django_db
def test_destroying_is_logged_once_and_only_allowed_to_some(cast: Cast) -> None:
    key = new_plan(cast).content_key

    with pytest.raises(NotAllowed):
        destroy_content_key(by=cast.actor("head_teacher"), content_key=key, reason="prøve")
    destroy_content_key(by=TEST, content_key=key, reason="prøve")

    key.refresh_from_db()
    assert (key.wrapped, key.destroyed_reason) == (None, "prøve")
    assert list(AuditEvent.objects.filter(event="content_key.destroyed").values_list("object_id", flat=True)) == [key.public_id]


@pytest.mark.django_db
def test_database_refuses_a_key_both_destroyed_and_there(cast: Cast) -> None:
    key = new_plan(cast).content_key
    key.destroyed_at = now()

    with pytest.raises(IntegrityError), transaction.atomic(), unit_of_work(TEST, "test"):
        key.save()


@pytest.mark.django_db
def test_wrapped_key_moved_to_another_case_or_owner_does_not_open(cast: Cast) -> None:
    first, second = new_plan(cast).content_key, new_plan(cast).content_key
    with unit_of_work(TEST, "test"):
        elsewhere = content_key_for(owner_ref=cast.other_owner.pk, kind="case")
        ContentKey.objects.filter(pk=second.pk).update(wrapped=first.wrapped)
        OwnerKey.objects.filter(pk=elsewhere.owner_key_id).update(wrapped=first.owner_key.wrapped)
    keyring.forget_keys()

    for moved in (second, elsewhere):
        with pytest.raises(sealing.ContentTampered):
            keyring.key_of(moved.pk)
    assert keyring.key_of(first.pk)[0] == first.public_id


@pytest.mark.django_db
def test_one_owner_has_one_key_and_each_case_its_own(cast: Cast) -> None:
    first, second = new_plan(cast).content_key, new_plan(cast).content_key

    assert OwnerKey.objects.filter(owner_ref=cast.owner.pk).count() == 1
    assert keyring.key_of(first.pk)[1] != keyring.key_of(second.pk)[1]


@pytest.mark.django_db
def test_rotation_takes_second_factors_along(cast: Cast, key_file: Callable[[str], None]) -> None:
    key_file(f"old {OLD}\n")
    plan, adapter = new_plan(cast), SecondFactorAdapter()
    user = cast.person("head_teacher").user
    Authenticator.objects.create(user=user, type="totp", data={"secret": adapter.encrypt("totp")})
    recovery = {"used_mask": 3, "migrated_codes": [adapter.encrypt("a"), adapter.encrypt("b")]}
    Authenticator.objects.create(user=user, type="recovery_codes", data=recovery)

    key_file(f"new {NEW}\nold {OLD}\n")
    amounts = rotate_master_key(by=TEST), rotate_master_key(by=TEST)
    key_file(f"new {NEW}\n")

    totp, codes = Authenticator.objects.order_by("type").values_list("data", flat=True)[::-1]
    assert amounts == (3, 0)
    assert adapter.decrypt(totp["secret"]) == "totp"
    assert (codes["used_mask"], [adapter.decrypt(code) for code in codes["migrated_codes"]]) == (3, ["a", "b"])
    assert ActionPlan.objects.get(pk=plan.pk).problem == MARKER


@pytest.mark.django_db
def test_rotation_that_fails_changes_nothing(cast: Cast, key_file: Callable[[str], None]) -> None:
    key_file(f"old {OLD}\n")
    first = new_plan(cast).content_key.owner_key
    with unit_of_work(TEST, "test"):
        lost = content_key_for(owner_ref=cast.other_owner.pk, kind="case").owner_key
        OwnerKey.objects.filter(pk=lost.pk).update(master_key_id="borte")
    key_file(f"new {NEW}\nold {OLD}\n")

    with pytest.raises(CommandError, match="Ingenting er endret"):
        call_command("rotate_master_key")

    assert list(OwnerKey.objects.order_by("pk").values_list("master_key_id", flat=True)) == ["old", "borte"]
    assert bytes(OwnerKey.objects.get(pk=first.pk).wrapped) == bytes(first.wrapped)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("bare-et-ord\n", "not a name and a key"),
        ("navn ikke*base64\n", "not a name and a key"),
        (f"navn {base64.b64encode(b'kort').decode()}\n", "32 bytes"),
        (f"navn {OLD}\nnavn {NEW}\n", "Two master keys"),
    ],
)
def test_master_key_file_with_a_fault_is_refused_without_showing_a_key(key_file: Callable[[str], None], text: str, reason: str) -> None:
    key_file(text)

    with pytest.raises(sealing.MasterKeyMissing, match=reason) as fault:
        sealing.current_master_key()

    assert [part for part in text.split() if len(part) > 7 and part in str(fault.value)] == []


@given(stored=st.one_of(st.text(), st.binary().map(lambda raw: f"v1.k.{base64.urlsafe_b64encode(raw).decode()}")))
def test_what_was_not_sealed_here_never_opens(stored: str) -> None:
    with pytest.raises(sealing.ContentTampered) as fault:
        sealing.opened(b"k" * 32, stored, key_id="k", place="tabell.kolonne:k:rad")

    assert len(stored) < 8 or stored not in str(fault.value)


@given(text=st.text(min_size=1), place=st.integers(min_value=0, max_value=400))
def test_one_changed_character_is_noticed(text: str, place: int) -> None:
    key = sealing.new_key()
    body = list(sealing.sealed(key, text, key_id="k", place="p"))
    spot = 5 + place % (len(body) - 8)  # within the sealed part, before the last characters, whose spare bits carry nothing
    body[spot] = "A" if body[spot] != "A" else "B"

    with pytest.raises(sealing.ContentTampered):
        sealing.opened(key, "".join(body), key_id="k", place="p")
