"""The server's log tells where something broke, and never of whom, nor that somebody tried to tell."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils.module_loading import import_string

from aktsom.reports.views import public
from tests.cast import Cast


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Return what comes in the log, through the handler of the settings."""
    told = settings.LOGGING
    handler = logging.StreamHandler(stream := io.StringIO())
    plain = told["formatters"]["plain"]
    handler.setFormatter(import_string(plain.get("()", "logging.Formatter"))(plain["format"]))
    for name in told["handlers"]["console"].get("filters", []):
        handler.addFilter(import_string(told["filters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "sent"), [("si-fra", {"what_happened": ""}), ("svar", {"receipt": "hest sol båt kake 0412"})])
def test_pupil_who_is_asked_again_leaves_nothing_in_the_log(cast: Cast, written: io.StringIO, path: str, sent: dict[str, str]) -> None:
    answer = Client().post(f"/skole/{cast.school.slug}/{path}/", sent)

    assert (answer.status_code, written.getvalue()) == (422, "")


@pytest.mark.django_db
def test_fault_is_told_by_kind_and_place_and_not_by_its_words(cast: Cast, written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str) -> None:
        raise DatabaseError("new row for Ylva\nDETAIL: Navnesen") from ValueError("Failing row contains (Ylva, Navnesen)")

    monkeypatch.setattr(public, "public_school", broken)

    answer = Client(raise_request_exception=False).get(f"/skole/{cast.school.slug}/")

    told = written.getvalue()
    assert answer.status_code == 500
    assert [word for word in ("Ylva", "Navnesen", cast.school.slug) if word in told] == []
    assert "/skole/<slug:slug>/" in told
    assert "django.db.utils.DatabaseError" in told
    assert "builtins.ValueError" in told
    assert "test_logs.py" in told


def test_wrong_host_is_still_told(written: io.StringIO) -> None:
    Client().get("/konto/login/", headers={"host": "annet.example"})

    assert "Invalid HTTP_HOST header" in written.getvalue()
