"""“Nhờ nơi khác in”: the maker's side of a print code."""

import re

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from accounts.models import Consent, Enterprise, Membership
from core import display
from core.audit import AuditEntry
from core.jobs import Job
from core.sealing import sealer
from core.work import COMMAND, VISITOR, By, reading, transaction
from core.worker.jobs import run_next
from tests.makers import make_consent, make_enterprise, make_person
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.test_print_code_page import browser, fetched
from traceability import queries, rules, service, tasks
from traceability.models import LabelPrint, PrintCode, StampBatch
from traceability.print_errors import GiverAway
from traceability.rules import VoidReason
from traceability.service import print_codes

CONFIRMED = {"confirmed": "yes"}


def labels_of(cast: Cast, batch: StampBatch) -> LabelPrint:
    with transaction(by=cast.by) as work:
        return service.order_labels(work, batch, first=1, last=batch.count, paper="a4-65")


def asking(labels: LabelPrint) -> str:
    return f"/manage/labels/{labels.public_id}/code"


def codes() -> list[PrintCode]:
    with reading() as session:
        return list(session.scalars(select(PrintCode).order_by(PrintCode.id)))


def prints() -> int:
    with reading() as session:
        return len(session.scalars(select(LabelPrint)).all())


@pytest.fixture
def labels(cast: Cast) -> LabelPrint:
    return labels_of(cast, cast.batch(10))


def answered(code: PrintCode, *, spoiled: int, ranges: tuple[tuple[int, int], ...] = ()) -> None:
    """A clerk has downloaded and answered."""
    token_hash = service.hash_of_browser("7" * 26, code.id, sealer())
    with transaction(by=VISITOR) as work:
        service.fetch_sheets(work, code_id=code.id, token_hash=token_hash)
        service.answer_print(
            work, code_id=code.id, token_hash=token_hash, spoiled_count=spoiled, spoiled=ranges
        )


def made(cast: Cast, labels: LabelPrint) -> tuple[PrintCode, str]:
    """A code made by the warehouse, and the address of its page."""
    answer = cast.warehouse.post(
        asking(labels), {"paper": "a4-65", "print_place": "Bưu điện Phúc Sen"}
    )
    assert answer.status_code == 303
    return codes()[-1], answer.location


def test_a_code_is_shown_large_with_its_square_and_words_to_send(
    cast: Cast, labels: LabelPrint
) -> None:
    code, location = made(cast, labels)
    assert code.sealed_code is not None
    letters = service.readable_print_code(code.sealed_code, code.public_id, sealer())

    page = cast.warehouse.get(location).text

    assert f">{letters[:3]}-{letters[3:]}<" in page
    assert 'aria-label="Mã vuông mở trang in"' in page
    assert f"https://goc.example/print/{letters}" in page
    assert "Nhờ in giúp 10 tem, lô 26‑11A của Mẫu – Lò rèn Hà." in page
    assert "sms:?&amp;body=" in page
    assert "Chưa ai tải. Mã dùng được đến" in page
    assert letters not in (code.code_hash, code.sealed_code)
    assert prints() == 1


def test_another_paper_is_drawn_anew_for_the_code(cast: Cast, labels: LabelPrint) -> None:
    cast.warehouse.post(asking(labels), {"paper": "a4-48"})

    [code] = codes()
    with reading() as session:
        drawn = session.get_one(LabelPrint, code.label_print_id)
    assert (drawn.first, drawn.last, drawn.paper) == (1, 10, "a4-48")
    assert drawn.id != labels.id


def test_sheets_that_are_kept_no_longer_are_drawn_anew(cast: Cast, labels: LabelPrint) -> None:
    with transaction(by=cast.by) as work:
        work.session.get_one(LabelPrint, labels.id).job_id = 10**9

    made(cast, labels)

    assert prints() == 2


