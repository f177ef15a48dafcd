"""The last places of a gallery, wanted by many photos at once."""

from flask import Flask
from sqlalchemy import func, select

from catalog import service
from catalog.errors import TooManyPhotos
from catalog.service import PhotoPlace
from catalog.service.photos import MOST_IN_GALLERY
from core.photos.models import Photo
from core.photos.service import note_piece
from core.work import COMMAND, reading, transaction
from tests.makers import make_product
from tests.race.crowd import rush

PHOTOS = 16


def test_of_sixteen_photos_taken_at_once_twelve_are_shown(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        place = PhotoPlace(product.id, product.enterprise_id)
        arrived = [service.begin_product_photo(work, place, bytes_=5).id for _ in range(PHOTOS)]
        for photo_id in arrived:
            note_piece(work, photo_id=photo_id, offset=0, length=5)

    def take(number: int) -> int:
        with transaction(by=COMMAND) as work:
            service.take_product_photo(work, photo_id=arrived[number])
        return arrived[number]

    taken, refusals = rush(app, take, people=PHOTOS)

    assert MOST_IN_GALLERY == 12
    assert len(taken) == 12
    assert [type(refusal) for refusal in refusals] == [TooManyPhotos] * 4
    with reading() as session:
        waiting = select(func.count()).select_from(Photo).where(Photo.state == "waiting")
        assert session.scalar(waiting) == 12
