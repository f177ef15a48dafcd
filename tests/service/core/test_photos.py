from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from core.files import FilesAway, files
from core.jobs import Job
from core.photos import service, tasks
from core.photos.errors import NoPhoto, PhotoTooHeavy, PieceMissing, TooManyArriving
from core.photos.models import MOST_BYTES, Photo
from core.photos.service import PIECE_BYTES, NewPhoto
from core.pictures import NotAPicture
from core.work import COMMAND, Work, reading, transaction
from tests.pictures import draw_waiting, from_a_phone, jpeg, png_bomb, send_photo
from tests.service.core.clock import Clock

DAY_SECONDS = 86_400


def stored(photo: Photo) -> Photo:
    with reading() as session:
        return session.get_one(Photo, photo.id)


def variant(photo: Photo, name: str, folder: str = "photos") -> bytes:
    with files().reading(f"{folder}/{stored(photo).content_hash}/{name}") as stream:
        return stream.read()


def begun(content: bytes, *, kind: str = "product", enterprise_id: int | None = 7) -> Photo:
    with transaction(by=COMMAND) as work:
        return service.begin_photo(work, NewPhoto(kind, enterprise_id, len(content)))


def send_piece(photo: Photo, offset: int, content: bytes) -> int:
    if service.store_piece(stored(photo), offset=offset, content=content):
        with transaction(by=COMMAND) as work:
            service.note_piece(work, photo_id=photo.id, offset=offset, length=len(content))
    return stored(photo).received


def test_a_photo_comes_in_pieces_and_is_drawn_upright_in_four_widths(app: Flask) -> None:
    content = from_a_phone(2_400, 1_800)
    photo = begun(content)
    for offset in range(0, len(content), PIECE_BYTES):
        send_piece(photo, offset, content[offset : offset + PIECE_BYTES])
    with transaction(by=COMMAND) as work:
        assert service.finish_photo(work, photo_id=photo.id)
    draw_waiting()

    drawn = stored(photo)
    assert (drawn.state, drawn.width, drawn.height) == ("drawn", 1_200, 1_600)
    assert drawn.preview is not None
    assert len(drawn.preview) < 300
    for width in (320, 640, 960, 1_200):
        for extension, kind in (("webp", "WEBP"), ("jpg", "JPEG")):
            picture = Image.open(BytesIO(variant(photo, f"{width}.{extension}")))
            assert (picture.format, picture.width) == (kind, width)
    red, _, blue = Image.open(BytesIO(variant(photo, "320.jpg"))).getpixel((300, 20))  # type: ignore[misc]  # RGB.
    assert (red < 60, blue > 200) == (True, True), "what was at the left is now on top"


def test_nothing_the_phone_wrote_beside_the_pixels_is_left_in_any_variant(app: Flask) -> None:
    photo = send_photo(from_a_phone())
    draw_waiting()

    for name in ("320.webp", "320.jpg", "600.webp", "600.jpg"):
        content = variant(photo, name)
        picture = Image.open(BytesIO(content))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
            "progression",
            "progressive",
            "loop",
            "timestamp",
            "duration",
            "background",
        }
        assert b"Exif" not in content
        assert b"Pac Rang" not in content


def test_two_of_the_same_picture_share_no_file(app: Flask) -> None:
    first, second = send_photo(jpeg()), send_photo(jpeg())
    draw_waiting()

    assert stored(first).content_hash != stored(second).content_hash


def test_a_small_picture_is_not_made_larger(app: Flask) -> None:
    photo = send_photo(jpeg(200, 100))
    draw_waiting()

    assert Image.open(BytesIO(variant(photo, "200.webp"))).size == (200, 100)
    with pytest.raises(FileNotFoundError):
        variant(photo, "320.webp")


@pytest.mark.parametrize("kind", ["report", "paper"])
def test_a_private_photo_is_drawn_beside_the_public_ones(app: Flask, kind: str) -> None:
    photo = send_photo(jpeg(), kind=kind)
    draw_waiting()

    assert variant(photo, "320.jpg", folder="private")
    with pytest.raises(FileNotFoundError):
        variant(photo, "320.jpg")


