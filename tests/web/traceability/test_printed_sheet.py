"""A sheet as a producer prints it and a buyer scans it, from the form to the stamp's page."""

import re
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient

from catalog.models import Product
from core.work import transaction
from core.worker.jobs import run_next
from tests.makers import make_lot
from tests.web.traceability.manage_cast import Cast
from traceability import service, tasks

DPI = 300
POINTS_AN_INCH = 72
DRAWING = {"draw_labels": tasks.draw_labels}
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130.0 Mobile"


def decoded(pdf: bytes) -> list[str]:
    """What a reader finds on the printed sheets."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=DPI / POINTS_AN_INCH).to_pil() for page in document]
    document.close()
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


def written(pdf: bytes) -> str:
    """The words of the printed sheets."""
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words


def opened(client: FlaskClient, address: str, visitor: str) -> str:
    """The verdict a buyer reads who follows a code with a telephone in some network."""
    answer = client.get(
        urlsplit(address).path,
        headers={"User-Agent": PHONE},
        environ_base={"REMOTE_ADDR": visitor},
        follow_redirects=True,
    )
    verdict = re.search(r'data-verdict="(\w+)"', answer.text)
    assert verdict is not None
    return verdict[1]


def test_each_printed_code_is_read_and_opens_its_stamp(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    page = cast.warehouse.post("/manage/stamps", {"lot": cast.lot.public_id, "count": "100"})
    run_next(DRAWING)
    link = re.search(r'href="(/manage/labels/\w+)"', cast.warehouse.get(page.location).text)
    assert link is not None
    with cast.warehouse.get(link[1]) as answer:
        codes = decoded(answer.data)

    assert len(set(codes)) == len(codes) == 100
    assert all(re.fullmatch(r"HTTPS://GOC\.EXAMPLE/S/[0-9A-Z]{13}", code) for code in codes)
    assert opened(client, codes[0], "203.0.113.5") == "not_activated"
    cast.warehouse.post("/manage/stamps/activate", {"lot": cast.lot.public_id})
    assert opened(client, codes[1], "203.0.113.5") == "first_check"
    assert opened(client, codes[1], "198.51.100.7") == "checked_before"


def test_commands_for_a_label_printer_are_made_counted_and_fetched(app: Flask, cast: Cast) -> None:
    page = cast.warehouse.post("/manage/stamps", {"lot": cast.lot.public_id, "count": "12"})
    run_next(DRAWING)
    asked = {"first": "3", "last": "12", "paper": "roll-20", "dpi": "203", "file_format": "zpl"}

    answer = cast.warehouse.post(f"{page.location}/labels", asked)
    run_next(DRAWING)
    shown = cast.warehouse.get(page.location).text
    link = re.search(r'href="(/manage/labels/\w+)"', shown)

    assert answer.status_code == 303
    assert "Cuộn tem 20 × 20 mm · ZPL · đã đếm: 10 tem, đủ" in shown
    assert link is not None
    with cast.warehouse.get(link[1]) as file:
        assert file.content_type.startswith("text/plain")
        assert file.headers["Content-Disposition"].endswith("-3-12.zpl")
        assert file.data.count(b"^XA") == file.data.count(b"^XZ") == 10


def test_commands_for_a_sheet_are_refused_beside_the_paper(app: Flask, cast: Cast) -> None:
    page = cast.warehouse.post("/manage/stamps", {"lot": cast.lot.public_id, "count": "12"})
    asked = {"first": "3", "last": "12", "paper": "a4-65", "file_format": "zpl"}

    answer = cast.warehouse.post(f"{page.location}/labels", asked)

    assert answer.status_code == 422
    assert "Tệp ZPL chỉ dùng cho máy in tem cuộn." in answer.text
    assert run_next(DRAWING)  # Of the issue alone.
    assert not run_next(DRAWING)


def test_leftovers_printed_again_say_the_lot_they_moved_to(app: Flask, cast: Cast) -> None:
    batch = cast.batch(10)
    with transaction(by=cast.by) as work:
        product = work.session.get_one(Product, cast.lot.product_id)
        lot = make_lot(work, product=product, code="26-12")
        service.move_stamps(work, batch_id=batch.id, lot_id=lot.id, first=6, last=10)
    path = f"/manage/stamps/{batch.public_id}"

    said = []
    for first, last, reason in ((1, 5, ""), (6, 10, ""), (1, 10, "jam")):
        asked = {"first": str(first), "last": str(last), "reason": reason}
        cast.warehouse.post(f"{path}/labels", asked)
        run_next(DRAWING)
        link = re.search(r'href="(/manage/labels/\w+)"', cast.warehouse.get(path).text)
        assert link is not None
        with cast.warehouse.get(link[1]) as answer:
            said.append(written(answer.data))

    assert ["Lô 26-11A" in one for one in said] == [True, False, False]
    assert ["Lô 26-12" in one for one in said] == [False, True, False]


def test_a_worker_that_stopped_halfway_leaves_no_file_and_the_next_makes_it_whole(
    app: Flask, cast: Cast
) -> None:
    page = cast.warehouse.post("/manage/stamps", {"lot": cast.lot.public_id, "count": "100"})

    run_next(DRAWING, stopping=lambda: True)  # As it hears when it tells how far it is.
    halfway = cast.warehouse.get(page.location).text
    run_next(DRAWING)
    link = re.search(r'href="(/manage/labels/\w+)"', cast.warehouse.get(page.location).text)

    assert "/manage/labels/" not in halfway
    assert link is not None
    with cast.warehouse.get(link[1]) as answer:
        codes = decoded(answer.data)
    assert len(set(codes)) == len(codes) == 100
