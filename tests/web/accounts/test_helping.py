"""A helper asks, a producer answers on the own phone, and ends it: at the very next request."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Consent, ConsentAsking, Membership
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_member,
    make_person,
    make_product,
    make_sign_in,
)
from tests.web.signed_in import SignedIn

PHONE = "+84912345678"
WISH = {"scopes": ["listing", "lots"], "days": "30"}


class _Two:
    """Hà, who leads a smithy and signs in by phone, and Minh, who would help."""

    def __init__(self, app: Flask) -> None:
        with transaction(by=COMMAND) as work:
            self.smithy = make_enterprise(work)
            self.ha = make_person(work, sign_in=PHONE, name="Hà")
            self.minh = make_person(work, sign_in="minh@goc.example", name="Minh")
            make_member(work, enterprise=self.smithy, person=self.ha)
            keys = [
                make_sign_in(work, person=self.ha, enterprise=self.smithy, key="ha"),
                make_sign_in(work, person=self.minh, key="minh"),
            ]
        self.producer = SignedIn(app, keys[0], for_enterprise=self.smithy.public_id)
        self.helper = SignedIn(app, keys[1], for_enterprise="")

    def ask(self, producer: str = "0912 345 678") -> str:
        """Where the helper's asking stands."""
        answer = self.helper.post("/help", {**WISH, "producer": producer})
        assert answer.status_code == 303, answer.text
        return answer.location

    def pair(self, path: str) -> str:
        """The two digits on the helper's screen."""
        return self.helper.get(path).text.partition('class="pair">')[2][:2]

    def act(self) -> None:
        """Let the helper act for the smithy from now on, by the switch."""
        answer = self.helper.post("/manage/enterprise", {"enterprise": self.smithy.public_id})
        assert answer.status_code == 303
        self.helper.for_enterprise = self.smithy.public_id


@pytest.fixture
def two(app: Flask) -> _Two:
    return _Two(app)


def _consents() -> list[tuple[str, list[str]]]:
    with reading() as session:
        return [
            ("ended" if one.ended_at else "given", one.scopes)
            for one in session.scalars(select(Consent))
        ]


def _link() -> str:
    """The path in the SMS that went out."""
    with reading() as session:
        words = session.scalars(select(Dispatch.words)).one()
    assert words is not None
    return "/consents/" + words.partition("/consents/")[2]


def test_the_right_pair_on_the_producers_own_phone_lets_the_helper_in(two: _Two) -> None:
    asked = two.ask()
    answering = f"/manage/helpers/{asked.rpartition('/')[2]}"
    page = two.producer.get(answering).text
    assert "Minh (minh@goc.example) xin làm giúp" in page
    assert two.pair(asked) in page

    two.producer.post(answering, {"pair": two.pair(asked)})

    assert _consents() == [("given", ["listing", "lots"])]
    assert "đã đồng ý" in two.helper.get(asked).text
    two.act()
    products = two.helper.get("/manage/products")
    assert "Bạn đang làm giúp Mẫu – Lò rèn Hà" in products.text
    assert two.helper.get("/manage/stamps").status_code == 200
    assert two.helper.get("/manage/helpers").status_code == 403


def test_a_wrong_pair_refuses_and_both_are_told(two: _Two) -> None:
    asked = two.ask()
    answering = f"/manage/helpers/{asked.rpartition('/')[2]}"
    wrong = next(f"{n:02}" for n in range(100) if f"{n:02}" != two.pair(asked))

    two.producer.post(answering, {"pair": wrong})
    again = two.producer.post(answering, {"pair": two.pair(asked) or "47"})

    assert again.status_code == 409
    assert _consents() == []
    assert "Hai số không khớp" in two.helper.get(asked).text
    assert "Hai số không khớp" in two.producer.get(answering).text
    assert "Chưa cho Minh làm giúp" in two.producer.get("/manage").text


def test_the_link_of_the_sms_answers_without_signing_in(two: _Two, client: FlaskClient) -> None:
    asked = two.ask()
    link = _link()
    assert "Minh (minh@goc.example)" in client.get(link).text
    assert _consents() == []  # Looking answers nothing.

    answer = client.post(link, data={"pair": two.pair(asked)})

    assert (answer.status_code, answer.location) == (303, link)
    assert "Bạn đã đồng ý" in client.get(link).text
    assert _consents() == [("given", ["listing", "lots"])]
    with reading() as session:
        giving = session.scalars(select(AuditEntry).where(AuditEntry.act == "give_consent")).one()
    assert (giving.by_person_id, giving.by_enterprise_id) == (two.ha.id, two.smithy.id)


def test_not_me_lets_nobody_in(two: _Two, client: FlaskClient) -> None:
    asked = two.ask()

    client.post(_link(), data={"pair": ""})

    assert _consents() == []
    assert "họ không biết lần hỏi này" in two.helper.get(asked).text


