"""The components as template tags: {% load ui %}. Each has its own file in templates/ui/components/.

See them all at /utvikling/komponenter/ in the demo.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import FileInput, PasswordInput, Textarea
from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aktsom.core.ui import dates
from aktsom.core.ui.editing import Editing
from aktsom.core.ui.fields import FieldView, field_view
from aktsom.core.ui.icons import icon_svg
from aktsom.core.ui.offering import Offer
from aktsom.core.ui.shapes import DeadlineCard, Entry, Obstacle, Point, Row, Step, Tab

register = template.Library()
COMPONENTS = "ui/components/"


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "bell" %}: one of Aksel's icons. Text must stand beside it."""
    return icon_svg(name)


@register.inclusion_tag(COMPONENTS + "button.html")
def button(text: str, variant: str = "primary", icon: str = "", name: str = "", value: str = "", color: str = "") -> dict[str, Any]:
    """{% button "Send meldingen" %}: the text says what happens. Variants: primary, secondary, tertiary."""
    return {"text": text, "variant": variant, "icon": icon, "name": name, "value": value, "color": color, "url": ""}


@register.inclusion_tag(COMPONENTS + "button.html")
def link_button(text: str, url: str, variant: str = "primary", icon: str = "", color: str = "") -> dict[str, Any]:
    """{% link_button "Meld bekymring" url %}: a link that looks like a button."""
    return {"text": text, "variant": variant, "icon": icon, "name": "", "value": "", "color": color, "url": url}


@register.inclusion_tag(COMPONENTS + "actions.html")
def actions(text: str, cancel_url: str = "", cancel_text: str = "", icon: str = "", color: str = "") -> dict[str, Any]:
    """{% actions "Send meldingen" cancel_url=url %}: what stands at the bottom left of a form."""
    return {"text": text, "cancel_url": cancel_url, "cancel_text": cancel_text, "icon": icon, "color": color}


@register.simple_block_tag
def alert(content: str, color: str = "info", title: str = "") -> str:
    """{% alert "warning" title="…" %}…{% endalert %}. Colours: info, success, warning, danger."""
    return render_to_string(COMPONENTS + "alert.html", {"content": content, "color": color, "title": title})


@register.simple_block_tag
def card(content: str, title: str = "", color: str = "") -> str:
    """{% card "Tittel" %}…{% endcard %}: a quiet frame around things that belong together."""
    return render_to_string(COMPONENTS + "card.html", {"content": content, "title": title, "color": color})


@register.simple_block_tag
def fold(content: str, title: str, open: bool = False) -> str:  # noqa: A002 - named as the element names it
    """{% fold "Mer om dette" %}…{% endfold %}: optional things, folded away."""
    return render_to_string(COMPONENTS + "fold.html", {"content": content, "title": title, "open": open})


@register.simple_block_tag
def confirm(content: str, title: str, text: str, cancel_url: str, color: str = "") -> str:
    """{% confirm "Avslutte saken?" "Avslutt saken" url %}what then happens{% endconfirm %}, inside the page's form."""
    return render_to_string(
        COMPONENTS + "confirm.html",
        {"content": content, "title": title, "text": text, "cancel_url": cancel_url, "color": color},
    )


@register.inclusion_tag(COMPONENTS + "deadline.html")
def deadline(card: DeadlineCard) -> dict[str, Any]:
    """{% deadline card %}: what, by when, why, whose rule."""
    return {"card": card}


@register.inclusion_tag(COMPONENTS + "obstacle_list.html")
def obstacle_list(obstacles: Iterable[Obstacle | str], title: str = "") -> dict[str, Any]:
    """{% obstacle_list obstacles title="Før du kan avslutte" %}: what is missing, why, and where to put it right."""
    shown = [item if isinstance(item, Obstacle) else Obstacle(text=str(item)) for item in obstacles]
    return {"obstacles": shown, "title": title}


@register.inclusion_tag(COMPONENTS + "person.html")
def person(name: str, role: str = "", note: str = "") -> dict[str, Any]:
    """{% person "Navn Navnesen" role="kontaktlærer" %}."""
    return {"name": name, "role": role, "note": note}


@register.inclusion_tag(COMPONENTS + "empty_state.html")
def empty_state(title: str, text: str = "", action: str = "", url: str = "") -> dict[str, Any]:
    """{% empty_state "Ingen meldinger venter på deg" "Den siste ble tatt imot i går." %}."""
    return {"title": title, "text": text, "action": action, "url": url}


@register.inclusion_tag(COMPONENTS + "steps.html")
def steps(steps: Sequence[Step], label: str = "") -> dict[str, Any]:
    """{% steps road %}: the law's road, with what is done, now and missing."""
    return {"steps": steps, "label": label}


