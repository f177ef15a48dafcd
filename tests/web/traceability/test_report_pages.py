import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit import AuditEntry
from core.work import VISITOR, reading, transaction
from tests.makers import make_officer, make_person, make_sign_in
from tests.web.traceability.manage_cast import Cast
from traceability import rules, service
from traceability.models import StampReport

UNKNOWN = 37 * 1000 + 5  # A well-formed serial nobody issued.


def reported(cast: Cast, *, serial: int | None = None) -> str:
    """A report about one of our stamps, or about a number never issued."""
    serial = serial or cast.serial(cast.batch(5, active=5), 1)
    with transaction(by=VISITOR) as work:
        return service.report(
            work, serial=serial, text="Dao <b>cùn</b>", contact="0912 345 678"
        ).public_id


def stored() -> StampReport:
    with reading() as session:
        return session.scalars(select(StampReport)).one()


def test_a_new_report_is_the_first_thing_to_do_and_shows_words_and_contact(cast: Cast) -> None:
    number = reported(cast)

    home = cast.seller.get("/manage").text
    listed = cast.seller.get("/manage/reports").text
    page = cast.seller.get(f"/manage/reports/{number}").text

    assert "Có 1 lời báo mới về hàng của bạn" in home
    assert f"/manage/reports/{number}" in listed
    assert "Dao &lt;b&gt;cùn&lt;/b&gt;" in page
    assert "0912 345 678" in page


def test_a_report_seen_is_no_longer_a_thing_to_do_and_keeps_its_contact(cast: Cast) -> None:
    number = reported(cast)

    answer = cast.warehouse.post(f"/manage/reports/{number}")

    assert answer.status_code == 303
    assert (stored().state, stored().contact) == ("new", "0912 345 678")
    assert stored().seen_by_maker_at is not None
    assert "lời báo mới" not in cast.seller.get("/manage").text
    assert "Người bán đã xem" in cast.officer.get(f"/office/reports/{number}").text


@pytest.mark.parametrize("key", ["ban", "so"])
def test_sellers_and_accountants_read_a_report_and_cannot_answer_it(cast: Cast, key: str) -> None:
    number = reported(cast)
    browser = cast.browser(key)

    page = browser.get(f"/manage/reports/{number}")
    answer = browser.post(f"/manage/reports/{number}")

    assert page.status_code == 200
    assert f'action="/manage/reports/{number}"' not in page.text
    assert answer.status_code == 403
    assert stored().seen_by_maker_at is None


def test_whom_a_report_is_about_cannot_close_it_or_erase_the_contact(cast: Cast) -> None:
    number = reported(cast)

    cast.director.post(f"/manage/reports/{number}", {"state": "closed"})

    assert (stored().state, stored().contact) == ("new", "0912 345 678")
    assert f"/office/reports/{number}" in cast.officer.get("/office").text


def test_closing_a_report_erases_the_contact_keeps_the_words_and_is_written_down(
    cast: Cast,
) -> None:
    number = reported(cast)

    cast.officer.post(f"/office/reports/{number}", {"state": "closed"})
    cast.officer.post(f"/office/reports/{number}", {"state": "seen"})

    assert (stored().state, stored().contact, stored().text) == ("closed", "", "Dao <b>cùn</b>")
    page = cast.director.get(f"/manage/reports/{number}").text
    assert "Không còn giữ cách liên hệ nào của người báo." in page
    with reading() as session:
        told = select(AuditEntry.act).where(AuditEntry.object_kind == "stamp_report")
        acts = session.scalars(told).all()
    assert acts == ["closed_report"]


def test_another_enterprise_finds_no_such_report(cast: Cast) -> None:
    number = reported(cast)

    assert cast.stranger.get(f"/manage/reports/{number}").status_code == 404
    assert cast.stranger.post(f"/manage/reports/{number}", {"state": "closed"}).status_code == 404
    assert number not in cast.stranger.get("/manage/reports").text
    assert stored().state == "new"


