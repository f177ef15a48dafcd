"""“Nhìn và so”: photos of the goods beside what a stamp says."""

from flask.testing import FlaskClient

from catalog.models import ProductPhoto
from core.work import COMMAND, transaction
from tests.pictures import make_photo
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.verdict_book import page_words
from traceability import rules

WITH = "Con tem không biết mình đang dán trên món gì: hãy so món hàng với ảnh ở dưới."
WITHOUT = "Con tem không biết mình đang dán trên món gì: hãy hỏi người làm"


def shown(cast: Cast, *subjects: str) -> list[str]:
    """Give the product photos of these subjects; their addresses."""
    with transaction(by=COMMAND) as work:
        names = []
        for position, subject in enumerate(subjects):
            photo = make_photo(work, enterprise_id=cast.ours.id, kind="look", number=position)
            work.session.add(
                ProductPhoto(
                    photo_id=photo.id,
                    product_id=cast.lot.product_id,
                    enterprise_id=cast.ours.id,
                    subject=subject,
                    position=position,
                )
            )
            names.append(f"/photos/{photo.content_hash}/")
    return names


def page_of(client: FlaskClient, cast: Cast) -> str:
    serial = cast.serial(cast.batch(5, active=5), 1)
    return client.get(f"/s/{rules.serial_text(serial)}").text


def test_without_photos_one_asks_the_maker(client: FlaskClient, cast: Cast) -> None:
    text = page_of(client, cast)

    assert WITHOUT in page_words(text)
    assert 'class="compare"' not in text


def test_what_was_photographed_to_be_compared_is_named(client: FlaskClient, cast: Cast) -> None:
    label, front, gallery = shown(cast, "label", "front", "gallery")

    text = page_of(client, cast)

    assert WITH in page_words(text)
    assert WITHOUT not in page_words(text)
    assert text.index(front) < text.index("Mặt trước") < text.index(label) < text.index("Nhãn</")
    assert gallery not in text


def test_the_gallery_serves_where_nothing_else_was_photographed(
    client: FlaskClient, cast: Cast
) -> None:
    first, second, third = shown(cast, "gallery", "gallery", "gallery")

    text = page_of(client, cast)

    assert WITH in page_words(text)
    assert first in text
    assert second in text
    assert third not in text
