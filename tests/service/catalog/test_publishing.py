from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.rules import Office, Role
from accounts.turns import Level
from catalog import queries, service
from catalog.errors import ProductClosed, ProductIncomplete
from catalog.models import Product, ProductReview, ProductText, SearchPending
from catalog.practice_errors import NotPractice
from catalog.service import Look
from core.audit import AuditEntry
from core.errors import Changed
from core.messages import Message
from core.work import By, Work
from tests.makers import make_enterprise, make_pack, make_person, make_product

OFFICE = Office(1, Role.OFFICER, province_code="4")


def waiting(work: Work) -> Product:
    product = make_product(work, state="submitted")
    make_pack(work, product=product)
    return product


def officer(work: Work) -> Work:
    """The same transaction in the hands of an officer."""
    return replace(work, by=By("person", make_person(work).id))


def look(product: Product, version: int = 1, looked_at: tuple[str, ...] = ("seller",)) -> Look:
    return Look(product.id, version, Level.COMMUNE, looked_at)


def test_no_maker_of_real_goods_plays_the_officer(work: Work) -> None:
    product = waiting(work)

    with pytest.raises(NotPractice), work.session.begin_nested():
        service.publish_practice(work, product_id=product.id, version=1)

    work.session.refresh(product)
    assert (product.state, product.published_at) == ("submitted", None)


def test_a_whole_draft_waits_for_the_officers(work: Work) -> None:
    product = make_product(work, state="draft")
    make_pack(work, product=product)

    service.submit_product(work, product_id=product.id, version=1)

    work.session.refresh(product)
    assert (product.state, product.version, product.submitted_at) == ("submitted", 2, work.now)
    found = queries.waiting_products(work.session, [OFFICE], limit=10)
    assert [each.id for each in found] == [product.id]
    assert queries.waiting_count(work.session, [OFFICE]) == 1


def test_a_draft_without_a_pack_is_not_sent(work: Work) -> None:
    product = make_product(work, state="draft")

    with pytest.raises(ProductIncomplete), work.session.begin_nested():
        service.submit_product(work, product_id=product.id, version=1)

    assert queries.waiting_count(work.session, [OFFICE]) == 0


def test_a_maker_of_unknown_place_has_no_officer_to_send_to(work: Work) -> None:
    enterprise = make_enterprise(work)
    enterprise.province_code = None
    product = make_product(work, enterprise=enterprise, state="draft")
    make_pack(work, product=product)

    with pytest.raises(ProductIncomplete):
        service.submit_product(work, product_id=product.id, version=1)


def test_officers_see_their_area_alone_and_the_operator_the_country(work: Work) -> None:
    here = waiting(work)
    elsewhere = waiting(work)
    work.session.flush()
    maker = make_enterprise(work, name="Mẫu – HTX khác")
    maker.province_code, maker.commune_code = "1", "00070"
    elsewhere.enterprise_id = maker.id
    here.submitted_at, elsewhere.submitted_at = work.now, work.now - timedelta(days=1)
    work.session.flush()

    def seen(*offices: Office) -> list[int]:
        return [each.id for each in queries.waiting_products(work.session, offices, limit=10)]

    assert seen(OFFICE) == [here.id]
    assert seen(Office(2, Role.OFFICER, "1", "00071")) == []
    assert seen(Office(2, Role.OFFICER, "1", "00070")) == [elsewhere.id]
    assert seen(Office(3, Role.OPERATOR)) == [elsewhere.id, here.id]  # The oldest first.
    assert seen() == []


def test_what_was_looked_at_stays_with_the_publication(work: Work) -> None:
    product = waiting(work)
    work.session.get_one(ProductText, (product.id, "vi")).story = "Rèn từ nhíp xe."
    work = officer(work)

    service.publish_product(work, look=look(product, looked_at=("seller", "place")))

    work.session.refresh(product)
    assert (product.state, product.published_at, product.version) == ("published", work.now, 2)
    review = work.session.scalars(select(ProductReview)).one()
    assert review.looked_at == ["place", "seller"]
    assert (review.level, review.product_version) == ("commune", 1)
    assert review.said["story"] == "Rèn từ nhíp xe."
    assert review.officer_id == work.by.person_id
    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]
    assert work.session.scalars(select(Message.kind)).all() == ["product_published"]
    assert work.session.scalars(select(AuditEntry.act)).all() == ["publish_product"]


def test_what_was_not_on_the_screen_is_not_published(work: Work) -> None:
    product = waiting(work)
    work = officer(work)
    service.withdraw_product(work, product_id=product.id, version=1)
    service.submit_product(work, product_id=product.id, version=2)

    with pytest.raises(Changed):
        service.publish_product(work, look=look(product, version=1))

    work.session.refresh(product)
    assert product.state == "submitted"
    assert work.session.scalar(select(func.count()).select_from(ProductReview)) == 0


def test_a_returned_product_says_why_and_is_with_its_maker(work: Work) -> None:
    product = waiting(work)
    work = officer(work)

    service.return_product(work, look=look(product, looked_at=()), reason="Chưa đúng nơi làm.")

    found = queries.managed_product(work.session, product.public_id)
    assert found is not None
    assert (found.state, found.words_are_open) == ("returned", True)
    why = queries.last_return(work.session, product.id)
    assert why is not None
    assert why.reason == "Chưa đúng nơi làm."
    assert work.session.scalar(select(func.count()).select_from(SearchPending)) == 0
    assert work.session.scalars(select(Message.kind)).all() == ["product_returned"]


@pytest.mark.parametrize("state", ["draft", "published", "returned", "withdrawn"])
def test_only_what_waits_is_judged(work: Work, state: str) -> None:
    product = make_product(work, state=state)
    work = officer(work)

    with pytest.raises(ProductClosed):
        service.publish_product(work, look=look(product))
    with pytest.raises(ProductClosed):
        service.return_product(work, look=look(product), reason="Không.")


def test_what_is_taken_off_the_shop_is_told_to_search(work: Work) -> None:
    waiting(work)  # Another product, not on sale.
    product = make_product(work)

    assert service.withdraw_product(work, product_id=product.id, version=1) == "withdrawn"

    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]


def test_what_is_taken_back_from_the_officer_is_a_draft_again(work: Work) -> None:
    product = waiting(work)

    assert service.withdraw_product(work, product_id=product.id, version=1) == "draft"

    assert work.session.scalar(select(func.count()).select_from(SearchPending)) == 0
    with pytest.raises(ProductClosed):
        service.withdraw_product(work, product_id=product.id, version=2)
