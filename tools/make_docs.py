"""Write the pages of the documentation that are made from the code: make_docs.py [--check].

What the operator, the privacy officer and the school read about settings, roles and events is the code's own tables,
so it cannot fall behind. With --check nothing is written, and a page that is out of date is a failure.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")
os.environ.setdefault("AKTSOM_MODE", "test")

MADE = "Denne siden er laget av koden med `python tools/make_docs.py`. Endre den der, ikke her."


def page(title: str, lead: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return one page: title, what it is, and a table."""
    names = list(columns)
    lines = [f"# {title}", "", lead, "", MADE, "", f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def environment() -> str:
    """Return the operator's table of environment variables."""
    from aktsom.config import env

    def default(variable: env.Variable) -> str:
        text = variable.default.replace(str(env.ROOT), "<mappen til Aktsom>")
        return "tom, hemmelig" if variable.secret else f"`{text}`" if text else "tom"

    rows = [(f"`{variable.name}`", default(variable), variable.explanation) for variable in env.VARIABLES]
    return page(
        "Miljøvariabler", "Alt driftsansvarlig kan stille på, hentes fra disse variablene.", ("Navn", "Uten verdi", "Hva den gjør"), rows
    )


def roles() -> str:
    """Return who may do what, role by role."""
    from aktsom.core.access.roles import ALLOWED, ROLE_SENTENCES

    rows = [(f"`{role}`", ROLE_SENTENCES[role], ", ".join(f"`{action}`" for action in sorted(ALLOWED[role]))) for role in ROLE_SENTENCES]
    lead = "Rollen gir lov til handlinger, aldri innsyn i seg selv. Hvem som møter hvilke barn og saker, avgjøres i hvert område."
    return page("Roller og handlinger", lead, ("Rolle", "Hvem", "Kan"), rows)


def events() -> str:
    """Return every event the audit log can hold, with the sentence people read."""
    from aktsom.core.audit.events import SENTENCES

    rows = [(f"`{event}`", sentence) for event, sentence in SENTENCES.items()]
    lead = (
        "Alt som skrives i revisjonsloggen. Loggen har aldri navn eller tekst; «{who}» fylles inn først når noen som har lov, ser på den."
    )
    return page("Hendelser i loggen", lead, ("Kode", "Setning"), rows)


PAGES: dict[str, Callable[[], str]] = {
    "docs/drift/miljovariabler.md": environment,
    "docs/personvern/roller.md": roles,
    "docs/personvern/hendelser.md": events,
}


def main(*, only_check: bool) -> int:
    """Write or check every page; return 1 when a page was out of date."""
    import django

    django.setup()
    stale = []
    for name, make in PAGES.items():
        path, text = ROOT / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    print("\n".join(f"{'Foreldet' if only_check else 'Skrevet'}: {name}" for name in stale) or "Alle sidene er ferske.")
    return int(only_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(only_check="--check" in sys.argv))
