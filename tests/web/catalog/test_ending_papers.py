"""The maker's home says in time which certificates end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Enterprise
from core import clock
from core.work import COMMAND, transaction
from tests.makers import make_certificate, make_product
from tests.web.signed_in import SignedIn


def ends_in(days: int) -> str:
    """A certificate of the browser's enterprise that ends in so many days; its public id."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).first()
        certificate = make_certificate(work, product=make_product(work, enterprise=enterprise))
        certificate.valid_from = clock.today() - timedelta(days=300)
        certificate.valid_until = clock.today() + timedelta(days=days)
        return certificate.public_id


@pytest.mark.parametrize(
    ("days", "words"), [(28, "Còn 28 ngày."), (1, "Còn 1 ngày."), (0, "Hôm nay là ngày cuối.")]
)
def test_a_certificate_that_ends_within_four_weeks_is_a_thing_to_do(
    browser: SignedIn, days: int, words: str
) -> None:
    public_id = ends_in(days)

    text = browser.get("/manage").text

    assert "sắp hết hạn" in text
    assert words in text
    assert f'href="/manage/certificates/{public_id}"' in text


@pytest.mark.parametrize("days", [29, -1])
def test_one_that_ends_later_or_has_ended_is_none(browser: SignedIn, days: int) -> None:
    ends_in(days)

    assert "sắp hết hạn" not in browser.get("/manage").text


@pytest.mark.parametrize(
    ("days", "order"), [(7, ["sắp hết hạn", "Dao rựa"]), (8, ["Dao rựa", "sắp hết hạn"])]
)
def test_one_that_ends_within_a_week_stands_before_goods_that_came_back(
    browser: SignedIn, days: int, order: list[str]
) -> None:
    ends_in(days)
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).first()
        make_product(work, enterprise=enterprise, name="Dao rựa", state="returned")

    text = browser.get("/manage").text

    assert sorted(order, key=text.index) == order
