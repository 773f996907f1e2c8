"""The clocks the law itself starts, as a table: what sets each going, who acts towards whom, and the law's own limit.

Source: domain.md 1.3, C1 to C19. C17 (personal data requests) is left out: no source for it was read.
A word is kept as a word. A number is here only where the law, or the authority that applies it, gives one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.deadlines import FAMILY_WEEK, TimeWord


class Moment(models.TextChoices):
    """A day somebody sets for the one case."""

    LETTER = "letter", _("dagen i brevet")
    DECISION = "decision", _("dagen i vedtaket")
    PLAN = "plan", _("dagen i planen")
    BEFOREHAND = "beforehand", _("før det skjer")


class PeriodUnit(models.TextChoices):
    """What a number in the law counts."""

    WORKING_DAYS = "working_days", _("virkedager")
    WEEKS = "weeks", _("uker")
    MONTHS = "months", _("måneder")
    YEARS = "years", _("år")


@dataclass(frozen=True)
class Period:
    """A number the law gives."""

    amount: int
    unit: PeriodUnit


@dataclass(frozen=True)
class StatutoryClock:
    """One duty or right with its limit. ``law_id`` is looked up with a day in the register of law."""

    code: str
    trigger: Promise | str
    action: Promise | str
    bearer: Promise | str
    receiver: Promise | str
    limit: TimeWord | Moment | Period
    law_id: str


STAFF, HEAD, SCHOOL, OWNER = _("alle som arbeider ved skolen"), _("rektor"), _("skolen"), _("skoleeieren")
FAMILY, GOVERNOR = _("eleven eller foreldrene"), _("Statsforvalteren")
NOBODY = ""

CLOCKS: tuple[StatutoryClock, ...] = (
    StatutoryClock(
        "C1", _("mistanke om at en elev ikke har det trygt og godt"), _("meld fra"), STAFF, HEAD, TimeWord.NONE_STATED, "ol-12-4-2"
    ),
    StatutoryClock("C2", _("mistanke mot en som arbeider ved skolen"), _("meld fra"), STAFF, HEAD, TimeWord.IMMEDIATELY, "ol-12-5-1"),
    StatutoryClock("C3", _("mistanke mot noen i ledelsen"), _("meld fra"), STAFF, OWNER, TimeWord.NONE_STATED, "ol-12-5-2"),
    StatutoryClock("C4", _("melding om en som arbeider ved skolen"), _("meld videre"), HEAD, OWNER, TimeWord.NONE_STATED, "ol-12-5-1"),
    StatutoryClock("C5", _("melding tatt imot"), _("undersøk og rett opp"), SCHOOL, NOBODY, TimeWord.AS_SOON_AS_POSSIBLE, "ol-12-4-2"),
    StatutoryClock("C6", _("tiltak i en sak"), _("lag en skriftlig plan"), SCHOOL, NOBODY, TimeWord.NONE_STATED, "ol-12-4-3"),
    StatutoryClock("C7", _("alvorlig tilfelle"), _("meld videre"), HEAD, OWNER, TimeWord.NONE_STATED, "ol-12-4-2"),
    StatutoryClock(
        "C8",
        _("saken er tatt opp med rektor"),
        _("kan gå til Statsforvalteren"),
        FAMILY,
        GOVERNOR,
        Period(FAMILY_WEEK, PeriodUnit.WORKING_DAYS),
        "ol-12-6-2",
    ),
    StatutoryClock("C9", _("Statsforvalteren ber om opplysninger"), _("send alt"), OWNER, GOVERNOR, Moment.LETTER, "ol-12-6-3"),
    StatutoryClock("C10", _("vedtak fra Statsforvalteren"), _("gjennomfør vedtaket"), OWNER, GOVERNOR, Moment.DECISION, "ol-12-6-5"),
    StatutoryClock("C11", _("vedtak fra Statsforvalteren"), _("kan klage"), FAMILY, GOVERNOR, Period(3, PeriodUnit.WEEKS), "fvl-29"),
    StatutoryClock("C12", _("evalueringsdagen i planen"), _("evaluer tiltakene"), SCHOOL, NOBODY, Moment.PLAN, "ol-12-4-3"),
    StatutoryClock("C13", _("fysisk inngripen"), _("meld fra"), STAFF, HEAD, TimeWord.NONE_STATED, "ol-13-5"),
    StatutoryClock(
        "C14", _("en elev på 1.–7. trinn vises bort resten av dagen"), _("si fra hjemme"), HEAD, FAMILY, Moment.BEFOREHAND, "ol-13-1"
    ),
    StatutoryClock(
        "C15",
        _("grunn til å tro at et barn blir mishandlet eller utsatt for alvorlig omsorgssvikt"),
        _("meld fra"),
        STAFF,
        _("barnevernet"),
        TimeWord.WITHOUT_UNDUE_DELAY,
        "ol-24-3",
    ),
    StatutoryClock("C16", _("krav om innsyn"), _("svar"), OWNER, _("den som spør"), Period(5, PeriodUnit.WORKING_DAYS), "offl-32"),
    StatutoryClock("C18", _("sak om enkeltvedtak"), _("gi et foreløpig svar"), OWNER, _("parten"), Period(1, PeriodUnit.MONTHS), "fvl-11a"),
    StatutoryClock(
        "C19",
        _("hvert år"),
        _("gi en rapport om læringsmiljøet"),
        OWNER,
        _("kommunestyret eller fylkestinget"),
        Period(1, PeriodUnit.YEARS),
        "ol-17-12",
    ),
)


def statutory_clock(code: str) -> StatutoryClock:
    """Return the clock with a code such as «C5»; raise LookupError when there is none."""
    for clock in CLOCKS:
        if clock.code == code:
            return clock
    raise LookupError(code)
