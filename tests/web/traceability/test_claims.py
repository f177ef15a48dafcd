"""“Tôi đã mua món này”: what is kept of a tap, and what others read after it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core import ids, periods
from core.places import place_named
from core.work import VISITOR, reading, transaction
from tests.statements import counted_statements
from tests.web.traceability.test_stamp_page import OTHER_PHONE, PHONE, Story
from tests.web.traceability.verdict_book import page_words, says
from traceability import rules, service
from traceability.claim_errors import NotTheBuyer
from traceability.models import StampAlarm, StampCheck, StampClaim, StampReportPhoto
from traceability.queries import stamp_row
from traceability.service import Visitor

CLAIMED_VI = (
    'Ngày {12/11/2026} có người bấm "tôi đã mua món này". Không phải bạn hay người tặng?'
    " Hãy hỏi người bán."
)
CLAIMED_EN = (
    'On {…} somebody tapped "I bought this". Not you, nor who gave it to you? Ask the seller.'
)
PATTERN_VI = (
    "Mỗi tem chỉ dán trên một {con dao}, nhưng tem này được kiểm {9} lượt trong {4} ngày, có người"
    " báo đang ở {phường Hải Châu} và {phường Ninh Kiều}."
)
PATTERN_EN = (
    "A stamp belongs on one {knife}, but this one was checked on {9} occasions in {4} days;"
    " visitors said they were in {…} and {…}."
)
HERE, FAR = "phường Hải Châu, Đà Nẵng", "phường Ninh Kiều, Cần Thơ"


@pytest.fixture
def bought(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An active stamp whose buyer has looked at it."""
    story = Story(client, monkeypatch)
    story.activate()
    story.visit()
    return story


def tap(
    story: Story, *, address: str = "10.1.1.1", agent: str = PHONE, **typed: str
) -> TestResponse:
    return story.client.post(
        f"/s/{rules.serial_text(story.serial)}/bought",
        data=typed,
        headers={"User-Agent": agent},
        environ_base={"REMOTE_ADDR": address},
    )


def as_somebody_else(story: Story) -> None:
    story.client.delete_cookie("goc_bought")


def claims() -> list[StampClaim]:
    with reading() as session:
        return list(session.scalars(select(StampClaim).order_by(StampClaim.claimed_at)))


def test_one_tap_is_kept_without_anything_of_who_tapped(bought: Story) -> None:
    page = bought.visit()
    answer = tap(bought)

    assert f'action="/s/{rules.serial_text(bought.serial)}/bought"' in page.text
    assert "Set-Cookie" not in page.headers  # No token before the tap.
    assert (answer.status_code, answer.location) == (303, f"/s/{rules.serial_text(bought.serial)}")
    cookie = bought.client.get_cookie("goc_bought")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert cookie.max_age == 180 * 24 * 3600
    [kept] = claims()
    assert (kept.serial, kept.commune_code, kept.occasions) == (bought.serial, None, 1)
    assert cookie.value not in kept.token_hash
    with reading() as session:
        stamp = stamp_row(session, bought.serial)
    assert stamp is not None
    assert (kept.enterprise_id, kept.lot_id) == (stamp.enterprise_id, stamp.lot_id)


@pytest.mark.parametrize(
    ("language", "sentence"), [("vi", CLAIMED_VI), ("en", CLAIMED_EN)], ids=["vi", "en"]
)
def test_others_read_it_and_the_second_later_occasion_asks_for_care(
    bought: Story, language: str, sentence: str
) -> None:
    tap(bought)
    as_somebody_else(bought)
    bought.now += timedelta(days=2)
    first = bought.visit(address="10.5.5.5", agent=OTHER_PHONE, language=language)
    bought.now += timedelta(days=2)
    second = bought.visit(address="10.6.6.6", agent=OTHER_PHONE, language=language)

    for page, grade in ((first, "calm"), (second, "attentive")):
        assert says(sentence).search(page_words(page.text))
        assert f'data-grade="{grade}"' in page.text


def test_machines_read_the_notice(bought: Story) -> None:
    tap(bought)
    as_somebody_else(bought)
    answer = bought.client.get(
        f"/s/{rules.serial_text(bought.serial)}",
        headers={"User-Agent": OTHER_PHONE, "Accept": "application/json"},
        environ_base={"REMOTE_ADDR": "10.5.5.5"},
    )

    assert answer.json is not None
    assert answer.json["notices"] == ["claimed"]


def test_whoever_tapped_reads_their_own_tap_and_takes_it_back(bought: Story) -> None:
    tap(bought)
    own = bought.reads()
    undone = bought.client.post(f"/s/{rules.serial_text(bought.serial)}/bought/undo")

    assert "Bạn đã bấm “tôi đã mua món này” ngày 12/11/2026." in own
    assert not says(CLAIMED_VI).search(own)
    assert undone.status_code == 303
    assert claims() == []
    assert "Bạn vừa mua món này?" in bought.reads()