def test_the_original_of_a_report_goes_once_it_is_drawn_and_others_stay(app: Flask) -> None:
    report, product = send_photo(jpeg(), kind="report"), send_photo(jpeg())
    draw_waiting()

    assert service.original_of(stored(product)) == jpeg()
    with pytest.raises(FileNotFoundError):
        service.original_of(stored(report))


def test_drawing_again_after_a_crash_gives_the_same_files_once(app: Flask) -> None:
    photo = send_photo(jpeg())
    draw_waiting()
    before = variant(photo, "320.webp"), stored(photo).content_hash
    with transaction(by=COMMAND) as work:
        work.session.get_one(Photo, photo.id).state = "waiting"
        job = work.session.scalars(select(Job).where(Job.kind == service.DRAWING)).one()
        job.state = "waiting"
    draw_waiting()

    assert (variant(photo, "320.webp"), stored(photo).content_hash) == before
    assert stored(photo).state == "drawn"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (jpeg()[:-400], "BrokenPicture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "NotAPicture"),
        (b"<!doctype html><script>alert(1)</script>", "NotAPicture"),
        (b"GIF89a<?php system($_GET[0]); ?>", "NotAPicture"),
        (png_bomb(), "PictureTooLarge"),
    ],
)
def test_what_cannot_be_drawn_is_marked_and_has_no_public_file(
    app: Flask, content: bytes, refusal: str
) -> None:
    photo = send_photo(content)
    draw_waiting()

    assert (stored(photo).state, stored(photo).refusal) == ("refused", refusal)
    assert stored(photo).content_hash is None


def test_a_picture_that_is_also_a_page_loses_the_page(app: Flask) -> None:
    photo = send_photo(jpeg(comment=b"<script>alert(1)</script>") + b"<script>alert(2)</script>")
    draw_waiting()

    for name in ("320.webp", "320.jpg", "800.jpg"):
        assert b"<script>" not in variant(photo, name)


def test_a_store_that_is_away_does_not_spoil_a_photo(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = send_photo(jpeg())

    def away(_photo: Photo) -> bytes:
        raise FilesAway("ConnectTimeoutError")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "original_of", away)
        draw_waiting()

    assert stored(photo).state == "waiting"
    with reading() as session:
        job = session.scalars(select(Job)).one()
    assert (job.state, job.error) == ("waiting", "FilesAway: ConnectTimeoutError")


def test_a_piece_sent_twice_counts_once_and_one_too_early_says_where_to_go_on(app: Flask) -> None:
    content = bytes(PIECE_BYTES) + b"rest"
    photo = begun(content)

    assert send_piece(photo, 0, content[:PIECE_BYTES]) == PIECE_BYTES
    assert send_piece(photo, 0, content[:PIECE_BYTES]) == PIECE_BYTES
    rest = PIECE_BYTES
    for offset, piece in ((rest + 1, b"est"), (rest, b"res"), (rest, b"rest!")):
        with pytest.raises(PieceMissing) as refused:
            send_piece(photo, offset, piece)
        assert refused.value.values == {"received": PIECE_BYTES}
    assert send_piece(photo, PIECE_BYTES, b"rest") == len(content)
    assert service.original_of(stored(photo)) == content


def test_a_photo_is_not_finished_before_it_is_whole(app: Flask) -> None:
    photo = begun(jpeg())

    with pytest.raises(PieceMissing), transaction(by=COMMAND) as work:
        service.finish_photo(work, photo_id=photo.id)
    with pytest.raises(PieceMissing):
        service.judge_photo(stored(photo))

    assert stored(photo).state == "arriving"
    with reading() as session:
        assert session.scalars(select(Job)).all() == []


