from flask import Flask
from sqlalchemy import func, select

from core.jobs import Job
from core.photos import service
from core.photos.models import Photo
from core.photos.service import NewPhoto
from core.work import COMMAND, reading, transaction
from tests.pictures import jpeg
from tests.race.crowd import rush


def begun(content: bytes) -> Photo:
    with transaction(by=COMMAND) as work:
        return service.begin_photo(work, NewPhoto("product", 7, len(content)))


def fresh(photo: Photo) -> Photo:
    with reading() as session:
        return session.get_one(Photo, photo.id)


def test_of_many_finishes_at_once_one_orders_the_drawing(app: Flask) -> None:
    content = jpeg()
    photo = begun(content)
    service.store_piece(photo, offset=0, content=content)
    with transaction(by=COMMAND) as work:
        service.note_piece(work, photo_id=photo.id, offset=0, length=len(content))

    def finish(_person: int) -> bool:
        with transaction(by=COMMAND) as work:
            return service.finish_photo(work, photo_id=photo.id)

    answers, refusals = rush(app, finish)

    assert sorted(answers) == [False] * 15 + [True]
    assert refusals == []
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_the_same_piece_from_many_threads_is_kept_once(app: Flask) -> None:
    content = jpeg()
    photo = begun(content)

    def send(_person: int) -> None:
        if service.store_piece(fresh(photo), offset=0, content=content):
            with transaction(by=COMMAND) as work:
                service.note_piece(work, photo_id=photo.id, offset=0, length=len(content))

    _, refusals = rush(app, send)

    assert refusals == []
    assert fresh(photo).received == len(content)
    assert service.original_of(fresh(photo)) == content
