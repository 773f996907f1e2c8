"""One person with a phone: what is opened, pressed and written, counted, and every new page looked at by axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any, ClassVar

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

SMALL = """
    [...document.querySelectorAll('main .ds-button, main summary, main input:not([type=hidden]), main select, main textarea')]
    .map(e => [e.closest('.aktsom-option') ?? e.closest('.ds-field') ?? e, e])
    .filter(([target]) => target.offsetHeight > 0 && target.offsetHeight < 44)
    .map(([target, e]) => e.outerHTML.slice(0, 120))
"""

OWN_PAGES = re.compile(r'href="(/(?:min-sak|min-plan|samtaler|saker|planer|tiltak|sporsmal|egne-notater|varsler|meldinger)/[^"#]*)')


class Walker:
    """A person in her own browser. ``taps`` counts what it cost her."""

    looked_at: ClassVar[set[tuple[Any, ...]]] = set()
    looks_once = False  # whether one look at each page is enough, whatever stands on it

    def __init__(self, context: BrowserContext, check: Callable[[Page], None]) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(45_000)  # a busy machine is slow, not wrong
        self.check = check
        self.taps = 0
        self.read: list[tuple[str, str]] = []  # address and text of every page that was looked at

    def open(self, path: str) -> Walker:
        """Go to an address, which must answer, and look at the page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.look()

    def answers(self, path: str) -> int:
        """Return the status an address answers with."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def look(self) -> Walker:
        """See that the page is accessible, is not wider than the screen and has targets for a thumb."""
        shape = (self.check.__name__, *self.shape)
        if shape not in Walker.looked_at:  # axe has seen a page built just like this one
            self.check(self.page)
            Walker.looked_at.add(shape)
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, f"{self.page.url} is {wider}px too wide"
        small = self.page.evaluate(SMALL)
        assert small == [], f"{self.page.url}: {small}"
        self.read.append((self.path, self.page.content()))
        return self

    def wander(self, *starts: str) -> Walker:
        """Read every page of one's own that links lead to from these, without pressing anything."""
        waiting, visited = list(starts), set[str]()
        while waiting:
            path = waiting.pop()
            if path in visited:
                continue
            visited.add(path)
            answer = self.page.request.get(path)
            assert answer.status == 200, f"{path}: {answer.status}"
            if "html" not in answer.headers["content-type"]:
                continue
            self.read.append((path, answer.text()))
            waiting += [unescape(link) for link in OWN_PAGES.findall(answer.text())]
        return self

    def press(self, name: str | re.Pattern[str]) -> Walker:
        """Press a button or link of the page and look at what comes."""
        target = self.main.get_by_role("button", name=name, exact=True).or_(self.main.get_by_role("link", name=name, exact=True)).first
        expect(target, f"{name}: {self.path}").to_be_visible()
        return self._leave_by(target, str(name))

    def press_stays(self, name: str) -> Walker:
        """Press a button that changes the page without leaving it."""
        target = self.main.get_by_role("button", name=name, exact=True).filter(visible=True).first
        expect(target, f"{name}: {self.path}").to_be_visible()
        target.click()
        self.taps += 1
        return self

    def press_first(self, selector: str) -> Walker:
        """Press the first of several that will all do."""
        return self._leave_by(self.main.locator(selector).first, selector)

    def _leave_by(self, target: Locator, name: str) -> Walker:
        """Press, and look at the page that comes. Where none comes, tell what is seen instead."""
        try:
            with self.page.expect_navigation():
                target.click()
        except PlaywrightTimeout as nothing_came:
            sent = self.page.evaluate("document.querySelectorAll('form[data-aktsom-sent]').length")
            raise AssertionError(f"«{name}» at {self.path}, {sent} forms sent: {self.main.inner_text()}") from nothing_came
        self.taps += 1
        return self.look()

    def unfold(self, name: str | re.Pattern[str]) -> Walker:
        """Open a folded part."""
        self.main.locator("summary").filter(has_text=name).first.click()
        self.taps += 1
        return self

    def write(self, label: str, text: str) -> Walker:
        """Write in a field: one tap to get there."""
        self.main.get_by_label(label).filter(visible=True).first.fill(text)
        self.taps += 1
        return self

    def choose(self, label: str, *, nth: int = 0) -> Walker:
        """Choose a radio button or a box."""
        box = self.main.get_by_label(label, exact=True).nth(nth)
        if not box.is_checked():
            self.main.locator(f"label[for='{box.get_attribute('id')}']").click()  # the whole line is the target
        expect(box).to_be_checked()
        self.taps += 1
        return self

    def pick(self, label: str, option: str | re.Pattern[str]) -> Walker:
        """Choose in a drop-down list by the words that are shown. Waits for the list, which may just have been unfolded."""
        field = self.main.get_by_label(label).filter(visible=True).first
        wanted = field.locator("option").filter(has_text=re.compile(option)).first
        value = wanted.evaluate("option => option.value")
        field.select_option(value=value)
        expect(field).to_have_value(value)
        self.taps += 1
        return self

    def sees(self, text: str | re.Pattern[str]) -> Walker:
        """The page shows these words."""
        expect(self.main).to_contain_text(text)
        return self

    def sees_no(self, text: str) -> Walker:
        """The page does not show these words."""
        expect(self.main).not_to_contain_text(text)
        return self

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def missing(self, button: str) -> int:
        """Return how many questions must be answered: send the page empty and count what it asks for. Costs no taps."""
        self.press(button)
        self.taps -= 1
        expect(self.main.locator("#error-summary")).to_be_visible()
        return self.main.locator("#error-summary li").count()

    @property
    def shape(self) -> tuple[Any, ...]:
        """What the page is built of: its address without ids, its width and its elements with their classes and states."""
        path = re.sub(r"/[a-z0-9]{12}(?=/)", "/*", self.path)
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        if self.looks_once:
            return path, width
        elements = "[...document.querySelectorAll('*')].map(e => [e.tagName, e.className, e.getAttribute('aria-invalid')].join('.')).join()"
        return path, width, self.page.evaluate(elements)

    @property
    def path(self) -> str:
        return str(self.page.evaluate("location.pathname"))

    @property
    def public_id(self) -> str:
        """The id of what the page is about: the second part of the address."""
        return self.path.strip("/").split("/")[1]
