from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select

from catalog import queries, service
from catalog.errors import (
    EndsBeforeMade,
    EndsTooLate,
    LotCodeTaken,
    LotNotForProduct,
    LotSealed,
    LotUriCodeTaken,
    MadeInFuture,
    MadeKindUnfit,
    MadeTooLongAgo,
)
from catalog.models import Lot, Pack, SearchPending
from catalog.service import LotRow
from core.audit import AuditEntry
from core.errors import AppError, Changed, NotFound
from core.work import Work
from tests.makers import make_pack, make_product


def smithy_pack(work: Work) -> Pack:
    return make_pack(work, product=make_product(work))


def row(pack: Pack, work: Work, code: str = "Lô 5") -> LotRow:
    return LotRow(pack.id, code, "made", work.today, None, 40)


def lots(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(Lot)) or 0


def test_a_lot_is_declared_in_the_makers_words_and_in_those_of_gs1(work: Work) -> None:
    pack = smithy_pack(work)

    lot = service.declare_lot(work, lot=row(pack, work))

    found = queries.managed_lot(work.session, lot.public_id)
    assert found is not None
    assert (found.code, found.uri_code, found.declared_units) == ("Lô 5", "Lo-5", 40)
    assert (found.product_name, found.pack_words, found.version) == ("Dao phay", "con", 1)
    assert found.sealed_at is None
    assert work.session.scalars(select(SearchPending.product_id)).all() == [pack.product_id]


def test_a_code_is_used_once_in_an_enterprise_in_either_spelling(work: Work) -> None:
    pack = smithy_pack(work)
    service.declare_lot(work, lot=row(pack, work))

    with pytest.raises(LotCodeTaken):
        service.declare_lot(work, lot=row(pack, work))
    with pytest.raises(LotUriCodeTaken) as refusal:
        service.declare_lot(work, lot=row(pack, work, "Lo 5"))

    assert refusal.value.values == {"code": "Lo 5", "uri_code": "Lo-5", "other": "Lô 5"}
    assert lots(work) == 1
    service.declare_lot(work, lot=row(smithy_pack(work), work))  # Another enterprise's own.


IMPOSSIBLE_DAYS = pytest.mark.parametrize(
    ("days_ago", "days_to_end", "refusal"),
    [
        (-1, None, MadeInFuture),
        (366 * 10 + 1, None, MadeTooLongAgo),
        (1, -2, EndsBeforeMade),
        (1, 366 * 30 + 1, EndsTooLate),
    ],
)


@IMPOSSIBLE_DAYS
def test_a_lot_with_impossible_days_is_not_stored(
    work: Work, days_ago: int, days_to_end: int | None, refusal: type[AppError]
) -> None:
    day = work.today
    ends = None if days_to_end is None else day + timedelta(days=days_to_end)
    lot = replace(
        row(smithy_pack(work), work), made_on=day - timedelta(days=days_ago), best_before_on=ends
    )

    with pytest.raises(refusal):
        service.declare_lot(work, lot=lot)

    assert lots(work) == 0


@IMPOSSIBLE_DAYS
def test_a_lot_is_not_changed_to_impossible_days(
    work: Work, days_ago: int, days_to_end: int | None, refusal: type[AppError]
) -> None:
    possible = row(smithy_pack(work), work)
    lot = service.declare_lot(work, lot=possible)
    day = work.today
    ends = None if days_to_end is None else day + timedelta(days=days_to_end)
    impossible = replace(possible, made_on=day - timedelta(days=days_ago), best_before_on=ends)

    with pytest.raises(refusal):
        service.change_lot(work, lot_id=lot.id, version=1, lot=impossible)

    work.session.refresh(lot)
    assert (lot.made_on, lot.best_before_on) == (day, None)


def test_a_knife_does_not_become_harvested(work: Work) -> None:
    possible = row(smithy_pack(work), work)
    lot = service.declare_lot(work, lot=possible)

    with pytest.raises(MadeKindUnfit):
        service.change_lot(
            work, lot_id=lot.id, version=1, lot=replace(possible, made_kind="harvested")
        )

    work.session.refresh(lot)
    assert lot.made_kind == "made"


def test_a_knife_is_not_harvested(work: Work) -> None:
    with pytest.raises(MadeKindUnfit):
        service.declare_lot(work, lot=replace(row(smithy_pack(work), work), made_kind="harvested"))


@pytest.mark.parametrize(
    ("group", "state"),
    [("du_lich", "published"), ("thuc_pham", "draft"), ("thuc_pham", "withdrawn")],
)
def test_services_and_unchecked_goods_have_no_lots(work: Work, group: str, state: str) -> None:
    pack = make_pack(work, product=make_product(work, group=group, state=state))

    with pytest.raises(LotNotForProduct):
        service.declare_lot(work, lot=row(pack, work))

    assert lots(work) == 0


