"""Signed labels from the form to the scanned code, and what a wrong signature comes to."""

import re
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy import select

from core.work import COMMAND, reading, transaction
from core.worker.jobs import run_next
from tests.web.traceability.manage_cast import Cast
from traceability import queries, service, tasks
from traceability.models import LabelPrint, Stamp
from traceability.rules import serial_text

DRAWING = {"draw_labels": tasks.draw_labels}
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/142.0 Mobile"
SIGNED = {"count": "3", "paper": "a4-25", "signed": "yes"}


def printed_codes(cast: Cast) -> list[str]:
    """What a phone reads on the sheet that signed stamps of the lot are printed on."""
    page = cast.warehouse.post("/manage/stamps", {"lot": cast.lot.public_id, **SIGNED})
    run_next(DRAWING)
    shown = cast.warehouse.get(page.location).text
    assert "có chữ ký · đã đếm: 3 tem, đủ" in shown
    link = re.search(r'href="(/manage/labels/\w+)"', shown)
    assert link is not None
    with cast.warehouse.get(link[1]) as answer:
        document = pypdfium2.PdfDocument(answer.data)
    picture = document[0].render(scale=300 / 72).to_pil()
    document.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def scanned(client: FlaskClient, address: str, *, agent: str = PHONE) -> str:
    parts = urlsplit(address)
    answer = client.get(
        f"{parts.path}?{parts.query}", headers={"User-Agent": agent}, follow_redirects=True
    )
    verdict = re.search(r'data-verdict="(\w+)"', answer.text)
    assert verdict is not None
    return verdict[1]


def wrong_seen(address: str) -> int:
    serial = urlsplit(address).path.rpartition("/")[2]
    with reading() as session:
        rows = session.scalars(select(Stamp.serial)).all()
        (number,) = [one for one in rows if serial_text(one) == serial]
        seen = queries.wrong_signatures(session, number)
    return seen.visits if seen else 0


def test_each_printed_signed_code_opens_its_stamp_and_notes_nothing(
    cast: Cast, client: FlaskClient
) -> None:
    codes = printed_codes(cast)

    assert len(codes) == 3
    assert all(re.fullmatch(r"HTTPS://GOC\.EXAMPLE/S/\w{13}\?s=\d{155}", code) for code in codes)
    assert [scanned(client, code) for code in codes] == ["not_activated"] * 3
    assert [wrong_seen(code) for code in codes] == [0, 0, 0]


def test_a_wrong_signature_judges_nothing_and_is_told_to_the_maker(
    cast: Cast, client: FlaskClient
) -> None:
    code = printed_codes(cast)[0]
    serial = urlsplit(code).path.rpartition("/")[2]
    flipped = code[:-1] + ("1" if code.endswith("0") else "0")
    with transaction(by=COMMAND) as work:
        service.activate_lot(work, lot_id=cast.lot.id)

    assert scanned(client, flipped) == "first_check"
    assert scanned(client, flipped) == "first_check"  # The same phone: not counted again.

    assert wrong_seen(code) == 1  # Two within two hours are one.
    page = cast.warehouse.get(f"/manage/stamps/find?serial={serial}", follow_redirects=True)
    assert "Có mã mang số này mà chữ ký sai: thấy 1 lần" in page.text


def test_digits_that_are_no_number_of_64_bytes_are_wrong_and_a_robots_are_not_noted(
    cast: Cast, client: FlaskClient
) -> None:
    code = printed_codes(cast)[0]
    forged = f"{code.partition('=')[0]}={'9' * 155}"

    scanned(client, forged, agent="Googlebot/2.1")
    assert wrong_seen(code) == 0
    scanned(client, forged)
    assert wrong_seen(code) == 1


def test_an_address_cut_short_or_shared_by_another_site_is_no_wrong_signature(
    cast: Cast, client: FlaskClient
) -> None:
    code = printed_codes(cast)[0]

    for address in (code[:100], code[:-1], f"{code.partition('=')[0]}=20&t=Xy", f"{code}0"):
        scanned(client, address)

    assert wrong_seen(code) == 0


def test_a_revoked_keys_signature_is_not_called_wrong(cast: Cast, client: FlaskClient) -> None:
    code = printed_codes(cast)[0]
    with transaction(by=COMMAND) as work:
        (key,) = queries.stamping_keys(work.session)
        service.end_stamping_key(work, key=key.key, revoked=True)

    scanned(client, code)

    assert wrong_seen(code) == 0


def test_a_pasted_signed_address_keeps_its_signature(cast: Cast, client: FlaskClient) -> None:
    code = printed_codes(cast)[0]

    field = re.search(r'name="code"[^>]*maxlength="(\d+)"', client.get("/scan").text)
    answer = client.post("/scan", data={"code": code})

    assert field is not None
    assert len(code) <= int(field[1])
    assert answer.status_code == 303
    assert answer.location.endswith(code.partition("?")[2])


def test_a_paper_too_small_for_signatures_is_refused_with_those_that_bear_them(cast: Cast) -> None:
    fields = {"lot": cast.lot.public_id, "count": "3", "paper": "a4-65", "signed": "yes"}

    answer = cast.warehouse.post("/manage/stamps", fields)

    assert answer.status_code == 422
    assert "cỡ 38 × 21 mm không đủ chỗ" in answer.text
    assert re.search(r'name="signed" value="yes" checked', answer.text)
    with reading() as session:
        assert session.scalars(select(LabelPrint.id)).all() == []
        assert session.scalars(select(Stamp.serial)).all() == []


def test_labels_are_printed_signed_again_and_as_unsigned_as_before(cast: Cast) -> None:
    batch = cast.batch(5)
    path = f"/manage/stamps/{batch.public_id}/labels"
    fields = {"first": "1", "last": "5", "paper": "roll-30", "dpi": "203", "file_format": "zpl"}

    cast.warehouse.post(path, {**fields, "signed": "yes"})
    cast.warehouse.post(path, fields)

    with reading() as session:
        prints = session.scalars(select(LabelPrint.signed).order_by(LabelPrint.id)).all()
    assert prints == [True, False]
