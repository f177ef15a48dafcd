"""A newcomer looks around; a buyer searches, narrows and widens."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo


def test_a_newcomer_goes_from_home_by_a_province_to_a_product(demo: Demo, device: NewPage) -> None:
    page = device()

    page.goto(demo.address)
    page.get_by_role("link", name=re.compile("^Cao Bằng")).click()
    assert page.inner_text("h1") == "Cao Bằng"
    page.get_by_role("link", name="Chè móc câu").click()

    assert page.inner_text("h1") == "Chè móc câu"
    expect(page.get_by_text("Mẫu – HTX chè đồi Nà Lạn").first).to_be_visible()
    expect(page.get_by_text("120.000 ₫")).to_be_visible()
    expect(page.get_by_text("Lô 26‑11A").first).to_be_visible()
    page.get_by_role("link", name="Lô 26‑11A").first.click()
    assert page.inner_text("h1") == "Lô 26‑11A"


def test_a_buyer_searches_without_diacritics_narrows_and_takes_a_filter_back(
    demo: Demo, device: NewPage
) -> None:
    page = device()

    page.goto(demo.address)
    page.fill("input[name=q]", "ca phe dak lak")
    page.press("input[name=q]", "Enter")
    found = _products_found(page.inner_text("main"))
    assert found > 1
    filters = page.get_by_text("Lọc hàng")
    if filters.is_visible():  # On a phone.
        filters.click()
    page.get_by_label("Cần xác minh").check()
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_url(re.compile("stars=unverified"))
    narrowed = _products_found(page.inner_text("main"))
    assert 0 < narrowed < found
    page.get_by_role("link", name=re.compile("Cần xác minh")).click()

    assert "stars=" not in page.url
    assert _products_found(page.inner_text("main")) == found


def test_an_empty_result_leads_on_to_goods(demo: Demo, device: NewPage) -> None:
    page = device()

    page.goto(f"{demo.address}/products?q=ca+phe&stars=5&province=4")
    assert _products_found(page.inner_text("main")) == 0
    page.get_by_role("link", name="Bỏ các điều kiện lọc").click()

    assert "province=" not in page.url
    assert _products_found(page.inner_text("main")) > 0


def _products_found(words: str) -> int:
    found = re.search(r"([\d.]+) sản phẩm", words)
    assert found is not None, words
    return int(found[1].replace(".", ""))
