from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from accounts.models import Enterprise
from accounts.service import NewEnterprise
from catalog import queries, service
from catalog.errors import (
    GroupUnfit,
    GtinTaken,
    NameFixed,
    PackBoasts,
    PackCalls,
    PackChecked,
    PackPromises,
    PackStamped,
    PackUnfit,
    ProductClosed,
)
from catalog.models import Lot, Offer, Pack, Product, ProductText, Recognition, SearchPending
from catalog.service import (
    ImportCounts,
    LotRow,
    PackRow,
    ProductRow,
    RecognitionRow,
    Words,
    creating,
)
from core.audit import AuditEntry
from core.errors import AppError
from core.work import By, Work
from tests.makers import make_enterprise, make_lot

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


def owned(work: Work, **values: Any) -> ProductRow:
    """A row of a member's own file."""
    return replace(DRAFT, producer=make_enterprise(work).id, words=(Words("Chè đinh"),), **values)


def stored(work: Work) -> Product:
    return work.session.scalars(select(Product).execution_options(populate_existing=True)).one()


def vietnamese(work: Work) -> tuple[str, str, str]:
    text = work.session.scalars(
        select(ProductText)
        .where(ProductText.language == "vi")
        .execution_options(populate_existing=True)
    ).one()
    return text.name, text.summary, text.story


def test_the_same_file_keeps_what_the_maker_typed_since(work: Work) -> None:
    row = owned(work)
    service.import_products(work, [row])
    service.change_words(
        work,
        product_id=stored(work).id,
        version=1,
        group=row.group,
        words=Words("Chè đinh", summary="Hái sớm.", story="Từ 1990."),
    )
    work.session.execute(update(ProductText).values(story="Từ 1990."))

    again = service.import_products(work, [row])

    assert again == ImportCounts(created=0, updated=0, unchanged=1)
    assert vietnamese(work) == ("Chè đinh", "Hái sớm.", "Từ 1990.")
    assert stored(work).version == 2


def test_a_source_changes_a_name_and_empties_nothing(work: Work) -> None:
    service.import_products(work, [replace(TEA, words=(Words("Chè đinh"),))])
    work.session.execute(update(ProductText).values(summary="Hái sớm.", story="Từ 1990."))
    [pack] = work.session.scalars(select(Pack))
    pack.gtin, pack.size_words, pack.weight_g = "08938505974194", "cao 20 cm", 250
    work.session.flush()
    said = replace(TEA, words=(Words("Chè Đinh"),), source_url=None)

    counts = service.import_products(work, [said])

    assert counts == ImportCounts(created=0, updated=1, unchanged=0)
    assert vietnamese(work) == ("Chè Đinh", "Hái sớm.", "Từ 1990.")
    assert stored(work).source_url == "https://example.org/a"
    dearer = replace(said, packs=(replace(TEA.packs[0], price_vnd=190_000),))
    assert service.import_products(work, [dearer]).updated == 1
    work.session.refresh(pack)
    assert (pack.gtin, pack.size_words, pack.weight_g) == ("08938505974194", "cao 20 cm", 250)


def test_a_price_the_maker_typed_is_no_illustration_again(work: Work) -> None:
    service.import_products(work, [TEA])
    [pack] = work.session.scalars(select(Pack))
    typed = replace(TEA.packs[0], price_vnd=210_000)
    service.change_pack(work, pack_id=pack.id, version=1, pack=typed)

    assert service.import_products(work, [TEA]).unchanged == 1

    offer = work.session.scalars(select(Offer)).one()
    work.session.refresh(offer)
    assert (offer.price_vnd, offer.is_illustrative) == (210_000, False)