def test_another_browser_takes_nothing_back(bought: Story) -> None:
    tap(bought)
    as_somebody_else(bought)
    bought.client.set_cookie("goc_bought", ids.token())
    bought.client.post(f"/s/{rules.serial_text(bought.serial)}/bought/undo")

    assert len(claims()) == 1


def test_a_second_tap_of_one_browser_is_the_same_tap_with_its_place(bought: Story) -> None:
    tap(bought)
    tap(bought, here=HERE)
    tap(bought)

    commune = place_named(HERE)
    assert commune is not None
    assert [each.commune_code for each in claims()] == [commune.code]


def test_a_place_that_may_be_several_is_chosen_from_a_list(bought: Story) -> None:
    unclear = tap(bought, here="hai chau")
    words = page_words(unclear.text)

    assert unclear.status_code == 422
    assert "Chưa rõ xã, phường nào." in words
    assert "Phường Hải Châu, Đà Nẵng" in words
    assert claims() == []
    commune = place_named(HERE)
    assert commune is not None
    chosen = tap(bought, here="hai chau", commune=commune.code)
    assert chosen.status_code == 303
    assert [each.commune_code for each in claims()] == [commune.code]


def test_a_stamp_nobody_looked_at_not_stuck_on_or_never_issued_is_claimed_by_nobody(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(client, monkeypatch)
    printed = tap(story)
    story.activate()
    unseen = tap(story)

    assert (printed.status_code, unseen.status_code) == (303, 303)
    assert "Set-Cookie" not in unseen.headers
    assert "/bought" not in client.get(f"/s/{rules.serial_text(story.serial)}").text
    assert claims() == []


def test_a_household_taps_three_times_an_hour_and_a_stamp_bears_twelve(bought: Story) -> None:
    for _ in range(3):
        as_somebody_else(bought)
        assert tap(bought).status_code == 303
    as_somebody_else(bought)
    refused = tap(bought)
    for household in range(9):
        as_somebody_else(bought)
        bought.visit(address=f"10.20.{household}.1", agent=OTHER_PHONE)
        tap(bought, address=f"10.20.{household}.1")
    as_somebody_else(bought)
    bought.visit(address="10.30.1.1", agent=OTHER_PHONE)
    full = tap(bought, address="10.30.1.1")

    assert (refused.status_code, full.status_code) == (429, 409)
    assert "Từ mạng của bạn vừa có vài lần bấm" in page_words(refused.text)
    assert "Nhiều người" not in page_words(refused.text)  # It may be one who tapped by mistake.
    assert "Nhiều người đã bấm như vậy" in page_words(full.text)
    assert len(claims()) == rules.MOST_CLAIMS


def test_a_tap_of_a_network_that_never_opened_the_page_is_refused_gently(bought: Story) -> None:
    refused = tap(bought, address="10.44.1.1", here=HERE)
    words = page_words(refused.text)

    assert refused.status_code == 409
    assert "Từ mạng bạn đang dùng, chúng tôi chưa ghi lượt nào" in words
    assert "Về trang của tem" in words
    assert HERE in refused.text  # What was typed is still there.
    assert claims() == []
    bought.visit(address="10.44.1.1", agent=OTHER_PHONE)
    assert tap(bought, address="10.44.1.1", here=HERE).status_code == 303


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "có thể được hiện cho người khác quét"), ("en", "may be shown to others who scan")],
    ids=["vi", "en"],
)
def test_whoever_may_name_a_place_reads_that_others_may_read_it(
    bought: Story, language: str, said: str
) -> None:
    bought.now += timedelta(days=2)

    assert said in page_words(bought.visit(language=language).text)


def test_machines_read_it_in_the_result_of_before_too_but_not_of_their_own_tap(
    bought: Story,
) -> None:
    with reading() as session:
        token = session.scalars(select(StampCheck.token)).one()
    tap(bought)

    def result() -> TestResponse:
        return bought.client.get(f"/checks/{token}", headers={"Accept": "application/json"})

    own = result()
    as_somebody_else(bought)
    others = result()

    assert (own.json or {})["notices"] == []
    assert (others.json or {})["notices"] == ["claimed"]
    assert (others.json or {})["occasions"] == 1
    assert (others.json or {})["counted"] is False  # Reading a shared result is no check.
    assert (others.json or {})["check"].endswith(f"/checks/{token}")
    assert "Accept" in others.headers["Vary"]
    missing = bought.client.get(f"/checks/{'0' * 26}", headers={"Accept": "application/json"})
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")


def test_the_makers_people_cannot_say_it_in_the_buyers_stead(bought: Story) -> None:
    member = Visitor(rules.Visit.PERSON, "d", "n", enterprise_ids=frozenset({bought.maker_id}))
    with transaction(by=VISITOR) as work, pytest.raises(NotTheBuyer):
        service.claim_goods(
            work, serial=bought.serial, visitor=member, bought=service.Bought("token")
        )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", ("hoặc “tôi đã mua món này”.", "Xã, phường thì chỉ ghi khi bạn tự nói.")),
        ("en", ("or tap “I bought this”.", "kept only where you name it yourself.")),
    ],
    ids=["vi", "en"],
)
def test_the_page_on_privacy_tells_of_the_cookie_and_of_the_place(
    client: FlaskClient, language: str, said: tuple[str, str]
) -> None:
    words = page_words(client.get(f"/pages/privacy?lang={language}").text)

    assert [each for each in said if each not in words] == []


