"""Take the pictures of the user guide from a running demo: python tools/make_pictures.py http://127.0.0.1:8000

They show made-up people only. Run it again when a page has changed, on a demo nobody has worked in: ./run --fresh. It leaves
a draft of a plan behind.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "bilder"
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1000, "height": 860}
OWN_PLAN = "Hva\tHvem\tNår\nKlassens time\tKontaktlærer\tPartallsuker\nVennskapsuke\tElevrådet\tUke 41\nGåtur\tRektor\tNår det klaffer"
SCHOOL = "Solvik skole"


def enter(page: Page, base: str, title: str) -> None:
    """Sign in as somebody at the school with this title."""
    page.goto(f"{base}/demo/")
    place = page.locator("details", has=page.locator("summary", has_text=SCHOOL))
    place.locator("summary").click()
    place.get_by_role("button", name=re.compile(f", {title}$")).first.click()


def take(page: Page, name: str) -> None:
    """Save what the window shows."""
    page.screenshot(path=str(PICTURES / f"{name}.png"))


def take_receiving(page: Page, base: str) -> None:
    """Walk with the head teacher from the front page to a case."""
    enter(page, base, "rektor")
    take(page, "i-dag")
    page.goto(f"{base}/meldinger/")
    take(page, "meldinger")
    page.locator("main ul a").first.click()
    take(page, "melding")
    page.locator("summary", has_text="Vurder hvor alvorlig det er").first.click()
    page.locator("summary", has_text="Vurder hvor alvorlig det er").first.scroll_into_view_if_needed()
    take(page, "alvorlig")
    page.get_by_role("link", name="Åpne sak", exact=True).click()
    take(page, "apne-sak")
    page.goto(f"{base}/meld/")
    take(page, "meld")


def take_family(page: Page, base: str) -> None:
    """Walk through the room of a pupil who has a case."""
    enter(page, base, "elev")
    take(page, "elev-i-dag")
    page.get_by_role("link", name="Se saken").click()
    room = page.url
    take(page, "min-sak")
    links = [link.get_attribute("href") or "" for link in page.locator("main a[href*='/min-plan/']").all()]
    for name, shape in (("min-plan", r"/min-plan/\w{12}/"), ("virker-dette", r"/min-plan/.+/.+/")):
        page.goto(base + next(path for path in links if re.fullmatch(shape, path)))
        take(page, name)
    for name, path in (("hvordan-er-det", "hvordan-er-det/"), ("skriv-til-voksen", "skriv/"), ("lest", "lest/")):
        page.goto(f"{room}{path}")
        take(page, name)


def take_case(page: Page, base: str) -> None:
    """Show the list of cases and one of them on a wide screen, and one whose pupil has not been told on a phone."""
    enter(page, base, "rektor")
    page.goto(f"{base}/saker/")
    take(page, "saker")
    found = [link.get_attribute("href") or "" for link in page.locator("main a[href^='/saker/']").all()]
    cases = [path for path in dict.fromkeys(found) if re.fullmatch(r"/saker/\w{12}/", path)]
    page.goto(base + cases[-1])
    take(page, "sak")
    for path in cases:
        page.goto(f"{base}{path}stemme/")
        if page.get_by_text("Eleven ser ikke saken ennå").count():
            page.set_viewport_size(PHONE)
            take(page, "ikke-fortalt")
            return


def take_plan(page: Page, base: str) -> None:
    """Show the wheel, a plan of the school's own as it was read, and a row with its dates while it is written."""
    enter(page, base, "rektor")
    page.goto(f"{base}/arshjul/")
    page.get_by_role("link", name="Hjulet", exact=True).click()
    page.locator("h1").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('h1').scrollIntoView()")
    take(page, "arshjul")
    page.goto(f"{base}/planen/")
    school = (page.get_by_role("link", name="Ressurser").first.get_attribute("href") or "").strip("/").split("/")[-1]
    page.goto(f"{base}/planen/egen/{school}/")
    page.locator("main textarea").fill(OWN_PLAN)
    page.get_by_role("button", name="Les planen").click()
    page.get_by_text("Slik sto det").first.wait_for()
    take(page, "egen-plan")
    page.goto(f"{base}/planen/")
    begin = page.get_by_role("button", name="Lag en ny utgave")
    (begin if begin.count() else page.get_by_role("link", name="Utkastet", exact=True)).click()
    page.get_by_role("link", name="Ny rad").first.click()
    page.locator("#id_what").fill("Felles frokost i kantina")
    page.locator("#id_who").fill("rektor, elevrådet")
    page.locator("#id_time").select_option(label="Hver uke, eller med noen uker imellom")
    page.locator("#id_number").fill("3")
    page.locator("#id_weekday").select_option(label="onsdag")
    page.get_by_role("button", name="Vis datoene").click()
    page.get_by_text("I år:").first.wait_for()
    page.evaluate("document.querySelector('#id_who').scrollIntoView()")
    take(page, "planen")


def main(base: str) -> None:
    """Walk through the main jobs and take one picture of each page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        phone = browser.new_context(viewport=PHONE, locale="nb-NO").new_page()
        phone.goto(f"{base}/skole/solvik/si-fra/")
        take(phone, "si-fra")
        take_receiving(phone, base)
        take_family(phone, base)
        take_case(browser.new_context(viewport={"width": 1180, "height": 900}, locale="nb-NO").new_page(), base)
        take_plan(browser.new_context(viewport=WIDE, locale="nb-NO").new_page(), base)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