@pytest.mark.parametrize("state", ["submitted", "published"])
@pytest.mark.parametrize(
    "said",
    [
        {"group": "do_uong"},
        {"words": (Words("CHÈ đinh"),)},
        {"recognition": RecognitionRow("recognised", stars=5)},
        {"source_url": "https://example.org/b"},
    ],
)
def test_a_member_s_file_changes_nothing_an_officer_looks_at_or_has_checked(
    work: Work, state: str, said: dict[str, Any]
) -> None:
    row = owned(work)
    other = replace(row, key="other")
    service.import_products(work, [row])
    work.session.execute(update(Product).values(state=state, published_at=work.now))

    counts = service.import_products(work, [replace(row, **said), other])

    assert (counts.created, counts.updated, counts.unchanged) == (1, 0, 0)
    assert [type(each) for each in counts.refused.values()] == [ProductClosed]
    assert list(counts.refused) == [row.key]
    first = work.session.scalars(
        select(Product)
        .where(Product.import_key == row.key)
        .execution_options(populate_existing=True)
    ).one()
    assert (first.group, first.version, first.source_url) == (row.group, 1, row.source_url)
    assert counted(work, Recognition) == 0
    names = select(ProductText.name).where(ProductText.product_id == first.id)
    assert work.session.scalars(names).all() == ["Chè đinh"]


def test_a_member_s_file_renames_nothing_that_was_ever_published(work: Work) -> None:
    row = owned(work)
    service.import_products(work, [row])
    work.session.execute(update(Product).values(state="withdrawn", published_at=work.now))

    counts = service.import_products(work, [replace(row, group="do_uong")])

    assert [type(each) for each in counts.refused.values()] == [NameFixed]
    assert (stored(work).group, stored(work).version) == ("thuc_pham", 1)


def test_a_member_s_draft_changes_by_file_with_its_kind_and_its_packs(work: Work) -> None:
    row = owned(work, packs=(PackRow(1, "piece", "vé", 180_000),))
    service.import_products(work, [row])

    visit = replace(
        row,
        group="du_lich",
        packs=(PackRow(1, "piece", "vé", 200_000), PackRow(2, "piece", "vé đôi", 350_000)),
    )
    counts = service.import_products(work, [visit])

    assert counts == ImportCounts(created=0, updated=1, unchanged=0)
    assert (stored(work).group, stored(work).kind) == ("du_lich", "service")
    prices = select(Offer.price_vnd).order_by(Offer.id)
    assert work.session.scalars(prices).all() == [200_000, 350_000]
    assert service.import_products(work, [visit]).unchanged == 1


@pytest.mark.parametrize("whose", ["a member's", "a source's"])
def test_weighed_goods_become_no_service_by_file(work: Work, whose: str) -> None:
    row = owned(work, packs=TEA.packs) if whose == "a member's" else TEA
    service.import_products(work, [row])

    counts = service.import_products(work, [replace(row, group="du_lich")])

    assert [type(each) for each in counts.refused.values()] == [GroupUnfit]
    assert (stored(work).group, stored(work).kind, stored(work).version) == (
        "thuc_pham",
        "goods",
        1,
    )


PACK = TEA.packs[0]


def everything(work: Work, key: str) -> list[list[tuple[object, ...]]]:
    """All rows of the product with this import key, as they are in the database."""
    work.session.flush()
    id_ = select(Product.id).where(Product.import_key == key).scalar_subquery()
    packs = select(Pack.id).where(Pack.product_id == id_)
    mine = (
        (Product, Product.id == id_),
        (ProductText, ProductText.product_id == id_),
        (Recognition, Recognition.product_id == id_),
        (Pack, Pack.product_id == id_),
        (Offer, Offer.pack_id.in_(packs)),
    )
    return [
        [tuple(row) for row in work.session.execute(select(*model.__table__.columns).where(which))]
        for model, which in mine
    ]