def test_a_photo_is_judged_before_it_is_taken_and_a_paper_may_be_a_pdf(app: Flask) -> None:
    for kind, content, judged in (("product", jpeg(), "waiting"), ("paper", b"%PDF-1.7", "kept")):
        photo = begun(content, kind=kind)
        send_piece(photo, 0, content)
        assert service.judge_photo(stored(photo)) == judged
    pdf = begun(b"%PDF-1.7", kind="product")
    send_piece(pdf, 0, b"%PDF-1.7")
    with pytest.raises(NotAPicture):
        service.judge_photo(stored(pdf))


def test_a_photo_has_bytes_and_not_too_many(work: Work) -> None:
    with pytest.raises(NoPhoto):
        service.begin_photo(work, NewPhoto("product", 7, 0))
    with pytest.raises(PhotoTooHeavy) as refused:
        service.begin_photo(work, NewPhoto("product", 7, MOST_BYTES + 1))
    assert refused.value.values == {"most": 12}
    assert service.begin_photo(work, NewPhoto("product", 7, MOST_BYTES)).received == 0


def test_an_enterprise_begins_only_so_many_at_once_and_others_are_not_held(work: Work) -> None:
    for _ in range(service.MOST_ARRIVING):
        service.begin_photo(work, NewPhoto("product", 7, 10))

    with pytest.raises(TooManyArriving):
        service.begin_photo(work, NewPhoto("product", 7, 10))

    assert service.begin_photo(work, NewPhoto("product", 8, 10)).enterprise_id == 8


def test_words_for_those_who_cannot_see_it_are_one_line(work: Work) -> None:
    photo = service.begin_photo(work, NewPhoto("product", 7, 10, alt="  Con dao\n phay  "))
    assert photo.alt == "Con dao phay"

    service.describe_photo(work, photo_id=photo.id, alt="x" * 300)

    work.session.refresh(photo)
    assert photo.alt == "x" * 200


def test_a_removed_photo_comes_back_within_a_day_and_then_is_gone_with_its_files(
    app: Flask, clock: Clock
) -> None:
    photo = send_photo(jpeg())
    draw_waiting()
    with transaction(by=COMMAND) as work:
        service.remove_photo(work, photo_id=photo.id)
    clock.move(DAY_SECONDS - 1)
    tasks.forget_photos()
    with transaction(by=COMMAND) as work:
        assert service.restore_photo(work, photo_id=photo.id)
    clock.move(DAY_SECONDS)
    tasks.forget_photos()
    assert stored(photo).removed_at is None
    name = stored(photo).content_hash

    with transaction(by=COMMAND) as work:
        service.remove_photo(work, photo_id=photo.id)
    clock.move(DAY_SECONDS)
    with transaction(by=COMMAND) as work:
        assert not service.restore_photo(work, photo_id=photo.id)
    tasks.forget_photos()

    with reading() as session:
        assert session.get(Photo, photo.id) is None
    for key in (f"photos/{name}/320.webp", f"photos/{name}/800.jpg", service.piece_key(photo, 0)):
        with pytest.raises(FileNotFoundError):
            files().reading(key)


def test_what_was_left_half_sent_goes_after_a_day_and_is_not_finished_then(
    app: Flask, clock: Clock
) -> None:
    content = bytes(PIECE_BYTES) + b"rest"
    photo, whole = begun(content), send_photo(jpeg())
    send_piece(photo, 0, content[:PIECE_BYTES])

    clock.move(DAY_SECONDS + 1)
    tasks.forget_photos()

    with pytest.raises(PieceMissing), transaction(by=COMMAND) as work:
        service.finish_photo(work, photo_id=photo.id)
    with pytest.raises(FileNotFoundError):
        files().reading(service.piece_key(photo, 0))
    assert stored(whole).state == "waiting"


def test_photos_of_reports_go_after_180_days(app: Flask, clock: Clock) -> None:
    report, product = send_photo(jpeg(), kind="report"), send_photo(jpeg())
    draw_waiting()

    clock.move(int(timedelta(days=180).total_seconds()))
    tasks.forget_photos()
    assert stored(report).state == "drawn"
    clock.move(1)
    tasks.forget_photos()

    with reading() as session:
        assert session.get(Photo, report.id) is None
    assert stored(product).state == "drawn"