def test_the_officer_of_the_area_reads_and_closes_it(cast: Cast) -> None:
    number = reported(cast)

    queue = cast.officer.get("/office").text
    page = cast.officer.get(f"/office/reports/{number}").text
    cast.officer.post(f"/office/reports/{number}", {"state": "closed"})

    assert f"/office/reports/{number}" in queue
    assert "Mẫu – Lò rèn Hà" in page
    assert "0912 345 678" in page
    assert (stored().state, stored().contact) == ("closed", "")


@pytest.mark.parametrize("state", ["new", "closed"])
def test_the_officer_of_another_province_finds_no_such_report(cast: Cast, state: str) -> None:
    number = reported(cast)
    if state == "closed":
        cast.officer.post(f"/office/reports/{number}", {"state": "closed"})
    with transaction(by=VISITOR) as work:
        person = make_person(work, sign_in="tinh@goc.example")
        make_officer(work, person=person, province_code="1")
        make_sign_in(work, person=person, key="tinh")
    elsewhere = cast.browser("tinh")
    of_stamp = f"/office/reports?stamp={stored().serial_text}"

    for path in ("/office", "/office/reports", "/office/reports?state=closed", of_stamp):
        page = elsewhere.get(path)
        assert page.status_code == 200, path
        assert number not in page.text, path
        assert "Dao" not in page.text, path
    assert elsewhere.get(f"/office/reports/{number}").status_code == 404
    answer = elsewhere.post(f"/office/reports/{number}", {"state": "closed"})
    assert (answer.status_code, stored().state) == (404, state)


def test_twenty_reports_about_one_stamp_do_not_bury_the_one_about_another(cast: Cast) -> None:
    batch = cast.batch(5, active=5)
    loud, quiet = cast.serial(batch, 1), cast.serial(batch, 2)
    noise = [reported(cast, serial=loud) for _ in range(21)]
    true_one = reported(cast, serial=quiet)

    home = cast.officer.get("/office").text
    everything = cast.officer.get("/office/reports").text
    first = cast.officer.get(f"/office/reports?stamp={rules.serial_text(loud)}").text
    second = cast.officer.get(f"/office/reports?stamp={rules.serial_text(loud)}&page=2").text

    for listed in (home, everything):
        assert "21 lời báo về tem này" in listed
        assert [number for number in noise if number in listed] == noise[:1]
        assert listed.index(noise[0]) < listed.index(true_one)
    assert [number for number in noise if number in first] == noise[:20]
    assert "page=2" in first
    assert [number for number in noise if number in second] == noise[20:]
    assert "page=3" not in second


def test_closed_reports_stand_apart(cast: Cast) -> None:
    number = reported(cast)
    cast.officer.post(f"/office/reports/{number}", {"state": "closed"})

    assert number not in cast.officer.get("/office").text
    assert number not in cast.officer.get("/office/reports").text
    assert number in cast.officer.get("/office/reports?state=closed").text


def test_one_network_says_three_things_an_hour_about_a_stamp(
    cast: Cast, client: FlaskClient
) -> None:
    batch = cast.batch(5, active=5)
    one, other = (rules.serial_text(cast.serial(batch, ordinal)) for ordinal in (1, 2))

    answers = [client.post(f"/s/{one}/report", data={"text": "Tem rách"}) for _ in range(4)]
    about_another = client.post(f"/s/{other}/report", data={"text": "Tem rách"})

    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert "Chúng tôi đã nhận vài lời báo về tem này" in answers[3].text
    assert about_another.status_code == 303
    with reading() as session:
        assert len(session.scalars(select(StampReport)).all()) == 4


def test_a_number_never_issued_is_for_the_whole_countrys_office_alone(cast: Cast) -> None:
    number = reported(cast, serial=UNKNOWN)

    assert number not in cast.officer.get("/office").text
    assert cast.officer.get(f"/office/reports/{number}").status_code == 404
    assert cast.director.get(f"/manage/reports/{number}").status_code == 404