def test_sheets_with_stamps_cancelled_since_are_drawn_anew(cast: Cast, labels: LabelPrint) -> None:
    run_next({"draw_labels": tasks.draw_labels})
    with transaction(by=cast.by) as work:
        service.void_stamps(
            work, batch_id=labels.batch_id, first=2, last=3, reason=VoidReason.SPOILED
        )

    code, _ = made(cast, labels)

    assert code.label_print_id != labels.id
    run_next({"draw_labels": tasks.draw_labels})
    with reading() as session:
        assert session.get_one(LabelPrint, code.label_print_id).counted == 8


def test_sheets_of_cancelled_stamps_alone_get_no_code(cast: Cast, labels: LabelPrint) -> None:
    run_next({"draw_labels": tasks.draw_labels})
    with transaction(by=cast.by) as work:
        service.void_stamps(
            work, batch_id=labels.batch_id, first=1, last=10, reason=VoidReason.LOST
        )

    answer = cast.warehouse.post(asking(labels), {"paper": "a4-65"})

    assert answer.status_code == 422
    assert "Các tem này đã hủy hết" in answer.text
    assert codes() == []


def test_a_second_code_for_the_same_sheets_is_the_first(cast: Cast, labels: LabelPrint) -> None:
    _, first = made(cast, labels)
    _, second = made(cast, labels)

    assert first == second
    assert len(codes()) == 1
    assert "Bưu điện Phúc Sen" in cast.director.get(asking(labels)).text


def test_a_code_is_taken_back_and_its_letters_are_gone(cast: Cast, labels: LabelPrint) -> None:
    _, location = made(cast, labels)

    cast.director.post(f"{location}/end")

    [code] = codes()
    assert (code.state, code.sealed_code) == ("ended", None)
    page = cast.director.get(location).text
    assert "Đã thu hồi lúc" in page
    assert "Thu hồi mã" not in page


def test_a_code_just_used_is_not_taken_back(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    with transaction(by=VISITOR) as work:
        service.fetch_sheets(work, code_id=code.id, token_hash="a clerk's")

    answer = cast.director.post(f"{location}/end")

    assert answer.status_code == 409
    assert "Mã này vừa được dùng: tờ tem đã tải về." in answer.text
    page = cast.director.get(location).text
    assert "Bưu điện Phúc Sen đã tải tờ tem lúc" in page
    assert "/void?first=1&amp;last=10" in page


def test_spoiled_labels_are_cancelled_at_one_tap_and_can_be_issued_anew(
    cast: Cast, labels: LabelPrint
) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=4, ranges=((2, 3), (7, 7)))
    left = cast.left()
    assert left is not None
    assert "Nơi in báo hỏng 4 tem lô 26‑11A" in cast.director.get("/manage").text
    page = cast.director.get(location).text
    assert "Bưu điện Phúc Sen báo hỏng 4 tem" in page
    assert "tem 2–3" in page
    assert "1 tem nơi in không nói rõ là tem nào." in page

    for _ in range(2):
        cast.director.post(f"{location}/void", CONFIRMED)

    with reading() as session:
        batch = session.get_one(StampBatch, labels.batch_id)
    assert cast.by_state(batch) == {"printed": 7, "void": 3}
    assert cast.left() == left + 3
    assert "Nơi in báo hỏng 4 tem" not in cast.director.get("/manage").text
    assert "Bạn đã xem" in cast.director.get(location).text


def test_which_spoiled_stamps_are_cancelled_is_shown_before_it_is_done(
    cast: Cast, labels: LabelPrint
) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=4, ranges=((2, 3), (7, 8)))
    with transaction(by=cast.by) as work:
        spoiled = VoidReason.SPOILED
        service.void_stamps(work, batch_id=labels.batch_id, first=8, last=8, reason=spoiled)
        service.activate_stamps(work, batch_id=labels.batch_id, first=7, last=7)
        serials = queries.serials_at(work.session, labels.batch_id, [2, 3, 7, 8])

    shown = cast.director.post(f"{location}/void")

    assert shown.status_code == 200
    assert "Hủy 3 tem hỏng?" in shown.text
    for serial in serials.values():
        assert display.serial(rules.serial_text(serial)) in shown.text
    assert "1 tem đã báo dán" in shown.text
    assert "2 tem chờ dán" in shown.text
    assert "1 tem đã hủy từ trước: để nguyên như vậy." in shown.text
    assert "Việc này không hoàn lại được." in shown.text
    assert codes()[-1].settled_at is None
    with reading() as session:
        batch = session.get_one(StampBatch, labels.batch_id)
    assert cast.by_state(batch) == {"active": 1, "printed": 8, "void": 1}


