from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Enterprise
from accounts.service import NewEnterprise
from catalog import queries, service
from catalog.models import Offer, Pack, Product, ProductText, Recognition, SearchPending
from catalog.service import ImportCounts, LotRow, PackRow, ProductRow, RecognitionRow, Words
from core.work import Work
from tests.makers import make_enterprise

MAKER = NewEnterprise("HTX chè Hảo Đạt", "cooperative", "Thái Nguyên", province_code="19")
TEA = ProductRow(
    key="public|tea",
    producer=MAKER,
    group="thuc_pham",
    words=(Words("Chè đinh"), Words("Bud tea", "en")),
    is_published=True,
    source_url="https://example.org/a",
    recognition=RecognitionRow("recognised", stars=5, decided_year=2025),
    packs=(PackRow(200, "g", "hộp 200 g", 180_000, is_illustrative=True),),
)
DRAFT = replace(TEA, key="public|draft", is_published=False, packs=(), recognition=None)


def counted(work: Work, table: type) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_an_import_enters_makers_words_packs_offers_and_recognitions(work: Work) -> None:
    counts = service.import_products(work, [TEA, DRAFT])

    assert counts == ImportCounts(created=2, updated=0, unchanged=0)
    assert counted(work, Enterprise) == 1
    assert counted(work, ProductText) == 4
    assert counted(work, Recognition) == 1
    tea = work.session.scalars(select(Product).where(Product.import_key == TEA.key)).one()
    assert (tea.state, tea.kind, tea.source_url) == ("published", "goods", "https://example.org/a")
    offer = work.session.scalars(select(Offer)).one()
    assert (offer.price_vnd, offer.is_illustrative) == (180_000, True)
    assert offer.seller_id == tea.enterprise_id
    draft = work.session.scalars(select(Product).where(Product.import_key == DRAFT.key)).one()
    assert (draft.state, draft.published_at) == ("draft", None)
    assert counted(work, SearchPending) == 2


def test_the_same_rows_again_change_nothing(work: Work) -> None:
    service.import_products(work, [TEA, DRAFT])

    again = service.import_products(work, [TEA, DRAFT])

    assert again == ImportCounts(created=0, updated=0, unchanged=2)
    assert counted(work, Product) == 2
    assert counted(work, Pack) == 1
    assert counted(work, SearchPending) == 2


def test_a_changed_row_changes_its_product_alone(work: Work) -> None:
    service.import_products(work, [TEA, DRAFT])
    dearer = replace(
        TEA,
        words=(Words("Chè đinh"), Words("Tea of buds", "en", "Spring")),
        recognition=RecognitionRow("lapsed", stars=5),
        packs=(replace(TEA.packs[0], price_vnd=200_000), PackRow(100, "g", "gói 100 g", 90_000)),
    )

    counts = service.import_products(work, [dearer, DRAFT])

    assert counts == ImportCounts(created=0, updated=1, unchanged=1)
    tea = work.session.scalars(select(Product).where(Product.import_key == TEA.key)).one()
    work.session.refresh(tea)
    assert tea.version == 2
    assert list(work.session.scalars(select(Offer.price_vnd).order_by(Offer.id))) == [
        200_000,
        90_000,
    ]
    english = select(ProductText.name).where(ProductText.language == "en")
    assert "Tea of buds" in set(work.session.scalars(english))
    assert work.session.scalars(select(Recognition.stage)).one() == "lapsed"
    again = service.import_products(work, [dearer])
    assert again == ImportCounts(created=0, updated=0, unchanged=1)


def test_a_recognition_learnt_later_is_added(work: Work) -> None:
    service.import_products(work, [DRAFT])

    service.import_products(work, [replace(DRAFT, recognition=RecognitionRow("filed"))])

    assert work.session.scalars(select(Recognition.stage)).one() == "filed"


def test_an_import_never_publishes_what_was_withdrawn(work: Work) -> None:
    service.import_products(work, [TEA])
    tea = work.session.scalars(select(Product)).one()
    tea.state = "withdrawn"
    work.session.flush()

    service.import_products(work, [replace(TEA, group="do_uong")])

    work.session.refresh(tea)
    assert (tea.state, tea.group) == ("withdrawn", "do_uong")


def test_a_maker_is_the_same_whatever_the_capitals_but_not_in_another_province(work: Work) -> None:
    shouted = replace(MAKER, name="HTX CHÈ HẢO ĐẠT")
    elsewhere = replace(MAKER, province_code="4")
    rows = [
        replace(TEA, key=f"k{at}", producer=maker)
        for at, maker in enumerate((MAKER, shouted, elsewhere))
    ]

    service.import_products(work, rows)

    assert counted(work, Enterprise) == 2


def test_rows_of_an_enterprise_that_exists_are_its_own(work: Work) -> None:
    enterprise = make_enterprise(work)

    service.import_products(work, [replace(TEA, producer=enterprise.id)])

    assert work.session.scalars(select(Product.enterprise_id)).one() == enterprise.id
    assert counted(work, Enterprise) == 1


def test_a_key_that_stands_twice_is_our_own_mistake(work: Work) -> None:
    with pytest.raises(AssertionError):
        service.import_products(work, [TEA, TEA])


def test_lots_are_entered_once(work: Work) -> None:
    service.import_products(work, [TEA])
    (pack_id,) = queries.pack_ids_by_import_key(work.session, [TEA.key])[TEA.key]
    row = LotRow(pack_id, "26/11Đ", "packed", work.today, work.today + timedelta(days=365), 640)

    first = service.add_lots(work, [row])
    again = service.add_lots(work, [row])

    assert len(first) == 1
    assert again == []
