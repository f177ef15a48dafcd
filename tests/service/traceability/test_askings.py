"""Activations asked for from a strange device: what waits, who answers, what is recorded."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts.models import Enterprise, EnterpriseDevice, Person
from catalog import service as catalog
from catalog.errors import LotSpokenOf
from catalog.models import Lot, Product
from core.audit import AuditEntry
from core.outbox import OutboxEvent
from core.work import By, Work
from tests.askings import make_activation_asking, make_device
from tests.makers import (
    lot_of,
    make_batch,
    make_enterprise,
    make_lot,
    make_member,
    make_person,
    make_product,
)
from tests.statements import counted_statements
from traceability import queries, service
from traceability.asking_errors import ActivationAskedBefore, AskingOver
from traceability.errors import RangeNotPossible
from traceability.models import ActivationAsking, ActivationAskingRange, StampAct, StampBatch
from traceability.rules import VoidReason
from traceability.service import AskedWith


class Household:
    """A director, the one who asks, and ten printed stamps of theirs."""

    def __init__(self, work: Work) -> None:
        self.enterprise: Enterprise = make_enterprise(work)
        self.director = self.member(work, "ha@goc.example", "director")
        self.asker = self.member(work, "kho@goc.example", "warehouse")
        self.batch: StampBatch = make_batch(work, enterprise=self.enterprise)

    def member(self, work: Work, sign_in: str, role: str) -> Person:
        person = make_person(work, sign_in=sign_in)
        make_member(work, enterprise=self.enterprise, person=person, role=role)
        return person

    def by(self, work: Work, person: Person) -> Work:
        return replace(work, by=By("person", person.id, self.enterprise.id))

    def ask(self, work: Work, *, last: int = 5) -> ActivationAsking:
        return make_activation_asking(
            work, enterprise=self.enterprise, asker=self.asker, batch=self.batch, last=last
        )

    def by_state(self, work: Work) -> dict[str, int]:
        return queries.batches_by_id(work.session, [self.batch.id])[self.batch.id].by_state


@pytest.fixture
def house(work: Work) -> Household:
    return Household(work)


def test_asking_activates_nothing_and_leaves_no_act_behind(work: Work, house: Household) -> None:
    asking = house.ask(work)

    assert (asking.state, asking.expires_at) == ("open", work.now + timedelta(days=7))
    assert house.by_state(work) == {"printed": 10}
    assert work.session.scalars(select(StampAct)).all() == []
    said = work.session.scalars(select(OutboxEvent.name).order_by(OutboxEvent.id)).all()
    assert said[-1] == "ActivationAsked"
    assert "StampsActivated" not in said


def test_what_cannot_be_activated_is_refused_when_it_is_asked_for(
    work: Work, house: Household
) -> None:
    service.activate_stamps(work, batch_id=house.batch.id, first=3, last=3)

    with pytest.raises(RangeNotPossible):
        house.ask(work)

    assert work.session.scalars(select(ActivationAsking)).all() == []


def test_the_same_person_asking_again_has_the_asking_that_stands(
    work: Work, house: Household
) -> None:
    first = house.ask(work)

    assert house.ask(work).id == first.id
    with pytest.raises(ActivationAskedBefore):
        house.ask(work, last=6)
    assert work.session.scalar(select(func.count()).select_from(ActivationAskingRange)) == 1


def test_a_yes_does_it_as_whoever_asked_and_the_audit_has_both(
    work: Work, house: Household
) -> None:
    asking = house.ask(work)

    act = service.confirm_activation(house.by(work, house.director), asking_id=asking.id)

    assert house.by_state(work) == {"active": 5, "printed": 5}
    assert (asking.state, asking.act_id, asking.decided_by_id) == (
        "confirmed",
        act.id,
        house.director.id,
    )
    assert act.by_person_id == house.asker.id
    rows = work.session.execute(
        select(AuditEntry.act, AuditEntry.by_person_id).where(
            AuditEntry.act.in_(("activate_stamps", "confirm_activation"))
        )
    )
    assert {tuple(row) for row in rows} == {
        ("activate_stamps", house.asker.id),
        ("confirm_activation", house.director.id),
    }
    with pytest.raises(AskingOver):
        service.confirm_activation(house.by(work, house.director), asking_id=asking.id)


def test_a_yes_to_several_batches_holds_all_of_them_before_their_lot(
    work: Work, house: Household
) -> None:
    lot_id = lot_of(house.batch)
    service.issue_stamps(work, lot_id=lot_id, count=5)
    asking = service.ask_activation(
        house.by(work, house.asker),
        lambda work: service.activate_lot(work, lot_id=lot_id)[0],
        binds=False,
        asked_with=service.AskedWith(),
    )

    with counted_statements() as statements:
        service.confirm_activation(house.by(work, house.director), asking_id=asking.id)

    holds = [at for at, one in enumerate(statements) if one.startswith("UPDATE stamp_batch ")]
    lots = [at for at, one in enumerate(statements) if "FROM lot " in f"{one} "]
    assert len(holds) == 4  # Both at first, then each by its act.
    assert holds[1] < min(lots)


def test_a_no_ends_the_device_it_was_asked_from_and_no_other(work: Work, house: Household) -> None:
    asking = house.ask(work)
    strange = make_device(
        work, enterprise=house.enterprise, person=house.asker, browser_hash="new", days=0
    )
    known = make_device(work, enterprise=house.enterprise, person=house.director)

    service.refuse_activation(house.by(work, house.director), asking_id=asking.id)

    assert house.by_state(work) == {"printed": 10}
    work.session.expire_all()
    assert work.session.get_one(EnterpriseDevice, strange.id).ended_at == work.now
    assert work.session.get_one(EnterpriseDevice, known.id).ended_at is None


def test_only_the_asker_takes_it_back_and_then_it_can_be_asked_anew(
    work: Work, house: Household
) -> None:
    asking = house.ask(work)

    with pytest.raises(AskingOver):
        service.withdraw_activation(house.by(work, house.director), asking_id=asking.id)
    service.withdraw_activation(house.by(work, house.asker), asking_id=asking.id)

    assert asking.state == "withdrawn"
    assert house.ask(work, last=6).id != asking.id


def test_after_seven_days_nobody_can_agree_and_after_ninety_more_it_is_deleted(
    work: Work, house: Household
) -> None:
    asking = house.ask(work)
    later = replace(house.by(work, house.director), now=work.now + timedelta(days=7))

    with pytest.raises(AskingOver):
        service.confirm_activation(later, asking_id=asking.id)
    service.expire_askings(later)
    assert not service.forget_askings(replace(work, now=later.now + timedelta(days=90)))
    work.session.expire_all()
    assert work.session.get_one(ActivationAsking, asking.id).state == "expired"

    service.forget_askings(replace(work, now=later.now + timedelta(days=91)))
    assert work.session.scalars(select(ActivationAsking)).all() == []
    assert work.session.scalars(select(ActivationAskingRange)).all() == []


def test_a_lot_somebody_asked_to_bind_stamps_to_is_not_deleted(
    work: Work, house: Household
) -> None:
    product = make_product(work, enterprise=house.enterprise)
    lot = make_lot(work, product=product, code="C-1")
    roll = service.begin_roll(
        work, product_id=product.id, enterprise_id=house.enterprise.id, count=10
    )
    service.add_stamps(work, batch_id=roll.id, first=1, count=10)
    service.publish_batch(work, batch_id=roll.id)
    service.ask_activation(
        house.by(work, house.asker),
        lambda work: service.stick_stamps(work, batch_id=roll.id, lot_id=lot.id, first=1, last=5),
        binds=True,
        asked_with=AskedWith("Android, Chrome", "new"),
    )

    with pytest.raises(LotSpokenOf), work.session.begin_nested():
        catalog.delete_lot(work, lot_id=lot.id, version=lot.version)

    assert work.session.get(Lot, lot.id) is not None


def test_the_database_keeps_one_open_asking_a_range(work: Work, house: Household) -> None:
    house.ask(work)
    row = work.session.scalars(select(ActivationAskingRange)).one()
    other = ActivationAsking(
        public_id="Q" * 10,
        enterprise_id=house.enterprise.id,
        binds=False,
        state="open",
        asked_by_id=house.director.id,
        program="",
        device="",
        asked_at=work.now,
        expires_at=work.now + timedelta(days=7),
    )
    work.session.add(other)
    work.session.flush()

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.add(
            ActivationAskingRange(
                asking_id=other.id,
                batch_id=row.batch_id,
                lot_id=row.lot_id,
                first=row.first,
                last=row.last,
            )
        )


@pytest.mark.parametrize("how", ["activated", "cancelled", "moved"])
def test_an_asking_whose_stamps_were_used_otherwise_closes_by_itself(
    work: Work, house: Household, how: str
) -> None:
    asking = house.ask(work)
    batch_id = house.batch.id

    if how == "activated":
        service.activate_stamps(work, batch_id=batch_id, first=5, last=6)
    elif how == "cancelled":
        reason = VoidReason.SPOILED
        service.void_stamps(work, batch_id=batch_id, first=1, last=1, reason=reason)
    else:
        product = work.session.get_one(Lot, house.batch.lot_id).product_id
        other = make_lot(work, product=work.session.get_one(Product, product), code="KHÁC")
        service.move_stamps(work, batch_id=batch_id, lot_id=other.id, first=2, last=3)

    assert (asking.state, asking.ended_at, asking.decided_by_id) == ("overtaken", work.now, None)
    assert work.session.scalars(select(ActivationAskingRange.is_open)).all() == [False]
    with pytest.raises(AskingOver):
        service.confirm_activation(house.by(work, house.director), asking_id=asking.id)


def test_an_asking_beside_which_stamps_were_used_stands(work: Work, house: Household) -> None:
    asking = house.ask(work)

    service.activate_stamps(work, batch_id=house.batch.id, first=6, last=10)
    assert asking.state == "open"
    service.confirm_activation(house.by(work, house.director), asking_id=asking.id)

    assert house.by_state(work) == {"active": 10}