def test_an_answer_dealt_with_is_not_asked_about_again(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=1, ranges=((2, 2),))
    cast.director.post(f"{location}/void", CONFIRMED)

    again = cast.director.post(f"{location}/void")

    assert (again.status_code, again.location) == (303, location)


def test_stamps_cancelled_meanwhile_are_no_hindrance(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=3, ranges=((2, 4),))
    with transaction(by=cast.by) as work:
        service.void_stamps(
            work,
            batch_id=labels.batch_id,
            first=3,
            last=3,
            reason=VoidReason.SPOILED,
        )

    answer = cast.director.post(f"{location}/void", CONFIRMED)

    assert answer.status_code == 303
    with reading() as session:
        batch = session.get_one(StampBatch, labels.batch_id)
    assert cast.by_state(batch) == {"printed": 7, "void": 3}


def test_spoiled_labels_are_cancelled_in_one_go_whatever_became_of_them_since(
    cast: Cast, labels: LabelPrint
) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=4, ranges=((2, 4), (9, 9)))
    with transaction(by=cast.by) as work:
        service.activate_stamps(work, batch_id=labels.batch_id, first=4, last=6)

    cast.director.post(f"{location}/void", CONFIRMED)

    with reading() as session:
        batch = session.get_one(StampBatch, labels.batch_id)
        acts = queries.acts_of(session, batch.id)
    assert cast.by_state(batch) == {"active": 2, "printed": 4, "void": 4}
    assert [(act.act, act.first, act.last) for act in acts][:2] == [("void", 9, 9), ("void", 2, 4)]
    assert batch.version == 3  # Issued, stuck on, cancelled: held once.


def test_an_answer_can_be_put_away_without_cancelling(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=2)
    assert "Tự chọn tem để hủy" in cast.director.get(location).text

    cast.director.post(f"{location}/settle")

    assert codes()[0].settled_at is not None
    assert "Nơi in báo hỏng" not in cast.director.get("/manage").text


def test_the_maker_hears_of_the_download_and_of_the_answer(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=0)

    home = cast.director.get("/manage").text

    assert re.search(r": Bưu điện Phúc Sen đã tải tờ tem lô 26‑11A\.", home)
    assert re.search(r": Bưu điện Phúc Sen báo in đủ tem lô 26‑11A\.", home)
    assert location in home
    assert "Nơi in báo hỏng" not in home


def test_what_was_done_stands_in_the_book_of_acts(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=2, ranges=((1, 2),))
    cast.director.post(f"{location}/void", CONFIRMED)

    acts = cast.director.get("/manage/acts").text

    assert "đã nhờ nơi khác in tem số 1 đến 10" in acts
    assert "đã giao tem số 1 đến 10 cho nơi in có mã" in acts
    assert "đã ghi lời nơi in về tem số 1 đến 10: hỏng 2 tem" in acts
    assert "đã xem lời báo hỏng về tem số 1 đến 10" in acts
    assert "đã hủy tem số 1 đến 2" in acts


def test_who_may_not_print_sees_no_code(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)

    assert cast.seller.get(location).status_code == 403
    assert cast.stranger.get(location).status_code == 404
    assert cast.stranger.get(asking(labels)).status_code == 404
    assert cast.stranger.post(asking(labels), {"paper": "a4-65"}).status_code == 404
    assert cast.stranger.post(f"{location}/end").status_code == 404
    assert code.state == codes()[0].state == "open"


def test_the_batch_leads_to_having_its_sheets_printed_elsewhere(
    cast: Cast, labels: LabelPrint
) -> None:
    run_next({"draw_labels": tasks.draw_labels})
    with reading() as session:
        batch = session.get_one(StampBatch, labels.batch_id)

    page = cast.warehouse.get(f"/manage/stamps/{batch.public_id}").text

    assert f'href="{asking(labels)}"' in page
    assert asking(labels) not in cast.seller.get(f"/manage/stamps/{batch.public_id}").text


