"""Every page in the browser: nothing for axe to find, nothing cut, too small or too low to tap."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage, Theme
from tests.browser.demo import Demo
from tests.browser.looks import faults
from tests.browser.page_table import NO_PAGES, PAGES, PageLine
from tests.browser.people import sign_in
from tests.servers.chromium import findings

# Each page in both languages and both themes; a language changes no colour, a theme no word.
VIEWS: tuple[tuple[str, Theme], ...] = (("vi", "light"), ("en", "dark"))


@pytest.mark.parametrize(("language", "theme"), VIEWS)
@pytest.mark.parametrize("line", PAGES, ids=lambda line: line.id)
def test_a_page_is_read_and_tapped_by_everybody(
    demo: Demo,
    new_page: NewPage,
    line: PageLine,
    language: str,
    theme: Theme,
) -> None:
    page = new_page(width=360, theme=theme)
    page.context.add_cookies([{"name": "lang", "value": language, "url": demo.address}])
    if line.sign_in:
        sign_in(page, demo, line.sign_in)

    answer = page.goto(demo.url(line.path))
    if line.act:
        line.act(page)

    assert answer is not None
    assert line.act or answer.status == line.status
    assert page.get_attribute("html", "lang") == language
    assert faults(page) == []
    _show_whole(page)
    assert findings(page) == []


def _show_whole(page: Page) -> None:
    """Make the window as high as the page: what lies under the dock now can be scrolled to."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": 360, "height": height + 100})


def test_every_page_stands_in_the_table_or_is_excused(demo: Demo) -> None:
    tabled = {line.endpoint for line in PAGES} - {""}
    served = {
        rule.endpoint
        for rule in demo.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not hasattr(demo.app.view_functions[rule.endpoint], "token_act")  # For programs.
    }

    assert served - tabled - NO_PAGES.keys() == set()
    assert (tabled | NO_PAGES.keys()) - served == set()
    assert tabled & NO_PAGES.keys() == set()
