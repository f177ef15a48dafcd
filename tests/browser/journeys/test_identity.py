"""An e-identity in a real browser, of a real provider: waiting, linked, signing in, refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.identities import ProviderPlace
from accounts.identity_provider import init_identity
from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.looks import faults
from tests.browser.page_table import prove_new_account
from tests.servers.chromium import findings
from tests.servers.oidc import Provider, running_provider, said

NAME, SUBJECT = "Danh tính thử", "001099000002"


@pytest.fixture
def provider(demo: Demo) -> Iterator[Provider]:
    """A provider that runs, the served demo being connected to it as by settings."""
    with running_provider() as running:
        place = ProviderPlace(running.issuer, "goc", "a secret of the tests", NAME)
        init_identity(demo.app, place, public_url=demo.address)
        yield running
        init_identity(demo.app, None, public_url=demo.address)


def looks_well(page: Page) -> None:
    assert faults(page) == []
    assert findings(page) == []


def test_an_identity_waits_is_linked_and_opens_the_account(
    demo: Demo, new_page: NewPage, provider: Provider
) -> None:
    provider.name(SUBJECT, "Nguyễn Thị Hà")
    page = new_page(width=360)
    page.goto(demo.url("/sign-up"))
    prove_new_account(page)

    page.goto(demo.url("/account/identity"))
    looks_well(page)
    page.get_by_role("link", name=f"Xác nhận bằng {NAME}").click()
    agree(page)
    page.wait_for_url(demo.url("/account/identity"))
    expect(
        page.get_by_text("xác nhận đây là Nguyễn Thị Hà. Gắn vào tài khoản này?")
    ).to_be_visible()
    looks_well(page)

    page.get_by_role("button", name="Đúng là tôi, gắn vào").click()
    expect(page.get_by_role("button", name="Bỏ danh tính này")).to_be_visible()
    looks_well(page)

    elsewhere = new_page(width=360, script=False)
    elsewhere.goto(demo.url("/sign-in"))
    elsewhere.get_by_role("link", name=NAME).click()
    agree(elsewhere)
    elsewhere.wait_for_url(f"{demo.address}/**")
    elsewhere.goto(demo.url("/account"))
    expect(elsewhere.get_by_role("heading", name="Tài khoản của Hà")).to_be_visible()


def test_whoever_says_no_at_the_provider_is_told_that_nothing_changed(
    demo: Demo, new_page: NewPage, provider: Provider
) -> None:
    page = new_page(width=360)
    page.goto(demo.url("/sign-in"))
    page.get_by_role("link", name=NAME).click()
    state = said(page.url)["state"]

    # The provider of the tests forgets the state where somebody says no: it is told here.
    page.goto(demo.url(f"/identity/callback?error=access_denied&state={state}"))

    expect(page.get_by_text(f"Bạn chưa xác nhận ở {NAME} nên chưa có gì thay đổi.")).to_be_visible()
    looks_well(page)
    page.goto(demo.url("/account"))
    page.wait_for_url("**/sign-in?next=*")


def agree(page: Page) -> None:
    page.fill("input[name=sub]", SUBJECT)
    page.get_by_role("button", name="Authorize").click()
