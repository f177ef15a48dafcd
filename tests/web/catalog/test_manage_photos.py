"""Photos of a product: sent whole or in pieces, ordered, described, removed and brought back."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts.models import Enterprise
from catalog.models import Product, ProductPhoto
from catalog.service import MOST_IN_GALLERY
from core.audit import AuditEntry
from core.files import FilesAway
from core.photos import service as photos
from core.photos import whole
from core.photos.models import Photo
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person, make_product, make_sign_in
from tests.pictures import draw_waiting, from_a_phone, jpeg, make_photo, png_bomb
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def product(browser: SignedIn) -> str:
    """The public id of a published knife of Hà's."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).first()
        return make_product(work, enterprise=enterprise).public_id


def sent(
    browser: SignedIn, product: str, *contents: bytes, subject: str = "gallery", **fields: Any
) -> Any:
    files = [(BytesIO(content), f"{at}.jpg") for at, content in enumerate(contents)]
    return browser.post(
        f"/manage/products/{product}/photos",
        {"subject": subject, "photos": files, **fields},
        content_type="multipart/form-data",
    )


def stored() -> list[tuple[Photo, ProductPhoto]]:
    """All photos with what they show, in the order of the page."""
    with reading() as session:
        rows = session.execute(
            select(Photo, ProductPhoto)
            .join(ProductPhoto, ProductPhoto.photo_id == Photo.id)
            .order_by(ProductPhoto.position, ProductPhoto.photo_id)
        )
        return [(photo, shown) for photo, shown in rows]


def told(answer: TestResponse) -> dict[str, Any]:
    """What the script is told."""
    assert isinstance(answer.json, dict), answer.text
    return answer.json


def acts() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.at)))


def there(**values: object) -> list[str]:
    """The public ids of the photos of a subject that are there."""
    return [
        photo.public_id
        for photo, shown in stored()
        if photo.removed_at is None and shown.subject == values.get("subject", "gallery")
    ]


def begun(browser: SignedIn, product: str, content: bytes, **fields: Any) -> dict[str, Any]:
    answer = browser.post(
        f"/manage/products/{product}/uploads",
        {"subject": "gallery", "bytes": len(content), **fields},
        follow_redirects=True,
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def piece_of(browser: SignedIn, upload: dict[str, Any], offset: int, content: bytes) -> Any:
    fields = {"offset": offset, "piece": (BytesIO(content), "blob")}
    return browser.post(f"{upload['url']}/pieces", fields, content_type="multipart/form-data")


def test_photos_come_whole_without_script_and_wait_to_be_drawn(
    browser: SignedIn, product: str
) -> None:
    answer = sent(browser, product, from_a_phone(), jpeg(640, 480))

    assert answer.status_code == 303
    assert answer.location == f"/manage/products/{product}/photos"
    text = browser.get(answer.location).text
    assert text.count("Đang vẽ các cỡ ảnh…</p>") == 2
    assert '<noscript><meta http-equiv="refresh"' in text

    draw_waiting()

    text = browser.get(answer.location).text
    assert "Đang vẽ các cỡ ảnh…</p>" not in text
    assert len(re.findall(r'<source type="image/webp" srcset="/photos/[0-9a-f]{32}/320', text)) == 2
    assert 'width="600" height="800"' in text, "upright"
    assert acts() == ["add_photo", "add_photo"]


def test_the_same_form_again_adds_nothing_and_the_form_with_another_photo_is_not_lost(
    browser: SignedIn, product: str
) -> None:
    for content in (jpeg(), jpeg()):
        assert sent(browser, product, content, request_id="twice").status_code == 303
    other = sent(browser, product, jpeg(colour="green"), request_id="twice")

    assert len([photo for photo, _ in stored() if photo.state == "waiting"]) == 1
    assert other.status_code == 409, "it says so; nothing is silently dropped"


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (SVG, 415, "Chỉ nhận ảnh JPEG, PNG hoặc WebP."),
        (b"<!doctype html><script>alert(1)</script>", 415, "Chỉ nhận ảnh JPEG, PNG hoặc WebP."),
        (png_bomb(), 413, "Ảnh này quá lớn. Xin chụp lại ở cỡ thường, hoặc cắt bớt."),
    ],
)
def test_what_is_no_photo_is_refused_beside_its_form_with_all_that_came_with_it(
    browser: SignedIn, product: str, content: bytes, status: int, sentence: str
) -> None:
    answer = sent(browser, product, jpeg(), content)

    assert answer.status_code == status
    assert sentence in answer.text
    assert stored() == []


