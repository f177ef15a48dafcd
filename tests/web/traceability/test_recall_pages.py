"""A recalled lot: what its maker and officers do, and what everybody else reads then."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise, Person
from catalog.models import Lot
from core.work import COMMAND, reading, transaction
from tests.makers import make_officer
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.verdict_book import page_words, says
from traceability import rules
from traceability.models import LotRecall, StampBatch

SAID = {
    "reason": "spoiled",
    "words": "một số gói bị ẩm",
    "advice": "keep",
    "remedy": "either",
    "phone": "0912 345 678",
    "until_on": "31/12/2098",
}
LIFT = {"because": "done", "why": "Đã thu đủ hàng về."}
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile"


def path(cast: Cast, side: str = "manage") -> str:
    return f"/{side}/lots/{cast.lot.public_id}/recall"


def version(cast: Cast) -> str:
    with reading() as session:
        return str(session.get_one(Lot, cast.lot.id).version)


def recall(cast: Cast, **more: str) -> None:
    sent = {**SAID, "version": version(cast), "confirmed": "yes", **more}
    assert cast.director.post(path(cast), sent).status_code == 303


def the_recall() -> LotRecall:
    with reading() as session:
        return session.scalars(select(LotRecall)).one()


def recalls() -> int:
    with reading() as session:
        return len(session.scalars(select(LotRecall)).all())


def read_stamp(client: FlaskClient, cast: Cast, batch: StampBatch, language: str = "vi") -> str:
    serial = rules.serial_text(cast.serial(batch, 1))
    return client.get(f"/s/{serial}?lang={language}", headers={"User-Agent": PHONE}).text


def test_nothing_is_recalled_before_the_person_has_read_what_it_means(cast: Cast) -> None:
    cast.batch(20, active=12)

    page = cast.director.post(path(cast), {**SAID, "version": version(cast)})

    words = page_words(page.text)
    assert page.status_code == 200
    assert "12 tem đã báo dán: ai quét sẽ thấy trang đỏ “Dừng lại”." in words
    assert "8 tem chờ dán: cũng báo dừng lại, và chưa kích hoạt được." in words
    assert "hàng bị mốc, ôi hoặc hỏng (một số gói bị ẩm)" in words
    assert recalls() == 0


def test_a_stamp_of_a_recalled_lot_says_stop_word_for_word(cast: Cast, client: FlaskClient) -> None:
    batch = cast.batch(5, active=5)
    recall(cast)

    page = read_stamp(client, cast, batch)

    assert 'data-verdict="recalled" data-grade="stop"' in page
    assert 'href="tel:+84912345678"' in page
    for vietnamese in (
        "Dừng lại – lô này đang bị thu hồi",
        "{Người làm hoặc cơ quan} thu hồi lô {26‑11A} từ {15/11/2026} vì {lý do}.",
        (
            "Việc cần làm: {không ăn, không dùng; giữ cả vỏ}. Gọi {…} để được {đổi hoặc hoàn tiền}"
            " đến {…}."
        ),
        "Thu hồi là do lô hàng, không phải do con tem.",
    ):
        assert says(vietnamese).search(page_words(page)), vietnamese
    english = page_words(read_stamp(client, cast, batch, "en"))
    for said in (
        "Stop – this lot is being recalled",
        "{Maker or authority} recalls lot {…} since {…} because of {reason}.",
        (
            "What to do: {do not eat or use it; keep the packaging}. Call {…} for"
            " {exchange or refund} until {…}."
        ),
        "The lot is recalled; the stamp itself is on record.",
    ):
        assert says(said).search(english), said


def test_what_is_not_known_of_a_remedy_is_left_out(cast: Cast, client: FlaskClient) -> None:
    batch = cast.batch(5, active=5)
    recall(cast, remedy="", phone="", until_on="", words="")

    words = page_words(read_stamp(client, cast, batch))

    assert "Việc cần làm: không ăn, không dùng; giữ cả vỏ. Thu hồi là do lô hàng" in words
    assert "để được" not in words


def test_machines_read_the_recall_and_why(cast: Cast, client: FlaskClient) -> None:
    batch = cast.batch(5, active=5)
    recall(cast)
    serial = rules.serial_text(cast.serial(batch, 1))

    answer = client.get(f"/s/{serial}", headers={"Accept": "application/json"})

    assert answer.status_code == 200
    assert (answer.json["verdict"], answer.json["reason"]) == ("recalled", "spoiled")  # type: ignore[index]  # JSON.


def test_the_lot_its_goods_and_the_homes_say_so(cast: Cast, client: FlaskClient) -> None:
    with reading() as session:
        product = session.get_one(Lot, cast.lot.id).product_id
    before = client.get(f"/lots/{cast.lot.public_id}")
    recall(cast)

    lot = client.get(
        f"/lots/{cast.lot.public_id}", headers={"If-None-Match": before.headers["ETag"]}
    )

    assert lot.status_code == 200
    assert "Lô này đang bị thu hồi từ" in page_words(lot.text)
    assert "hàng bị mốc, ôi hoặc hỏng (một số gói bị ẩm)" in page_words(lot.text)
    goods = re.search(r'href="(/products/[^"?#]+)"', lot.text)
    assert goods, product
    assert "đang bị thu hồi từ" in page_words(client.get(goods[1]).text)
    home = page_words(cast.director.get("/manage").text)
    assert "(một số gói bị ẩm). Thu hàng về, xong thì thôi thu hồi." in home
    assert "Đang thu hồi" in page_words(cast.director.get("/manage/lots").text)
    assert "Lô đang bị thu hồi" in page_words(cast.officer.get("/office").text)
    assert "đang thu hồi" in page_words(cast.officer.get("/office/recalls").text)


def test_a_recall_ends_with_a_reason_and_both_stay_on_the_lot_s_page(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    recall(cast)
    sent = {**LIFT, "recall": the_recall().public_id}

    refused = cast.director.post(f"{path(cast)}/lift", {**sent, "why": ""})
    done = cast.director.post(f"{path(cast)}/lift", sent)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert 'data-verdict="first_check"' in read_stamp(client, cast, batch)
    story = page_words(client.get(f"/lots/{cast.lot.public_id}").text)
    assert "đã thu hàng về hoặc đã sửa xong. Đã thu đủ hàng về." in story
    again = cast.director.post(f"{path(cast)}/lift", sent)
    assert again.status_code == 409
    assert "vừa được người khác bỏ" in page_words(again.text)


def test_the_same_confirmation_twice_recalls_once(cast: Cast) -> None:
    sent = {**SAID, "version": version(cast), "confirmed": "yes", "request_id": "one"}

    first, second = (cast.director.post(path(cast), sent) for _ in range(2))

    assert first.location == second.location
    assert recalls() == 1


def test_a_form_over_an_older_lot_is_shown_again_as_typed(cast: Cast) -> None:
    old = version(cast)
    cast.director.post(f"/manage/lots/{cast.lot.public_id}/hold")

    page = cast.director.post(path(cast), {**SAID, "version": old, "confirmed": "yes"})

    assert page.status_code == 409
    assert "một số gói bị ẩm" in page.text
    assert f'name="version" value="{version(cast)}"' in page.text
    assert recalls() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Xin điền ô này."),
        ({"reason": "other", "words": ""}, "Xin ghi lý do bằng lời của bạn."),
        ({"phone": ""}, "Xin ghi số để người mua gọi đổi hoặc lấy lại tiền."),
        ({"phone": "12"}, "Xin ghi một số điện thoại của Việt Nam."),
        ({"remedy": ""}, "Xin chọn đổi hàng hay hoàn tiền trước."),
        ({"until_on": "1/1/2020", "confirmed": "yes"}, "Ngày này đã qua."),
    ],
    ids=["reason", "words", "phone", "wrong-phone", "remedy", "past"],
)
def test_what_is_half_said_is_refused_beside_its_field(
    cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    page = cast.director.post(path(cast), {**SAID, "version": version(cast), **changed})

    assert page.status_code == 422
    assert sentence in page_words(page.text)
    assert recalls() == 0


def test_an_officer_recalls_in_an_authority_s_name_and_the_maker_cannot_lift_it(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    serial = rules.serial_text(cast.serial(batch, 1))
    found = cast.officer.get(f"/office/recalls?stamp={serial}")
    assert found.location == path(cast, "office")
    sent = {**SAID, "version": version(cast), "confirmed": "yes"}

    nameless = cast.officer.post(path(cast, "office"), sent)
    done = cast.officer.post(path(cast, "office"), {**sent, "authority": "Sở Y tế Cao Bằng"})
    home = page_words(cast.director.get("/manage").text)

    assert (nameless.status_code, done.status_code) == (422, 303)
    assert "(một số gói bị ẩm). Thu hàng về, xong thì báo cán bộ." in home
    assert "Sở Y tế Cao Bằng thu hồi lô" in page_words(read_stamp(client, cast, batch))
    lift = {**LIFT, "recall": the_recall().public_id}
    assert "chỉ cán bộ bỏ được" in page_words(cast.director.get(path(cast)).text)
    assert cast.director.post(f"{path(cast)}/lift", lift).status_code == 403
    assert cast.officer.post(f"{path(cast, 'office')}/lift", lift).status_code == 303


def test_who_stands_in_for_a_commune_still_lifts_as_the_officer_of_its_province(
    cast: Cast,
) -> None:
    sent = {**SAID, "version": version(cast), "confirmed": "yes", "authority": "Sở Y tế"}
    assert cast.officer.post(path(cast, "office"), sent).status_code == 303
    with transaction(by=COMMAND) as work:
        work.session.get_one(Enterprise, cast.lot.enterprise_id).commune_code = "1273"
        named = select(Person).where(Person.sign_in == "xa@goc.example")
        make_officer(work, person=work.session.scalars(named).one(), commune_code="1273")

    page = page_words(cast.officer.get(path(cast, "office")).text)
    lift = {**LIFT, "recall": the_recall().public_id}
    done = cast.officer.post(f"{path(cast, 'office')}/lift", lift)

    assert "chỉ nơi đó hoặc cấp trên bỏ được" not in page
    assert done.status_code == 303
    assert the_recall().lifted_role == "officer of province 4"


def test_a_recalled_lot_is_offered_for_no_stamps_and_takes_none(cast: Cast) -> None:
    batch = cast.batch(5)
    recall(cast)

    page = cast.director.get("/manage/stamps").text
    offered = page[page.index('<select class="input" id="lot"') : page.index('name="count"')]
    refused = cast.director.post(
        f"/manage/stamps/{batch.public_id}/activate", {"first": "1", "last": "5"}
    )

    assert f'value="{cast.lot.public_id}"' not in offered
    assert refused.status_code == 409
    assert "Lô này đang bị thu hồi" in page_words(refused.text)
    assert cast.by_state(batch) == {"printed": 5}


def test_the_stamps_of_a_recalled_lot_are_still_found_by_their_lot(cast: Cast) -> None:
    cast.batch(5)
    recall(cast)
    ours = f"/manage/stamps?lot={cast.lot.public_id}"

    page = cast.director.get(ours)

    assert "Tem của lô" in page_words(page.text)
    assert "Lô này đang bị thu hồi, nên chưa phát" in page_words(page.text)
    assert "Phát tem mới" not in page_words(page.text)
    assert "Chưa có lô nào" not in page_words(cast.director.get("/manage/stamps").text)
    assert f'class="btn quiet" href="{ours}"' not in cast.director.get("/manage/lots").text


def test_a_stamp_of_a_recalled_lot_costs_one_statement_more(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    with counted_statements() as before:
        read_stamp(client, cast, batch)
    recall(cast)
    with counted_statements() as after:
        read_stamp(client, cast, batch)

    assert len(after) <= len(before) + 1
