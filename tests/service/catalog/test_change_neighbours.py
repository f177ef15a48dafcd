"""A change is about its own goods, words and name: what stands beside it stays as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import NameCase
from accounts.turns import Level
from catalog import service
from catalog.errors import GroupHasLots
from catalog.models import Product, ProductChange, ProductReview, ProductText
from catalog.service import Look, Seen, Words
from core.audit import AuditEntry
from core.work import By, Work
from tests.makers import (
    make_change,
    make_enterprise,
    make_lot,
    make_pack,
    make_person,
    make_product,
    make_protected_name,
)


@pytest.fixture
def knife(work: Work) -> Product:
    return make_product(work)


@pytest.fixture
def hoe(work: Work) -> Product:
    return make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"), name="Cuốc")


def officer(work: Work) -> Work:
    return replace(work, by=By("person", make_person(work).id))


def look(change: ProductChange, version: int = 1) -> Look:
    return Look(change.product_id, version, Level.COMMUNE, ("name",))


def reword(work: Work, change: ProductChange, name: str) -> None:
    seen = Seen(change.version, change.public_id)
    words = Words(name, summary="Rèn tay.")
    service.propose_words(
        work, product_id=change.product_id, seen=seen, group="thu_cong_my_nghe", words=words
    )


def become_service(work: Work, product: Product) -> ProductChange:
    service.propose_words(
        work, product_id=product.id, seen=Seen(1), group="du_lich", words=Words("Học rèn dao")
    )
    return work.session.scalars(select(ProductChange)).one()


def acts(work: Work) -> list[tuple[str, int]]:
    """What was written down, about which goods, by name."""
    rows = work.session.execute(select(AuditEntry.act, AuditEntry.object_id))
    return sorted((act, product_id) for act, product_id in rows)


def cases(work: Work) -> list[tuple[str, str | None]]:
    """Each name that was asked about, and what came of it."""
    rows = work.session.execute(select(NameCase.said, NameCase.outcome).order_by(NameCase.id))
    return [(said, outcome) for said, outcome in rows]


def test_one_change_is_taken_back_and_the_neighbours_waits_on(
    work: Work, knife: Product, hoe: Product
) -> None:
    first, second = make_change(work, product=knife), make_change(work, product=hoe)

    service.withdraw_change(work, product_id=knife.id, seen=Seen(1, first.public_id))

    assert (first.state, first.ended_at, first.version) == ("withdrawn", work.now, 2)
    assert (second.state, second.ended_at, second.version) == ("waiting", None, 1)
    assert acts(work) == [
        ("propose_change", knife.id),
        ("propose_change", hoe.id),
        ("withdraw_change", knife.id),
    ]


def test_goods_leave_the_shop_with_no_change_but_their_open_one(
    work: Work, knife: Product, hoe: Product
) -> None:
    ended = make_change(work, product=knife)
    service.withdraw_change(work, product_id=knife.id, seen=Seen(1, ended.public_id))
    waiting, beside = make_change(work, product=knife), make_change(work, product=hoe)
    later = replace(work, now=work.now + timedelta(hours=1))

    service.withdraw_product(later, product_id=knife.id, version=1)

    for one in (ended, waiting, beside):
        work.session.refresh(one)
    assert (waiting.state, waiting.ended_at, waiting.version) == ("withdrawn", later.now, 2)
    assert (ended.state, ended.ended_at, ended.version) == ("withdrawn", work.now, 2)
    assert (beside.state, beside.ended_at, beside.version) == ("waiting", None, 1)


def test_a_change_is_written_over_its_own_goods_in_vietnamese_alone(
    work: Work, knife: Product, hoe: Product
) -> None:
    work.session.add(ProductText(product_id=knife.id, language="en", name="Knife"))
    change = make_change(work, product=knife, name="Dao chặt")

    service.publish_change(officer(work), look=look(change))

    rows = select(ProductText.product_id, ProductText.language, ProductText.name)
    assert {(id_, language): name for id_, language, name in work.session.execute(rows)} == {
        (knife.id, "vi"): "Dao chặt",
        (knife.id, "en"): "Knife",
        (hoe.id, "vi"): "Cuốc",
    }


def test_goods_by_the_piece_become_a_service_whatever_others_are(
    work: Work, knife: Product, hoe: Product
) -> None:
    make_pack(work, product=knife)
    make_pack(work, product=hoe, content=200, base_unit="g")
    make_lot(work, product=hoe)

    change = become_service(work, knife)
    service.publish_change(officer(work), look=look(change))

    work.session.refresh(knife)
    assert (knife.group, knife.kind) == ("du_lich", "service")


def test_a_lot_declared_meanwhile_keeps_goods_from_becoming_a_service(
    work: Work, knife: Product
) -> None:
    change = become_service(work, knife)
    make_lot(work, product=knife)

    with pytest.raises(GroupHasLots):
        service.publish_change(officer(work), look=look(change))

    assert (knife.group, knife.kind, change.state) == ("thu_cong_my_nghe", "goods", "waiting")
    assert work.session.scalars(select(ProductReview)).all() == []


def test_a_returned_change_is_on_record(work: Work, knife: Product) -> None:
    change = make_change(work, product=knife)

    service.return_change(officer(work), look=look(change), reason="Tên chưa rõ.")

    assert acts(work) == [("propose_change", knife.id), ("return_change", knife.id)]


def test_a_review_keeps_the_listings_version_not_the_changes(work: Work, knife: Product) -> None:
    change = make_change(work, product=knife)
    reword(work, change, "Dao bầu")

    judging = officer(work)
    service.return_change(judging, look=look(change, version=2), reason="Tên chưa rõ.")
    reword(work, change, "Dao chặt")
    service.publish_change(judging, look=look(change, version=4))

    seen = select(ProductReview.outcome, ProductReview.product_version).order_by(ProductReview.id)
    assert [(how, version) for how, version in work.session.execute(seen)] == [
        ("returned", 1),
        ("published", 1),
    ]
    work.session.refresh(knife)
    assert knife.version == 2


@pytest.mark.parametrize("outcome", ["accepted", "returned", "withdrawn"])
def test_a_name_asked_about_ends_with_the_change_that_brought_it(
    work: Work, knife: Product, outcome: str
) -> None:
    make_protected_name(work)
    change = make_change(work, product=knife, name="Dao Phúc Sen")
    assert cases(work) == [("Dao Phúc Sen", None)]

    if outcome == "accepted":
        service.publish_change(officer(work), look=look(change))
    elif outcome == "returned":
        service.return_change(officer(work), look=look(change), reason="Chưa rõ.")
    else:
        service.withdraw_change(work, product_id=knife.id, seen=Seen(1, change.public_id))

    assert cases(work) == [("Dao Phúc Sen", outcome)]


def test_a_change_that_keeps_the_name_asks_nobody_about_it(work: Work, knife: Product) -> None:
    make_protected_name(work)
    change = make_change(work, product=knife, name="Dao Phúc Sen")

    reword(work, change, "Dao phay")  # As it is published; its summary alone shall change.

    assert cases(work) == [("Dao Phúc Sen", "withdrawn")]
