"""Examples for the living page of components: short, long, Sámi, right-to-left, empty and late."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms

from aktsom.core.timing import clock
from aktsom.core.ui.forms import ClockField, DayField, PlainForm
from aktsom.core.ui.shapes import DeadlineCard, Entry, Obstacle, Point, Row, Step, Tab

LAW_URL = "https://lovdata.no/lov/2023-06-09-30/§12-4"


class ShowcaseForm(PlainForm):
    """One field of each shape."""

    what = forms.CharField(
        label="Hva har skjedd?",
        help_text="Skriv det du har sett eller hørt. Du trenger ikke vite alt.",
        widget=forms.Textarea,
        error_messages={"required": "Skriv hva som har skjedd. Én setning er nok."},
    )
    name = forms.CharField(label="Hvem gjelder det?", required=False, max_length=40)
    on = DayField(label="Når skjedde det?", help_text="Omtrent er godt nok.")
    at = ClockField(label="Klokkeslett", required=False)
    place = forms.ChoiceField(label="Hvor skjedde det?", choices=[("", "Velg sted"), ("ute", "Ute i skolegården"), ("inne", "Inne")])
    known = forms.ChoiceField(
        label="Hvem skal kunne vite at det er du som sier fra?",
        widget=forms.RadioSelect,
        choices=[("none", "Ingen kan finne ut hvem jeg er"), ("some", "Disse kan vite det")],
    )
    seen = forms.MultipleChoiceField(
        label="Hva har du lagt merke til?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("alone", "Er mye alene"), ("words", "Vonde ord"), ("other", "Noe annet")],
    )
    told = forms.BooleanField(label="Eleven vet at jeg melder fra", required=False)
    picture = forms.FileField(label="Bilde", required=False, help_text="Du får se bildet før du sender.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].option_hints = {  # type: ignore[attr-defined]
            "none": "Vi lagrer ikke noe som kan vise hvem du er.",
            "some": "Kontaktlæreren din og rektor.",
        }
        self.fields["picture"].widget.attrs["accept"] = "image/*"


def filled_form() -> ShowcaseForm:
    """Return the form as it looks after something was missing."""
    return ShowcaseForm(data={"name": "Et navn som er så langt at det ikke får plass her", "on": "31.11.2026", "at": "kvart over"})


def deadlines() -> list[DeadlineCard]:
    """Return one time limit in each state."""
    today = clock.today()
    own = "Fem virkedager er skolens egen regel. Loven sier «snarest»."
    law = "Opplæringslova § 12-4 tredje ledd"
    late = DeadlineCard("Lag en skriftlig plan", today - timedelta(days=2), why=own, law=law, law_url=LAW_URL, state="passed")
    return [
        DeadlineCard("Lag en skriftlig plan", today + timedelta(days=3), why="Fem virkedager fra meldingen kom.", whose=own),
        DeadlineCard("Undersøk saken", word="snarest", why="Loven gir ikke et tall på dager her.", law=law, law_url=LAW_URL),
        DeadlineCard("Evaluer tiltakene", today, why="Dagen dere valgte i planen.", state="due_today"),
        replace(late, action_label="Skriv planen nå", action_url="#"),
        DeadlineCard("Svar den som meldte", today - timedelta(days=9), why="Svart av rektor.", state="met"),
    ]


def examples() -> dict[str, Any]:
    """Return everything the living page shows."""
    now = clock.now()
    return {
        "deadlines": deadlines(),
        "road": [
            Step("Meldt", "done", "12. november"),
            Step("Mottatt", "done", "12. november"),
            Step("Undersøkt og hørt", "missing", "Eleven er ikke hørt ennå"),
            Step("Plan", "now", url="#plan"),
            *[Step(label, "later") for label in ("Gjennomført", "Evaluert", "Trygg")],
        ],
        "obstacles": [
            Obstacle("Eleven har ikke sagt at det er trygt", "Sist svarte eleven «litt bedre» (12. november).", "#", "Spør eleven igjen"),
            Obstacle("To tiltak er ikke evaluert"),
        ],
        "points": [
            Point("Hvilket problem tiltakene skal løse", True),
            Point("Når tiltakene skal evalueres", False, "Loven ber om en dato, så alle vet når dere ser på det igjen.", "#"),
        ],
        "entries": [
            Entry(now - timedelta(hours=2), "Rektor tok imot meldingen", "Grete Prøve", icon="inbox"),
            Entry(now - timedelta(days=1), "En lærer meldte fra", "Máret Áilu Čáhcelađđi-Guovdageaidnu", "Gjelder friminuttene."),
        ],
        "tabs": [Tab("Oversikt", "#", True), *[Tab(name, "#") for name in ("Undersøkelse", "Elevens stemme", "Plan", "Logg", "Hvem")]],
        "columns": ["Sak", "Neste steg", "Frist"],
        "rows": [
            Row(("Sak 14, 6. trinn", "Snakk med eleven", "i morgen"), "#"),
            Row(("Sak 9, 8. trinn, om friminutt, garderobe og gruppechat", "Evaluer tiltakene", "i dag"), "#"),
        ],
        "who": ["Rektor ved Solvik skole", "Kontaktlæreren til eleven", "أمينة الاختبار (foresatt)"],
        "icons": ["bell", "inbox", "folder", "tasklist", "person-group", "buildings3", "calendar", "megaphone", "shield-lock"],
        "saved": now,
    }
