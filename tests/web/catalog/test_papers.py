"""Papers about a product: a picture or a PDF, for its maker and the area's officers alone."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise
from catalog.models import Paper
from core.photos.models import Photo
from core.work import COMMAND, reading, transaction
from tests.makers import make_member, make_person, make_product, make_sign_in
from tests.pictures import draw_waiting, from_a_phone
from tests.web.signed_in import SignedIn

PDF = b"%PDF-1.7 a licence"


@pytest.fixture
def product(browser: SignedIn) -> str:
    """The public id of a knife of Hà's that waits for the officer."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).first()
        return make_product(work, enterprise=enterprise, state="submitted").public_id


def send(browser: SignedIn, product: str, content: bytes, kind: str) -> str:
    answer = browser.post(
        f"/manage/products/{product}/photos",
        {"subject": kind, "photos": (BytesIO(content), "giay.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    draw_waiting()
    with reading() as session:
        return session.scalars(
            select(Photo.public_id)
            .join(Paper, Paper.photo_id == Photo.id)
            .where(Paper.kind == kind)
        ).one()


def test_a_pdf_is_handed_out_as_a_file_that_runs_nothing(
    browser: SignedIn, officer: SignedIn, client: FlaskClient, product: str
) -> None:
    paper = send(browser, product, PDF, "licence")

    assert f"/office/papers/{paper}" in officer.get(f"/office/products/{product}").text
    for place, who in (("manage", browser), ("office", officer)):
        answer = who.get(f"/{place}/papers/{paper}")
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", PDF)
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="giay-to-{paper}.pdf"'
        )
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(f"/manage/papers/{paper}").status_code == 303


def test_a_photographed_paper_loses_what_the_phone_wrote_beside_it(
    browser: SignedIn, officer: SignedIn, product: str
) -> None:
    paper = send(browser, product, from_a_phone(), "certificate")

    answer = officer.get(f"/office/papers/{paper}")

    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert b"Exif" not in answer.data


def test_no_photo_of_the_goods_is_handed_out_as_a_paper(
    browser: SignedIn, officer: SignedIn, product: str
) -> None:
    browser.post(
        f"/manage/products/{product}/photos",
        {"photos": (BytesIO(from_a_phone()), "a.jpg")},
        content_type="multipart/form-data",
    )
    draw_waiting()
    with reading() as session:
        photo = session.scalars(select(Photo)).one()

    assert (photo.kind, photo.state) == ("product", "drawn")
    assert browser.get(f"/manage/papers/{photo.public_id}").status_code == 404
    assert officer.get(f"/office/papers/{photo.public_id}").status_code == 404


def test_who_may_only_look_at_goods_sees_no_paper_of_theirs(
    app: Flask, browser: SignedIn, product: str
) -> None:
    paper = send(browser, product, PDF, "licence")
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        packer = make_person(work, sign_in="tu@goc.example", name="Tú")
        make_member(work, enterprise=enterprise, person=packer, role="warehouse")
        key = make_sign_in(work, person=packer, enterprise=enterprise, key="tu")
    looking = SignedIn(app, key, for_enterprise=enterprise.public_id)
    path = f"/manage/products/{product}/photos"

    assert paper in browser.get(path).text
    seen = looking.get(path)

    assert (seen.status_code, paper in seen.text) == (200, False)
    assert looking.get(f"/manage/papers/{paper}").status_code == 403


def test_a_removed_paper_is_gone_at_the_next_reading(
    browser: SignedIn, officer: SignedIn, product: str
) -> None:
    paper = send(browser, product, PDF, "decision")

    browser.post(f"/manage/photos/{paper}/remove")

    assert officer.get(f"/office/papers/{paper}").status_code == 404
    assert browser.get(f"/manage/papers/{paper}").status_code == 404


def test_a_photo_of_the_goods_is_no_paper_and_a_paper_no_photo_of_them(
    browser: SignedIn, officer: SignedIn, client: FlaskClient, product: str
) -> None:
    paper = send(browser, product, from_a_phone(), "licence")
    browser.post(
        f"/manage/products/{product}/photos",
        {"photos": (BytesIO(PDF), "a.jpg")},
        content_type="multipart/form-data",
    )

    with reading() as session:
        names = session.execute(select(Photo.kind, Photo.content_hash)).all()
    assert [kind for kind, _ in names] == ["paper"], "a PDF shows no goods"
    assert client.get(f"/photos/{names[0][1]}/320.jpg").status_code == 404
    assert paper in browser.get(f"/manage/products/{product}/photos").text
