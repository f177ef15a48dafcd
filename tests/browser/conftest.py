"""A real browser for browser tests, and the served demo for it to open."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.demo import PHONE, Demo, served_demo
from tests.servers import addresses, chromium

Theme = Literal["light", "dark"]
NewPage = Callable[..., Page]
HEIGHT = 900
MOST_MILLISECONDS = 30_000  # Until a step is given up; one that comes costs no more for it.


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Serve the demo to all browser tests of a worker; a test changes only what it made."""
    with served_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Lend one Chromium for all tests of a worker."""
    path = addresses.address_of(addresses.CHROMIUM)
    expect.set_options(timeout=MOST_MILLISECONDS)
    with sync_playwright() as playwright, chromium.launch(playwright, path) as browser:
        yield browser


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Lend a maker of pages, each another device: `new_page(width=360, theme="dark")`.

    `network` is the address its requests come from, `agent` what it says it is, `density` how many
    dots of its screen are one pixel of the page.
    An error in a page's own script fails the test that opened the page.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def make(
        *,
        width: int = 360,
        theme: Theme = "light",
        script: bool = True,
        agent: str = PHONE,
        network: str = "10.1.1.1",
        density: float = 1,
    ) -> Page:
        context = browser.new_context(
            device_scale_factor=density,
            viewport={"width": width, "height": HEIGHT},
            color_scheme=theme,
            java_script_enabled=script,
            bypass_csp=script,  # axe is injected; what the policy says is tested on its header.
            user_agent=agent,
            extra_http_headers={"X-Forwarded-For": network},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        page = context.new_page()
        page.set_default_timeout(MOST_MILLISECONDS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.context.close()
    assert errors == []
