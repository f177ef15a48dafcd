"""Cases of suspected fakes as makers and officers work on them, and what buyers read then."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from accounts.models import Enterprise
from core.dispatch.models import Dispatch
from core.work import COMMAND, VISITOR, reading, transaction
from tests.makers import make_member, make_officer, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.verdict_book import page_words, says
from traceability import rules, service
from traceability.models import StampBatch, StampCase, StampReport

NEVER_ISSUED = 37 * 1000 + 5
FAKE = {"state": "fake", "measure": "suspicious", "why": "Lưỡi khác, không có dấu búa."}


def reported(cast: Cast, batch: StampBatch, ordinal: int = 1, contact: str = "") -> str:
    with transaction(by=VISITOR) as work:
        return service.report(
            work,
            serial=cast.serial(batch, ordinal),
            text="Dao <b>cùn</b>",
            contact=contact,
            seen=service.Seen("phường Hải Châu, Đà Nẵng", "Cửa hàng Kim Khí", 250_000),
        ).public_id


def opened(cast: Cast, batch: StampBatch, contact: str = "0912 345 678") -> str:
    """A case the director has opened and taken; its number."""
    answer = cast.director.post(f"/manage/reports/{reported(cast, batch, contact=contact)}/case")
    assert answer.status_code == 303
    number = answer.location.rpartition("/")[2]
    assert cast.director.post(f"/manage/cases/{number}/take").status_code == 303
    return number


def fake(cast: Cast, batch: StampBatch, **more: str) -> dict[str, str]:
    serial = rules.serial_text(cast.serial(batch, 1))
    return {**FAKE, "first": serial, "last": serial, **more}


def case() -> StampCase:
    with reading() as session:
        return session.scalars(select(StampCase)).one()


def test_a_report_tells_where_in_which_shop_and_for_how_much(
    cast: Cast, client: FlaskClient
) -> None:
    serial = rules.serial_text(cast.serial(cast.batch(5, active=5), 1))

    answer = client.post(
        f"/s/{serial}/report",
        data={
            "text": "Dao cùn",
            "place": "hai chau, da nang",
            "shop": "Kim Khí Bà Tư, chợ Cồn",
            "price_vnd": "250k",
        },
    )

    assert answer.status_code == 303
    with reading() as session:
        row = session.scalars(select(StampReport)).one()
    assert (row.place, row.shop, row.price_vnd) == (
        "hai chau, da nang",
        "Kim Khí Bà Tư, chợ Cồn",
        250_000,
    )
    page = cast.seller.get(f"/manage/reports/{row.public_id}").text
    assert "Phường Hải Châu, Đà Nẵng" in page
    assert "250.000" in page


def test_a_place_whose_name_repeats_is_kept_as_typed_and_never_guessed(
    cast: Cast, client: FlaskClient
) -> None:
    serial = rules.serial_text(cast.serial(cast.batch(5, active=5), 1))

    client.post(f"/s/{serial}/report", data={"text": "Dao cùn", "place": "Tân"})
    refused = client.post(f"/s/{serial}/report", data={"text": "Dao cùn", "price_vnd": "rẻ"})

    assert refused.status_code == 422
    assert "Dao cùn</textarea>" in refused.text
    with reading() as session:
        row = session.scalars(select(StampReport)).one()
    assert (row.place, row.commune_code) == ("Tân", None)


def test_a_new_case_of_an_officers_is_a_thing_to_do_and_a_message(cast: Cast) -> None:
    number = reported(cast, cast.batch(5, active=5))

    answer = cast.officer.post(f"/office/reports/{number}/case")

    home = cast.director.get("/manage").text
    assert "1 vụ việc mới" in home
    assert "cán bộ đã mở vụ việc về tem" in home
    assert answer.location.rpartition("/")[2] in cast.director.get("/manage/cases").text
    assert answer.location in cast.officer.get("/office").text
    assert cast.officer.get(answer.location).status_code == 200


def test_a_confirmed_fake_is_read_by_whoever_scans_and_lifting_it_takes_that_back(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    path = f"/s/{rules.serial_text(cast.serial(batch, 1))}"
    number = opened(cast, batch)

    answer = cast.director.post(f"/manage/cases/{number}/conclusion", fake(cast, batch))

    assert answer.status_code == 303
    page = client.get(path)
    words = page_words(page.text)
    assert 'data-verdict="suspicious" data-grade="stop"' in page.text
    for sentence in (
        "Cẩn thận – tem này có thể đã bị chép",
        "Ngày {18/11/2026}, {người làm} xác nhận có hàng không phải của họ mang số tem này.",
        "Điều này không có nghĩa là cửa hàng làm sai.",
    ):
        assert says(sentence).search(words), sentence
    told = client.get(path, headers={"Accept": "application/json"}).json
    assert told is not None
    assert (told["verdict"], told["reason"]) == ("suspicious", "case")

    cast.director.post(f"/manage/cases/{number}/lift", {"why": "Nhầm với dao cũ."})

    assert 'data-verdict="first_check"' in client.get(path).text
    assert case().state == "looking"


def test_what_an_officer_confirmed_is_not_told_as_the_makers_word(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)

    cast.officer.post(f"/office/cases/{number}/conclusion", fake(cast, batch))

    path = f"/s/{rules.serial_text(cast.serial(batch, 1))}"
    words = page_words(client.get(path).text)
    officers = (
        "Ngày {18/11/2026}, cán bộ xác nhận có hàng không phải của {người làm} mang số tem này."
    )
    assert says(officers).search(words)
    assert "của họ mang số tem này" not in words
    english = page_words(client.get(f"{path}?lang=en").text)
    said = "officers confirmed goods that are not {maker}'s carrying this number."
    assert says(said).search(english)
    refused = cast.director.post(f"/manage/cases/{number}/lift", {"why": "Không phải"})
    assert refused.status_code == 403
    assert "chỉ cán bộ gỡ được" in refused.text
    assert "Gỡ kết luận này" not in cast.director.get(f"/manage/cases/{number}").text
    assert case().state == "fake"


def test_a_cancelled_range_is_read_with_its_reason_once_the_number_of_stamps_is_confirmed(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(10, active=5)
    number = opened(cast, batch)
    sent = fake(cast, batch, measure="void", first="1", last="3")

    asked = cast.director.post(f"/manage/cases/{number}/conclusion", sent)
    assert asked.status_code == 422
    assert "Bạn đang đổi 3 tem cùng lúc." in asked.text
    assert 'name="confirmed"' in asked.text
    assert "Lưỡi khác" in asked.text
    assert cast.by_state(batch) == {"active": 5, "printed": 5}

    cast.director.post(f"/manage/cases/{number}/conclusion", {**sent, "confirmed": "yes"})
    assert cast.by_state(batch) == {"active": 2, "printed": 5, "void": 3}
    page = client.get(f"/s/{rules.serial_text(cast.serial(batch, 2))}").text
    assert "Có hàng giả mang số này" in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"first": "2", "last": "2"}, "Khoảng tem phải có con tem của vụ việc này."),
        ({"last": "9", "confirmed": "yes"}, "có tem chưa báo dán, đã hủy hoặc đã mang cảnh báo"),
        ({"last": "99"}, "Xin viết số thứ tự từ 1 đến 10"),
        ({"why": ""}, "Xin điền ô này."),
        ({"state": "void"}, "Xin chọn"),
    ],
    ids=["elsewhere", "not-stuck-on", "beyond", "no-reason", "no-such-end"],
)
def test_a_conclusion_that_cannot_stand_says_why_at_its_field_and_changes_nothing(
    cast: Cast, more: dict[str, str], sentence: str
) -> None:
    batch = cast.batch(10, active=5)
    number = opened(cast, batch)

    answer = cast.director.post(f"/manage/cases/{number}/conclusion", fake(cast, batch, **more))

    assert answer.status_code == 422
    assert sentence in page_words(answer.text)
    assert (case().state, cast.by_state(batch)) == ("looking", {"active": 5, "printed": 5})


def test_the_same_conclusion_sent_twice_has_one_effect_and_another_comes_too_late(
    cast: Cast,
) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    sent = fake(cast, batch, request_id="A1")

    first = cast.director.post(f"/manage/cases/{number}/conclusion", sent)
    again = cast.director.post(f"/manage/cases/{number}/conclusion", sent)
    late = cast.officer.post(
        f"/office/cases/{number}/conclusion",
        fake(cast, batch, state="genuine", why="Hàng thật"),
    )

    assert (first.status_code, again.status_code, late.status_code) == (303, 303, 409)
    assert "vừa được người khác làm tiếp" in late.text
    assert case().state == "fake"


def test_the_reporter_is_answered_and_the_number_is_gone_from_every_page(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    assert "0912 345 678" in cast.director.get(f"/manage/cases/{number}").text

    cast.officer.post(f"/office/cases/{number}/conclusion", fake(cast, batch))

    page = cast.director.get(f"/manage/cases/{number}").text
    assert "0912 345 678" not in page
    assert "Không còn giữ cách liên hệ nào của người báo." in page
    with reading() as session:
        assert session.scalars(select(Dispatch.target)).all() == ["+84912345678"]


def test_notes_are_read_by_ones_own_side_alone(cast: Cast) -> None:
    number = opened(cast, cast.batch(5, active=5))

    cast.warehouse.post(f"/manage/cases/{number}/notes", {"words": "Đã gọi <i>cửa hàng</i>."})
    cast.officer.post(f"/office/cases/{number}/notes", {"words": "Xem lại sổ lô của cơ sở."})
    empty = cast.officer.post(f"/office/cases/{number}/notes", {"words": " "})

    ours = cast.director.get(f"/manage/cases/{number}").text
    theirs = cast.officer.get(f"/office/cases/{number}").text
    assert "Đã gọi &lt;i&gt;cửa hàng&lt;/i&gt;." in ours
    assert "Xem lại sổ lô" not in ours
    assert "Xem lại sổ lô" in theirs
    assert "Đã gọi" not in theirs
    assert "Kho" in ours
    assert "Kho," not in theirs
    assert empty.status_code == 422


def test_sellers_read_a_case_and_neither_note_nor_conclude(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)

    page = cast.seller.get(f"/manage/cases/{number}")

    assert page.status_code == 200
    assert "/conclusion" not in page.text
    assert "/notes" not in page.text
    for act in ("take", "notes", "conclusion", "lift"):
        sent = fake(cast, batch, words="x")
        assert cast.seller.post(f"/manage/cases/{number}/{act}", sent).status_code == 403
    assert case().state == "looking"


def test_others_find_no_such_case(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="tinh@goc.example")
        make_officer(work, person=person, province_code="1")
        make_sign_in(work, person=person, key="tinh")
    elsewhere = cast.browser("tinh")

    for browser, root in ((cast.stranger, "manage"), (elsewhere, "office")):
        path = f"/{root}/cases/{number}"
        assert browser.get(f"{path}/paper").status_code == 404
        assert browser.get(path).status_code == 404
        assert number not in browser.get(f"/{root}/cases").text
        for act in ("take", "notes", "conclusion", "lift"):
            sent = fake(cast, batch, words="x")
            assert browser.post(f"{path}/{act}", sent).status_code == 404, act
    assert case().state == "looking"


def test_an_officer_judges_no_case_of_an_enterprise_of_theirs(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="hai@goc.example")
        make_member(work, enterprise=cast.ours, person=person, role="grower")
        make_officer(work, person=person)
        make_sign_in(work, person=person, enterprise=cast.ours, key="hai")
    both = cast.browser("hai")

    answer = both.post(f"/office/cases/{number}/conclusion", fake(cast, batch))

    assert answer.status_code == 403
    assert (case().state, cast.by_state(batch)) == ("looking", {"active": 5})


def test_a_suspended_maker_reads_cases_and_concludes_none(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    with transaction(by=COMMAND) as work:
        suspended = update(Enterprise).where(Enterprise.id == cast.ours.id)
        work.session.execute(suspended.values(state="suspended", suspended_at=work.now))

    answer = cast.director.post(f"/manage/cases/{number}/conclusion", fake(cast, batch))

    assert answer.status_code == 403
    assert case().state == "looking"
    assert cast.director.get(f"/manage/cases/{number}").status_code == 200


def test_the_lists_hold_open_and_ended_cases_apart_and_say_so_when_empty(cast: Cast) -> None:
    assert "Không có vụ việc nào đang chờ" in cast.director.get("/manage/cases").text
    assert "Chưa có vụ việc nào kết luận" in cast.officer.get("/office/cases?state=ended").text
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    link = f"cases/{number}"
    assert link in cast.director.get("/manage/cases").text
    assert link not in cast.director.get("/manage/cases?state=ended").text

    cast.director.post(f"/manage/cases/{number}/conclusion", fake(cast, batch))

    assert link not in cast.director.get("/manage/cases").text
    assert link in cast.director.get("/manage/cases?state=ended").text
    assert link in cast.officer.get("/office/cases?state=ended&page=1").text
    assert cast.officer.get("/office/cases?page=99999999999").status_code == 200


def test_a_case_about_a_number_never_issued_is_the_countrys_alone(cast: Cast) -> None:
    with transaction(by=VISITOR) as work:
        report = service.report(work, serial=NEVER_ISSUED, text="Tem lạ", contact="")
        case_ = service.open_case(work, report_id=report.id, side=rules.Side.OFFICE)
        person = make_person(work, sign_in="nuoc@goc.example")
        make_officer(work, person=person, role="operator", province_code=None)
        make_sign_in(work, person=person, key="nuoc")
        number = case_.public_id
    country = cast.browser("nuoc")

    assert cast.officer.get(f"/office/cases/{number}").status_code == 404
    country.post(f"/office/cases/{number}/take")
    page = country.get(f"/office/cases/{number}/conclusion").text
    assert 'name="measure"' not in page
    fields = dict(re.findall(r'name="(first|last)" value="([^"]+)"', page))
    answer = country.post(
        f"/office/cases/{number}/conclusion", {"state": "fake", "why": "Tem tự in.", **fields}
    )
    assert answer.status_code == 303
    assert (case().state, case().measure) == ("fake", "none")
    assert country.get(f"/office/cases/{number}/paper").status_code == 200


def test_a_case_takes_few_statements_however_many_reports_it_has(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    number = opened(cast, batch)
    for _ in range(3):
        reported(cast, batch)
    cast.director.get(f"/manage/cases/{number}")

    with counted_statements() as asked:
        assert cast.director.get(f"/manage/cases/{number}").status_code == 200

    assert len(asked) <= 18, asked