def test_a_link_dies_with_the_directors_office(two: _Two, app: Flask, client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        make_asking(
            work, enterprise=two.smithy, helper=two.minh, sent_to=two.minh, token="not a director"
        )
        once = make_person(work, sign_in="bay@goc.example", name="Bảy")
        make_member(work, enterprise=two.smithy, person=once, role="director")
        left = work.session.scalars(select(Membership).where(Membership.person_id == once.id)).one()
        left.ended_at = work.now
        make_asking(
            work, enterprise=two.smithy, helper=two.minh, sent_to=once, token="director once"
        )

    assert client.get("/consents/not a director").status_code == 404
    assert client.post("/consents/not a director", data={"pair": "47"}).status_code == 404
    assert client.post("/consents/director once", data={"pair": "47"}).status_code == 404
    assert client.get("/consents/7K3MQ9T2XB").status_code == 404
    assert _consents() == []


def test_whether_a_number_is_a_sellers_is_not_told(two: _Two) -> None:
    known, unknown = two.ask(), two.ask("0987 654 321")

    pages = [two.helper.get(path).text for path in (known, unknown)]

    assert all("Hai số của lần hỏi này:" in page for page in pages)
    assert all("Lò rèn" not in page for page in pages)
    assert [page.count("<p") for page in pages] == [pages[0].count("<p")] * 2


def test_a_producer_is_found_by_the_public_page(two: _Two) -> None:
    two.ask(f"https://goc.example/producers/lo-ren-ha-{two.smithy.slug_key.lower()}")

    with reading() as session:
        asking = session.scalars(select(ConsentAsking)).one()
    assert (asking.enterprise_id, asking.sent_to_id) == (two.smithy.id, two.ha.id)
    refused = two.helper.post("/help", {**WISH, "producer": "/producers/khong-co-000000"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "wish",
    [
        {"producer": "0912 345 678", "scopes": ["bank"], "days": "30"},
        {"producer": "0912 345 678", "scopes": ["listing", "members"], "days": "30"},
        {"producer": "0912 345 678", "days": "30"},
        {"producer": "0912 345 678", "scopes": ["listing"], "days": "91"},
        {"producer": "Hà", "scopes": ["listing"], "days": "1"},
    ],
)
def test_nothing_else_can_be_asked_for(two: _Two, wish: dict[str, object]) -> None:
    assert two.helper.post("/help", wish).status_code == 422
    with reading() as session:
        assert session.scalars(select(ConsentAsking)).all() == []


def test_an_asking_is_over_after_a_day(two: _Two) -> None:
    asked = two.ask()
    pair = two.pair(asked)
    with transaction(by=COMMAND) as work:
        asking = work.session.scalars(select(ConsentAsking)).one()
        asking.asked_at = work.now - timedelta(hours=25)

    late = two.producer.post(f"/manage/helpers/{asked.rpartition('/')[2]}", {"pair": pair})

    assert late.status_code == 409
    assert _consents() == []
    assert "Một ngày rồi chưa có ai trả lời" in two.helper.get(asked).text


def test_who_belongs_there_need_not_ask(two: _Two) -> None:
    answer = two.producer.post("/help", {**WISH, "producer": "0912345678"})

    assert answer.status_code == 422
    assert "không cần hỏi" in answer.text


def test_ended_by_the_producer_the_helper_neither_sees_nor_writes(two: _Two) -> None:
    with transaction(by=COMMAND) as work:
        consent = make_consent(work, enterprise=two.smithy, helper=two.minh)
        product = make_product(work, enterprise=two.smithy, state="draft")
    two.act()
    assert two.helper.get(f"/manage/products/{product.public_id}/edit").status_code == 200

    two.producer.post(f"/manage/consents/{consent.public_id}/end")

    seen = two.helper.get("/manage/products")
    written = two.helper.post(
        f"/manage/products/{product.public_id}/edit",
        {"name": "Dao khác", "group": "thu_cong_my_nghe", "version": "1"},
    )
    assert (seen.status_code, written.status_code) == (403, 403)
    for page in (seen.text, written.text):
        assert "Hà đã kết thúc việc bạn giúp Mẫu – Lò rèn Hà lúc" in page
    assert "Dao khác" not in two.producer.get("/manage/products").text
    assert two.helper.get("/help").status_code == 200


def test_a_consent_that_ran_out_says_when(two: _Two) -> None:
    with transaction(by=COMMAND) as work:
        consent = make_consent(work, enterprise=two.smithy, helper=two.minh)
    two.act()
    with transaction(by=COMMAND) as work:
        consent = work.session.get_one(Consent, consent.id)
        consent.asked_at, consent.until_at = (
            work.now - timedelta(days=2),
            work.now - timedelta(minutes=1),
        )

    seen = two.helper.get("/manage")

    assert seen.status_code == 403
    assert "Thời hạn bạn giúp Mẫu – Lò rèn Hà đã hết lúc" in seen.text


def test_stop_puts_the_work_down_and_leaves_the_consent(two: _Two) -> None:
    with transaction(by=COMMAND) as work:
        make_consent(work, enterprise=two.smithy, helper=two.minh)
    two.act()

    stopped = two.helper.post("/help/pause")

    assert (stopped.status_code, stopped.location) == (303, "/help")
    assert two.helper.get("/manage").status_code == 403
    assert "Vào làm giúp" in two.helper.get("/help").text
    assert [state for state, _ in _consents()] == ["given"]


def test_a_helper_leaves_off_and_nobody_elses_consent_is_touched(two: _Two) -> None:
    with transaction(by=COMMAND) as work:
        other = make_person(work, sign_in="tu@goc.example", name="Tú")
        mine = make_consent(work, enterprise=two.smithy, helper=two.minh)
        theirs = make_consent(work, enterprise=two.smithy, helper=other)

    assert two.helper.post(f"/help/consents/{theirs.public_id}/end").status_code == 404
    assert two.helper.post(f"/help/consents/{mine.public_id}/end").status_code == 303

    assert sorted(state for state, _ in _consents()) == ["ended", "given"]


def test_a_new_consent_takes_the_place_of_the_former(two: _Two, client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        make_consent(work, enterprise=two.smithy, helper=two.minh)
    asked = two.ask()

    client.post(_link(), data={"pair": two.pair(asked)})

    assert sorted((state, len(scopes)) for state, scopes in _consents()) == [
        ("ended", 4),
        ("given", 2),
    ]
