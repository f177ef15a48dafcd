from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from accounts.turns import Level
from catalog import service
from catalog.models import Pack, Product
from catalog.service import Look, LotRow, PackRow, ProductRow, Words
from core.audit import AuditEntry
from core.work import By, Work
from tests.makers import make_enterprise, make_lot, make_pack, make_person, make_product

CONE = PackRow(2, "piece", "đôi", 90_000)


def a_person(work: Work) -> Work:
    """The same transaction in the hands of a member."""
    return replace(work, by=By("person", make_person(work).id, 7))


def entries(work: Work) -> list[tuple[str, str, int, int | None, str, int | None]]:
    rows = work.session.scalars(select(AuditEntry))
    return [
        (row.act, row.object_kind, row.object_id, row.enterprise_id, row.by_kind, row.by_person_id)
        for row in rows
    ]


def add_pack(work: Work, product: Product, _pack: Pack) -> None:
    service.add_pack(work, product_id=product.id, version=1, pack=CONE)


def change_pack(work: Work, _product: Product, pack: Pack) -> None:
    service.change_pack(work, pack_id=pack.id, version=1, pack=CONE)


def remove_pack(work: Work, _product: Product, pack: Pack) -> None:
    service.remove_pack(work, pack_id=pack.id, version=1)


def change_words(work: Work, product: Product, _pack: Pack) -> None:
    words = Words("Dao khác")
    service.change_words(work, product_id=product.id, version=1, group=product.group, words=words)


def submit_product(work: Work, product: Product, _pack: Pack) -> None:
    service.submit_product(work, product_id=product.id, version=1)


def withdraw_product(work: Work, product: Product, _pack: Pack) -> None:
    service.withdraw_product(work, product_id=product.id, version=1)


def publish_product(work: Work, product: Product, _pack: Pack) -> None:
    service.publish_product(work, look=Look(product.id, 1, Level.COMMUNE, ("name",)))


def return_product(work: Work, product: Product, _pack: Pack) -> None:
    service.return_product(work, look=Look(product.id, 1, Level.COMMUNE), reason="Ảnh mờ.")


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("draft", add_pack),
        ("draft", change_pack),
        ("draft", remove_pack),
        ("draft", change_words),
        ("draft", submit_product),
        ("submitted", withdraw_product),
        ("submitted", publish_product),
        ("submitted", return_product),
    ],
)
def test_whoever_changes_a_product_is_recorded_once(
    work: Work, state: str, change: Callable[[Work, Product, Pack], None]
) -> None:
    product = make_product(work, state=state)
    pack = make_pack(work, product=product)
    work = a_person(work)

    change(work, product, pack)

    assert entries(work) == [
        (
            change.__name__,
            "product",
            product.id,
            product.enterprise_id,
            "person",
            work.by.person_id,
        )
    ]


def test_whoever_adds_a_product_is_recorded(work: Work) -> None:
    enterprise = make_enterprise(work)
    work = a_person(work)

    product = service.add_product(
        work, enterprise_id=enterprise.id, group="thuc_pham", words=Words("Chè"), pack=CONE
    )

    assert entries(work) == [
        ("add_product", "product", product.id, enterprise.id, "person", work.by.person_id)
    ]


@pytest.mark.parametrize("act", ["change_lot", "delete_lot"])
def test_whoever_declares_changes_or_deletes_a_lot_is_recorded(work: Work, act: str) -> None:
    pack = make_pack(work, product=make_product(work))
    work = a_person(work)
    row = LotRow(pack.id, "A", "made", work.today, None, 40)

    lot = service.declare_lot(work, lot=row)
    if act == "change_lot":
        service.change_lot(work, lot_id=lot.id, version=1, lot=replace(row, code="B"))
    else:
        service.delete_lot(work, lot_id=lot.id, version=1)

    who = ("lot", lot.id, pack.enterprise_id, "person", work.by.person_id)
    assert sorted(entries(work)) == sorted([("declare_lot", *who), (act, *who)])


def test_holding_what_is_held_leaves_no_second_entry(work: Work) -> None:
    lot = make_lot(work)
    service.hold_lot(work, lot_id=lot.id)
    service.hold_lot(work, lot_id=lot.id)  # It is held already: nothing was done.

    assert [entry[0] for entry in entries(work)] == ["hold_lot"]


def test_an_import_is_recorded_with_its_numbers_and_each_product_it_changes(work: Work) -> None:
    enterprise = make_enterprise(work)
    row = ProductRow("k", enterprise.id, "thuc_pham", (Words("Chè"),), is_published=False)
    work = replace(work, by=By("command", make_person(work).id, enterprise.id))

    service.import_products(work, [row])
    service.import_products(work, [row])
    service.import_products(work, [replace(row, group="do_uong")])

    rows = work.session.scalars(select(AuditEntry).where(AuditEntry.act == "import_products"))
    assert sorted(entry.details["updated"] for entry in rows) == [0, 1]
    acts = sorted(entry[0] for entry in entries(work))
    assert acts == ["change_words", "import_products", "import_products"]
