from core.work import transaction
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.verdict_book import page_words
from traceability import rules, service
from traceability.models import StampBatch
from traceability.rules.entries import MAKER


def text(cast: Cast, batch: StampBatch, ordinal: int) -> str:
    return rules.serial_text(cast.serial(batch, ordinal))


def found(cast: Cast, first: str, last: str) -> tuple[int, str]:
    answer = cast.warehouse.get("/manage/stamps/range", query_string={"first": first, "last": last})
    return answer.status_code, answer.get_data(as_text=True)


def test_two_stamps_name_the_batch_and_what_can_be_done(cast: Cast) -> None:
    batch = cast.batch(10)
    address = f"https://goc.example/s/{text(cast, batch, 2)}"

    status, html = found(cast, address, text(cast, batch, 7).lower())

    at = f"/manage/stamps/{batch.public_id}"
    assert status == 200
    assert "6 tem (số 2–7)" in page_words(html)
    assert f'action="{at}/activate"' in html
    assert f'href="{at}/hand-over?first=2&amp;last=7"' in html
    assert f'href="{at}/lost?stamps=2-7"' in html
    assert f'href="{at}/move?first=2&amp;last=7"' in html


def test_what_is_stuck_on_is_neither_stuck_on_again_nor_lost(cast: Cast) -> None:
    batch = cast.batch(10, active=4)

    _, html = found(cast, text(cast, batch, 3), text(cast, batch, 6))

    assert "tem 3–4" in page_words(html)
    assert "tem 5–6" in page_words(html)
    assert "/activate" not in html
    assert "/lost" not in html
    assert "/void?first=3&amp;last=6" in html


def test_stamps_with_a_warning_are_neither_handed_over_nor_cancelled(cast: Cast) -> None:
    batch = cast.batch(10, active=4)
    with transaction(by=cast.by) as work:
        report = service.report(work, serial=cast.serial(batch, 3), text="Dao khác", contact="")
        case = service.open_case(work, report_id=report.id, side=rules.Side.MAKER)
        service.take_case(work, case_id=case.id, side=rules.Side.MAKER)
        fake = service.Conclusion(
            rules.CaseState.FAKE, "Lưỡi khác.", rules.Measure.SUSPICIOUS, 3, 3
        )
        judge = service.Judge(rules.Side.MAKER, MAKER)
        service.conclude_case(work, case_id=case.id, judge=judge, conclusion=fake)

    _, html = found(cast, text(cast, batch, 2), text(cast, batch, 3))

    assert "tem 3" in page_words(html)
    assert "/hand-over" not in html
    assert "/void" not in html


def test_stamps_of_two_batches_backwards_or_foreign_are_refused(cast: Cast) -> None:
    one, other = cast.batch(3), cast.batch(3)
    mixed = found(cast, text(cast, one, 1), text(cast, other, 2))
    backwards = found(cast, text(cast, one, 2), text(cast, one, 1))
    stranger = cast.stranger.get(
        "/manage/stamps/range",
        query_string={"first": text(cast, one, 1), "last": text(cast, one, 2)},
    )
    malformed = found(cast, "123", text(cast, one, 1))

    assert [mixed[0], backwards[0], malformed[0], stranger.status_code] == [422] * 4
    assert "không cùng một đợt phát" in mixed[1]
    assert "Tem cuối phải đứng sau tem đầu" in backwards[1]
    assert one.public_id not in stranger.get_data(as_text=True)


def test_the_page_asks_before_anything_was_typed(cast: Cast) -> None:
    assert cast.seller.get("/manage/stamps/range").status_code == 200