def test_a_photo_heavier_than_phones_make_is_refused(
    browser: SignedIn, product: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MOST_BYTES", len(jpeg()) - 1)

    answer = sent(browser, product, jpeg())

    assert answer.status_code == 413
    assert "Ảnh này nặng quá" in answer.text
    assert stored() == []


def test_a_form_without_a_file_says_so(browser: SignedIn, product: str) -> None:
    answer = browser.post(f"/manage/products/{product}/photos", {"subject": "gallery"})

    assert answer.status_code == 422
    assert "Chưa có ảnh nào. Xin chọn ảnh rồi gửi." in answer.text


def test_a_photo_that_cannot_be_drawn_says_why_and_can_be_removed(
    browser: SignedIn, product: str
) -> None:
    sent(browser, product, jpeg()[:-400])
    draw_waiting()

    text = browser.get(f"/manage/products/{product}/photos").text
    assert "Ảnh này bị hỏng nên không đọc được. Xin chụp lại." in text
    assert f"/manage/photos/{there()[0]}/remove" in text


def test_a_photo_in_pieces_goes_on_after_a_loss(browser: SignedIn, product: str) -> None:
    content = jpeg(1_600, 1_200, quality=95) + bytes(90_000)
    upload = begun(browser, product, content)
    step = upload["piece_bytes"]
    assert (upload["offset"], upload["state"]) == (0, "arriving")

    first = piece_of(browser, upload, 0, content[:step])
    again = piece_of(browser, upload, 0, content[:step])
    early = piece_of(browser, upload, 2 * step, content[2 * step :])
    assert (first.json["offset"], again.json["offset"]) == (step, step)
    assert (early.status_code, early.json["offset"]) == (409, step)
    unfinished = browser.post(f"{upload['url']}/finish")
    assert (unfinished.status_code, told(unfinished)["offset"]) == (409, step)

    assert told(browser.get(upload["url"]))["offset"] == step
    for offset in range(step, len(content), step):
        piece_of(browser, upload, offset, content[offset : offset + step])
    finished = [browser.post(f"{upload['url']}/finish") for _ in range(2)]

    assert [told(answer)["state"] for answer in finished] == ["waiting", "waiting"]
    draw_waiting()
    assert stored()[0][0].state == "drawn"
    assert acts() == ["add_photo"]


def test_a_beginning_asked_twice_is_one_photo(browser: SignedIn, product: str) -> None:
    one, two = (begun(browser, product, jpeg(), request_id="begin-1") for _ in range(2))

    assert one["url"] == two["url"]
    assert len(stored()) == 1


def test_what_came_in_pieces_and_is_no_picture_is_thrown_away(
    browser: SignedIn, product: str
) -> None:
    upload = begun(browser, product, SVG)
    piece_of(browser, upload, 0, SVG)

    answer = browser.post(f"{upload['url']}/finish")

    assert answer.status_code == 415
    assert answer.json == {"sentence": "Chỉ nhận ảnh JPEG, PNG hoặc WebP."}
    assert there() == []


def test_a_store_that_is_away_is_said_and_the_photo_is_kept_for_the_next_try(
    browser: SignedIn, product: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = begun(browser, product, jpeg())
    piece_of(browser, upload, 0, jpeg())

    def away(_photo: Photo) -> bytes:
        raise FilesAway("ConnectTimeoutError")

    with monkeypatch.context() as patched:
        patched.setattr(photos, "original_of", away)
        refused = browser.post(f"{upload['url']}/finish")
    assert refused.status_code == 503
    assert refused.json == {"sentence": "Kho ảnh và tệp chưa trả lời. Xin thử lại sau ít phút."}

    assert told(browser.post(f"{upload['url']}/finish"))["state"] == "waiting"


def test_a_gallery_has_so_many_photos_and_no_more(browser: SignedIn, product: str) -> None:
    fill_gallery(MOST_IN_GALLERY)

    whole = sent(browser, product, jpeg())
    pieces = browser.post(f"/manage/products/{product}/uploads", {"bytes": 100})
    look = sent(browser, product, jpeg(), subject="front")

    assert whole.status_code == 422
    assert "nhiều nhất 12 ảnh" in whole.text
    assert "nhiều nhất 12 ảnh" in told(pieces)["sentence"]
    assert look.status_code == 303
    assert len(there()) == MOST_IN_GALLERY


def test_numbers_of_thousands_of_digits_are_only_too_large(browser: SignedIn, product: str) -> None:
    endless = "9" * 5_000
    upload = begun(browser, product, jpeg())

    heavy = browser.post(f"/manage/products/{product}/uploads", {"bytes": endless})
    piece = browser.post(f"{upload['url']}/pieces", {"offset": endless})

    assert heavy.status_code == 413
    assert piece.status_code == 409


def test_nobody_else_adds_to_a_photo_that_is_arriving(
    app: Flask, browser: SignedIn, product: str
) -> None:
    content = jpeg()
    upload = begun(browser, product, content)
    with transaction(by=COMMAND) as work:
        elsewhere = make_enterprise(work, name="Mẫu – HTX khác")
        stranger = make_person(work, sign_in="la@goc.example", name="Lạ")
        make_member(work, enterprise=elsewhere, person=stranger)
        key = make_sign_in(work, person=stranger, enterprise=elsewhere, key="stranger")
    other = SignedIn(app, key, for_enterprise=elsewhere.public_id)

    answer = piece_of(other, upload, 0, content[: upload["piece_bytes"]])

    assert answer.status_code == 404
    assert told(browser.get(upload["url"]))["offset"] == 0


def fill_gallery(count: int) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        product_id = work.session.scalars(select(Product.id)).one()
        for number in range(count):
            photo = make_photo(work, enterprise_id=enterprise.id, number=number)
            work.session.add(
                ProductPhoto(
                    photo_id=photo.id,
                    product_id=product_id,
                    enterprise_id=enterprise.id,
                    subject="gallery",
                    position=number,
                )
            )


def test_photos_are_put_in_order_and_the_first_is_the_cover(
    browser: SignedIn, product: str
) -> None:
    fill_gallery(4)
    a, b, c, d = there()

    browser.post(f"/manage/photos/{c}/place", {"before": "0"})
    assert there() == [c, a, b, d]
    browser.post(f"/manage/photos/{d}/place", {"before": "2"})
    assert there() == [c, a, d, b]
    browser.post(f"/manage/photos/{c}/place", {"before": "999999999999"})
    browser.post(f"/manage/photos/{c}/place", {"before": "99"})
    assert there() == [a, d, b, c]


def test_words_for_a_photo_are_kept_and_read_by_those_who_cannot_see_it(
    browser: SignedIn, product: str
) -> None:
    fill_gallery(1)
    (photo,) = there()

    browser.post(f"/manage/photos/{photo}/alt", {"alt": "Dao phay <b>trên</b> thớt\x00"})

    text = browser.get(f"/manage/products/{product}/photos").text
    assert 'alt="Dao phay &lt;b&gt;trên&lt;/b&gt; thớt"' in text
    assert acts() == ["describe_photo"]


def test_a_removed_photo_can_be_brought_back_into_its_place(
    browser: SignedIn, product: str
) -> None:
    fill_gallery(2)
    first, second = there()

    answer = browser.post(f"/manage/photos/{first}/remove")
    assert answer.location == f"/manage/products/{product}/photos?removed={first}"
    assert there() == [second]
    text = browser.get(answer.location).text
    assert f"/manage/photos/{first}/restore" in text

    browser.post(f"/manage/photos/{first}/restore")

    assert there() == [first, second]
    assert acts() == ["remove_photo", "restore_photo"]


def test_what_is_compared_has_one_photo_and_a_new_one_takes_its_place(
    browser: SignedIn, product: str
) -> None:
    sent(browser, product, jpeg(), subject="label")
    (old,) = there(subject="label")
    sent(browser, product, jpeg(), subject="label")

    assert len(there(subject="label")) == 1
    assert old not in there(subject="label")
    assert [shown.subject for _, shown in stored()] == ["label", "label"]


def test_a_published_product_keeps_its_state_and_version_when_photos_change(
    browser: SignedIn, product: str
) -> None:
    sent(browser, product, jpeg())
    browser.post(f"/manage/photos/{there()[0]}/remove")

    with reading() as session:
        row = session.scalars(select(Product)).one()
    assert (row.state, row.version) == ("published", 1)


def test_somebody_elses_photo_is_not_there(browser: SignedIn, product: str, app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        theirs = make_enterprise(work, name="Mẫu – HTX khác")
        foreign = make_product(work, enterprise=theirs)
        photo = make_photo(work, enterprise_id=theirs.id)
        work.session.add(
            ProductPhoto(
                photo_id=photo.id,
                product_id=foreign.id,
                enterprise_id=theirs.id,
                subject="gallery",
                position=0,
            )
        )

    assert sent(browser, foreign.public_id, jpeg()).status_code == 404
    assert browser.post(f"/manage/photos/{photo.public_id}/remove").status_code == 404
    assert there() == [photo.public_id]


def test_the_page_asks_little_however_many_photos_there_are(
    browser: SignedIn, product: str
) -> None:
    fill_gallery(MOST_IN_GALLERY)

    with counted_statements() as statements:
        browser.get(f"/manage/products/{product}/photos")

    assert len(statements) <= 8
