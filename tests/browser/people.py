"""Signing in as a demo person, once a worker: later pages get the cookie."""

from playwright.sync_api import Page

from accounts.queries.demo import DEMO_DOMAIN, DEMO_PASSWORD
from tests.browser.demo import Demo

_cookies: dict[tuple[str, str], str] = {}


def sign_in(page: Page, demo: Demo, name: str) -> None:
    """Give the page's browser the key of a demo person (`name` stands before the @)."""
    key = _cookies.get((demo.address, name))
    if key is None:
        sign_in_by_form(page, demo, name)
        cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        _cookies[demo.address, name] = cookies["goc"]
    else:
        page.context.add_cookies(
            [{"name": "goc", "value": key, "url": demo.address, "httpOnly": True}]
        )


def sign_in_by_form(page: Page, demo: Demo, name: str) -> None:
    """Type the name and the password, as a person does."""
    page.goto(f"{demo.address}/sign-in")
    page.fill("input[name=sign_in]", name + DEMO_DOMAIN)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
