"""A consent on paper: printed by the helper, seen by an officer, ended by the producer."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts.models import Consent, ConsentAsking
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.photos.models import Photo
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_sign_in,
)
from tests.pictures import jpeg
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

PHONE = "+84912345678"


class _Three:
    """Hà of a smithy in Cao Bằng, Minh who would help, Lan the officer."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with transaction(by=COMMAND) as work:
            self.smithy = make_enterprise(work)
            self.ha = make_person(work, sign_in=PHONE, name="Hà")
            self.minh = make_person(work, sign_in="minh@goc.example", name="Minh")
            self.lan = make_person(work, sign_in="lan@goc.example", name="Lan")
            make_member(work, enterprise=self.smithy, person=self.ha)
            make_officer(work, person=self.lan)
            self.id = make_asking(
                work, enterprise=self.smithy, helper=self.minh, sent_to=self.ha
            ).public_id
            keys = [
                make_sign_in(work, person=self.ha, enterprise=self.smithy, key="ha"),
                make_sign_in(work, person=self.minh, key="minh"),
                make_sign_in(work, person=self.lan, key="lan"),
            ]
        self.producer = SignedIn(app, keys[0], for_enterprise=self.smithy.public_id)
        self.helper, self.officer = SignedIn(app, keys[1]), SignedIn(app, keys[2])

    def print(self) -> str:
        """The officer's address on the paper."""
        printed = self.helper.post(f"/help/paper/{self.id}")
        assert printed.location == f"/help/paper/{self.id}"
        return f"/office/consents/{self.id}"

    def confirm(self, content: bytes | None = None, name: str = "giay.jpg") -> TestResponse:
        """What the officer is answered who sends a photo."""
        return self.officer.post(
            f"/office/consents/{self.id}/confirm",
            {"paper": (BytesIO(jpeg() if content is None else content), name)},
            content_type="multipart/form-data",
        )

    def state(self) -> str:
        """How the asking stands."""
        with reading() as session:
            return session.scalars(select(ConsentAsking.state)).one()


@pytest.fixture
def three(app: Flask) -> _Three:
    return _Three(app)


def test_the_paper_names_who_what_until_when_and_where_the_officer_looks(three: _Three) -> None:
    path = three.print()

    with counted_statements() as sent:
        text = three.helper.get(f"/help/paper/{three.id}").text

    assert len(sent) <= 4
    assert "Minh (minh@goc.example)" in text
    assert "khai lô hàng" in text
    assert "Người bán (ký, ghi rõ họ tên)" in text
    assert f"goc.example{path}" in text
    assert 'aria-label="Mã cho cán bộ quét"' in text
    assert "47" not in text.partition("<article")[2].partition("<svg")[0]


def test_seen_by_the_officer_it_lets_the_helper_in_with_a_witness(three: _Three) -> None:
    path = three.print()
    assert "Minh làm giúp Mẫu – Lò rèn Hà" in three.officer.get(path).text

    assert three.confirm().location == path

    with reading() as session:
        consent = session.scalars(select(Consent)).one()
        photo = session.get_one(Photo, consent.paper_id)
        act = session.scalars(select(AuditEntry).where(AuditEntry.act == "witness_consent")).one()
        words = session.scalars(select(Dispatch.words)).one()
    assert (consent.helper_id, consent.witness_id) == (three.minh.id, three.lan.id)
    assert (consent.decided_by_id, consent.ended_at) == (None, None)
    assert (photo.kind, photo.enterprise_id) == ("paper", three.smithy.id)
    assert (act.by_person_id, act.enterprise_id) == (three.lan.id, three.smithy.id)
    assert words is not None
    assert words.startswith("Goc: ban da cho Minh lam giup den ")
    assert words.endswith("Muon thoi: nhan THOI.")
    assert "Đã xác nhận" in three.officer.get(path).text
    assert "đã đồng ý" in three.helper.get(f"/help/{three.id}").text
    assert "Cán bộ đã xác nhận giấy bạn ký cho Minh" in three.producer.get("/manage").text
    assert "Ký trên giấy, Lan chứng kiến" in three.producer.get("/manage/helpers").text


def test_a_paper_as_pdf_is_read_by_the_producer_and_officers_alone(three: _Three) -> None:
    three.print()
    three.confirm(b"%PDF-1.7 signed", "giay.pdf")
    with reading() as session:
        consent = session.scalars(select(Consent.public_id)).one()

    own = three.producer.get(f"/manage/consents/{consent}/paper")
    seen = three.officer.get(f"/office/consents/{three.id}/paper")

    for answer in (own, seen):
        assert (answer.status_code, answer.data) == (200, b"%PDF-1.7 signed")
    assert three.helper.get(f"/office/consents/{three.id}/paper").status_code == 403
    assert three.helper.get(f"/manage/consents/{consent}/paper").status_code == 403