def test_the_pages_of_a_code_ask_the_database_little(cast: Cast, labels: LabelPrint) -> None:
    code, location = made(cast, labels)
    answered(code, spoiled=3, ranges=((1, 1), (3, 4)))
    cast.director.get(location)

    with counted_statements() as shown:
        cast.director.get(location)
    with counted_statements() as asked:
        cast.director.get(asking(labels))

    assert len(shown) <= 10
    assert len(asked) <= 8


def test_a_maker_has_no_more_than_twenty_open_codes(cast: Cast, labels: LabelPrint) -> None:
    with transaction(by=cast.by) as work:
        batch = work.session.get_one(StampBatch, labels.batch_id)
        for _ in range(service.MOST_OPEN):
            more = service.order_labels(work, batch, first=1, last=1, paper="a4-65")
            service.make_print_code(work, more, print_place="", sealer=sealer())

    answer = cast.director.post(asking(labels), {"paper": "a4-65"})

    assert answer.status_code == 409
    assert "Bạn đang có 20 mã in chưa ai dùng." in answer.text
    assert len(codes()) == 20
    for code in codes():
        assert f'action="/manage/print-codes/{code.public_id}/end"' in answer.text
    cast.director.post(f"/manage/print-codes/{codes()[0].public_id}/end")
    assert cast.director.post(asking(labels), {"paper": "a4-65"}).status_code == 303


@pytest.fixture(params=["left", "does other work", "belongs elsewhere"])
def left(request: pytest.FixtureRequest, cast: Cast, labels: LabelPrint) -> tuple[PrintCode, str]:
    """A code, and its page's address; whoever made it may print there no more."""
    code, location = made(cast, labels)
    leave(code, request.param)
    return code, location


def leave(code: PrintCode, how: str = "left") -> None:
    """Whoever made the code may no longer print for its maker."""
    theirs = Membership.person_id == code.by_person_id
    with transaction(by=COMMAND) as work:
        if how == "left":
            work.session.execute(delete(Membership).where(theirs))
        if how == "does other work":
            work.session.execute(update(Membership).where(theirs).values(role="grower"))
        if how == "belongs elsewhere":
            other = make_enterprise(work, name="Mẫu – Nón Huế")
            work.session.execute(update(Membership).where(theirs).values(enterprise_id=other.id))


def letters_of(code: PrintCode) -> str:
    assert code.sealed_code is not None
    return service.readable_print_code(code.sealed_code, code.public_id, sealer())


def test_a_code_of_somebody_who_left_hands_out_nothing(
    app: Flask, cast: Cast, left: tuple[PrintCode, str]
) -> None:
    letters = letters_of(left[0])
    run_next({"draw_labels": tasks.draw_labels})

    looked = browser(app).get(f"/print/{letters}")
    asked = browser(app).post(f"/print/{letters}/sheets")

    for answer in (looked, asked):
        assert answer.status_code == 404
        assert "không còn được in tem cho người làm ra nữa" in answer.text
    assert codes()[0].state == "open"


def test_its_enterprise_reads_why_and_takes_it_back(
    cast: Cast, labels: LabelPrint, left: tuple[PrintCode, str]
) -> None:
    code, location = left

    page = cast.director.get(location).text
    listed = cast.director.get(asking(labels)).text
    cast.director.post(f"{location}/end")

    for text in (page, listed):
        assert "Người tạo mã này không còn được in tem cho đơn vị nữa" in text
        assert "dùng được đến" not in text
    assert letters_of(code)[:3] + "-" not in page
    assert codes()[0].state == "ended"


def test_a_new_code_takes_its_place(
    cast: Cast, labels: LabelPrint, left: tuple[PrintCode, str]
) -> None:
    answer = cast.director.post(asking(labels), {"paper": "a4-65"})

    assert [code.state for code in codes()] == ["ended", "open"]
    assert codes()[1].public_id in answer.location
    with reading() as session:
        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.object_id == left[0].id))
        assert "take_back_print_code" in set(acts)


