"""Whoever has a copy of the database, or may write in it, signs in as nobody and runs nothing."""

from __future__ import annotations

import pickle
from base64 import b64encode
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from aktsom.core.timing import clock
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_what_lies_in_the_session_table_signs_nobody_in(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key

    answers = [one.get("/konto/").status_code for one in (client, thief)]

    assert answers == [200, 302]


def test_session_ends_at_sign_out_and_when_its_time_is_over(cast: Cast) -> None:
    client, other = sign_in(cast, "head_teacher"), sign_in(cast, "pupil")
    client.post("/konto/logout/")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert [one.get("/konto/").status_code for one in (client, other)] == [302, 302]
    call_command("clearsessions")
    assert Session.objects.count() == 0


class Bang:
    """What a pickle can do when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("the cache ran what it read",))


def test_what_is_written_in_the_cache_table_is_never_run() -> None:
    cache.set("kjent", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_cache SET value = %s", [b64encode(pickle.dumps(Bang())).decode()])

    assert cache.get("kjent", "ikke der") == "ikke der"  # and what an earlier version kept so, counts as missing


@pytest.mark.parametrize("value", [1, "å", [1.5, "b"], {"a": None}, True, b"%PDF\xff"])
def test_value_comes_back_as_it_was(value: object) -> None:
    cache.set("verdi", value, 60)

    assert cache.get("verdi") == value


def test_added_once_counted_up_and_gone_in_time() -> None:
    added = [cache.add("telt", 0, 60), cache.add("telt", 5, 60)]
    counted = [cache.incr("telt"), cache.incr("telt", 2)]

    assert (added, counted) == ([True, False], [1, 3])
    with clock.set_to(clock.now() + timedelta(seconds=61)):
        assert (cache.get("telt"), cache.add("telt", 7, 60), cache.get("telt")) == (None, True, 7)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("ukjent")


def test_kept_deleted_touched_and_tidied() -> None:
    cache.set_many({"a": 1, "b": 2, "c": 3}, 60)

    assert (cache.get_many(["a", "b", "x"]), cache.delete("a"), cache.delete("a")) == ({"a": 1, "b": 2}, True, False)
    assert (cache.touch("b", 0), cache.touch("x", 60), "b" in cache, "c" in cache) == (True, False, False, True)
    cache.set("alltid", 1, None)
    cache.tidy()  # type: ignore[attr-defined]
    assert cache.get_many(["a", "b", "c", "alltid"]) == {"c": 3, "alltid": 1}
    cache.clear()
    assert cache.get("c") is None


def test_too_much_is_tidied_from_what_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches["default"], "_max_entries", 4)  # the cache itself: what stands for it cannot be put back
    monkeypatch.setattr("aktsom.core.accounts.cache.TIDIED_ONCE_IN", 10**9)
    for number in range(6):
        cache.set(f"nr{number}", number, 60 + number)

    cache.tidy()  # type: ignore[attr-defined]

    assert sorted(cache.get_many([f"nr{number}" for number in range(6)])) == ["nr4", "nr5"]
