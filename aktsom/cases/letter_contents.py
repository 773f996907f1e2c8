"""What a letter on paper to one person holds. Nothing of anybody else, and no place when the pupil's address is protected."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aktsom.cases.models import Case
from aktsom.cases.rules.family import shown_code
from aktsom.core.timing.clock import today
from aktsom.core.timing.deadlines import family_week
from aktsom.core.ui.dates import long_day


def letter_contents(case: Case, person: Any, text: str, code: str) -> dict[str, Any]:
    """Return the letter and its answer sheet as the template wants them."""
    day = today()
    author = _("Skolen") if case.pupil.protected_address else case.school.name
    return {
        "title": _("Brev fra skolen"),
        "author": author,
        "language": get_language() or "nb",
        "made": [day.year, day.month, day.day],
        "shielding": "Offl. § 13, jf. fvl. § 13",
        "reference": "",
        "page_word": _("Side"),
        "of_word": _("av"),
        "to": str(person),
        "day": long_day(day),
        "text": text,
        "rights_title": _("Rettighetene deres") if person.pk != case.pupil_id else _("Rettighetene dine"),
        "rights": letter_rights(case, is_own=person.pk == case.pupil_id),
        "hand_over": _("Gi brevet i hånden. Ikke send det i posten.") if case.pupil.protected_address else "",
        "answer_title": _("Svaret ditt"),
        "answer_hint": _("Skriv her. Lever arket til en voksen på skolen, eller send det i posten. Du trenger ikke skrive navn."),
        "code_word": _("Kode"),
        "code": shown_code(code),
        "code_hint": _("Koden leder svaret til rett sted. Den sier ikke hvem du er."),
        # The address of the pages can tell which municipality it is, so a protected pupil's letter carries the code alone.
        "qr": _qr(code if case.pupil.protected_address else f"{settings.AKTSOM_BASE_URL}/svarbrev/?kode={code}"),
        "qr_alt": _("QR-kode med koden over"),
        "lines": 16,
    }


def letter_rights(case: Case, *, is_own: bool) -> list[str]:
    """Return what every letter to the family tells (fact 20)."""
    opens = family_week(case.raised_with_head_on).due_on
    week = long_day(opens) if opens is not None else ""
    return [
        _("Alle elever har rett til å ha det trygt og godt på skolen (opplæringslova § 12-2)."),
        _("Skolen skal følge opp så lenge eleven ikke har det trygt og godt (§ 12-4)."),
        (
            _("Du kan melde saken til Statsforvalteren fra %(day)s. Da er det gått en uke siden rektor fikk vite om den (§ 12-6).")
            if is_own
            else _("Dere kan melde saken til Statsforvalteren fra %(day)s. Da er det gått en uke siden rektor fikk vite om den (§ 12-6).")
        )
        % {"day": week},
        _("Mobbeombudet og Statsforvalteren kan gi råd når som helst."),
        _("Skolen skal gi informasjon som er viktig for eleven og foreldrene (§ 10-8)."),
    ]


def _qr(address: str) -> str:
    return str(segno.make(address, error="m").svg_inline(scale=4))
