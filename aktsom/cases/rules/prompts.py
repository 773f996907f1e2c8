"""Aktsom's own prompts for talks, from what good practice asks (TAL-01 to TAL-12). Shown, never asked for; the school edits them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.conversations import ConversationKind

Lines = tuple[Promise | str, ...]


@dataclass(frozen=True)
class Prompts:
    """What to think of before, during and after a talk, one line each."""

    before: Lines
    during: Lines
    after: Lines

    def as_texts(self) -> dict[str, str]:
        """Return each part as text, one line for each prompt."""
        return {name: "\n".join(str(line) for line in getattr(self, name)) for name in ("before", "during", "after")}


_QUIET = _("Finn et sted der dere ikke blir forstyrret, og som eleven synes er greit.")
_WORDS = _("Bruk ord og tid som passer alderen.")
_NEXT = _("Avtal når dere snakker igjen, og si det høyt.")
_ALONE = _("Snakk med én elev om gangen, også når flere er med.")

BUILT_IN: dict[str, Prompts] = {
    ConversationKind.EXPOSED: Prompts(
        before=(_("Snakk med eleven med en gang du er bekymret."), _QUIET, _WORDS, _("Spør hvem eleven vil ha med seg.")),
        during=(
            _("Si hvorfor dere snakker, og at eleven ikke har gjort noe galt."),
            _("La eleven fortelle med egne ord. Mange sier mindre enn det de har opplevd."),
            _("Hva skjer, hvor, når og hvem ser det?"),
            _("Hva vil eleven at dere skal gjøre, og hva vil eleven ikke?"),
            _("Er det noe som må gjøres i dag: plassen, en voksen om morgenen, overganger eller utrygge steder?"),
        ),
        after=(_("Skriv inn det som haster, som tiltak."), _NEXT, _("Si hvem som får vite hva.")),
    ),
    ConversationKind.EXPOSED_GUARDIANS: Prompts(
        before=(
            _("Inviter raskt, og si hva møtet gjelder."),
            _("Tenk gjennom om språk, uro, helse eller kultur kan gjøre det vanskelig. Trengs tolk?"),
        ),
        during=(
            _("La dem snakke ferdig. Lytt og spør."),
            _("Fortell hva skolen vet, hva som er gjort og hva som skal gjøres."),
            _("Hva ser de hjemme, og hva foreslår de?"),
            _("Fortell om rettighetene og om Statsforvalteren (§ 12-6)."),
        ),
        after=(_NEXT, _("Skriv referat og gi det til dem.")),
    ),
    ConversationKind.INVOLVED: Prompts(
        before=(_ALONE, _QUIET),
        during=(
            _("Si hvorfor dere snakker, uten å dømme."),
            _("Hva har eleven sett og hørt?"),
            _("Hva kan eleven selv gjøre for at det blir bra?"),
        ),
        after=(_("Trenger denne eleven også hjelp?"), _NEXT),
    ),
    ConversationKind.INVOLVED_GUARDIANS: Prompts(
        before=(_("Snakk med hver familie for seg."),),
        during=(_("Fortell bare det som gjelder deres eget barn."), _("Hva ser de hjemme?")),
        after=(_("Be dem la skolen ordne det, ikke ta det opp med andre familier."), _NEXT),
    ),
    ConversationKind.HARMING: Prompts(
        before=(_ALONE, _("Vet du nok om hva som har skjedd?"), _QUIET),
        during=(
            _("Si rolig og tydelig at det som har skjedd, ikke er greit, og at det må slutte nå."),
            _("La eleven fortelle sin side."),
            _("Inviter eleven til å være med på å gjøre det bedre."),
            _("Bli enige om hva eleven gjør fra nå av."),
        ),
        after=(_("Skriv avtalen med en dag dere ser på den igjen."), _("Følg med fra i dag."), _("Trenger også denne eleven hjelp?")),
    ),
    ConversationKind.HARMING_GUARDIANS: Prompts(
        before=(_("Snakk med hver familie for seg. Flere sammen bare når de selv ønsker det."),),
        during=(
            _("Fortell hva skolen har sett, og hva som er avtalt med barnet deres."),
            _("Fortell bare det som gjelder deres eget barn."),
            _("Hva kan hjemmet og skolen gjøre sammen?"),
        ),
        after=(_("Be dem ikke ordne det selv med barna eller de andre familiene."), _NEXT, _("Skriv referat og gi det til dem.")),
    ),
    ConversationKind.RESTORING: Prompts(
        before=(_("Bare når eleven saken er til for, selv vil det."), _("Snakk med hver av dem først.")),
        during=(_("Hver får snakke ferdig."), _("Hva trenger hver av dem for at det skal bli godt å være her?")),
        after=(_("Spør hver av dem alene etterpå hvordan det var."), _NEXT),
    ),
}


def built_in(kind: str) -> Prompts:
    """Return Aktsom's own prompts for a kind of talk."""
    return BUILT_IN[ConversationKind(kind)]


def lines_of(text: str) -> tuple[str, ...]:
    """Return the prompts of a text, one for each line that says something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
