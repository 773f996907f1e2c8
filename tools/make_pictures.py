"""Take the pictures of the user guide from a running demo: python tools/make_pictures.py http://127.0.0.1:8000

They show made-up people only. Run it again when a page has changed.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "bilder"
PHONE = {"width": 390, "height": 844}
SCHOOL = "Solvik skole"


def enter(page: Page, base: str, title: str) -> None:
    """Sign in as somebody at the school with this title."""
    page.goto(f"{base}/demo/")
    place = page.locator("details", has=page.locator("summary", has_text=SCHOOL))
    if place.get_attribute("open") is None:
        place.locator("summary").click()
    place.get_by_role("button", name=re.compile(f", {title}$")).first.click()


def take(page: Page, name: str) -> None:
    """Save what the window shows."""
    page.screenshot(path=str(PICTURES / f"{name}.png"))


def main(base: str) -> None:
    """Walk through the main job and take one picture of each page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport=PHONE, locale="nb-NO").new_page()
        page.goto(f"{base}/skole/solvik/si-fra/")
        take(page, "si-fra")
        enter(page, base, "rektor")
        take(page, "i-dag")
        page.goto(f"{base}/meldinger/")
        take(page, "meldinger")
        page.locator("main ul a").first.click()
        take(page, "melding")
        page.goto(f"{base}/meld/")
        take(page, "meld")
        wide = browser.new_context(viewport={"width": 1180, "height": 900}, locale="nb-NO").new_page()
        enter(wide, base, "rektor")
        wide.goto(f"{base}/saker/")
        take(wide, "saker")
        wide.locator("main a[href^='/saker/']").filter(has_text=re.compile(r",")).last.click()
        take(wide, "sak")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
