"""What the field component needs to know about a form field: label, hint, errors, ids and the control itself."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MANY = 12  # so many to choose among, and the list gets a field to search in


@dataclass(frozen=True)
class Option:
    """One radio button or tick box."""

    id: str
    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class FieldView:
    """One form field, ready to be shown. ``shape`` is control, options, tick or hidden."""

    shape: str
    name: str
    label: str
    hint: str
    errors: list[str]
    id: str
    focus_id: str
    optional: bool
    control: SafeString | str = ""
    options: tuple[Option, ...] = ()
    option_type: str = ""
    described_by: str = ""
    is_file: bool = False
    search: dict[str, str] = field(default_factory=dict)


def described_by(bound: BoundField) -> str:
    """Return the ids of the hint and the error, in the order they should be read."""
    ids = [f"{bound.auto_id}-hint"] if bound.help_text else []
    if bound.errors:
        ids.append(f"{bound.auto_id}-error")
    return " ".join(ids)


def is_marked_optional(bound: BoundField) -> bool:
    """Return whether «valgfritt» should stand there: only where something else in the form is asked for.

    A field with ``is_needed_later`` can be left for now, and is not optional: something further on waits for it.
    """
    if getattr(bound.field, "is_needed_later", False):
        return False
    return not bound.field.required and any(field.required for field in bound.form.fields.values())


def options_of(bound: BoundField) -> tuple[Option, ...]:
    """Return the choices with their ids and, where the field has ``option_hints``, a hint under each."""
    hints: dict[str, Any] = getattr(bound.field, "option_hints", {})
    found = []
    for choice in bound.subwidgets:
        value = choice.data["value"]
        found.append(
            Option(
                id=choice.id_for_label,
                value="" if value is None else str(value),
                label=str(choice.choice_label),
                hint=str(hints.get(str(value), "")),
                chosen=bool(choice.data["selected"]),
            )
        )
    return tuple(found)


def control(bound: BoundField, *, rows: int | None) -> SafeString:
    """Return the input itself, with the design system's class and the ids that tie hint and error to it."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {"class": "ds-input"}
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        attrs["rows"] = rows or (4 if widget.attrs.get("rows") in (None, "10") else widget.attrs["rows"])
    if isinstance(widget, forms.FileInput):
        attrs = {"class": "aktsom-file", "data-aktsom-preview": f"{bound.auto_id}-preview"}
    if ids := described_by(bound):
        attrs["aria-describedby"] = ids
    if isinstance(widget, forms.Select):
        attrs |= search_words(sum(1 for _choice in widget.choices))
    return bound.as_widget(attrs=attrs)


def search_words(amount: int) -> dict[str, str]:
    """Return what the search field of a long list says, and nothing when the list is short enough to read."""
    if amount <= MANY:
        return {}
    return {
        "data-aktsom-search": _("Søk i listen"),
        "data-aktsom-found": _("Så mange passer:"),
        "data-aktsom-nobody": _("Ingen i listen passer. Se om det er skrevet riktig."),
    }


def field_view(bound: BoundField, *, rows: int | None = None) -> FieldView:
    """Return ``bound`` as the field component wants it."""
    widget = bound.field.widget
    has_options = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    is_tick = isinstance(widget, forms.CheckboxInput)
    options = options_of(bound) if has_options else ()
    shape = "hidden" if bound.is_hidden else "options" if has_options else "tick" if is_tick else "control"
    return FieldView(
        shape=shape,
        name=bound.html_name,
        label=str(bound.label),
        hint=str(bound.help_text),
        errors=[str(error) for error in bound.errors],
        id=bound.auto_id,
        focus_id=options[0].id if options else bound.id_for_label or bound.auto_id,
        optional=is_marked_optional(bound) and not is_tick,
        control="" if has_options else control(bound, rows=rows),
        options=options,
        option_type="checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio",
        described_by=described_by(bound),
        is_file=isinstance(widget, forms.FileInput),
        search=search_words(len(options)),
    )
