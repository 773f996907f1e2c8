"""An unsafe production start is stopped, and says what to do."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from aktsom.config.checks import safe_start
from tests.architecture.checks import ROOT

SAFE = {
    "MODE": "production",
    "AKTSOM_DEMO_SIGN_IN": False,
    "DEBUG": False,
    "SECRET_KEY": "s" * 60,
    "ON_TRIAL": False,
    "AKTSOM_BASE_URL": "https://aktsom.example.no",
}


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in SAFE.items():
        setattr(settings, name, value)
    monkeypatch.setenv("AKTSOM_MAIL_URL", "smtp://mail.example.no:587?tls=1")
    return settings


def ids() -> list[str]:
    return [str(fault.id) for fault in safe_start(None)]


def test_safe_production_starts(production: Any) -> None:
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("MODE", "produksjon", "aktsom.E001"),
        ("AKTSOM_DEMO_SIGN_IN", True, "aktsom.E002"),
        ("DEBUG", True, "aktsom.E003"),
        ("SECRET_KEY", "kort", "aktsom.E004"),
        ("ON_TRIAL", True, "aktsom.E006"),
        ("AKTSOM_BASE_URL", "http://aktsom.example.no", "aktsom.E008"),
        ("TIME_ZONE", "UTC", "aktsom.E009"),
        ("AKTSOM_FILES_DIR", ROOT / "var" / "static" / "files", "aktsom.E010"),
    ],
)
def test_each_unsafe_setting_stops_the_start(production: Any, name: str, value: object, fault: str) -> None:
    with override_settings(**{name: value}):
        assert ids() == [fault]


@pytest.mark.parametrize(("name", "fault"), [("AKTSOM_MASTER_KEY", "aktsom.E005"), ("AKTSOM_MAIL_URL", "aktsom.E007")])
def test_missing_key_or_mail_stops_the_start(production: Any, monkeypatch: pytest.MonkeyPatch, name: str, fault: str) -> None:
    monkeypatch.delenv(name)

    assert ids() == [fault]


def test_demo_and_test_mode_are_left_alone() -> None:
    assert ids() == []


def test_server_itself_refuses(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AKTSOM_")}
    environment |= {"AKTSOM_MODE": "production", "AKTSOM_SECRET_KEY": "x" * 60, "AKTSOM_SQLITE_FILE": str(tmp_path / "x.sqlite3")}

    result = subprocess.run(
        [sys.executable, "-c", "import aktsom.config.wsgi"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert "Aktsom starter ikke" in result.stderr
    assert "Hovednøkkelen mangler" in result.stderr


def test_browsers_may_say_where_a_form_comes_from_in_production_too() -> None:
    """With «no-referrer» a browser sends «Origin: null» with every form, and Django refuses them all."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AKTSOM_")}
    environment |= {"AKTSOM_MODE": "production", "AKTSOM_SECRET_KEY": "x" * 60}
    ask = "from aktsom.config import settings; print(settings.SECURE_REFERRER_POLICY)"

    result = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "same-origin"
