from flask import Flask
from sqlalchemy import func, select

from core.messages import Message
from core.work import COMMAND, VISITOR, reading, transaction
from tests.dealers import make_dealer, make_delivery
from tests.makers import make_batch, make_enterprise
from tests.race.crowd import rush
from traceability import queries, service
from traceability.dealer_errors import DeliveryClosed, StampsWithDealer
from traceability.models import StampDelivery
from traceability.service import Answer


def test_one_range_handed_to_sixteen_dealers_at_once_is_with_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        batch = make_batch(work, enterprise=maker, count=20)
        dealers = [make_dealer(work, enterprise=maker, name=f"Lan {n}").id for n in range(16)]

    def hand(number: int) -> int:
        with transaction(by=COMMAND) as work:  # Overlapping, not equal: 1–5, 2–6, 3–7 …
            first = 1 + number % 4
            service.hand_over(
                work, batch_id=batch.id, dealer_id=dealers[number], first=first, last=first + 4
            )
        return dealers[number]

    answers, refusals = rush(app, hand)

    with reading() as session:
        living = [one.dealer_id for one in queries.deliveries_of_batch(session, batch.id)]
    assert living == answers
    assert len(living) == 1
    assert [type(refusal) for refusal in refusals] == [StampsWithDealer] * 15


def test_sixteen_yeses_and_nos_are_one_answer(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        batch = make_batch(work, enterprise=maker, count=5)
        dealer = make_dealer(work, enterprise=maker)
        public_id = make_delivery(work, batch=batch, dealer=dealer).public_id

    def answer(number: int) -> str:
        said = Answer(has_them=number % 2 == 0)
        with transaction(by=VISITOR) as work:
            return service.answer_delivery(work, public_id=public_id, answer=said).state

    answers, refusals = rush(app, answer)

    with reading() as session:
        states = session.scalars(select(StampDelivery.state)).all()
        told = session.scalar(select(func.count()).select_from(Message))
    # Whoever says the same as the first is told the same; it was heard, and told, once.
    assert len(states) == 1
    assert (answers, told) == ([*states] * 8, 1)
    assert [type(refusal) for refusal in refusals] == [DeliveryClosed] * 8


def test_a_dealer_taken_off_the_list_while_answering_holds_nothing(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        batch = make_batch(work, enterprise=maker, count=15)
        dealer = make_dealer(work, enterprise=maker)
        asked = [
            make_delivery(work, batch=batch, dealer=dealer, first=at, last=at).public_id
            for at in range(1, 16)
        ]

    def meet(number: int) -> None:
        with transaction(by=VISITOR) as work:
            if number == 0:
                service.remove_dealer(work, dealer_id=dealer.id)
                return
            said = Answer(has_them=True, is_shown=True)
            service.answer_delivery(work, public_id=asked[number - 1], answer=said)

    _, refusals = rush(app, meet)

    with reading() as session:
        living = queries.deliveries_of_batch(session, batch.id)
        card = queries.dealer_of(session, dealer.public_id)
    assert {type(refusal) for refusal in refusals} <= {DeliveryClosed}
    assert living == []
    assert card is not None
    assert (card.phone, card.is_shown) == ("", False)
