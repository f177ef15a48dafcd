import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.demo.load import load_demo
from catalog import queries
from catalog.models import Product
from catalog.search.ranking import TIERS
from core import clock
from core.work import COMMAND, reading, transaction
from tests.statements import counted_statements


@pytest.fixture
def shop(client: FlaskClient) -> FlaskClient:
    with transaction(by=COMMAND) as work:
        load_demo(work)
    return client


def test_home_counts_goods_kinds_and_places(shop: FlaskClient) -> None:
    with counted_statements() as statements:
        page = shop.get("/")

    with reading() as session:
        published = session.scalar(
            select(func.count()).select_from(Product).where(Product.state == "published")
        )
        counts = queries.counts(session)
    assert len(statements) <= 8
    assert published == 520  # 512 real, 8 samples.
    assert "520 sản phẩm của" in page.text
    assert sum(counts.by_province.values()) == 520
    assert len(re.findall(r'href="/products\?group=', page.text)) == 6
    assert len(re.findall(r'href="/products\?province=', page.text)) == 33
    assert page.text.count('<li class="card">') == 10


def test_home_s_choice_is_the_same_all_day_and_of_different_makers(shop: FlaskClient) -> None:
    today = clock.today()
    with reading() as session:
        one = queries.todays_choice(session, today=today, size=10)
        same = queries.todays_choice(session, today=today, size=10)
        tomorrow = queries.todays_choice(session, today=today + timedelta(days=1), size=10)
        cards = queries.product_cards(session, one, language="vi", today=today)

    assert one == same
    assert set(one) != set(tomorrow)
    assert len({card.maker.id for card in cards}) == 10


def test_home_is_not_sent_twice(shop: FlaskClient) -> None:
    page = shop.get("/")

    assert shop.get("/", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_home_speaks_english(shop: FlaskClient) -> None:
    english = shop.get("/?lang=en").text

    assert "On the shelf today" in english
    assert "Hôm nay trên kệ" not in english


def test_an_empty_shop_has_a_home(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "0 sản phẩm của 0 người làm ra" in page.text


def test_the_ranking_page_is_drawn_from_the_ranking_itself(client: FlaskClient) -> None:
    page = client.get("/pages/ranking").text

    for tier in TIERS:
        assert tier.sentence in page


def test_the_page_on_stamps_says_what_they_cannot_tell(client: FlaskClient) -> None:
    assert "Tem không chứng nhận hàng ngon" in client.get("/pages/stamps").text


def test_the_pages_that_explain_speak_english(client: FlaskClient) -> None:
    assert "A stamp cannot tell" in client.get("/pages/stamps?lang=en").text
    assert "How goods are ranked" in client.get("/pages/ranking?lang=en").text


def test_robots_stay_out_of_a_demo(app: Flask, client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
