"""The network is down: a teacher writes all the same, it is hers alone, and she sends it herself when there is network (REP-27)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from aktsom.reports.models import Report
from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.signed_in import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READY = "[data-aktsom-offline-report][data-ready='yes']"
WORDS = "Han ble dyttet ned i snøen av tre eldre elever."
KEPT = """new Promise((done) => {
  const opening = indexedDB.open("aktsom-uten-nett", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("kept").objectStore("kept").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""
CACHED = """(async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found[new URL(request.url).pathname] = await (await cache.match(request)).text();
  }
  return found;
})()"""


EMPTIED = """(async () => {
  for (let asked = 0; asked < 100; asked += 1) {
    if ((await caches.keys()).length === 0) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
})()"""


def make_ready(teacher: Walker) -> None:
    """Open the form once with network, so that the device can do without."""
    teacher.open("/meld/")
    expect(teacher.page.locator(READY)).to_be_attached()


def test_report_written_without_network_is_hers_alone_and_sent_once_by_her(
    cast: Cast, arrive: Callable[..., Walker], live_server: object
) -> None:
    teacher = arrive(cast, "contact_teacher")
    make_ready(teacher)
    context, page = teacher.page.context, teacher.page
    assert str(cast.person("contact_teacher")) not in page.evaluate(CACHED)["/meld/uten-nett/"]

    context.set_offline(True)
    page.goto("/saker/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Meld fra uten nett")
    teacher.look()
    expect(teacher.main.get_by_role("link", name="Er noen i fare, ring 112")).to_be_visible()
    teacher.press_stays("Ta vare på teksten")
    expect(teacher.main.get_by_role("alert")).to_contain_text("Skriv hva som har skjedd")
    teacher.write("Hvem gjelder det?", "Ylva Ylvasen").write("Hva har skjedd?", WORDS).choose("Nei, det haster ikke")
    teacher.press_stays("Ta vare på teksten")
    expect(page.locator("[data-waiting]")).to_be_visible()
    (row,) = page.evaluate(KEPT)
    assert (WORDS in str(row), "Ylva" in str(row)) == (False, False)
    assert Report.objects.count() == 0

    context.set_offline(False)
    context.add_cookies([session_cookie(cast, "teacher_of_others", live_server.url)])  # type: ignore[attr-defined]
    make_ready(teacher)
    expect(page.locator("[data-waiting]")).to_be_hidden()  # somebody else on the same device
    context.add_cookies([session_cookie(cast, "contact_teacher", live_server.url)])  # type: ignore[attr-defined]
    make_ready(teacher)
    expect(page.locator("[data-waiting]")).to_be_visible()
    teacher.look()
    teacher.press_stays("Hent den fram")
    expect(page.locator("[data-taken]")).to_be_visible()
    assert Report.objects.count() == 0  # nothing is sent by itself
    expect(teacher.main.get_by_label("Hva har skjedd?")).to_have_value(WORDS)
    teacher.press("Send meldingen").sees("Vi har fått meldingen")
    page.wait_for_function(f"{KEPT}.then((rows) => rows.length === 0)")

    report = Report.objects.get()
    assert (report.what_happened, report.noticed_at < report.received_at) == (WORDS, True)


def test_network_gone_while_the_form_is_open_says_so_and_signing_out_leaves_nothing(cast: Cast, arrive: Callable[..., Walker]) -> None:
    teacher = arrive(cast, "contact_teacher")
    make_ready(teacher)
    page = teacher.page
    teacher.write("Hvem gjelder det?", "En gutt på 8. trinn").write("Hva har skjedd?", WORDS).choose("Nei, det haster ikke")

    page.context.set_offline(True)
    expect(page.locator("[data-lost]")).to_be_visible()
    teacher.press_stays("Send meldingen")
    teacher.look()
    teacher.press_stays("Ta vare på teksten")
    expect(page.locator("[data-kept]")).to_be_visible()
    assert len(page.evaluate(KEPT)) == 1
    page.context.set_offline(False)
    expect(page.locator("[data-lost]")).to_be_hidden()
    page.get_by_role("button", name="Meny").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Logg ut").click()

    page.wait_for_function("Promise.all([caches.keys(), indexedDB.databases()]).then(([one, two]) => one.length + two.length === 0)")
    assert Report.objects.count() == 0


def test_page_without_network_is_gone_when_somebody_comes_to_sign_in(cast: Cast, arrive: Callable[..., Walker]) -> None:
    """It is locked to the one who opened it: the next one must not write to her account by mistake."""
    teacher = arrive(cast, "contact_teacher")
    make_ready(teacher)
    page = teacher.page
    assert "/meld/uten-nett/" in page.evaluate(CACHED)

    page.context.clear_cookies()
    page.goto("/konto/login/")

    assert page.evaluate(EMPTIED) is True
