"""Components show what they are given, escape it, and stand without the fetched files."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from aktsom.core.ui import icons
from aktsom.core.ui.dates import clock, long_day, near_day
from aktsom.core.ui.shapes import DeadlineCard, Obstacle, Row, Step


def show(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_icon_is_hidden_from_screen_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "PersonGroup.svg").write_text('<svg width="1em" xmlns="http://www.w3.org/2000/svg"><path/></svg>', encoding="utf-8")
    monkeypatch.setattr(icons, "ICONS", tmp_path)
    icons.icon_svg.cache_clear()

    assert icons.icon_svg("person-group") == '<svg class="aktsom-icon" aria-hidden="true" focusable="false" width="1em"><path/></svg>'
    assert icons.icon_svg("PersonGroup") == icons.icon_svg("person-group")
    assert icons.icon_svg("not-fetched") == ""
    assert icons.icon_svg("../person-group") == ""
    icons.icon_svg.cache_clear()


def test_text_given_to_components_is_escaped() -> None:
    name = "<script>alert(1)</script>"

    shown = [
        show("{% person name %}", name=name),
        show("{% alert 'info' title=name %}{{ name }}{% endalert %}", name=name),
        show("{% obstacle_list obstacles %}", obstacles=[Obstacle(name, why=name)]),
        show("{% table columns rows name %}", columns=[name], rows=[Row((name,))], name=name),
        show("{% who_can_see names %}", names=[name]),
    ]

    assert [html.count("<script") for html in shown] == [0] * len(shown)
    assert all("&lt;script&gt;" in html for html in shown)


def test_deadline_that_is_a_word_shows_the_word_and_no_date() -> None:
    html = show("{% deadline card %}", card=DeadlineCard("Undersøk saken", word="snarest"))

    assert "<strong>snarest</strong>" in html
    assert "<time" not in html


@time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC))
def test_passed_deadline_says_so_in_words_and_shows_the_way_out() -> None:
    card = DeadlineCard("Lag en plan", date(2026, 11, 19), state="passed", action_label="Skriv planen nå", action_url="/plan/")

    html = show("{% deadline card %}", card=card)

    assert "Fristen er passert" in html
    assert "for 2 dager siden" in html
    assert "(torsdag 19. november 2026)" in html
    assert 'href="/plan/"' in html


def test_step_says_its_state_in_words_and_marks_where_you_are() -> None:
    html = show("{% steps road %}", road=[Step("Meldt", "done"), Step("Plan", "now"), Step("Trygg", "missing")])

    assert html.count("Gjort") == 1
    assert html.count('aria-current="step"') == 1
    assert html.count("Mangler") == 1


def test_obstacle_list_is_nothing_without_obstacles() -> None:
    assert show("{% obstacle_list obstacles %}", obstacles=[]).strip() == ""


def test_table_keeps_its_meaning_as_cards() -> None:
    html = show("{% table columns rows 'Saker' %}", columns=["Sak", "Frist"], rows=[Row(("Sak 1", "i dag"), "/saker/1/")])

    assert '<th role="rowheader" scope="row" data-label="Sak"><a class="ds-link" href="/saker/1/">Sak 1</a></th>' in html
    assert '<td role="cell" data-label="Frist"><span>i dag</span></td>' in html


def test_pagination_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/meldinger/?status=ny&side=2")
    page = Paginator(range(30), 10).get_page(2)

    html = show("{% pagination page %}", page=page, request=request)

    assert 'href="?status=ny&amp;side=1" rel="prev"' in html
    assert 'href="?status=ny&amp;side=3" rel="next"' in html


def test_day_is_said_as_seen_from_today() -> None:
    today = date(2026, 11, 21)

    said = [near_day(date(2026, 11, day), today) for day in (18, 20, 21, 22, 23)]

    assert said == ["for 3 dager siden", "i går", "i dag", "i morgen", "om 2 dager"]
    assert near_day(date(2026, 12, 24), today) == "torsdag 24. desember 2026"


def test_moment_is_said_in_norwegian_time() -> None:
    moment = datetime(2026, 11, 24, 23, 5, tzinfo=UTC)

    assert long_day(moment) == "onsdag 25. november 2026"
    assert clock(moment) == "kl. 00.05"
