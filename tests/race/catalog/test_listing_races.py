from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from accounts.turns import Level
from catalog import service
from catalog.errors import GtinTaken, LotCodeTaken, LotSealed, ProductChanged
from catalog.models import Lot, Pack, Product, ProductReview, SearchPending
from catalog.service import Look, LotRow, PackRow
from core.errors import Changed, NotFound
from core.messages import Message
from core.work import COMMAND, By, transaction
from tests.makers import make_enterprise, make_pack, make_person, make_product
from tests.race.crowd import rush
from traceability import service as traceability
from traceability.models import StampQuota


def test_sixteen_officers_publish_once(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product_id = make_product(work, state="submitted").id
        officer = By("person", make_person(work).id)

    def publish(_: int) -> bool:
        with transaction(by=officer) as work:
            look = Look(product_id, 1, Level.PROVINCE, ("seller",))
            service.publish_product(work, look=look)
        return True

    answers, refusals = rush(app, publish)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [ProductChanged] * 15
    with transaction(by=COMMAND) as work:
        for table in (ProductReview, Message, SearchPending):
            assert work.session.scalar(select(func.count()).select_from(table)) == 1
        assert work.session.get_one(Product, product_id).version == 2


def test_one_code_declared_sixteen_times_at_once_is_one_lot(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        pack_id = make_pack(work, product=make_product(work)).id

    def declare(_: int) -> int:
        with transaction(by=COMMAND) as work:
            row = LotRow(pack_id, "26-11A", "made", work.today, None, 40)
            return service.declare_lot(work, lot=row).id

    answers, refusals = rush(app, declare)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [LotCodeTaken] * 15
    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(Lot.id)).all() == answers


def test_one_number_given_to_sixteen_products_at_once_is_on_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        products = [make_product(work, enterprise=maker, state="draft").id for _ in range(16)]

    def add(person: int) -> int:
        with transaction(by=COMMAND) as work:
            pack = PackRow(1, "piece", "con", 250_000, gtin="08938505974194")
            service.add_pack(work, product_id=products[person], version=1, pack=pack)
        return products[person]

    answers, refusals = rush(app, add)

    assert [type(refusal) for refusal in refusals] == [GtinTaken] * 15
    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(Pack.product_id)).all() == answers


def test_a_lot_is_either_stamped_or_deleted_or_changed(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        pack_id = make_pack(work, product=make_product(work)).id
        row = LotRow(pack_id, "26-11A", "made", work.today - timedelta(days=1), None, 40)
        lot_id = service.declare_lot(work, lot=row).id

    def act(person: int) -> str:
        with transaction(by=COMMAND) as work:
            if person % 3 == 0:
                traceability.issue_stamps(work, lot_id=lot_id, count=1)
                return "stamped"
            if person % 3 == 1:
                service.delete_lot(work, lot_id=lot_id, version=1)
                return "deleted"
            changed = LotRow(pack_id, "26-11B", "made", work.today, None, 80)
            service.change_lot(work, lot_id=lot_id, version=1, lot=changed)
            return "changed"

    answers, refusals = rush(app, act)

    assert {type(refusal) for refusal in refusals} <= {LotSealed, NotFound, Changed}
    with transaction(by=COMMAND) as work:
        lot = work.session.scalars(select(Lot)).one_or_none()
        issued = work.session.execute(select(StampQuota.issued, StampQuota.declared)).one_or_none()
    if lot is None:
        assert (answers, issued) == (["deleted"], None)
        return
    # Stamped, and then as it was when it was sealed: the quota is of the same number.
    assert sorted(set(answers)) in (["stamped"], ["changed", "stamped"])
    assert lot.sealed_at is not None
    assert lot.declared_units == (80 if "changed" in answers else 40)
    assert issued == (6, lot.declared_units)