def test_a_tap_is_gone_after_half_a_year(bought: Story) -> None:
    tap(bought)
    with transaction(by=VISITOR) as work:
        work.now = bought.now + periods.CLAIMS.kept
        service.forget_claims(work)
        assert len(work.session.scalars(select(StampClaim)).all()) == 1
        work.now += timedelta(seconds=1)
        service.forget_claims(work)
        assert work.session.scalars(select(StampClaim)).all() == []


def unusual(story: Story) -> None:
    """Somebody new again and again: the alarm rings by the rule."""
    for day, who in ((12, 2), (24, 3), (36, 4)):
        story.now = story.now.replace(day=12, month=11) + timedelta(days=day)
        story.visit(address=f"10.{who}.1.1", agent=f"{PHONE} {who}")


def report_with_photo(story: Story, place: str) -> int:
    with transaction(by=VISITOR) as work:
        seen = service.Seen(place=place, network_hash="somewhere")
        row = service.report(work, serial=story.serial, text="Lạ", contact="", seen=seen)
        photo = service.begin_report_photo(work, serial=story.serial, bytes_=10)
        work.session.add(StampReportPhoto(photo_id=photo.id, report_id=row.id))
        return row.id


@pytest.mark.parametrize(
    ("language", "sentence"), [("vi", PATTERN_VI), ("en", PATTERN_EN)], ids=["vi", "en"]
)
def test_two_provinces_a_photo_and_unusual_checks_make_it_suspicious(
    bought: Story, language: str, sentence: str
) -> None:
    tap(bought, here=HERE)
    unusual(bought)
    report_with_photo(bought, FAR)
    page = bought.visit(address="10.9.1.1", agent=f"{PHONE} 9", language=language)
    words = page_words(page.text)

    assert 'data-verdict="suspicious" data-grade="stop"' in page.text
    found = says(sentence).search(words)
    assert found
    assert "Hải Châu" in found.group()
    assert "Ninh Kiều" in found.group()


def test_a_result_of_before_says_so_too_with_the_numbers_of_now(bought: Story) -> None:
    with reading() as session:
        first = session.scalars(select(StampCheck.token)).one()
    tap(bought, here=HERE)
    unusual(bought)
    report_with_photo(bought, FAR)
    page = bought.visit(address="10.9.1.1", agent=f"{PHONE} 9").text
    result = bought.client.get(f"/checks/{first}")

    assert result.status_code == 200
    assert 'data-verdict="suspicious" data-grade="stop"' in result.text
    told = says(PATTERN_VI).search(page_words(page))
    assert told
    assert told.group() in page_words(result.text)


def test_places_without_a_photo_or_of_one_province_leave_it_attentive(bought: Story) -> None:
    tap(bought, here=HERE)
    as_somebody_else(bought)
    tap(bought, here=FAR, address="10.7.7.7")
    unusual(bought)
    without_photo = bought.visit(address="10.9.1.1", agent=f"{PHONE} 9").text

    assert 'data-verdict="checked_before" data-grade="attentive"' in without_photo


def test_what_the_office_closed_is_settled(bought: Story) -> None:
    tap(bought, here=HERE)
    unusual(bought)
    report_id = report_with_photo(bought, FAR)
    with transaction(by=VISITOR) as work:
        service.handle_report(work, report_id=report_id, closes=True)

    page = bought.visit(address="10.9.1.1", agent=f"{PHONE} 9").text

    assert 'data-verdict="checked_before"' in page


def test_two_places_of_one_network_are_one(bought: Story) -> None:
    tap(bought, here=HERE)
    as_somebody_else(bought)
    bought.now += timedelta(minutes=1)
    tap(bought, here=FAR)
    unusual(bought)
    report_with_photo(bought, HERE)

    page = bought.visit(address="10.9.1.1", agent=f"{PHONE} 9").text

    assert 'data-verdict="checked_before"' in page


def test_a_claimed_stamp_asks_the_database_no_more_and_an_unusual_one_once_more(
    bought: Story,
) -> None:
    tap(bought)
    with counted_statements() as claimed:
        bought.visit(address="10.8.1.1", agent=f"{PHONE} 8")
    unusual(bought)
    with reading() as session:
        assert session.scalars(select(StampAlarm.is_unusual)).all() == [True]
    with counted_statements() as alarmed:
        bought.visit(address="10.9.1.1", agent=f"{PHONE} 9")

    def without_lock(asked: list[str]) -> int:
        return len([one for one in asked if "advisory_xact_lock" not in one])

    assert without_lock(claimed) <= 6
    assert without_lock(alarmed) <= 8  # What was said: for the alarm, then for the page.
