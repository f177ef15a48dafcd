"""A change of goods on sale: one is open, and one officer decides it."""

from flask import Flask
from sqlalchemy import func, select

from accounts.turns import Level
from catalog import service
from catalog.errors import ChangeDecided, ChangeMoved
from catalog.models import ProductChange, ProductReview, ProductRevision, ProductText
from catalog.service import Look, Seen, Words
from core.work import COMMAND, By, transaction
from tests.makers import make_change, make_person, make_product
from tests.race.crowd import rush


def test_of_officers_who_publish_and_return_at_once_one_decides(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product_id = make_change(work, product=make_product(work)).product_id
        officer = By("person", make_person(work).id)
    look = Look(product_id, 1, Level.COMMUNE, ("name",))

    def decide(person: int) -> str:
        with transaction(by=officer) as work:
            if person % 2:
                service.publish_change(work, look=look)
                return "published"
            service.return_change(work, look=look, reason="Tên chưa rõ.")
            return "returned"

    answers, refusals = rush(app, decide)

    assert [type(refusal) for refusal in refusals] == [ChangeDecided] * 15
    with transaction(by=COMMAND) as work:
        change = work.session.scalars(select(ProductChange)).one()
        assert ([change.state], change.version) == (answers, 2)
        is_published = answers == ["published"]
        name = work.session.scalars(select(ProductText.name)).one()
        assert name == ("Dao phay rèn tay" if is_published else "Dao phay")
        revisions = select(func.count()).select_from(ProductRevision)
        assert work.session.scalar(revisions) == int(is_published)
        assert work.session.scalar(select(func.count()).select_from(ProductReview)) == 1


def test_of_many_who_ask_for_a_change_at_once_one_does(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        product_id, group = product.id, product.group

    def ask(person: int) -> int:
        with transaction(by=COMMAND) as work:
            service.propose_words(
                work,
                product_id=product_id,
                seen=Seen(1),
                group=group,
                words=Words(f"Dao số {person}"),
            )
            return person

    answers, refusals = rush(app, ask)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [ChangeMoved] * 15
    with transaction(by=COMMAND) as work:
        change = work.session.scalars(select(ProductChange)).one()
        assert change.proposed["name"] == f"Dao số {answers[0]}"


def test_a_change_published_while_its_goods_leave_is_one_or_the_other(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product_id = make_change(work, product=make_product(work)).product_id
        officer = By("person", make_person(work).id)
    look = Look(product_id, 1, Level.COMMUNE, ("name",))

    def act(person: int) -> str:
        with transaction(by=officer) as work:
            if person % 2:
                service.publish_change(work, look=look)
                return "published"
            service.withdraw_product(work, product_id=product_id, version=1)
            return "withdrawn"

    answers, _ = rush(app, act)

    with transaction(by=COMMAND) as work:
        change = work.session.scalars(select(ProductChange)).one()
        assert [change.state] == answers
