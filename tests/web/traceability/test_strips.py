"""The test strip beside the paper choice and on the clerk's page, and where its codes lead."""

from io import BytesIO
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy import select

from core.sealing import sealer
from core.work import reading, transaction
from core.worker.jobs import run_next
from tests.web.traceability.manage_cast import Cast
from traceability import service, tasks
from traceability.models import LabelPrint


def codes(pdf: bytes) -> set[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=300 / 72).to_pil() for page in document]
    document.close()
    return {found.text for page in pages for found in zxingcpp.read_barcodes(page)}


def test_a_code_of_the_strip_says_that_it_is_no_stamp(cast: Cast, client: FlaskClient) -> None:
    asked = {"lot": cast.lot.public_id, "paper": "a4-25", "count": "12"}
    with cast.warehouse.post("/manage/stamps/test-strip", asked) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].endswith("to-in-thu-a4-25.pdf")
        [code] = codes(answer.data)

    page = client.get(urlsplit(code).path)

    assert page.status_code == 200
    assert "Mã thử, không phải tem" in page.text
    assert "data-verdict" not in page.text
    assert client.get("/test/X?s=123").status_code == 200


def test_the_strip_of_a_batch_is_its_printers(cast: Cast) -> None:
    batch = cast.batch(10)
    asked = {"paper": "roll-30", "dpi": "203", "file_format": "zpl", "first": "", "reason": "other"}

    with cast.warehouse.post(f"/manage/stamps/{batch.public_id}/test-strip", asked) as answer:
        assert answer.status_code == 200
        assert answer.data.startswith(b"^XA^PW240")
    with reading() as session:
        assert session.scalars(select(LabelPrint)).all() == []
    assert cast.stranger.post(f"/manage/stamps/{batch.public_id}/test-strip").status_code == 404


@pytest.mark.parametrize("path", ["/manage/stamps", "the batch", "the code"])
def test_the_strip_is_offered_beside_the_paper(cast: Cast, path: str) -> None:
    batch = cast.batch(10)
    with transaction(by=cast.by) as work:
        labels = service.order_labels(work, batch, first=1, last=10, paper="a4-65").public_id
    pages = {
        "the batch": f"/manage/stamps/{batch.public_id}",
        "the code": f"/manage/labels/{labels}/code",
    }

    page = cast.director.get(pages.get(path, path)).text

    assert "Tải tờ in thử" in page
    assert page.index("Tải tờ in thử") > page.rindex('name="paper"')


def test_a_clerk_has_a_strip_without_using_the_code_up(cast: Cast, client: FlaskClient) -> None:
    batch = cast.batch(10)
    with transaction(by=cast.by) as work:
        labels = service.order_labels(work, batch, first=1, last=10, paper="a4-25")
        code = service.make_print_code(work, labels, print_place="", sealer=sealer())
    run_next({"draw_labels": tasks.draw_labels})
    assert code.sealed_code is not None
    letters = service.readable_print_code(code.sealed_code, code.public_id, sealer())

    with client.get(f"/print/{letters}/test-strip") as answer:
        assert answer.content_type == "application/pdf"
        assert BytesIO(answer.data).read(5) == b"%PDF-"

    page = client.get(f"/print/{letters}").text
    assert f'href="/print/{letters}/test-strip"' in page
    assert "Tải tờ tem (PDF)" in page
    assert client.get("/print/000000/test-strip").status_code == 404
