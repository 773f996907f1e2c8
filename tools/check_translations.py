"""Every text in the translations is one the code still says, none that the code says is missing, none is doubtful.

Bokmål is the source language, so a text without translation is still shown, in bokmål. For each language that has
a folder in aktsom/locale, the texts in the code (found by gettext) are held against the ones in its file.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "aktsom" / "locale"


def entries(text: str) -> dict[str, bool]:
    """Return each text in a .po file and whether it has a translation that is not doubtful."""
    found = {}
    for block in text.split("\n\n"):
        identity = re.search(r'^msgid ((?:".*"\n?)+)', block, re.MULTILINE)
        if identity and identity[1].strip() != '""' and not block.startswith("#~"):
            translations = re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', block, re.MULTILINE)
            found[identity[1].strip()] = "#, fuzzy" not in block and all(part.strip() != '""' for part in translations)
    return found


def spoken() -> dict[str, bool]:
    """Return the texts the code has now, extracted in a copy so that no file changes."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "aktsom"
        shutil.copytree(ROOT / "aktsom", copy, ignore=shutil.ignore_patterns("vendor", "locale", "__pycache__"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", "xx", "--no-location", "-v", "0"]
        subprocess.run(command, cwd=copy, check=True)
        return entries((copy / "locale/xx/LC_MESSAGES/django.po").read_text(encoding="utf-8"))


def complaints() -> list[str]:
    """Return what is wrong, language by language."""
    files = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    now = spoken() if files else {}
    wrong = []
    for path in files:
        there = entries(path.read_text(encoding="utf-8"))
        language = path.parent.parent.name
        wrong += [f"{language}: mangler {text}" for text in now if text not in there]
        wrong += [f"{language}: sies ikke lenger {text}" for text in there if text not in now]
        wrong += [f"{language}: uten sikker oversettelse {text}" for text, sure in there.items() if not sure and text in now]
    return wrong


if __name__ == "__main__":
    wrong = complaints()
    print("\n".join(wrong) or f"Språk ved siden av bokmål: {', '.join(sorted(p.name for p in LOCALE.glob('*'))) or 'ingen ennå'}.")
    sys.exit(bool(wrong))