@register.inclusion_tag(COMPONENTS + "tabs.html")
def tabs(tabs: Sequence[Tab], label: str) -> dict[str, Any]:
    """{% tabs tabs "Deler av saken" %}: each tab is a link."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag(COMPONENTS + "table.html")
def table(columns: Sequence[str], rows: Sequence[Row], caption: str) -> dict[str, Any]:
    """{% table columns rows "Saker" %}: a table on a wide screen, cards on a phone."""
    shown = [{"url": row.url, "cells": list(zip(columns, row.cells, strict=True))} for row in rows]
    return {"columns": columns, "rows": shown, "caption": caption}


@register.inclusion_tag(COMPONENTS + "timeline.html")
def timeline(entries: Sequence[Entry]) -> dict[str, Any]:
    """{% timeline entries %}: who did what when."""
    return {"entries": entries}


@register.inclusion_tag(COMPONENTS + "who_can_see.html")
def who_can_see(names: Sequence[str], note: str = "") -> dict[str, Any]:
    """{% who_can_see names %}: names or roles of everyone who can read what is written here."""
    return {"names": names, "note": note}


@register.inclusion_tag(COMPONENTS + "saved_note.html")
def saved_note(at: datetime | None = None) -> dict[str, Any]:
    """{% saved_note at %}: «Lagret kl. 14.02». The draft module writes in it while the person types."""
    return {"text": dates.saved_at(at) if at else ""}


@register.simple_tag
def tag(text: str, color: str = "neutral", icon: str = "") -> SafeString:
    """{% tag "Venter" "warning" "clock" %}: a state in words, colour and icon."""
    return _tag(str(text), color, icon)


@lru_cache(maxsize=256)  # the same few states stand in every row of a list
def _tag(text: str, color: str, icon: str) -> SafeString:
    return render_to_string(COMPONENTS + "tag.html", {"text": text, "color": color, "icon": icon})


@register.inclusion_tag(COMPONENTS + "meter.html")
def meter(points: Sequence[Point], title: str) -> dict[str, Any]:
    """{% meter points "Dette ber loven om" %}: a quiet list of what is there and what is still missing."""
    return {"points": points, "title": title, "met": sum(point.met for point in points), "total": len(points)}


@register.inclusion_tag(COMPONENTS + "pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, Any]:  # type: ignore[type-arg]
    """{% pagination page %}: earlier and later, keeping the rest of the address."""
    pages = [
        {"number": number, "query": _query(context, number), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    earlier = _query(context, page.previous_page_number()) if page.has_previous() else ""
    later = _query(context, page.next_page_number()) if page.has_next() else ""
    return {"pages": pages, "earlier": earlier, "later": later, "many": page.paginator.num_pages > 1}


def _query(context: Context, number: int | str) -> str:
    if not isinstance(number, int):
        return ""
    query = context["request"].GET.copy()
    query["side"] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag(COMPONENTS + "field.html")
def field(bound: BoundField, rows: int | None = None, who: Sequence[str] | None = None) -> dict[str, Any]:
    """{% field form.what rows=6 who=names %}: label above, hint under it, error under the hint."""
    is_free_text = isinstance(bound.field.widget, Textarea)  # a day or a choice tells nothing by itself
    return {"field": field_view(bound, rows=rows), "who": who if who and is_free_text else []}


@register.inclusion_tag(COMPONENTS + "editing.html")
def editing(editing: Editing | None, deed: str) -> dict[str, Any]:
    """{% editing editing "Lagre problemet" %}: who saved last; both texts when somebody else saved meanwhile. First in the form."""
    return {"editing": editing, "deed": deed}


@register.inclusion_tag(COMPONENTS + "offers.html")
def offers(offers: Sequence[Offer]) -> dict[str, Any]:
    """{% offers question.offers %}: texts that stand somewhere already, each with its source and a button. Inside the form."""
    return {"offers": offers}


@register.inclusion_tag(COMPONENTS + "error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """{% error_summary form %}: shown only when something is missing; takes focus."""
    missing: list[FieldView] = [field_view(bound) for bound in form if bound.errors]
    is_partly_kept = any(isinstance(field.widget, (FileInput, PasswordInput)) for field in form.fields.values())
    return {"general": [str(error) for error in form.non_field_errors()], "missing": missing, "is_partly_kept": is_partly_kept}


@register.simple_tag
def when(value: date | datetime | None) -> SafeString | str:
    """{% when value %}: «i dag kl. 14.05», with the full date on hover and for screen readers; nothing for no value."""
    return dates.when_html(value) if value else ""


@register.filter
def day(value: date | datetime) -> str:
    """{{ value|day }}: tirsdag 24. november 2026."""
    return dates.long_day(value)


@register.filter
def clock(value: datetime | time) -> str:
    """{{ value|clock }}: kl. 14.05."""
    return dates.clock(value)
