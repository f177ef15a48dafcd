from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from accounts.models import Enterprise
from catalog.models import Certificate, Lot, Pack, Recognition
from core import clock
from core.work import VISITOR, Work, reading, transaction
from tests.makers import make_enterprise, make_lot, make_pack, make_product
from tests.statements import counted_statements
from tests.web.traceability.verdict_book import page_words, says
from traceability import rules, service
from traceability.models import Stamp, StampCheck, StampReport
from traceability.rules import VoidReason

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
)
OTHER_PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
)
START = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)  # 9:00 in Việt Nam.


class Story:
    """One active stamp and a clock that a test turns."""

    def __init__(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client = client
        self.now = START
        monkeypatch.setattr(clock, "now", lambda: self.now)
        with transaction(by=VISITOR) as work:
            self._make(work)

    def _make(self, work: Work) -> None:
        maker = make_enterprise(work)
        product = make_product(work, enterprise=maker, group="thuc_pham", name="Chè móc câu")
        pack = make_pack(work, product=product, content=200, base_unit="g")
        lot = make_lot(work, product=product)
        lot.pack_id = pack.id
        batch = service.issue_stamps(work, lot_id=lot.id, count=1)
        self.maker_id, self.product_id, self.lot_id, self.batch_id = (
            maker.id,
            product.id,
            lot.id,
            batch.id,
        )
        self.serial = work.session.scalars(select(Stamp.serial)).one()

    def activate(self) -> None:
        with transaction(by=VISITOR) as work:
            service.activate_lot(work, lot_id=self.lot_id)

    def change(self, model: type, **values: object) -> None:
        with transaction(by=VISITOR) as work:
            work.session.execute(update(model).values(**values))

    def visit(
        self, *, address: str = "10.1.1.1", agent: str = PHONE, language: str = "vi"
    ) -> TestResponse:
        return self.client.get(
            f"/s/{rules.serial_text(self.serial)}?lang={language}",
            headers={"User-Agent": agent},
            environ_base={"REMOTE_ADDR": address},
        )

    def reads(self, **how: str) -> str:
        return page_words(self.visit(**how).text)


@pytest.fixture
def story(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Story:
    return Story(client, monkeypatch)


@pytest.fixture
def active(story: Story) -> Story:
    story.activate()
    return story


FIRST_VI = "Tem có trong sổ – lần kiểm đầu tiên"
FIRST_EN = "On record – first check"


def test_the_first_check_says_so_in_both_languages(active: Story) -> None:
    vietnamese = active.reads()
    english = active.reads(language="en")

    assert says(FIRST_VI).search(vietnamese)
    assert says(
        "{Người làm} phát tem này cho lô {26‑11A}, báo đã dán ngày {12/11/2026}."
        " Trước lần này chưa ghi nhận lần kiểm nào."
    ).search(vietnamese)
    assert "12/11/2026" in vietnamese
    assert says(FIRST_EN).search(english)
    assert says(
        "{Maker} issued this stamp for lot {26‑11A} and reported it stuck on {12 November 2026}."
        " No earlier check is recorded."
    ).search(english)


def test_a_counted_check_asks_the_database_six_times_at_most(active: Story) -> None:
    with counted_statements() as statements:
        first = active.visit()
    with counted_statements() as later_statements:
        later = active.visit(agent=OTHER_PHONE, address="10.9.9.9")

    assert (first.status_code, later.status_code) == (200, 200)
    # PostgreSQL's lock besides; recent checks are looked for where there are some.
    for asked in (statements, later_statements):
        assert len([one for one in asked if "advisory_xact_lock" not in one]) <= 6


def test_machines_read_the_verdict(active: Story) -> None:
    page = active.visit().text
    answer = active.client.get(
        f"/s/{rules.serial_text(active.serial)}",
        headers={"User-Agent": PHONE, "Accept": "application/json"},
        environ_base={"REMOTE_ADDR": "10.1.1.1"},
    )

    assert 'data-verdict="first_check" data-grade="calm"' in page
    assert answer.json is not None
    assert answer.json["verdict"] == "first_check"
    assert answer.json["serial"] == rules.serial_text(active.serial)
    assert answer.json["lot"] == "26-11A"
    assert "Accept" in answer.headers["Vary"]


def test_a_stamp_page_is_never_stored_and_sets_no_cookie(active: Story) -> None:
    answer = active.visit()

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_the_same_device_reads_its_own_verdict_again(active: Story) -> None:
    active.visit()
    active.now += timedelta(minutes=14)

    again = active.reads()

    assert says(FIRST_VI).search(again)
    assert says("Có vẻ chính máy này đã kiểm lúc {9:14}; lần này không tính.").search(again)
    assert "9:00" in again


def test_case_a_another_device_on_the_same_network(active: Story) -> None:
    active.visit()
    active.now += timedelta(minutes=12)

    vietnamese = active.reads(agent=OTHER_PHONE)

    assert says("Tem có trong sổ – vừa được quét").search(vietnamese)
    assert says(
        "Vừa được quét {12 phút} trước, cùng mạng với bạn."
        " Thường là chính bạn, người đi cùng, hoặc cửa hàng quét thử."
    ).search(vietnamese)
    assert "12 phút" in vietnamese
    active.now += timedelta(minutes=1)
    english = active.reads(agent=OTHER_PHONE + " en", language="en")
    assert says("On record – scanned just now").search(english)
    assert says(
        "Scanned {12 minutes} ago on your own network: usually yourself, someone with you, or the"
        " shop trying it."
    ).search(english)


def test_case_b_one_earlier_occasion(active: Story) -> None:
    active.visit()
    active.now += timedelta(days=1)

    vietnamese = active.reads(address="10.2.2.2")

    assert says("Tem có trong sổ – đã kiểm {1} lượt trước bạn").search(vietnamese)
    assert says(
        "Lượt trước: {9:14 ngày 20/11/2026}. Thường là cửa hàng quét thử, người tặng, hoặc chính"
        " bạn. Nếu không ai nhận, hãy so hàng với ảnh rồi mới mua."
    ).search(vietnamese)
    assert "9:00 ngày 12/11/2026" in vietnamese
    english = active.reads(address="10.2.2.2", language="en")
    assert says("On record – checked {once} before you").search(english)
    assert says(
        "Last time: {09:14, 20 November 2026}. Usually the shop trying it, someone giving a"
        " present, or yourself. If nobody can tell, compare the goods with the photos before you"
        " buy."
    ).search(english)


def visit_often(story: Story, times: int, *, apart: timedelta) -> None:
    for network in range(times):
        story.visit(address=f"10.9.{network}.1")
        story.now += apart


def test_case_c_a_few_earlier_occasions(active: Story) -> None:
    visit_often(active, 3, apart=timedelta(days=8))

    vietnamese = active.reads()
    english = active.reads(language="en")

    assert "đã kiểm 3 lượt trước bạn" in vietnamese
    assert says(
        "Từ {02/11/2026} đến {20/11/2026}. Quà biếu và đồ dùng lâu hay như vậy."
        " Hàng mới, còn nguyên gói: hãy hỏi người bán ai đã quét."
    ).search(vietnamese)
    assert says(
        "Presents and things long in use are often like this. New and still sealed: ask the seller"
        " who scanned it."
    ).search(english)


def test_a_few_occasions_of_one_day_are_told_by_the_hour(active: Story) -> None:
    visit_often(active, 3, apart=timedelta(hours=3))

    assert "Từ 9:00 đến 15:00 ngày 12/11/2026." in active.reads()


def test_ones_own_check_is_not_listed_among_the_earlier_ones(active: Story) -> None:
    active.visit(address="10.9.1.1")
    active.now += timedelta(hours=3)
    first = active.reads()
    again = active.reads()

    assert "Số lượt 1 Lượt đầu 9:00 ngày 12/11/2026 Lượt gần nhất 9:00 ngày 12/11/2026" in first
    assert "Số lượt 1 Lượt đầu 9:00 ngày 12/11/2026 Một lượt là" in again


def test_case_d_many_is_amber_and_gives_the_makers_phone(active: Story) -> None:
    active.change(Enterprise, phone="+84912345678", phone_shown=True)
    active.change(Pack, words="hộp 200 g")
    visit_often(active, 5, apart=timedelta(hours=3))

    answer = active.visit()
    vietnamese = page_words(answer.text)
    english = active.reads(language="en")

    assert 'data-verdict="checked_before" data-grade="attentive"' in answer.text
    assert says("Tem có trong sổ – nhưng đã kiểm {6} lượt trước bạn").search(vietnamese)
    assert says(
        "Nhiều hơn thường thấy với một {con dao}; lượt đầu {02/11/2026}, lượt gần nhất {18:05 hôm"
        " qua}. Chưa đủ để nói tem bị chép. Hãy so hàng với ảnh, xem lớp cào, và hỏi người làm:"
        " {0912 345 678}."
    ).search(vietnamese)
    assert "0912 345 678" in vietnamese
    assert "hộp 200 g" in vietnamese
    assert says("On record – but checked {6} times before you").search(english)
    assert says("Not enough to say that the stamp was copied.").search(english)


def test_three_days_in_the_first_fortnight_are_many_too(active: Story) -> None:
    visit_often(active, 3, apart=timedelta(days=1))

    assert 'data-grade="attentive"' in active.visit().text


def test_a_stamp_not_activated_says_nothing_of_the_goods(story: Story) -> None:
    answer = story.visit()
    vietnamese = page_words(answer.text)

    assert 'data-verdict="not_activated" data-grade="attentive"' in answer.text
    assert says("Tem có trong sổ, nhưng chưa được báo là đã dán").search(vietnamese)
    assert says(
        "{Người làm} in tem này ngày {10/11/2026} và chưa kích hoạt. Có thể họ quên, cũng có thể"
        " tem bị lấy đi trước khi dán."
    ).search(vietnamese)
    assert says("Lúc này tem chưa nói được gì về món hàng.").search(vietnamese)
    assert "Chúng tôi vừa nhắc Mẫu – Lò rèn Hà" in vietnamese
    again = story.reads(language="en", agent=OTHER_PHONE)
    assert says("On record, but not yet reported as stuck on").search(again)
    assert says("For now it says nothing about the goods.").search(again)
    assert "We have just reminded" not in again


@pytest.mark.parametrize(
    ("reason", "vietnamese", "english"),
    [
        (
            VoidReason.SPOILED,
            (
                "Tem in hỏng, hủy ngày {…}; đúng ra không còn trên món hàng nào. Thấy nó trên hàng?"
                " Hãy báo cho chúng tôi."
            ),
            (
                "Spoiled in printing, cancelled on {…}; it should be on no goods. If you see it on"
                " some, tell us."
            ),
        ),
        (
            VoidReason.LOST,
            (
                "{Người làm} báo mất tem này ngày {…}, trước khi dán. Theo họ, hàng mang tem này"
                " không phải do họ dán. Người bán có thể không biết."
            ),
            (
                "{Maker} reported it lost on {…}, before use. They say goods carrying it were not"
                " stamped by them. The seller may not know."
            ),
        ),
        (
            VoidReason.RETURNED,
            "Món hàng mang tem này đã được trả lại và loại bỏ ngày {…}.",
            "The goods with this stamp came back and were taken out on {…}.",
        ),
        (
            VoidReason.REPLACED,
            "Món hàng này được dán tem khác ngày {…}. Hãy tìm và quét tem mới.",
            "These goods got another stamp on {…}. Look for the new one and scan it.",
        ),
        (
            VoidReason.FAKED,
            (
                "Có hàng giả mang số này ({18/11/2026}), nên tem bị hủy. Món của bạn mua trước ngày"
                " đó? Gọi {…} để được kiểm và đổi tem."
            ),
            (
                "Cancelled after fakes carried this number. Bought earlier? Call {…} to have yours"
                " checked and re-stamped."
            ),
        ),
    ],
)
def test_a_cancelled_stamp_says_why(
    story: Story, reason: VoidReason, vietnamese: str, english: str
) -> None:
    story.change(Enterprise, phone="0912345678", phone_shown=True)
    if reason is not VoidReason.LOST:  # What is on goods is not lost before use.
        story.activate()
    with transaction(by=VISITOR) as work:
        service.void_stamps(work, batch_id=story.batch_id, first=1, last=1, reason=reason)

    answer = story.visit()

    assert 'data-verdict="void" data-grade="stop"' in answer.text
    assert says("Tem này đã hủy").search(page_words(answer.text))
    assert says(vietnamese).search(page_words(answer.text))
    assert says(english).search(story.reads(language="en"))


def test_a_number_never_issued_is_not_found(client: FlaskClient) -> None:
    scanned = client.get("/s/7K3MQ9T2XB40G", headers={"User-Agent": PHONE})
    typed = client.get("/s/7K3MQ9T2XB40G?typed=1", headers={"User-Agent": PHONE})
    english = client.get("/s/7K3MQ9T2XB40G?lang=en", headers={"User-Agent": PHONE})

    assert scanned.status_code == typed.status_code == 404
    assert 'data-verdict="not_issued" data-grade="stop"' in scanned.text
    assert says(
        "Tem in địa chỉ của chúng tôi, nhưng chúng tôi chưa từng phát số {…}. Đừng mua vì con tem"
        " này. Hãy gửi ảnh cho chúng tôi; người bán có thể cũng bị lừa."
    ).search(page_words(scanned.text))
    assert says(
        "Số {…} đúng mẫu nhưng chưa từng được phát. Xin so lại từng chữ với tem (tem không có chữ"
        " I, L, O, U)."
    ).search(page_words(typed.text))
    assert says(
        "The stamp carries our address, but we never issued {…}. Do not buy because of this stamp."
        " Send us a photo; the seller may have been deceived too."
    ).search(page_words(english.text))


def test_a_malformed_number_is_refused_with_its_sentence(client: FlaskClient) -> None:
    for text in ("7K3MQ9T2XB40", "7K3MQ9T2XB40GG", "7K3MQ9T2XB40H", "UUUUUUUUUUUUU"):
        answer = client.get(f"/s/{text}")

        assert answer.status_code == 400
        assert says(
            "Số tem này thiếu hoặc nhầm chữ. Số tem có 13 chữ và số, viết 4–4–5. Xin xem lại, hoặc"
            " chụp mã vuông."
        ).search(page_words(answer.text))


def test_a_number_is_read_however_it_is_written(active: Story) -> None:
    text = rules.serial_text(active.serial)
    written = f"{text[:4]}-{text[4:8]} {text[8:]}".lower().replace("0", "o").replace("1", "l")

    assert active.client.get(f"/s/{written}").status_code == 200
    assert active.client.get(f"/S/{text}").status_code == 200


Change = Callable[[Story], None]


def lapse_stars(story: Story) -> None:
    with transaction(by=VISITOR) as work:
        work.session.add(
            Recognition(
                product_id=story.product_id,
                enterprise_id=story.maker_id,
                stage="recognised",
                stars=4,
                decision="1/QĐ-UBND",
                authority="UBND",
                decided_on=date(2020, 1, 1),
            )
        )


def lapse_paper(story: Story) -> None:
    with transaction(by=VISITOR) as work:
        work.session.add(
            Certificate(
                enterprise_id=story.maker_id,
                name="VietGAP",
                issuer="X",
                number="1",
                valid_from=date(2024, 1, 1),
                valid_until=date(2026, 11, 10),
            )
        )


def test_a_stamp_of_a_maker_who_closed_is_judged_as_before_and_says_that_they_stopped(
    active: Story,
) -> None:
    active.change(Enterprise, state="closed")

    answer = active.visit()

    assert 'data-verdict="first_check" data-grade="calm"' in answer.text
    assert FIRST_VI in page_words(answer.text)
    assert "người bán này đã thôi bán" in page_words(answer.text)
    assert "đang tạm dừng trên Gốc" not in answer.text
    assert "this seller has stopped selling" in active.reads(language="en")


def test_closing_takes_no_suspension_off_a_stamps_page(active: Story) -> None:
    active.change(Enterprise, state="closed", suspended_at=START)

    assert "Người bán này đang tạm dừng trên Gốc từ" in active.reads()


@pytest.mark.parametrize(
    ("change", "grade", "vietnamese", "english"),
    [
        (
            lambda story: story.change(Lot, best_before_on=date(2026, 11, 14)),
            "calm",
            "Hạn dùng còn {2} ngày.",
            "{2} days left.",
        ),
        (
            lambda story: story.change(Lot, on_hold_since=date(2026, 11, 11)),
            "attentive",
            "Lô này tạm dừng bán để kiểm tra từ {…}.",
            "Sale of this lot is on hold since {…} while it is checked.",
        ),
        (
            lapse_stars,
            "calm",
            "Hạng OCOP {4} sao hết hạn ngày {…}.",
            "Its OCOP rank lapsed on {…}.",
        ),
        (
            lambda story: story.change(Enterprise, state="suspended", suspended_at=START),
            "attentive",
            "Người bán này đang tạm dừng trên Gốc từ {…}.",
            "This seller is suspended on Gốc since {…}.",
        ),
    ],
)
def test_notices_stand_beside_the_verdict(
    active: Story, change: Change, grade: str, vietnamese: str, english: str
) -> None:
    change(active)

    answer = active.visit()

    assert f'data-verdict="first_check" data-grade="{grade}"' in answer.text
    assert says(vietnamese).search(page_words(answer.text))
    assert says(english).search(active.reads(language="en"))


def test_a_notice_that_sets_the_colour_is_read_first(active: Story) -> None:
    active.change(Lot, on_hold_since=date(2026, 11, 11))
    page = active.reads()

    assert page.index("Lô này tạm dừng bán") < page.rindex("Tem có trong sổ – lần kiểm đầu tiên")
    assert page.count("Lô này tạm dừng bán") == 1

    active.change(Lot, on_hold_since=None, best_before_on=date(2026, 11, 14))
    calm = active.reads()
    assert calm.index("Hạn dùng còn") > calm.rindex("Tem có trong sổ – lần kiểm đầu tiên")


def test_what_to_compare_with_is_said_in_the_reader_s_language(active: Story) -> None:
    active.change(Enterprise, phone="+84912345678", phone_shown=True)
    active.change(Pack, words="hộp 200 g")

    assert "Pack box 200 g" in active.reads(language="en")
    assert "Quy cách hộp 200 g" in active.reads()
    assert 'href="tel:+84912345678">0912\u00a0345\u00a0678</a>' in active.visit().text


def test_what_a_stamp_looks_like_is_told_as_every_paper_prints_it(active: Story) -> None:
    page, english = active.reads(), active.reads(language="en")

    assert "Con tem này mã vuông đen trên nền trắng, kèm số tem 13 chữ và số" in page
    assert "a black square code on white, with the serial of 13 letters and digits" in english
    assert "20 mm" not in page + english


def test_a_lapsed_paper_says_whether_it_held_when_the_lot_was_made(active: Story) -> None:
    lapse_paper(active)
    active.change(Lot, made_on=date(2026, 11, 9))

    during = active.reads()
    active.change(Lot, made_on=date(2026, 11, 11))
    after = active.reads(language="en")

    assert "VietGAP hết hạn ngày 10/11/2026; khi làm lô này còn hiệu lực." in during
    assert "VietGAP ended on 10 November 2026; it was not in force when this lot was made." in after


def test_goods_past_their_date_are_never_green(active: Story) -> None:
    active.change(Lot, made_on=date(2026, 10, 1), best_before_on=date(2026, 11, 11))

    answer = active.visit()

    assert 'data-verdict="first_check" data-grade="stop"' in answer.text
    heading = answer.text.split("<h1>")[1].split("</h1>")[0]
    assert page_words(heading).strip() == (
        "Tem có trong sổ, nhưng hàng đã quá hạn dùng 11/11/2026. Đừng ăn; hỏi người bán để đổi."
    )
    english = active.reads(language="en")
    assert (
        "On record, but past its date 11 November 2026. Do not eat it; ask the seller." in english
    )


def test_a_late_activation_tells_of_the_looks_before_it(story: Story) -> None:
    story.visit()
    story.now += timedelta(hours=3)
    story.visit(address="10.3.3.3")
    story.now += timedelta(hours=1)
    story.activate()

    assert "Tem được báo đã dán ngày 12/11/2026, sau 2 lượt kiểm." in story.reads()
    assert "Reported stuck on 12 November 2026, after 2 checks." in story.reads(language="en")


def test_the_result_of_a_check_can_be_shared_and_counts_nothing(active: Story) -> None:
    answer = active.visit()
    link = answer.text.split('id="check" href="')[1].split('"')[0]
    for network in range(12):
        shared = active.client.get(
            link, headers={"User-Agent": PHONE}, environ_base={"REMOTE_ADDR": f"10.7.{network}.1"}
        )
        assert says(FIRST_VI).search(page_words(shared.text))
        assert 'data-verdict="first_check"' in shared.text

    active.now += timedelta(minutes=1)
    assert "vừa được quét" in active.reads(agent=OTHER_PHONE)


def test_an_unknown_result_is_not_found(client: FlaskClient) -> None:
    for token in ("0" * 26, "Z" * 26, "abc", "é" * 26):
        assert client.get(f"/checks/{token}").status_code == 404


def test_a_serial_under_another_gtin_or_lot_was_not_issued_there(active: Story) -> None:
    text = rules.serial_text(active.serial)

    for claim in ("gtin=09521234543213", "lot=OTHER"):
        answer = active.client.get(f"/s/{text}?{claim}", headers={"User-Agent": PHONE})
        assert answer.status_code == 404
        assert 'data-verdict="not_issued"' in answer.text
    assert active.client.get(f"/s/{text}?lot=26-11A").status_code == 200


def test_forbidden_words_are_on_no_page(active: Story) -> None:
    forbidden = ("chính hãng", "hàng thật", "100 %", "đảm bảo", "cam kết", "đáng ngờ")
    english_forbidden = ("genuine", "authentic", "guaranteed")

    vietnamese, english = active.reads().lower(), active.reads(language="en").lower()

    assert not [word for word in forbidden if word in vietnamese]
    assert not [word for word in english_forbidden if word in english]


def test_a_report_gets_a_number(active: Story) -> None:
    text = rules.serial_text(active.serial)

    answer = active.client.post(f"/s/{text}/report", data={"text": "Tem rách", "contact": ""})
    empty = active.client.post(f"/s/{text}/report", data={"text": "  ", "contact": ""})

    assert answer.status_code == 303
    assert active.client.get(answer.location).status_code == 200
    assert empty.status_code == 422


def _report(active: Story, **fields: str) -> TestResponse:
    address = f"/s/{rules.serial_text(active.serial)}/report"
    return active.client.post(address, data=fields)


def test_a_report_is_stored_without_what_no_column_holds(active: Story) -> None:
    answer = _report(active, text="Tem\x00 rách\r\nở Hà Nội", contact="0912\x00 345 678")

    assert answer.status_code == 303
    with reading() as session:
        row = session.scalars(select(StampReport)).one()
    assert (row.text, row.contact) == ("Tem rách\nở Hà Nội", "0912 345 678")


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"text": "", "contact": "0912 345 678"}, "text"),
        ({"text": "\x00", "contact": "0912 345 678"}, "text"),
        ({"text": "a" * 2001, "contact": "0912 345 678"}, "text"),
        ({"text": "Tem rách", "contact": "0912 345 678" + "9" * 189}, "contact"),
    ],
)
def test_a_report_that_cannot_be_taken_is_drawn_again_as_typed_and_checks_nothing(
    active: Story, fields: dict[str, str], at: str
) -> None:
    answer = _report(active, **fields)

    assert answer.status_code == 422
    assert f'<a href="#{at}">' in answer.text
    assert "0912 345 678" in answer.text
    assert fields["text"].replace("\x00", "") in answer.text
    with reading() as session:
        assert session.scalars(select(StampReport)).all() == []
        assert session.scalars(select(StampCheck)).all() == []


