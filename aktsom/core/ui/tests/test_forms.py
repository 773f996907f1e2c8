"""Forms speak kindly, lose nothing and understand how people write days and times."""

from datetime import date, time

import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.ui.fields import field_view
from aktsom.core.ui.forms import ClockField, DayField, PlainForm


class Example(PlainForm):
    what = forms.CharField(label="Hva har skjedd?", help_text="Kort er nok.", widget=forms.Textarea)
    name = forms.CharField(label="Navn", required=False, max_length=5)
    on = DayField(label="Når?", required=False)
    at = ClockField(label="Klokka", required=False)
    who = forms.ChoiceField(label="Hvem?", widget=forms.RadioSelect, choices=[("a", "Alle"), ("b", "Noen")])
    own = forms.CharField(label="Eget", error_messages={"required": "Skriv det du selv har sett."})


def show(form: forms.Form, name: str) -> str:
    return Template("{% load ui %}{% field bound %}").render(Context({"bound": form[name]}))


def test_required_sentence_names_the_question_unless_the_form_has_its_own() -> None:
    form = Example(data={})

    assert form.errors == {
        "what": ["Skriv noe under «Hva har skjedd?». Én setning er nok."],
        "who": ["Velg ett av svarene under «Hvem?»."],
        "own": ["Skriv det du selv har sett."],
    }


def test_django_forms_we_did_not_write_never_say_that_a_field_is_required() -> None:
    class Foreign(forms.Form):
        name = forms.CharField()
        picture = forms.FileField()

    assert Foreign(data={}).errors == {"name": ["Her mangler det et svar."], "picture": ["Velg en fil først."]}


def test_too_long_text_says_how_much_room_there_is() -> None:
    form = Example(data={"what": "x", "own": "x", "who": "a", "name": "sju tegn"})

    assert form.errors == {"name": ["Teksten er for lang. Det er plass til 5 tegn, og du har skrevet 8."]}


@pytest.mark.parametrize("written", ["24.11.2026", "24/11-26", "2026-11-24", "24 11 2026"])
def test_day_is_understood_as_people_write_it(written: str) -> None:
    assert DayField().clean(written) == date(2026, 11, 24)


def test_day_that_does_not_exist_is_explained() -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean("31.11.2026")

    assert refused.value.messages == ["Den dagen finnes ikke. Du skrev 31.11.2026, og november har 30 dager."]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_written_in_norwegian_comes_back(day: date) -> None:
    assert DayField().clean(f"{day.day}.{day.month}.{day.year}") == day


@given(st.text(max_size=20))
def test_day_field_never_falls_over(text: str) -> None:
    try:
        found = DayField(required=False).clean(text)
    except forms.ValidationError:
        return
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize("written", ["14.05", "14:05", "1405", "kl. 14.05", "14:05:00"])
def test_clock_is_understood_as_people_write_it(written: str) -> None:
    assert ClockField().clean(written) == time(14, 5)


def test_clock_that_does_not_exist_is_refused_with_an_example() -> None:
    with pytest.raises(forms.ValidationError) as refused:
        ClockField().clean("25.00")

    assert refused.value.messages == ["Skriv klokkeslettet som time og minutt, for eksempel 14.05."]


def test_what_a_picker_cannot_show_comes_back_as_text() -> None:
    html = show(Example(data={"on": "31.11.2026"}), "on")

    assert 'type="text"' in html
    assert 'value="31.11.2026"' in html


def test_day_the_picker_understands_stays_a_picker() -> None:
    assert 'type="date"' in show(Example(data={"on": "2026-11-24"}), "on")


def test_hint_and_error_are_tied_to_the_input() -> None:
    html = show(Example(data={}), "what")

    assert 'aria-describedby="id_what-hint id_what-error"' in html
    assert 'id="id_what-hint"' in html
    assert 'id="id_what-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="ds-label" for="id_what">Hva har skjedd?</label>' in html
    assert " required" not in html


def test_optional_is_said_only_where_something_else_is_asked_for() -> None:
    class AllFree(PlainForm):
        note = forms.CharField(label="Notat", required=False)

    assert field_view(Example()["name"]).optional is True
    assert field_view(Example()["what"]).optional is False
    assert field_view(AllFree()["note"]).optional is False


def test_radio_buttons_are_a_fieldset_with_every_choice_labelled() -> None:
    html = show(Example(data={"who": "b"}), "who")

    assert "<legend" in html
    assert '<input class="ds-input" type="radio" name="who" value="b" id="id_who_1" checked>' in html
    assert '<label class="ds-label" for="id_who_1">Noen</label>' in html


def test_error_summary_leads_to_each_field_and_takes_focus() -> None:
    html = Template("{% load ui %}{% error_summary form %}").render(Context({"form": Example(data={})}))

    assert 'href="#id_what"' in html
    assert 'href="#id_who_0"' in html
    assert 'tabindex="-1"' in html
    assert "autofocus" in html


def test_error_summary_is_silent_when_nothing_is_missing() -> None:
    form = Example(data={"what": "x", "who": "a", "own": "x"})

    assert Template("{% load ui %}{% error_summary form %}").render(Context({"form": form})).strip() == ""


class Told(PlainForm):
    what = forms.CharField()


def test_signs_that_are_no_letters_never_come_in_and_words_line_break_does() -> None:
    form = Told({"what": "Ball\x0bpå\x08 taket\ufffe\u202f«blå»\x00"})

    assert form.is_valid()
    assert form.cleaned_data["what"] == "Ball\npå taket\u202f«blå»"