@pytest.mark.parametrize(
    "row",
    [
        replace(TEA, group="do_uong"),
        replace(TEA, source_url="https://example.org/b"),
        replace(TEA, words=(Words("Chè đinh", story="Hái tay."),)),
        replace(TEA, words=(Words("Chè đinh"), Words("Buds", "en"))),
        replace(TEA, recognition=RecognitionRow("recognised", stars=4, decided_year=2025)),
        replace(TEA, packs=(replace(PACK, price_vnd=200_000),)),
        replace(TEA, packs=(replace(PACK, is_illustrative=False),)),
        replace(TEA, packs=(PACK, PackRow(100, "g", "gói 100 g", 90_000))),
    ],
)
def test_whatever_a_row_says_anew_is_written_to_its_own_product_alone(
    work: Work, row: ProductRow
) -> None:
    before, after = replace(TEA, key="public|a"), replace(TEA, key="public|z")
    service.import_products(work, [before, TEA, after])
    others = [everything(work, each.key) for each in (before, after)]

    counts = service.import_products(work, [before, row, after])

    assert counts == ImportCounts(created=0, updated=1, unchanged=2)
    assert [everything(work, each.key) for each in (before, after)] == others
    assert service.import_products(work, [row]) == ImportCounts(0, 0, 1)
    assert (
        work.session.scalars(select(Product.version).where(Product.import_key == TEA.key)).one()
        == 2
    )


_TOLD_ANEW = pytest.mark.parametrize(
    "pack",
    [
        replace(PACK, by_weight=True),
        replace(PACK, size_words="cao 12 cm", weight_g=230),
        replace(PACK, gtin="08938505974194"),
    ],
)


@_TOLD_ANEW
def test_what_a_pack_on_sale_says_stays_whatever_a_source_says(work: Work, pack: PackRow) -> None:
    service.import_products(work, [TEA])
    was = everything(work, TEA.key)

    counts = service.import_products(work, [replace(TEA, packs=(pack,))])

    assert [type(each) for each in counts.refused.values()] == [PackChecked]
    assert everything(work, TEA.key) == was


@_TOLD_ANEW
def test_what_a_pack_says_is_changed_by_a_source_while_it_is_not_on_sale(
    work: Work, pack: PackRow
) -> None:
    service.import_products(work, [TEA])
    work.session.execute(update(Product).values(state="withdrawn"))
    said = replace(TEA, packs=(pack,))

    assert service.import_products(work, [said]) == ImportCounts(0, 1, 0)
    assert service.import_products(work, [said]) == ImportCounts(0, 0, 1)


def test_what_stamps_show_stays_in_every_state(work: Work) -> None:
    service.import_products(work, [TEA])
    pack = work.session.scalars(select(Pack)).one()
    lot = make_lot(work, product=stored(work))
    lot.pack_id, lot.sealed_at = pack.id, work.now
    work.session.execute(update(Product).values(state="withdrawn"))
    work.session.flush()

    counts = service.import_products(work, [replace(TEA, packs=(replace(PACK, weight_g=230),))])

    assert [type(each) for each in counts.refused.values()] == [PackStamped]
    work.session.refresh(pack)
    assert pack.weight_g is None


@pytest.mark.parametrize(
    ("pack", "refusal"),
    [
        (replace(PACK, words="hộp 5 sao"), PackBoasts),
        (replace(PACK, words="gọi 0912 345 678"), PackCalls),
        (replace(PACK, size_words="cam kết đủ cân"), PackPromises),
    ],
)
@pytest.mark.parametrize("is_known", [False, True])
def test_a_pack_s_words_claim_nothing_by_file_either(
    work: Work, pack: PackRow, refusal: type[AppError], *, is_known: bool
) -> None:
    row = owned(work, packs=(PACK,))
    if is_known:
        service.import_products(work, [row])
    was = everything(work, row.key)

    counts = service.import_products(work, [replace(row, packs=(pack,))])

    assert [type(each) for each in counts.refused.values()] == [refusal]
    assert everything(work, row.key) == was


