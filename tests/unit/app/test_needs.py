"""What a maker lacks, the gravest first, and in which order a list stands."""

from datetime import UTC, datetime, timedelta

from accounts.queries import CaredMaker
from app.caring.needs import MakerRow, in_order, needs_of

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)


def maker(
    name: str = "Lò rèn",
    *,
    state: str = "verified",
    readers: int = 1,
    last: datetime | None = NOW,
) -> CaredMaker:
    return CaredMaker(
        1, "7K3MQ9T2XB", name, name.lower(), state, "4", None, None, None, None, readers, last
    )


def words(row: MakerRow) -> list[str]:
    return [sentence for sentence, _ in needs_of(row, now=NOW)]


SELLS = {"listings_published": 1}


def test_a_maker_who_sells_and_looks_in_lacks_nothing() -> None:
    assert words(MakerRow(maker(last=NOW - timedelta(days=30)), SELLS)) == []


def test_who_stayed_away_longer_than_thirty_days_is_looked_after() -> None:
    away = MakerRow(maker(last=NOW - timedelta(days=30, seconds=1)), SELLS)

    assert words(away) == ["Lâu chưa vào Gốc"]
    assert words(MakerRow(maker(last=None), SELLS)) == ["Lâu chưa vào Gốc"]


def test_nobody_who_can_sign_in_is_no_absence() -> None:
    assert words(MakerRow(maker(readers=0, last=None), SELLS)) == ["Chưa ai vào được Gốc"]


def test_the_state_stands_before_what_is_counted_and_counts_say_how_many() -> None:
    figures = {"reports_open": 2, "listings_returned": 1, "papers_ending": 3, "stamps_printed": 40}

    assert needs_of(MakerRow(maker(state="returned"), figures), now=NOW) == [
        ("Hồ sơ gửi trả, chưa gửi lại", 0),
        ("Chưa có món nào đang bán", 0),
        ("%(count)s lời báo chưa xong", 2),
        ("%(count)s món gửi trả, chưa sửa", 1),
        ("%(count)s giấy hết hạn trong 90 ngày", 3),
        ("%(count)s tem in chưa kích hoạt", 40),
    ]


def test_what_waits_for_an_officer_alone_is_no_call_for_help() -> None:
    waiting = MakerRow(maker(state="submitted"), SELLS)
    waiting = MakerRow(waiting.maker, SELLS, needs=needs_of(waiting, now=NOW))

    assert words(waiting) == ["Đang chờ đối chiếu"]
    assert not waiting.needs_help


def test_lists_stand_by_what_was_asked_then_by_name() -> None:
    rows = [
        MakerRow(maker("c", last=None), acts=0),
        MakerRow(maker("b"), {"stamps_printed": 5}, acts=10, helped=9),
        MakerRow(maker("a", last=NOW - timedelta(days=1)), acts=10),
    ]

    def names(order: str) -> str:
        return "".join(row.maker.name for row in in_order(rows, order))

    assert names("name") == "abc"
    assert names("sign_in") == "cab"
    assert names("own") == "bac"
    assert names("stamps") == "bac"
    assert names("papers") == "abc"
