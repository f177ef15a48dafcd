"""A helper's list: only who agreed, asking several for longer, leaving several."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts.models import Consent, ConsentAsking, Enterprise
from accounts.rules import Scope
from core.messages import Message
from core.work import COMMAND, reading, transaction
from tests.makers import make_consent, make_enterprise, make_member, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


@pytest.fixture
def helper(app: Flask) -> SignedIn:
    """Minh, whom two smithies let in for lots, a third no longer, and a fourth never did."""
    with transaction(by=COMMAND) as work:
        minh = make_person(work, sign_in="minh@goc.example", name="Minh")
        for number, name in enumerate(("Lò một", "Lò hai", "Lò ba")):
            enterprise = make_enterprise(work, name=name)
            director = make_person(work, sign_in=f"+8491234567{number}", name="Hà")
            make_member(work, enterprise=enterprise, person=director)
            consent = make_consent(work, enterprise=enterprise, helper=minh, scopes=[Scope.LOTS])
            if name == "Lò ba":
                consent.ended_at = work.now
        make_enterprise(work, name="Lò bốn")
        return SignedIn(app, make_sign_in(work, person=minh, key="minh"))


def public_ids(*names: str) -> list[str]:
    with reading() as session:
        return list(
            session.scalars(
                select(Enterprise.public_id)
                .where(Enterprise.name.in_(names))
                .order_by(Enterprise.id)
            )
        )


def test_a_helper_sees_only_those_whose_consent_lives(helper: SignedIn) -> None:
    with counted_statements() as statements:
        page = helper.get("/help/makers").text

    assert ("Lò một" in page, "Lò hai" in page) == (True, True)
    assert ("Lò ba" in page, "Lò bốn" in page) == (False, False)
    assert page.count("đồng ý đến") == 2
    assert len(statements) <= 13
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Consent).values(until_at=work.now))
    assert "Cơ sở nào đồng ý cho bạn làm giúp thì hiện ở đây." in helper.get("/help/makers").text


def test_several_are_asked_for_longer_each_alone_and_the_old_consent_lives_on(
    helper: SignedIn,
) -> None:
    chosen = public_ids("Lò một", "Lò hai", "Lò ba", "Lò bốn")
    assert helper.get("/help/makers/extend", query_string={"maker": chosen}).status_code == 200

    answer = helper.post("/help/makers/extend", {"maker": chosen, "days": "90"})
    again = helper.post("/help/makers/extend", {"maker": chosen[:1], "days": "30"})

    assert "Đã hỏi 2 cơ sở." in helper.get(answer.location).text
    assert "<li>Lò một: lần hỏi trước đang chờ trả lời</li>" in helper.get(again.location).text
    with reading() as session:
        asked = session.scalars(select(ConsentAsking).order_by(ConsentAsking.id)).all()
        given = session.scalars(select(Consent).where(Consent.ended_at.is_(None))).all()
    assert [(one.asked_of, one.scopes, one.state) for one in asked] == [
        ("Lò một", ["lots"], "asked"),
        ("Lò hai", ["lots"], "asked"),
    ]
    assert all(one.sent_to_id is not None for one in asked)
    assert {(one.until_at - one.asked_at).days for one in asked} == {90}
    assert len(given) == 2


def test_leaving_several_ends_the_consents_at_once_and_tells_who_comes_next(
    helper: SignedIn,
) -> None:
    chosen = public_ids("Lò một", "Lò bốn")
    mute = helper.post("/help/makers/leave", {"maker": chosen})
    assert mute.status_code == 422

    answer = helper.post("/help/makers/leave", {"maker": chosen, "words": "Từ nay hỏi chị Mai."})

    assert "Đã thôi giúp 1 cơ sở." in helper.get(answer.location).text
    with reading() as session:
        living = session.scalars(select(Consent).where(Consent.ended_at.is_(None))).all()
        told = session.scalars(select(Message)).all()
    assert len(living) == 1
    assert [one.values["words"] for one in told] == ["Từ nay hỏi chị Mai."]
