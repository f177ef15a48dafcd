import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo.load import load_demo
from catalog.search import catch_up, init_search
from core.work import COMMAND, transaction
from tests.statements import counted_statements


@pytest.fixture
def shop(app: Flask, client: FlaskClient, tmp_path: Path) -> Iterator[FlaskClient]:
    before = app.extensions["search"]
    init_search(app, instance=tmp_path, cluster_url="")
    with transaction(by=COMMAND) as work:
        load_demo(work)
    catch_up()
    yield client
    app.extensions["search"] = before


def total(client: FlaskClient, query: str) -> int:
    page = client.get(f"/products?{query}")
    assert page.status_code == 200, query
    found = re.search(r'<p class="meta">([\d.]+) sản phẩm', page.text)
    assert found is not None, query
    return int(found[1].replace(".", ""))


def test_the_list_counts_standings_and_everything_else(shop: FlaskClient) -> None:
    with counted_statements() as statements:
        page = shop.get("/products")

    assert len(statements) <= 3
    assert page.text.count('<li class="card">') == 24
    for value, words in (
        ("in_force", "Đang có hạng"),
        ("unverified", "Cần xác minh"),
        ("lapsed", "Hết hạn"),
        ("filed", "Đã nộp hồ sơ, chưa công nhận"),
        ("none", "Chưa có hạng"),
    ):
        line = re.search(rf'value="{value}"[^>]*>{words} <span>(\d+)</span>', page.text)
        assert line is not None, value
        assert int(line[1]) == total(shop, f"stars={value}"), value
    assert total(shop, "") == 520
    assert total(shop, "group=sinh_vat_canh") == 2
    assert total(shop, "province=4") == 10


def test_a_facet_has_no_line_that_finds_nothing_unless_it_is_chosen(shop: FlaskClient) -> None:
    assert 'name="group" value="du_lich">' not in shop.get("/products?q=ca phe").text
    chosen = shop.get("/products?q=ca phe&group=du_lich").text
    assert 'name="group" value="du_lich" checked>Du lịch cộng đồng <span>0</span>' in chosen


def test_words_find_goods_without_marks_joined_or_of_a_former_province(shop: FlaskClient) -> None:
    for words in ("ca phe dak lak", "mắc ca", "caphe", "HTX", "vinh phuc"):
        assert total(shop, f"q={words}") > 0, words
    assert "Chè móc câu" in shop.get("/products?q=che moc cau").text


def test_a_filter_is_a_chip_that_one_tap_removes(shop: FlaskClient) -> None:
    page = shop.get("/products?q=che&province=4&stars=none&price_to=150k").text

    assert 'href="/products?q=che&amp;stars=none&amp;price_to=150000"' in page
    assert 'href="/products?q=che&amp;province=4&amp;price_to=150000"' in page
    assert 'href="/products?q=che&amp;stars=none&amp;province=4"' in page
    assert 'href="/products?q=che"' in page


def test_a_maker_s_goods_are_named_in_the_chip(shop: FlaskClient) -> None:
    listed = shop.get("/producers?q=na+lan").text
    slug = re.findall(r'href="/producers/(mau-htx[^"]+)"', listed)[0]

    page = shop.get(f"/products?producer={slug}").text

    assert total(shop, f"producer={slug}") == 2
    assert "Bỏ lọc: Mẫu – HTX chè đồi Nà Lạn" in page


def test_bad_values_are_ignored_and_said_so(shop: FlaskClient) -> None:
    page = shop.get("/products?stars=abc&province=999&sort=x&page=y&price_to=dear&colour=red")

    assert page.status_code == 200
    assert "đã bỏ qua: stars, province, price_to, sort, page." in page.text
    assert "colour" not in page.text.split("<main")[1]


def test_no_question_breaks_the_list(shop: FlaskClient) -> None:
    for query in (
        "q=" + "a" * 10_000,
        "q=%00",
        "q=\U0001f35a",
        "q=\u202eabc",
        'q="a" OR *',
        "q=(((",
        "price_from=999999999999999999999",
        "price_from=10&price_to=1",
        "producer=" + "a" * 5_000,
        "&".join(f"group={number}" for number in range(300)),
    ):
        assert shop.get(f"/products?{query}").status_code == 200, query[:40]


def test_past_the_end_is_404_with_a_way_back(shop: FlaskClient) -> None:
    assert shop.get("/products?page=22").status_code == 200
    for number in ("23", "1000000000", "9" * 400):
        beyond = shop.get(f"/products?province=4&page={number}")
        assert beyond.status_code == 404, number
        assert 'href="/products?province=4"' in beyond.text


def test_what_finds_nothing_offers_the_shelf(shop: FlaskClient) -> None:
    page = shop.get("/products?q=zzzqqqxxx&province=4")

    assert page.status_code == 200
    assert "Không thấy hàng nào như vậy" in page.text
    assert 'href="/products?q=zzzqqqxxx"' in page.text
    assert "Thử bớt một điều kiện lọc" in page.text
    words_alone = shop.get("/products?q=zzzqqqxxx").text
    assert "Thử bớt một điều kiện lọc" not in words_alone  # There is none to take away.
    assert 'href="/#places"' in words_alone


def test_what_words_alone_do_not_find_shows_no_list_of_noughts(shop: FlaskClient) -> None:
    nothing = shop.get("/products?q=zzzqqqxxx").text
    filtered = shop.get("/products?q=zzzqqqxxx&province=4").text

    assert '<details class="filters"' not in nothing
    assert '<details class="filters"' in filtered  # What was chosen can be unchosen.
    assert "<legend>Tỉnh, thành</legend>" in filtered
    assert "<legend>Nhóm hàng</legend>" not in filtered


def test_a_typing_mistake_names_what_was_meant(shop: FlaskClient) -> None:
    page = shop.get("/products?q=thanh lomg").text

    assert "Không có hàng nào ghi “lomg”" in page
    assert "Thanh long" in page


def test_orders_and_unchanged_lists(shop: FlaskClient) -> None:
    page = shop.get("/products?sort=price")
    prices = re.findall(r'<p class="price[^>]*><span class="keep">([\d.]+)', page.text)
    amounts = [int(price.replace(".", "")) for price in prices]

    assert amounts == sorted(amounts)
    again = shop.get("/products?sort=price", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_the_list_speaks_english(shop: FlaskClient) -> None:
    page = shop.get("/products?lang=en&province=4").text

    assert "10 products" in page
    assert "To be verified" in page
    assert "sản phẩm" not in page.split("<main")[1].split("</main>")[0].replace("Bộ sản phẩm", "")


def test_a_shop_whose_index_is_missing_says_so(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    before = app.extensions["search"]
    init_search(app, instance=tmp_path, cluster_url="")
    page = client.get("/products")
    app.extensions["search"] = before

    assert page.status_code == 200
    assert "Kệ hàng đang được sắp" in page.text