def test_a_new_row_with_another_pack_s_number_is_refused_alone(work: Work) -> None:
    numbered = replace(PACK, gtin="08938505974194")
    service.import_products(work, [replace(TEA, packs=(numbered,))])
    mine = [
        owned(work, packs=(numbered,)),
        replace(DRAFT, key="b"),
        replace(DRAFT, key="c", packs=(replace(PACK, gtin="08936036020021"),)),
        replace(DRAFT, key="d", packs=(replace(PACK, gtin="08936036020021"),)),
    ]

    counts = service.import_products(work, mine)

    assert {key: type(each) for key, each in counts.refused.items()} == {
        mine[0].key: GtinTaken,
        "d": GtinTaken,
    }
    assert counts.created == 2
    assert counted(work, Product) == 3


def test_a_number_a_rival_took_meanwhile_refuses_its_row_alone(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered = replace(PACK, gtin="08938505974194")
    service.import_products(work, [replace(TEA, packs=(numbered,))])
    monkeypatch.setattr(creating, "_taken_gtins", lambda *_: set())  # Looked up too early.

    counts = service.import_products(
        work, [replace(DRAFT, key="b", packs=(numbered,)), replace(DRAFT, key="c")]
    )

    assert {key: type(each) for key, each in counts.refused.items()} == {"b": GtinTaken}
    assert counts.created == 1


def test_a_source_s_row_with_another_pack_s_number_is_refused_alone(work: Work) -> None:
    other = replace(TEA, key="public|b", packs=(replace(PACK, gtin="08938505974194"),))
    service.import_products(work, [TEA, other])
    work.session.execute(update(Product).values(state="withdrawn"))
    said = replace(TEA, packs=other.packs)

    counts = service.import_products(work, [said, replace(other, group="do_uong")])

    assert {key: type(each) for key, each in counts.refused.items()} == {TEA.key: GtinTaken}
    assert counts.updated == 1


def test_a_new_service_that_is_weighed_is_refused(work: Work) -> None:
    counts = service.import_products(work, [replace(TEA, group="du_lich")])

    assert [type(each) for each in counts.refused.values()] == [PackUnfit]
    assert counted(work, Product) == 0


@pytest.mark.parametrize(
    "row",
    [
        replace(TEA, packs=()),
        replace(TEA, source_url=None),
        replace(TEA, recognition=None),
        replace(TEA, words=(Words("Chè đinh"),)),
        replace(TEA, is_published=False),
    ],
)
def test_what_a_row_does_not_name_is_left_as_it_is(work: Work, row: ProductRow) -> None:
    service.import_products(work, [TEA])
    was = everything(work, TEA.key)

    assert service.import_products(work, [row]) == ImportCounts(0, 0, 1)

    assert everything(work, TEA.key) == was


def test_an_import_changes_its_own_recognition_the_oldest_and_the_makers_own_price(
    work: Work,
) -> None:
    service.import_products(work, [TEA])
    tea = work.session.scalars(select(Product)).one()
    pack_id = work.session.scalars(select(Pack.id)).one()
    dealer = make_enterprise(work)
    work.session.add(
        Offer(public_id="D" * 10, seller_id=dealer.id, pack_id=pack_id, price_vnd=250_000)
    )
    work.session.add(
        Recognition(product_id=tea.id, enterprise_id=tea.enterprise_id, stage="filed", stars=3)
    )
    work.session.flush()

    assert service.import_products(work, [TEA]) == ImportCounts(0, 0, 1)
    dearer = replace(
        TEA,
        recognition=RecognitionRow("lapsed", stars=5),
        packs=(replace(PACK, price_vnd=200_000),),
    )
    service.import_products(work, [dearer])

    prices = select(Offer.price_vnd, Offer.version).order_by(Offer.id)
    assert [tuple(row) for row in work.session.execute(prices)] == [(200_000, 2), (250_000, 1)]
    stages = select(Recognition.stage, Recognition.stars).order_by(Recognition.id)
    assert [tuple(row) for row in work.session.execute(stages)] == [("lapsed", 5), ("filed", 3)]


def test_new_goods_of_a_maker_on_record_are_entered_beside_the_old_ones(work: Work) -> None:
    service.import_products(work, [TEA])

    counts = service.import_products(work, [replace(TEA, key="public|b"), TEA])

    assert counts == ImportCounts(created=1, updated=0, unchanged=1)
    assert counted(work, Enterprise) == 1
    found = work.session.execute(select(Product.public_id, Product.slug_key, Product.published_at))
    assert [(slug == public_id[:6], at) for public_id, slug, at in found] == [(True, work.now)] * 2


def test_a_visit_is_a_service(work: Work) -> None:
    visit = replace(TEA, group="du_lich", packs=())

    service.import_products(work, [visit])

    assert work.session.scalars(select(Product.kind)).one() == "service"


def test_nothing_to_import_is_nothing_done(work: Work) -> None:
    assert service.import_products(work, []) == ImportCounts(0, 0, 0)
    assert service.add_lots(work, []) == []


def test_a_lot_code_is_taken_within_its_enterprise_alone(work: Work) -> None:
    other = replace(TEA, key="public|b", producer=replace(MAKER, province_code="4"))
    service.import_products(work, [TEA, other])
    packs = queries.pack_ids_by_import_key(work.session, [TEA.key, other.key])
    rows = [
        LotRow(packs[key][0], "26/11Đ", "packed", work.today, None, units)
        for key, units in ((TEA.key, 640), (other.key, 50))
    ]

    service.add_lots(work, rows[:1])
    service.add_lots(work, rows)

    lots = work.session.scalars(select(Lot).order_by(Lot.id)).all()
    assert [(lot.pack_id, lot.declared_units) for lot in lots] == [
        (packs[TEA.key][0], 640),
        (packs[other.key][0], 50),
    ]
    assert {(lot.code, lot.uri_code, lot.made_kind) for lot in lots} == {
        ("26/11Đ", "26/11D", "packed")
    }


def audited(work: Work) -> list[tuple[object, ...]]:
    columns = (AuditEntry.object_kind, AuditEntry.object_id, AuditEntry.enterprise_id)
    entries = work.session.execute(
        select(*columns, AuditEntry.details).where(AuditEntry.act == "import_products")
    )
    return [tuple(entry) for entry in entries]


def test_an_import_of_the_platform_is_one_entry_of_its_record(work: Work) -> None:
    service.import_products(work, [TEA, DRAFT])
    assert audited(work) == [("platform", 0, None, {"created": 2, "updated": 0})]

    service.import_products(work, [TEA, DRAFT])

    assert len(audited(work)) == 1  # Nothing was written, nothing is recorded.


def test_a_members_import_is_on_the_record_of_their_enterprise(work: Work) -> None:
    service.import_products(work, [TEA])
    work.session.execute(delete(SearchPending))
    work.session.execute(delete(AuditEntry))
    enterprise = make_enterprise(work)
    work.by = By("command", None, enterprise.id)

    service.import_products(work, [DRAFT, replace(TEA, group="do_uong")])

    assert audited(work) == [
        ("enterprise", enterprise.id, enterprise.id, {"created": 1, "updated": 1})
    ]
    assert counted(work, SearchPending) == 2


def test_a_members_file_may_say_much_anew_at_once(work: Work) -> None:
    row = owned(work)
    service.import_products(work, [row])
    packs = (PackRow(100, "g", "gói 100 g", 90_000), PackRow(200, "g", "hộp 200 g", 180_000))
    said = replace(
        row,
        words=(Words("Chè đinh", summary="Hái sớm."),),
        source_url="https://example.org/b",
        packs=packs,
    )

    assert service.import_products(work, [said]) == ImportCounts(0, 1, 0)
    dearer = replace(said, packs=tuple(replace(pack, price_vnd=200_000) for pack in packs))
    assert service.import_products(work, [dearer]) == ImportCounts(0, 1, 0)

    assert stored(work).source_url == "https://example.org/b"
    assert vietnamese(work) == ("Chè đinh", "Hái sớm.", "")
    prices = work.session.scalars(select(Offer.price_vnd).execution_options(populate_existing=True))
    assert prices.all() == [200_000, 200_000]
    assert stored(work).version == 6
