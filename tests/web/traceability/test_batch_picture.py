import re

from sqlalchemy import update

from catalog.models import Lot
from core.work import VISITOR, reading, transaction
from tests.dealers import confirm, make_dealer, make_delivery
from tests.makers import lot_of
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from traceability import queries, service
from traceability.models import StampBatch, StampRange
from traceability.rules import Side, VoidReason
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason
from traceability.service import Judge, RecallNotice


def path(batch: StampBatch, query: str = "") -> str:
    return f"/manage/stamps/{batch.public_id}{query}"


def way(text: str) -> dict[str, tuple[str, str]]:
    """By step, its number and the stamps named beside it, as the page says them."""
    found = {}
    for line in re.findall(r"<li class=\"\w+\"><p class=\"row apart\">.*?</li>", text):
        words, count = re.findall(r"<span>(.*?)</span><strong>(.*?)</strong>", line)[0]
        told = re.findall(r"meta\"><span>(.*?)</span>", line)
        found[words] = (count, told[0].strip() if told else "")
    return found


def cancel(cast: Cast, batch: StampBatch, first: int, last: int, reason: VoidReason) -> None:
    with transaction(by=cast.by) as work:
        service.void_stamps(work, batch_id=batch.id, first=first, last=last, reason=reason)


def sell(cast: Cast, batch: StampBatch, *ordinals: int) -> None:
    with transaction(by=cast.by) as work:
        dealer = make_dealer(work, enterprise=cast.ours)
        delivery = make_delivery(work, batch=batch, dealer=dealer, first=1, last=12)
        confirm(work, delivery)
    for ordinal in ordinals:
        with transaction(by=VISITOR) as work:
            service.record_sale(
                work, serial=cast.serial(batch, ordinal), dealer_ids=frozenset({dealer.id})
            )


def test_a_batch_is_told_from_issue_to_sale_and_what_left_that_way(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    cancel(cast, batch, 15, 16, VoidReason.SPOILED)
    cancel(cast, batch, 20, 20, VoidReason.LOST)
    sell(cast, batch, 3, 5)

    text = cast.director.get(path(batch)).text

    assert way(text) == {
        "Phát": ("20", "tem 1–20"),
        "Có tờ in": ("12", "tem 1–12"),
        "Chờ dán": ("5", "tem 13–14, 17–19"),
        "Đã báo dán": ("12", "tem 1–12"),
        "Đại lý báo đã bán": ("2", "trong khoảng tem 3, 5"),
        "Hủy: in hỏng": ("2", "tem 15–16"),
        "Hủy: mất trước khi dán": ("1", "tem 20"),
    }


def test_stamps_of_a_recalled_lot_are_told_and_no_more_are_to_be_stuck_on(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    before = cast.director.get(path(batch)).text
    judge, notice = Judge(Side.MAKER, MAKER), RecallNotice(RecallReason.SPOILED, Advice.KEEP)
    with transaction(by=cast.by) as work:
        lot = work.session.get_one(Lot, lot_of(batch))
        service.recall_lot(work, lot_id=lot.id, version=lot.version, judge=judge, notice=notice)

    text = cast.director.get(path(batch)).text

    assert way(text)["Đang thu hồi"] == ("20", "tem 1–20")
    assert f'href="/manage/lots/{lot.public_id}">Xem lô</a>' in text
    assert "Báo đã dán</a>" in before
    assert "Báo đã dán</a>" not in text


def test_sheets_count_once_they_are_drawn(cast: Cast) -> None:
    batch = cast.batch(20)
    with transaction(by=cast.by) as work:
        row = work.session.get_one(StampBatch, batch.id)
        wanted = service.order_labels(work, row, first=1, last=8, paper="a4-65")
        service.order_labels(work, row, first=9, last=12, paper="a4-65")
    waiting = cast.director.get(path(batch)).text
    with transaction(by=cast.by) as work:
        service.note_counted(work, label_print_id=wanted.id, counted=8)

    text = cast.director.get(path(batch)).text

    assert way(waiting)["Có tờ in"] == ("0", "")
    assert way(text)["Có tờ in"] == ("8", "tem 1–8")


def test_each_step_leads_to_what_can_be_done_by_whoever_may(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    activate = f"/manage/stamps/activate?lot={cast.lot.public_id}"
    hand_over = path(batch, "/hand-over?first=1&amp;last=12")

    director, seller = (one.get(path(batch)).text for one in (cast.director, cast.seller))

    assert f'href="{activate}">Báo đã dán</a>' in director
    assert hand_over in director
    assert path(batch, "/void?first=13&amp;last=20") in director
    assert "/void?first=" not in seller


def test_a_warning_leads_to_its_case_whoever_may_read_cases(cast: Cast) -> None:
    batch = cast.batch(3, active=3)
    with transaction(by=VISITOR) as work:
        of_batch = update(StampRange).where(StampRange.batch_id == batch.id)
        work.session.execute(of_batch.values(state="doubted"))

    seller, grower = (one.get(path(batch)).text for one in (cast.seller, cast.grower()))

    assert way(seller)["Mang cảnh báo"] == way(grower)["Mang cảnh báo"] == ("3", "tem 1–3")
    assert 'href="/manage/cases">Vụ việc</a>' in seller
    assert ">Vụ việc</a>" not in grower


def test_ranges_are_shown_of_one_state(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    cancel(cast, batch, 20, 20, VoidReason.LOST)

    shown = cast.director.get(path(batch, "?state=void")).text
    unknown = cast.director.get(path(batch, "?state=gone")).text
    none = cast.director.get(path(batch, "?state=doubted")).text

    table = shown[shown.index('id="ranges"') : shown.index("</table>")]
    assert "<strong>20</strong>" in table
    assert "<strong>1–12</strong>" not in table
    assert "<strong>1–12</strong>" in unknown
    assert "Không có tem nào mang cảnh báo." in none


def test_batches_are_found_by_state_and_lot(cast: Cast) -> None:
    waiting, done = cast.batch(5), cast.batch(7, active=7)
    lot = cast.lot.public_id

    printed = cast.director.get(f"/manage/stamps?lot={lot}&state=printed").text
    active = cast.director.get("/manage/stamps?state=active").text
    void = cast.director.get("/manage/stamps?state=void").text

    assert (path(waiting) in printed, path(done) in printed) == (True, False)
    assert (path(waiting) in active, path(done) in active) == (False, True)
    assert "Chưa có đợt tem nào có tem đã hủy." in void
    assert path(waiting) not in void


def test_the_list_says_how_many_were_sold(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    sell(cast, batch, 1, 2, 12)

    assert "3 đã bán" in cast.director.get("/manage/stamps").text


def test_a_batch_of_many_pieces_takes_no_more_statements(cast: Cast) -> None:
    plain, scattered = cast.batch(40, active=40), cast.batch(200, active=200)
    for ordinal in range(2, 200, 4):
        cancel(cast, scattered, ordinal, ordinal, VoidReason.REPLACED)

    counts = []
    for batch in (plain, scattered):
        with counted_statements() as statements:
            assert cast.director.get(path(batch)).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 17


def test_sold_stamps_of_a_big_batch_are_a_few_rows(cast: Cast) -> None:
    batch = cast.batch(640, active=12)
    sell(cast, batch, 1, 2, 3, 12)

    with reading() as session:
        pieces = queries.sold_pieces(session, batch.id, count=640)

    assert pieces == [(1, 3, 3), (12, 12, 1)]
