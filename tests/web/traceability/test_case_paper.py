"""The paper of a case: what is recorded, and nothing of whoever reported."""

import time
from io import BytesIO

import pypdfium2
import pytest
from flask.testing import FlaskClient

from core.places import place_named
from core.work import VISITOR, transaction
from tests.dealers import confirm, make_dealer, make_delivery
from tests.pictures import draw_waiting, jpeg
from tests.web.traceability.manage_cast import Cast
from traceability import rules, service
from traceability.models import StampBatch
from traceability.publishing import publish
from traceability.service import Bought, Visitor

CONTACT, TEXT = "0912 345 678", "Dao cùn, tôi là Nguyễn Văn Tám"
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130.0 Mobile"


def written(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def case_of(cast: Cast, client: FlaskClient, batch: StampBatch) -> str:
    """A case made of one report with a photo, about a stamp checked once; its number."""
    serial = rules.serial_text(cast.serial(batch, 2))
    client.get(f"/s/{serial}", headers={"User-Agent": PHONE})
    sent = client.post(
        f"/s/{serial}/report",
        data={
            "text": TEXT,
            "contact": CONTACT,
            "place": "phường Hải Châu, Đà Nẵng",
            "shop": "Kim Khí Bà Tư, chợ Cồn",
            "price_vnd": "90.000",
            "photos": [(BytesIO(jpeg()), "a.jpg")],
        },
        content_type="multipart/form-data",
    )
    draw_waiting()
    report = sent.location.rpartition("/")[2]
    return cast.director.post(f"/manage/reports/{report}/case").location.rpartition("/")[2]


def test_it_says_what_was_issued_checked_seen_and_asked_and_leads_to_the_proof(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    number = case_of(cast, client, batch)
    publish()

    began = time.thread_time()
    answer = cast.officer.get(f"/office/cases/{number}/paper")
    took = time.thread_time() - began

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    words = written(answer.data)
    serial = rules.serial_text(cast.serial(batch, 2))
    for fact in (
        f"Hồ sơ vụ việc {number}",
        f"{serial[:4]} {serial[4:8]} {serial[8:]}",
        "Mẫu – Lò rèn Hà",
        "2 trong 5 tem của đợt",
        "1 lượt",
        "Phường Hải Châu, Đà Nẵng; Kim Khí Bà Tư, chợ Cồn; 90.000",
        "Chưa kết luận: đang xem xét.",
        batch.public_id,
        f"/s/{serial}/proof",
    ):
        assert fact in words, fact
    assert answer.data.count(b"/Subtype /Image") >= 2  # The photo, and the code.
    assert took < 5  # Of the processor: a quarter of a second where nobody else works.


def test_places_visitors_named_stand_by_day_and_say_nothing_of_who(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    serial = cast.serial(batch, 2)
    number = case_of(cast, client, batch)
    ninh_kieu = place_named("phường Ninh Kiều, Cần Thơ")
    assert ninh_kieu is not None
    with transaction(by=VISITOR) as work:
        for who in ("one", "another"):
            visitor = Visitor(rules.Visit.PERSON, who, who)
            service.record_check(work, serial=serial, visitor=visitor)  # Who has looked may claim.
            bought = Bought(f"token of {who}", ninh_kieu.code)
            assert service.claim_goods(work, serial=serial, visitor=visitor, bought=bought)

    words = written(cast.officer.get(f"/office/cases/{number}/paper").data)

    assert "Phường Hải Châu, Đà Nẵng; Phường Ninh Kiều, Cần Thơ (×2)" in words
    assert "token of" not in words


def test_nothing_of_whoever_reported_is_in_it(cast: Cast, client: FlaskClient) -> None:
    number = case_of(cast, client, cast.batch(5, active=5))
    cast.director.post(f"/manage/cases/{number}/notes", {"words": "Tám, xóm 3"})

    pdf = cast.director.get(f"/manage/cases/{number}/paper").data

    words = written(pdf)
    assert "Hồ sơ vụ việc" in words
    for personal in (CONTACT, "0912345678", "Nguyễn Văn Tám", "Tám", "xóm 3", "Ha@", "ha@goc"):
        assert personal not in words, personal
    assert "chưa công bố" in words


@pytest.mark.parametrize(
    ("is_shown", "said"),
    [
        (True, "Tạp hóa Lan, Phường Hải Châu, Đà Nẵng, nhận"),
        (False, "một đại lý của người làm, nhận"),
    ],
    ids=["named", "unnamed"],
)
def test_it_says_where_the_stamp_was_delivered_and_names_who_agreed(
    cast: Cast, client: FlaskClient, *, is_shown: bool, said: str
) -> None:
    batch = cast.batch(5, active=5)
    number = case_of(cast, client, batch)
    with transaction(by=cast.by) as work:
        dealer = make_dealer(work, enterprise=cast.ours)
        delivery = make_delivery(work, batch=batch, dealer=dealer)
        confirm(work, delivery, is_shown=is_shown)

    words = written(cast.director.get(f"/manage/cases/{number}/paper").data)

    assert said in words
    assert ("Tạp hóa Lan" in words) is is_shown
    assert dealer.phone not in words


def test_what_a_shop_is_called_is_letters_and_no_markup(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    with transaction(by=VISITOR) as work:
        report = service.report(
            work,
            serial=cast.serial(batch, 1),
            text="x",
            contact="",
            seen=service.Seen("", '<img src="file:///etc/passwd"/> & <b>Bà Tư', 1),
        ).public_id
    number = cast.director.post(f"/manage/reports/{report}/case").location.rpartition("/")[2]

    pdf = cast.director.get(f"/manage/cases/{number}/paper").data

    assert '<img src="file:///etc/passwd"/> & <b>Bà Tư' in written(pdf)