def test_a_lot_without_stamps_is_changed_and_deleted(work: Work) -> None:
    pack = smithy_pack(work)
    lot = service.declare_lot(work, lot=row(pack, work))

    changed = replace(row(pack, work, "26-11A"), declared_units=50, made_on=date(2026, 1, 2))
    service.change_lot(work, lot_id=lot.id, version=1, lot=changed)

    found = queries.managed_lot(work.session, lot.public_id)
    assert found is not None
    assert (found.code, found.uri_code, found.declared_units) == ("26-11A", "26-11A", 50)
    assert (found.made_on, found.version) == (date(2026, 1, 2), 2)
    with pytest.raises(Changed):
        service.delete_lot(work, lot_id=lot.id, version=1)
    service.delete_lot(work, lot_id=lot.id, version=2)
    assert lots(work) == 0
    acts = select(AuditEntry.act).order_by(AuditEntry.act)
    assert work.session.scalars(acts).all() == ["change_lot", "declare_lot", "delete_lot"]


def test_a_lot_with_stamps_stays_as_it_was_printed(work: Work) -> None:
    pack = smithy_pack(work)
    lot = service.declare_lot(work, lot=row(pack, work))
    service.seal_lot(work, lot_id=lot.id)

    with pytest.raises(LotSealed):
        service.change_lot(work, lot_id=lot.id, version=1, lot=row(pack, work, "khác"))
    with pytest.raises(LotSealed):
        service.delete_lot(work, lot_id=lot.id, version=1)

    found = queries.managed_lot(work.session, lot.public_id)
    assert found is not None
    assert (found.code, found.version) == ("Lô 5", 1)


def test_a_lot_keeps_its_own_code_when_it_is_changed_and_takes_no_others(work: Work) -> None:
    pack = smithy_pack(work)
    first = service.declare_lot(work, lot=row(pack, work, "A"))
    service.declare_lot(work, lot=row(pack, work, "B"))

    service.change_lot(work, lot_id=first.id, version=1, lot=row(pack, work, "A"))
    with pytest.raises(LotCodeTaken):
        service.change_lot(work, lot_id=first.id, version=2, lot=row(pack, work, "B"))


def test_a_lot_stays_with_its_product(work: Work) -> None:
    lot = service.declare_lot(work, lot=row(smithy_pack(work), work))

    with pytest.raises(LotNotForProduct):
        service.change_lot(work, lot_id=lot.id, version=1, lot=row(smithy_pack(work), work))


def test_a_lot_is_held_from_the_first_day_and_released(work: Work) -> None:
    lot = service.declare_lot(work, lot=row(smithy_pack(work), work))

    service.hold_lot(work, lot_id=lot.id)
    service.hold_lot(work, lot_id=lot.id)

    work.session.refresh(lot)
    assert (lot.on_hold_since, lot.version) == (work.today, 2)
    service.release_lot(work, lot_id=lot.id)
    service.release_lot(work, lot_id=lot.id)
    work.session.refresh(lot)
    assert (lot.on_hold_since, lot.version) == (None, 3)
    acts = work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.act)).all()
    assert acts == ["declare_lot", "hold_lot", "release_lot"]


def test_of_several_lots_the_one_that_holds_the_code_is_named(work: Work) -> None:
    pack = smithy_pack(work)
    for code in ("A", "Lô 5", "B"):
        service.declare_lot(work, lot=row(pack, work, code))

    with pytest.raises(LotCodeTaken) as taken:
        service.declare_lot(work, lot=row(pack, work, "B"))
    with pytest.raises(LotUriCodeTaken) as spelt:
        service.declare_lot(work, lot=row(pack, work, "Lo 5"))

    assert taken.value.values == {"code": "B"}
    assert spelt.value.values["other"] == "Lô 5"


def test_a_lot_takes_its_own_code_in_another_spelling_but_not_anothers(work: Work) -> None:
    pack = smithy_pack(work)
    first = service.declare_lot(work, lot=row(pack, work, "Lô 5"))
    service.declare_lot(work, lot=row(pack, work, "Lô 6"))

    service.change_lot(work, lot_id=first.id, version=1, lot=row(pack, work, "Lo 5"))
    with pytest.raises(LotUriCodeTaken) as refusal:
        service.change_lot(work, lot_id=first.id, version=2, lot=row(pack, work, "Lo 6"))

    assert refusal.value.values["other"] == "Lô 6"


def test_search_is_told_of_a_lot_that_goes(work: Work) -> None:
    pack = smithy_pack(work)
    lot = service.declare_lot(work, lot=row(pack, work))
    work.session.execute(delete(SearchPending))

    service.delete_lot(work, lot_id=lot.id, version=1)

    assert work.session.scalars(select(SearchPending.product_id)).all() == [pack.product_id]


def test_a_lot_that_is_not_there_or_not_as_it_was_seen_is_refused_as_such(work: Work) -> None:
    pack = smithy_pack(work)
    lot = service.declare_lot(work, lot=row(pack, work, "A"))
    service.seal_lot(work, lot_id=service.declare_lot(work, lot=row(pack, work, "B")).id)

    with pytest.raises(NotFound):
        service.delete_lot(work, lot_id=0, version=1)
    with pytest.raises(NotFound):
        service.seal_lot(work, lot_id=0)
    with pytest.raises(Changed):
        service.delete_lot(work, lot_id=lot.id, version=2)

    assert lots(work) == 2


def test_another_enterprises_spelling_does_not_explain_a_code_taken(work: Work) -> None:
    pack = smithy_pack(work)
    service.declare_lot(work, lot=row(smithy_pack(work), work, "Lo 5"))
    service.declare_lot(work, lot=row(pack, work, "Lô 5"))

    with pytest.raises(LotCodeTaken):
        service.declare_lot(work, lot=row(pack, work, "Lô 5"))
