"""The form every domain form builds on, and fields that understand how people write days and times."""

import calendar
import re
from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.sentences import required_sentence

NEW_LINE_MARKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # Word pastes a line break inside a paragraph as one of these
NO_LETTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """Return text without signs that are no letters and that no Word file, spreadsheet or PDF can hold."""
    return NO_LETTERS.sub("", NEW_LINE_MARKS.sub("\n", text))


def _readable_value(read: Callable[[Any], Any], value: Any) -> Any:
    return read(readable(value) if isinstance(value, str) else value)


def _class_sentence(field: forms.Field, code: str) -> Any:
    """Return the sentence the field's class gives, before the form's author said anything."""
    for kind in type(field).__mro__:
        sentences = kind.__dict__.get("default_error_messages", {})
        if code in sentences:
            return sentences[code]
    return None


class PlainForm(forms.Form):
    """A form whose errors are sentences, and where the server, not the browser, says what is missing."""

    use_required_attribute = False
    template_name = "ui/components/form_fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                field.to_python = partial(_readable_value, field.to_python)  # type: ignore[method-assign]
            if field.error_messages.get("required") is _class_sentence(field, "required"):
                field.error_messages["required"] = required_sentence(field, str(field.label or name))


class KeepsWhatWasWritten:
    """A picker cannot show what it does not understand, so such a text comes back in a plain field."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        written = context["widget"]["value"]
        if written and not re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}(:\d{2})?", written):
            context["widget"]["type"] = "text"
        return context


class DayInput(KeepsWhatWasWritten, forms.DateInput):
    """The browser's own day picker, which wants ISO dates whatever the language is."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class ClockInput(KeepsWhatWasWritten, forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DayField(forms.DateField):
    """A day, written as 24.11.2026, 24/11-26 or picked; an impossible day is explained, not only refused."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        written = str(value).strip()
        parts = [int(part) for part in re.findall(r"\d+", written)]
        if len(parts) != 3:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = parts if parts[0] > 31 else parts[::-1]
        return self._existing_day(year + 2000 if year < 100 else year, month, day, written)

    def _existing_day(self, year: int, month: int, day: int, written: str) -> date:
        if not (1 <= month <= 12 and 1900 <= year <= 2200):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise ValidationError(
                _("Den dagen finnes ikke. Du skrev %(written)s, og %(month)s har %(days)d dager."),
                code="no_such_day",
                params={"written": written, "month": str(MONTHS[month]).lower(), "days": days},
            )
        return date(year, month, day)


class ClockField(forms.TimeField):
    """A time of day, written as 14.05, 14:05, 1405 or 14."""

    widget = ClockInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        found = re.fullmatch(r"(?:kl\.?)?\s*(\d{1,2})(?:[.: ]?(\d{2}))?(?:[.:]\d{2})?", str(value).strip().lower())
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(int(found[1]), int(found[2] or 0))


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files, as they came; what they may be is for the one who uses it."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [file for file in files if file]