@pytest.mark.parametrize(
    ("content", "name", "status"), [(b"", "", 422), (b"no picture", "giay.jpg", 415)]
)
def test_without_a_photo_nothing_is_confirmed(
    three: _Three, content: bytes, name: str, status: int
) -> None:
    three.print()

    refused = three.confirm(content, name)

    assert refused.status_code == status
    assert 'id="paper-error"' in refused.text
    assert three.state() == "asked"


def test_a_paper_that_is_not_right_lets_nobody_in(three: _Three) -> None:
    path = three.print()

    three.officer.post(f"{path}/refuse")
    late = three.confirm()

    assert late.status_code == 409
    assert three.state() == "not_me"
    assert "Người bán hoặc cán bộ xem giấy trả lời là không" in (
        three.helper.get(f"/help/{three.id}").text
    )
    with reading() as session:
        assert session.scalars(select(Consent)).all() == []


def test_no_officer_confirms_the_paper_for_their_own_helping(three: _Three) -> None:
    path = three.print()
    with transaction(by=COMMAND) as work:
        make_officer(work, person=three.minh)

    for answer in (
        three.helper.get(path),
        three.helper.post(f"{path}/refuse"),
        three.helper.post(f"{path}/confirm"),
    ):
        assert answer.status_code == 403
        assert "Xin nhờ cán bộ khác" in answer.text
    assert three.state() == "asked"


def test_another_area_s_officer_and_an_unprinted_asking_find_nothing(three: _Three) -> None:
    path = f"/office/consents/{three.id}"
    assert three.officer.get(path).status_code == 404
    three.print()
    with transaction(by=COMMAND) as work:
        far = make_person(work, sign_in="far@goc.example", name="Xa")
        make_officer(work, person=far, province_code="1")
        other = SignedIn(three.app, make_sign_in(work, person=far, key="far"))

    assert other.get(path).status_code == 404
    assert other.post(f"{path}/refuse").status_code == 404
    assert three.officer.get(path).status_code == 200


def test_a_paper_waits_two_weeks_after_the_phone_s_day_is_over(three: _Three) -> None:
    path = three.print()
    with transaction(by=COMMAND) as work:
        asking = work.session.scalars(select(ConsentAsking)).one()
        asking.asked_at = work.now - timedelta(days=13)
        asking.printed_at = work.now - timedelta(days=13, hours=23)
    assert "đang chờ cán bộ" in three.helper.get(f"/help/{three.id}").text
    assert "Tôi đã thấy giấy ký" in three.officer.get(path).text
    with transaction(by=COMMAND) as work:
        asking = work.session.scalars(select(ConsentAsking)).one()
        asking.printed_at = work.now - timedelta(days=14)

    assert "Giấy này không còn chờ xác nhận" in three.officer.get(path).text
    assert three.confirm().status_code == 409
    assert three.helper.get(f"/help/paper/{three.id}").status_code == 409
    assert three.state() == "asked"


def test_one_who_does_not_ask_prints_nothing(three: _Three) -> None:
    assert three.producer.post(f"/help/paper/{three.id}").status_code == 404
    three.helper.post(f"/help/{three.id}/withdraw")

    assert three.helper.post(f"/help/paper/{three.id}").status_code == 409


def test_a_paper_takes_the_place_of_a_former_consent(three: _Three) -> None:
    with transaction(by=COMMAND) as work:
        former = make_consent(work, enterprise=three.smithy, helper=three.minh)
    three.print()

    three.confirm()

    with reading() as session:
        living = session.scalars(select(Consent.id).where(Consent.ended_at.is_(None))).all()
    assert len(living) == 1
    assert former.id not in living


def test_a_producer_without_a_phone_ends_it_at_the_office(three: _Three) -> None:
    path = three.print()
    three.confirm()
    assert "Người bán muốn thôi?" in three.officer.get(path).text

    for _ in range(2):
        assert three.officer.post(f"{path}/end").location == path

    with reading() as session:
        consent = session.scalars(select(Consent)).one()
        ends = session.scalars(select(AuditEntry).where(AuditEntry.act == "end_consent")).all()
    assert (consent.ended_by_id, len(ends)) == (three.lan.id, 1)
    assert "Người làm giúp không vào được nữa." in three.officer.get(path).text
    assert (
        three.helper.post("/manage/enterprise", {"enterprise": three.smithy.public_id}).status_code
        != 303
    )
