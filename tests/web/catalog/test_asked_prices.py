"""A slip of the finger in a price: one question with both readings, kept when confirmed."""

import re

import pytest
from sqlalchemy import func, select

from catalog.models import Offer, Product
from core.work import reading
from tests.web.signed_in import SignedIn

TEA = {
    "name": "Chè móc câu",
    "group": "thuc_pham",
    "pack_content": "200",
    "pack_unit": "g",
    "price_vnd": "120.000.000",
}
QUESTION = (
    "Giá này tính ra 600.000.000\xa0₫/kg. Có đúng 120.000.000\xa0₫ cho 200\xa0g không, "
    "hay là 120.000\xa0₫ cho 200\xa0g (600.000\xa0₫/kg)?"
)


def prices() -> list[int]:
    with reading() as session:
        return list(session.scalars(select(Offer.price_vnd).order_by(Offer.id)))


def box(page: str, name: str) -> str:
    found = re.search(rf'<input type="checkbox" id="{name}"[^>]*>', page)
    return found[0] if found else ""


def test_a_quick_form_asks_and_keeps_what_is_confirmed(browser: SignedIn) -> None:
    asked = browser.post("/manage/products", TEA)

    assert asked.status_code == 422
    assert QUESTION in asked.text
    assert "Đúng, giữ giá này" in asked.text
    assert "checked" not in box(asked.text, "price_confirmed")
    assert 'value="120.000.000"' in asked.text
    assert prices() == []

    kept = browser.post("/manage/products", {**TEA, "price_confirmed": "yes"})

    assert kept.status_code == 303
    assert prices() == [120_000_000]


def test_the_same_question_in_english(browser: SignedIn) -> None:
    asked = browser.post("/manage/products?lang=en", TEA)

    assert "Is it 120,000,000\xa0₫ for 200\xa0g, or 120,000\xa0₫ for 200\xa0g" in asked.text
    assert "Yes, keep this price" in asked.text


def test_a_corrected_price_needs_no_tick_and_nothing_ordinary_is_asked(browser: SignedIn) -> None:
    page = browser.get("/manage/products/quick").text
    kept = browser.post("/manage/products", {**TEA, "price_vnd": "120k"})

    assert "price_confirmed" not in page
    assert kept.status_code == 303
    assert prices() == [120_000]


def test_a_packs_own_form_asks_too(browser: SignedIn) -> None:
    product = browser.post("/manage/products", {**TEA, "price_vnd": "120k"}).location
    typed = {**TEA, "pack_content": "1", "price_vnd": "85k", "version": "1"}

    asked = browser.post(f"{product}/packs", typed)
    kept = browser.post(f"{product}/packs", {**typed, "price_confirmed": "yes"})

    assert asked.status_code == 422
    assert "hay là 85.000\xa0₫ cho 1\xa0kg (85.000\xa0₫/kg)?" in asked.text
    assert kept.status_code == 303
    assert prices() == [120_000, 85_000]


@pytest.mark.parametrize("name", ["1", "2", "loose"])
def test_each_way_of_selling_is_asked_about_beside_its_own_price(
    browser: SignedIn, name: str
) -> None:
    begun = browser.post("/manage/products/new", {}).location.rsplit("/", 1)[0]
    browser.post(f"{begun}/name", {"version": "1", "name": "Chè"})
    browser.post(f"{begun}/group", {"version": "2", "group": "thuc_pham"})
    with reading() as session:
        version = str(session.scalar(select(Product.version)))
    rows = {
        "pack_content_1": "500",
        "pack_unit_1": "g",
        "price_vnd_1": "85k",
        "pack_content_2": "1",
        "pack_unit_2": "kg",
        "price_vnd_2": "160k",
        "loose_price_vnd": "160k",
    }
    box_name = "loose_price_confirmed" if name == "loose" else f"price_confirmed_{name}"
    price_name = "loose_price_vnd" if name == "loose" else f"price_vnd_{name}"
    typed = {"version": version, **rows, price_name: "99 triệu"}

    asked = browser.post(f"{begun}/packs", typed)
    assert asked.status_code == 422
    assert asked.text.count("Đúng, giữ giá này") == 1
    assert box(asked.text, box_name)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Offer)) == 0

    assert browser.post(f"{begun}/packs", {**typed, box_name: "yes"}).status_code == 303
    assert 99_000_000 in prices()
