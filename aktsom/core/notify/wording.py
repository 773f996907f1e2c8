"""What each notice says: that something waits, why it comes to you, and where. Never a name, never what (PRV-08, NEG-40)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """The sentence of a notice, and why the person gets it."""

    what: Promise
    why: Promise


WORDINGS: dict[str, Wording] = {
    "report.new": Wording(_("En melding venter på deg."), _("Du tar imot meldinger ved skolen.")),
    "report.urgent": Wording(_("En melding som haster venter på deg."), _("Du tar imot meldinger ved skolen.")),
    "report.waiting": Wording(_("En melding er ikke tatt imot ennå."), _("Du er den neste som tar imot.")),
    "report.answer": Wording(_("Du har fått svar på en melding."), _("Du har meldt fra.")),
    "report.more": Wording(_("Den som meldte, har skrevet mer."), _("Du har meldingen.")),
    "report.status": Wording(_("Det har skjedd noe med meldingen din."), _("Du har meldt fra.")),
    "owner.notice": Wording(_("Et varsel fra en skole venter på deg."), _("Du tar imot varsler for skoleeieren.")),
    "owner.test": Wording(_("Dette er en prøve. Åpne varselet, så vet vi at det kommer fram."), _("Du tar imot varsler for skoleeieren.")),
    "owner.answer": Wording(_("Skoleeieren har svart på et varsel."), _("Du varslet skoleeieren.")),
    "case.appointed": Wording(_("Du er satt til å arbeide med en sak."), _("Du er saksbehandler eller hjelper.")),
    "case.no_handler": Wording(_("En sak trenger ny saksbehandler."), _("Du har ansvaret for sakene ved skolen.")),
    "case.emergency": Wording(_("En sak er åpnet i en nødssituasjon."), _("Du har ansvaret for sakene, og ser gjennom hvorfor.")),
    "help.asked": Wording(_("Noen spør deg om hjelp."), _("Du er spurt.")),
    "help.answered": Wording(_("Noen har svart på et spørsmål om hjelp."), _("Du spurte.")),
    "case.opened": Wording(_("En sak er åpnet."), _("Du har ansvaret for sakene ved skolen.")),
    "case.family": Wording(_("Skolen har noe å vise deg."), _("Du er foresatt til en elev ved skolen.")),
    "family.wrote": Wording(_("Noen har skrevet til deg om en sak."), _("Du arbeider med saken.")),
    "family.falling": Wording(_("En plan bør kanskje ses på tidligere."), _("Du arbeider med saken.")),
    "family.asked": Wording(_("Skolen lurer på hvordan du har det."), _("Det er bestemt sammen med deg.")),
    "family.answer": Wording(_("Du har fått svar fra skolen."), _("Du har skrevet til skolen.")),
    "exchange.new": Wording(_("Noen har skrevet til deg."), _("Noen har valgt å skrive til nettopp deg.")),
    "guardian.asked": Wording(_("En foresatt spør om noe du må svare på."), _("Du leder skolen.")),
    "guardian.answered": Wording(_("Skolen har svart på det du spurte om."), _("Du spurte skolen.")),
    "case.changed": Wording(_("Det har skjedd noe i en sak."), _("Du arbeider med saken.")),
    "case.reopened": Wording(_("En sak er åpnet igjen."), _("Du arbeider med saken.")),
    "measure.given": Wording(_("Du har fått et tiltak å gjøre."), _("Du har ansvar for tiltaket, eller gjør det.")),
    "measure.soon": Wording(_("Et tiltak begynner snart."), _("Du har ansvar for tiltaket, eller gjør det.")),
    "measure.late": Wording(_("Et tiltak er ikke skrevet inn som gjort."), _("Du har ansvar for tiltaket, eller gjør det.")),
    "resource.asked": Wording(_("Et tiltak trenger noe du kan svare på."), _("Du har ansvaret for sakene ved skolen.")),
    "resource.answered": Wording(_("Du har fått svar på hva et tiltak trenger."), _("Du spurte om det.")),
    "case.governor": Wording(_("Statsforvalteren har tatt opp en sak."), _("Du arbeider med saken, eller har ansvaret for den.")),
    "health_warning.told": Wording(_("Skolen har noe viktig å fortelle."), _("Du er elev ved skolen, eller foresatt til en elev.")),
    "governor.due": Wording(_("En frist fra Statsforvalteren nærmer seg."), _("Du arbeider med saken, eller har ansvaret for den.")),
    "conversation.soon": Wording(_("Du har en samtale snart."), _("Du skal holde samtalen.")),
    "agreement.due": Wording(_("En avtale skal følges opp."), _("Du følger opp avtalen.")),
    "ask_again.due": Wording(_("Noen skal spørres om hvordan det går."), _("Du arbeider med saken, eller har ansvaret for den.")),
    "ask_again.worse": Wording(_("Noen svarte at det er blitt vanskeligere."), _("Du arbeider med saken, eller har ansvaret for den.")),
    "handover.asked": Wording(_("Noen spør om du kan ta over en oppgave."), _("Du er spurt.")),
    "handover.accepted": Wording(_("En oppgave har fått ny ansvarlig."), _("Du spurte, eller hadde oppgaven.")),
    "handover.declined": Wording(_("Noen sa nei til å ta over en oppgave."), _("Du spurte.")),
    "duty.without_holder": Wording(_("Oppgaver trenger en ny person."), _("Du har ansvaret ved skolen.")),
    "minutes.released": Wording(_("Skolen har noe å vise deg."), _("Du er elev ved skolen, eller foresatt til en elev.")),
    "school_change.decided": Wording(_("En elev har noe med seg fra en annen skole."), _("Du har ansvaret for sakene ved skolen.")),
    "school_change.received": Wording(_("Den nye skolen har tatt imot det dere ga videre."), _("Du ga det videre.")),
    "evaluation.due": Wording(_("En plan skal evalueres."), _("Du arbeider med planen.")),
    "evaluation.late": Wording(_("En plan skulle vært evaluert."), _("Du har ansvaret for sakene ved skolen.")),
    "wheel.soon": Wording(_("Du har noe å gjøre i årshjulet denne uka."), _("Du har en rolle i skolens plan.")),
    "wheel.late": Wording(_("Noe i årshjulet er ikke skrevet inn som gjort."), _("Du har en rolle i skolens plan.")),
    "wheel.led": Wording(_("Noe i årshjulet er over tiden."), _("Du leder skolen.")),
    "routine.new": Wording(_("Skolens rutine for å melde fra er ny. Les den."), _("Du arbeider ved skolen.")),
    "routine.read": Wording(_("Du har ikke sagt at du har lest skolens rutine for å melde fra."), _("Du arbeider ved skolen.")),
    "account.factor_reset": Wording(_("Den andre faktoren din er nullstilt."), _("Det gjelder kontoen din.")),
}


def wording_of(code: str) -> Wording:
    """Return the wording of a notice; an unknown code says only that something waits."""
    return WORDINGS.get(code, Wording(_("Noe venter på deg i Aktsom."), _("Det gjelder noe du har ansvar for.")))


@dataclass(frozen=True)
class Message:
    """What goes out on a channel. ``short`` is the whole of it where there is room for one SMS."""

    title: str
    body: str
    short: str
    url: str
    button: str


def message_of(code: str, path: str, *, urgent: bool) -> Message:
    """Return the message of one notice: that something waits, why, and a link that asks for sign-in."""
    words = wording_of(code)
    url = f"{settings.AKTSOM_BASE_URL}{path}"
    body = "\n\n".join(
        [
            str(words.what),
            gettext("Logg inn og les: %(url)s") % {"url": url},
            gettext("Hvorfor får du dette? %(why)s") % {"why": words.why},
            _choose(),
            gettext("Varselet har aldri navn eller innhold. Det står bare i Aktsom."),
        ]
    )
    title = gettext("Haster: noe venter på deg i Aktsom") if urgent else gettext("Noe venter på deg i Aktsom")
    short = gettext("Noe venter på deg i Aktsom. Du får dette fordi du har en oppgave der. Logg inn: %(url)s")
    return Message(title, body, short % {"url": settings.AKTSOM_BASE_URL}, url, gettext("Åpne Aktsom"))


def digest_message(amount: int) -> Message:
    """Return the one message of a morning: how much waits, and where. It has no list, for a list would tell."""
    url = f"{settings.AKTSOM_BASE_URL}/varsler/"
    title = ngettext("%(amount)s ting venter på deg i Aktsom", "%(amount)s ting venter på deg i Aktsom", amount) % {"amount": amount}
    body = "\n\n".join(
        [
            gettext("God morgen. Dette haster ikke mer enn at det kunne vente til i dag."),
            gettext("Logg inn og les: %(url)s") % {"url": url},
            gettext(
                "Hvorfor får du dette? Du har en oppgave i Aktsom, eller du er med i noe der. På siden står det hvorfor, for hvert varsel."
            ),
            _choose(),
            gettext("Varselet har aldri navn eller innhold. Det står bare i Aktsom."),
        ]
    )
    short = gettext("%(amount)s ting venter på deg i Aktsom. Du får dette fordi du er med i noe der. Logg inn: %(url)s")
    return Message(title, body, short % {"amount": amount, "url": settings.AKTSOM_BASE_URL}, url, gettext("Åpne Aktsom"))


def teams_message() -> Message:
    """Return what a school's Teams channel is told. Many read it, so it says not even whose turn it is."""
    title = gettext("Noe haster i Aktsom")
    body = gettext("Den som har oppgaven, finner den etter innlogging. Dere får dette fordi skolen har koblet kanalen til Aktsom.")
    return Message(title, body, title, settings.AKTSOM_BASE_URL, gettext("Åpne Aktsom"))


def _choose() -> str:
    return gettext("Du velger selv hvordan varsler kommer: %(url)s") % {"url": f"{settings.AKTSOM_BASE_URL}/varsler/innstillinger/"}