def test_codes_of_somebody_who_left_are_in_nobodys_way(
    cast: Cast, labels: LabelPrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _ = made(cast, labels)
    leave(code)
    monkeypatch.setattr(print_codes, "MOST_OPEN", 1)
    other = labels_of(cast, cast.batch(2))

    assert cast.director.post(asking(other), {"paper": "a4-65"}).status_code == 303
    assert [code.state for code in codes()] == ["ended", "open"]


def test_a_maker_with_too_many_codes_is_shown_those_of_use(
    cast: Cast, left: tuple[PrintCode, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_codes, "MOST_OPEN", 1)
    cast.director.post(asking(labels_of(cast, cast.batch(2))), {"paper": "a4-65"})
    with transaction(by=COMMAND) as work:  # As if who left had still been there then.
        again = {"state": "open", "ended_at": None, "sealed_code": left[0].sealed_code}
        work.session.execute(update(PrintCode).where(PrintCode.id == left[0].id).values(**again))

    answer = cast.director.post(asking(labels_of(cast, cast.batch(3))), {"paper": "a4-65"})

    assert answer.status_code == 409
    assert f'action="/manage/print-codes/{codes()[1].public_id}/end"' in answer.text
    assert f'action="/manage/print-codes/{left[0].public_id}/end"' not in answer.text


def test_a_helpers_code_lives_as_long_as_the_consent(
    app: Flask, cast: Cast, labels: LabelPrint
) -> None:
    with transaction(by=COMMAND) as work:
        helper = make_person(work, sign_in="giup@goc.example")
        maker = work.session.get_one(Enterprise, labels.enterprise_id)
        consent = make_consent(work, enterprise=maker, helper=helper)
    with transaction(by=By("person", helper.id, maker.id)) as work:
        wanted = work.session.get_one(LabelPrint, labels.id)
        code = service.make_print_code(work, wanted, print_place="", sealer=sealer())
    run_next({"draw_labels": tasks.draw_labels})

    while_agreed = browser(app).get(f"/print/{letters_of(code)}")
    with transaction(by=COMMAND) as work:
        work.session.get_one(Consent, consent.id).ended_at = work.now
    afterwards = browser(app).get(f"/print/{letters_of(code)}")

    assert (while_agreed.status_code, afterwards.status_code) == (200, 404)


def test_a_right_that_ends_while_the_sheets_are_asked_for_takes_them_along(
    cast: Cast, left: tuple[PrintCode, str]
) -> None:
    with pytest.raises(GiverAway), transaction(by=VISITOR) as work:
        service.fetch_sheets(work, code_id=left[0].id, token_hash="7" * 24)

    assert codes()[0].state == "open"


def test_whoever_has_the_sheets_by_then_still_says_how_they_came_out(
    app: Flask, cast: Cast, labels: LabelPrint
) -> None:
    code, location = made(cast, labels)
    letters = letters_of(code)
    run_next({"draw_labels": tasks.draw_labels})
    clerk = fetched(app, letters)
    leave(code)

    clerk.post(f"/print/{letters}/answer", data={"result": "good"})

    assert "báo in đủ" in cast.director.get(location).text


def test_a_code_whose_sheets_could_not_be_drawn_says_so(cast: Cast, labels: LabelPrint) -> None:
    _, location = made(cast, labels)
    waiting = cast.director.get(location).text
    run_next({"draw_labels": tasks.draw_labels})
    drawn = cast.director.get(location).text
    with transaction(by=COMMAND) as work:
        ended = {"state": "cancelled", "finished_at": work.now}
        work.session.execute(update(Job).where(Job.id == labels.job_id).values(**ended))

    page = cast.director.get(location).text
    listed = cast.director.get(asking(labels)).text

    assert "chưa vẽ được" not in waiting
    assert "chưa vẽ được" not in drawn
    for text in (page, listed):
        assert "Tờ tem của mã này chưa vẽ được, nên nơi in không tải được gì." in text
    assert f'action="{location}/end"' in page
