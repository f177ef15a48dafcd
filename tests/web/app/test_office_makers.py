"""An officer's list of makers: what each lacks, whom one may act on, and acts on several."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Caretaker, Enterprise, GroupAct, Person
from accounts.service import REMINDER
from core.audit import AuditEntry, record
from core.messages import Message
from core.work import COMMAND, By, Work, reading, transaction
from tests.makers import (
    make_batch,
    make_certificate,
    make_consent,
    make_enterprise,
    make_lot,
    make_member,
    make_officer,
    make_person,
    make_product,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn
from traceability import queries as stamp_queries
from traceability import service as stamps

ELSEWHERE = "66"


@pytest.fixture
def officer(app: Flask) -> SignedIn:
    """Lan, officer of Cao Bằng."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_officer(work, person=person)
        return SignedIn(app, make_sign_in(work, person=person, key="lan"))


@pytest.fixture
def smithy(app: Flask) -> Enterprise:
    """Hà's smithy: ten stamps not stuck on, one reported, a certificate that ends soon."""
    with transaction(by=COMMAND) as work:
        return make_smithy(work)


def make_smithy(work: Work, name: str = "Mẫu – Lò rèn Hà", key: str = "ha") -> Enterprise:
    enterprise = make_enterprise(work, name=name)
    person = make_person(work, sign_in=f"{key}@goc.example")
    make_member(work, enterprise=enterprise, person=person)
    make_sign_in(work, person=person, enterprise=enterprise, key=key)
    product = make_product(work, enterprise=enterprise)
    make_product(work, enterprise=enterprise, name="Dao gọt", state="draft")
    make_certificate(work, product=product).valid_until = work.today + timedelta(days=90)
    batch = make_batch(work, lot=make_lot(work, product=product), count=10)
    serial = stamp_queries.serials_at(work.session, batch.id, [1])[1]
    stamps.report(work, serial=serial, text="Tem bong", contact="")
    return enterprise


def messages() -> list[Message]:
    with reading() as session:
        return list(session.scalars(select(Message).where(Message.kind == REMINDER)))


def test_a_row_says_what_is_missing_and_what_there_is(
    officer: SignedIn, smithy: Enterprise
) -> None:
    with transaction(by=COMMAND) as work:
        make_enterprise(work, name="Mẫu – HTX nơi khác").province_code = ELSEWHERE
        make_enterprise(work, name="Mẫu – Bản nháp").state = "draft"

    page = officer.get("/office/makers").text

    assert smithy.name in page
    assert "1 cơ sở, 1 cần giúp" in page
    assert "<p>1 lời báo chưa xong</p><p>1 giấy hết hạn trong 90 ngày</p>" in page
    assert "<p>10 tem in chưa kích hoạt</p>" in page
    assert "1 đang bán, 1 đang viết" in page
    assert "nơi khác" not in page
    assert "Bản nháp" not in page


def test_the_share_done_alone_leaves_out_officers_and_counts_helpers(
    officer: SignedIn, smithy: Enterprise
) -> None:
    with transaction(by=COMMAND) as work:
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        consent = make_consent(work, enterprise=smithy, helper=helper)
        for by in (
            *(By("person", 1, enterprise_id=smithy.id) for _ in range(3)),
            By("person", helper.id, enterprise_id=smithy.id, consent_id=consent.id),
            By("person", 2),
        ):
            work.by = by
            note_act(work, smithy)

    assert 'data-label="Tự làm">75 % · 4 việc<' in officer.get("/office/makers").text


def note_act(work: Work, enterprise: Enterprise) -> None:
    record(work, act="add_pack", object_kind="product", object_id=1, enterprise_id=enterprise.id)


def test_the_list_is_filtered_sorted_and_paged_by_any_length_in_as_many_statements(
    officer: SignedIn, smithy: Enterprise
) -> None:
    with counted_statements() as few:
        officer.get("/office/makers")
    with transaction(by=COMMAND) as work:
        for number in range(30):
            one = make_enterprise(work, name=f"Mẫu – Nhà {number:02}")
            one.commune_code = "01360" if number < 3 else None
            make_product(work, enterprise=one)

    with counted_statements() as many:
        first = officer.get("/office/makers?sort=stamps").text

    assert len(many) == len(few) <= 12
    assert first.index(smithy.name) < first.index("Nhà 00")
    assert "Nhà 29" not in first
    assert "Nhà 29" in officer.get("/office/makers?sort=stamps&page=2").text
    assert officer.get("/office/makers?page=3").status_code == 404
    of_commune = officer.get("/office/makers?commune=01360&need=1").text
    assert of_commune.count('name="maker"') == 3
    assert "Không có cơ sở nào như vậy" in officer.get("/office/makers?mine=1").text


def test_an_area_without_makers_says_who_will_appear(officer: SignedIn) -> None:
    assert (
        "Ai gửi hồ sơ bán hàng trong địa bàn thì hiện ở đây." in officer.get("/office/makers").text
    )


