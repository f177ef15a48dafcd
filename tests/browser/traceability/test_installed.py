"""Put on the first screen: what a browser asks before it offers that, and opening it unplugged."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import MOST_MILLISECONDS
from tests.browser.demo import PHONE, Demo

SIZES = """async () => {
  const manifest = await (await fetch(document.querySelector("link[rel=manifest]").href)).json();
  return Promise.all(manifest.icons.map(async ({ src }) => {
    const icon = new Image();
    icon.src = src;
    await icon.decode();
    return icon.naturalWidth;
  }));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, user_agent=PHONE)
    page = context.new_page()
    page.set_default_timeout(MOST_MILLISECONDS)
    yield page
    context.close()


def test_a_browser_finds_no_fault_with_the_manifest_and_its_icons(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/scan")

    read = page.context.new_cdp_session(page).send("Page.getAppManifest")

    assert read["errors"] == []
    assert read["url"] == f"{demo.address}/manifest.webmanifest"
    assert read["manifest"]["startUrl"] == f"{demo.address}/scan"
    assert page.evaluate(SIZES) == [192, 512, 512]


def test_the_page_it_opens_with_is_there_without_a_network(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/scan", wait_until="networkidle")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("async () => Boolean(await caches.match('/scan/offline?lang=vi'))")
    page.context.set_offline(True)

    page.goto(f"{demo.address}/scan")

    expect(page.get_by_role("heading", name="Quét tem khi không có mạng")).to_be_visible()
    expect(page.get_by_text("Đang không có mạng.")).to_be_visible()


def test_the_kept_page_says_so_where_there_is_a_network(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/scan/offline")

    expect(page.get_by_text("Bạn đang có mạng")).to_be_visible()
    page.get_by_role("link", name="Đến trang quét tem").click()
    expect(page).to_have_url(f"{demo.address}/scan")
