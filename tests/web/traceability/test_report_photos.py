"""Photos with a report: taken within limits, seen by the maker and the area's officers alone."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.limits import Limit
from core.photos.models import Photo
from core.work import reading
from tests.pictures import draw_waiting, from_a_phone, jpeg
from tests.web.traceability.manage_cast import Cast
from traceability import rules
from traceability.models import StampReport, StampReportPhoto
from traceability.routes import report as route


def sent(
    client: FlaskClient, cast: Cast, *contents: bytes, serial: int | None = None
) -> TestResponse:
    serial = serial or cast.serial(cast.batch(5, active=5), 1)
    return client.post(
        f"/s/{rules.serial_text(serial)}/report",
        data={"text": "Tem bong", "photos": [(BytesIO(one), "a.jpg") for one in contents]},
        content_type="multipart/form-data",
    )


def photo_ids() -> list[str]:
    with reading() as session:
        return list(
            session.scalars(
                select(Photo.public_id)
                .join(StampReportPhoto, StampReportPhoto.photo_id == Photo.id)
                .order_by(Photo.id)
            )
        )


def reports() -> list[StampReport]:
    with reading() as session:
        return list(session.scalars(select(StampReport)))


def test_the_maker_and_the_officer_see_them_and_nobody_else(
    client: FlaskClient, cast: Cast
) -> None:
    assert sent(client, cast, from_a_phone(), jpeg()).status_code == 303
    draw_waiting()
    (report,) = reports()
    first, second = photo_ids()

    page = cast.seller.get(f"/manage/reports/{report.public_id}").text
    assert f'<img src="/manage/report-photos/{first}"' in page
    assert f'<img src="/manage/report-photos/{second}"' in page
    for browser, place in ((cast.seller, "manage"), (cast.officer, "office")):
        answer = browser.get(f"/{place}/report-photos/{first}")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert report.public_id in answer.headers["Content-Disposition"]
        assert b"Exif" not in answer.data
    assert cast.stranger.get(f"/manage/report-photos/{first}").status_code == 404
    assert cast.seller.get(f"/office/report-photos/{first}").status_code == 403
    assert client.get(f"/manage/report-photos/{first}").status_code == 303
    with reading() as session:
        name = session.scalars(select(Photo.content_hash).where(Photo.public_id == first)).one()
    assert client.get(f"/photos/{name}/320.jpg").status_code == 404


def test_a_photo_about_a_number_never_issued_is_the_countrys_alone(
    client: FlaskClient, cast: Cast
) -> None:
    assert sent(client, cast, jpeg(), serial=37 * 1000 + 5).status_code == 303
    draw_waiting()
    (photo,) = photo_ids()

    assert cast.officer.get(f"/office/report-photos/{photo}").status_code == 404
    assert cast.director.get(f"/manage/report-photos/{photo}").status_code == 404


def test_a_report_without_photos_is_taken_as_before(client: FlaskClient, cast: Cast) -> None:
    assert sent(client, cast).status_code == 303
    assert photo_ids() == []


@pytest.mark.parametrize(
    ("contents", "status", "sentence"),
    [
        ([jpeg()] * 4, 422, "nhiều nhất 3 ảnh"),
        ([jpeg(), b"<svg/>"], 415, "Chỉ nhận ảnh JPEG, PNG hoặc WebP."),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_the_words_stay(
    client: FlaskClient, cast: Cast, contents: list[bytes], status: int, sentence: str
) -> None:
    answer = sent(client, cast, *contents)

    assert answer.status_code == status
    assert sentence in answer.text
    assert "Tem bong</textarea>" in answer.text
    assert (reports(), photo_ids()) == ([], [])


def test_one_network_sends_only_so_many_photos(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "PHOTOS", Limit("photo of report", ("2/hour",)))
    serial = cast.serial(cast.batch(5, active=5), 1)
    assert sent(client, cast, jpeg(), jpeg(), serial=serial).status_code == 303

    refused = sent(client, cast, jpeg(), serial=serial)
    without = sent(client, cast, serial=serial)

    assert refused.status_code == 429
    assert 'href="#photos"' in refused.text
    assert without.status_code == 303
    assert len(photo_ids()) == 2