def test_a_reminder_goes_once_a_week_and_names_who_was_left_out(
    app: Flask, officer: SignedIn, smithy: Enterprise
) -> None:
    with transaction(by=COMMAND) as work:
        silent = make_enterprise(work, name="Mẫu – Nhà vắng")
        far = make_enterprise(work, name="Mẫu – HTX nơi khác")
        far.province_code = ELSEWHERE
    three = [one.public_id for one in (smithy, silent, far)]
    asked = officer.get("/office/makers/remind", query_string={"maker": three}).text
    assert (smithy.name in asked, silent.name in asked, far.name in asked) == (True, True, False)

    answer = officer.post("/office/makers/remind", {"maker": three, "usual": "1"})
    again = officer.post("/office/makers/remind", {"maker": three, "words": "Gọi lại cho tôi."})

    first = officer.get(answer.location).text
    assert "Đã nhắc 1 cơ sở." in first
    assert "<li>Mẫu – Nhà vắng: chưa ai ở đó vào được Gốc để đọc</li>" in first
    second = officer.get(again.location).text
    assert "Đã nhắc 0 cơ sở." in second
    assert f"<li>{smithy.name}: trong 7 ngày qua đã có người nhắc</li>" in second
    assert [one.enterprise_id for one in messages()] == [smithy.id]
    home = SignedIn(app, "ha", for_enterprise=smithy.public_id).get("/manage").text
    assert "Lan nhắc: “Tem đã in mà chưa báo dán: dán xong xin bấm kích hoạt.”" in home
    acts = SignedIn(app, "ha", for_enterprise=smithy.public_id).get("/manage/acts").text
    assert "đã gửi một lời nhắc" in acts
    with reading() as session:
        acts_on = session.scalars(
            select(AuditEntry.enterprise_id).where(AuditEntry.act == "remind_maker")
        ).all()
    assert acts_on == [smithy.id]


def test_a_reminder_says_something_to_somebody(officer: SignedIn, smithy: Enterprise) -> None:
    mute = officer.post("/office/makers/remind", {"maker": smithy.public_id})
    both = officer.post(
        "/office/makers/remind", {"maker": smithy.public_id, "usual": "1", "words": "Chào."}
    )
    long = officer.post("/office/makers/remind", {"maker": smithy.public_id, "words": "a" * 161})
    nobody = officer.post("/office/makers/remind", {"usual": "1"})
    foreign = officer.post("/office/makers/remind", {"usual": "1", "maker": "7K3MQ9T2XB"})

    assert [one.status_code for one in (mute, both, long, nobody, foreign)] == [422] * 5
    assert "Xin chọn một câu có sẵn, hoặc tự viết một câu" in mute.text
    assert "Chưa đánh dấu cơ sở nào." in nobody.text
    assert "Chưa đánh dấu cơ sở nào." in foreign.text
    assert messages() == []


def test_the_same_form_twice_reminds_once_and_answers_alike(
    officer: SignedIn, smithy: Enterprise
) -> None:
    fields = {"maker": smithy.public_id, "usual": "2", "request_id": "one"}

    answers = [officer.post("/office/makers/remind", fields).location for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(messages()) == 1


def test_makers_are_handed_over_to_an_officer_of_their_area(
    app: Flask, officer: SignedIn, smithy: Enterprise
) -> None:
    with transaction(by=COMMAND) as work:
        work.session.merge(smithy).commune_code = "01360"
        farm = make_enterprise(work, name="Mẫu – Nhà trên")
        thao = make_person(work, sign_in="thao@goc.example", name="Thảo")
        make_officer(work, person=thao, commune_code="01360")
        far = make_person(work, sign_in="xa@goc.example", name="Cán bộ xa")
        make_officer(work, person=far, province_code=ELSEWHERE)
    both = [smithy.public_id, farm.public_id]
    asked = officer.get("/office/makers/hand-over", query_string={"maker": both}).text
    assert "Thảo" in asked
    assert "Cán bộ xa" not in asked

    fields = {"maker": both, "officer": thao.public_id, "note": "gọi buổi tối"}
    answer = officer.post("/office/makers/hand-over", fields)
    away = officer.post("/office/makers/hand-over", {**fields, "officer": far.public_id})

    page = officer.get(answer.location).text
    assert "Đã giao 1 cơ sở." in page
    assert "<li>Mẫu – Nhà trên: ngoài địa bàn của người nhận</li>" in page
    assert "Thảo trông nom: gọi buổi tối" in page
    assert "Đã giao 0 cơ sở." in officer.get(away.location).text
    hers = SignedIn(app, _sign_in(thao.id)).get("/office/makers?mine=1").text
    assert hers.count('name="maker"') == 1
    with reading() as session:
        kept = session.scalars(select(Caretaker)).all()
    assert [(one.enterprise_id, one.person_id, one.note) for one in kept] == [
        (smithy.id, thao.id, "gọi buổi tối")
    ]


def _sign_in(person_id: int) -> str:
    with transaction(by=COMMAND) as work:
        person = work.session.get_one(Person, person_id)
        return make_sign_in(work, person=person, key=f"key {person_id}")


def test_what_one_did_to_several_is_read_by_oneself_alone(
    app: Flask, officer: SignedIn, smithy: Enterprise
) -> None:
    answer = officer.post("/office/makers/remind", {"maker": smithy.public_id, "usual": "1"})
    with transaction(by=COMMAND) as work:
        other = make_person(work, sign_in="son@goc.example", name="Sơn")
        make_officer(work, person=other)
        make_sign_in(work, person=other, key="son")

    assert "Đã nhắc" not in SignedIn(app, "son").get(answer.location).text
    with reading() as session:
        (done,) = session.scalars(select(GroupAct)).all()
    assert (done.act, done.went, done.left_out) == ("remind", [smithy.id], {})
