"""A real browser for browser tests; `tests.servers.web.serving` gives it something to open."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers import addresses, chromium

Theme = Literal["light", "dark"]
NewPage = Callable[..., Page]
HEIGHT = 900


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Lend one Chromium for all tests of a worker."""
    path = addresses.address_of(addresses.CHROMIUM)
    with sync_playwright() as playwright, chromium.launch(playwright, path) as browser:
        yield browser


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Lend a maker of pages, each another device: `new_page(width=360, theme="dark")`.

    An error in a page's own script fails the test that opened the page.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def make(*, width: int = 360, theme: Theme = "light", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=theme,
            java_script_enabled=script,
            bypass_csp=script,  # axe is injected; what the policy says is tested on its header.
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.context.close()
    assert errors == []