def test_the_page_costs_a_handful_of_statements(
    active: Story, statements: Callable[[], list[str]]
) -> None:
    active.visit()
    first = len(statements())
    active.visit(address="10.4.4.4")

    assert first <= 14
    assert len(statements()) - first <= 14


def test_an_old_result_never_hides_what_is_known_today(active: Story) -> None:
    link = active.visit().text.split('id="check" href="')[1].split('"')[0]
    with transaction(by=VISITOR) as work:
        faked = VoidReason.FAKED
        service.void_stamps(work, batch_id=active.batch_id, first=1, last=1, reason=faked)

    cancelled = active.client.get(link).text

    assert 'data-verdict="void" data-grade="stop" data-past="true"' in cancelled
    assert "Tem này đã hủy" in page_words(cancelled)
    assert FIRST_VI not in page_words(cancelled)


def test_an_old_result_of_goods_past_their_date_says_so(active: Story) -> None:
    active.change(Lot, best_before_on=date(2026, 11, 20))
    link = active.visit().text.split('id="check" href="')[1].split('"')[0]
    active.now += timedelta(days=9)

    later = active.client.get(link).text

    assert 'data-verdict="first_check" data-grade="stop" data-past="true"' in later
    assert "hàng đã quá hạn dùng 20/11/2026" in page_words(later)


def test_a_stamp_shown_inside_another_page_uses_no_first_check_up(active: Story) -> None:
    for network in range(6):
        active.client.get(
            f"/s/{rules.serial_text(active.serial)}",
            headers={"User-Agent": PHONE, "Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"},
            environ_base={"REMOTE_ADDR": f"10.8.{network}.1"},
        )

    assert says(FIRST_VI).search(active.reads())


def test_a_paper_that_began_after_the_lot_was_made_is_not_called_lapsed_then(
    active: Story,
) -> None:
    lapse_paper(active)
    active.change(Lot, made_on=date(2023, 11, 9))

    assert (
        "VietGAP có hiệu lực từ ngày 01/01/2024, sau khi làm lô này; hết hạn ngày 10/11/2026."
        in active.reads()
    )


def test_a_paper_still_holds_on_its_last_day(active: Story) -> None:
    lapse_paper(active)
    active.now = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)

    assert "VietGAP" not in active.reads()
