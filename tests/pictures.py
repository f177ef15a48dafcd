"""Pictures for tests: as phones make them, and as attackers do."""

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from core.photos.models import Photo
from core.photos.service import (
    DRAWING,
    NewPhoto,
    begin_photo,
    finish_photo,
    note_piece,
    store_piece,
)
from core.photos.tasks import draw_photo
from core.work import COMMAND, Work, transaction
from core.worker.jobs import run_next

SIDEWAYS = 6  # EXIF's orientation: to be turned a quarter to the right.
MAKER_OF_PHONE = "Điện thoại"


def jpeg(width: int = 800, height: int = 600, *, colour: str = "red", **saved: Any) -> bytes:
    """A JPEG of one colour, its upper left quarter blue."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste("blue", (0, 0, width // 2, height // 2))
    stream = BytesIO()
    picture.save(stream, "JPEG", **saved)
    return stream.getvalue()


def from_a_phone(width: int = 800, height: int = 600) -> bytes:
    """A JPEG held sideways, with the phone, a comment and the place where it was taken."""
    exif = Image.Exif()
    exif[0x112] = SIDEWAYS
    exif[0x10F] = MAKER_OF_PHONE
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 40.0, 12.0), 3: "E", 4: (106.0, 15.0, 30.0)})
    return jpeg(width, height, exif=exif, comment=b"nha o thon Pac Rang")


def grainy(width: int = 1_600, height: int = 1_200) -> Image.Image:
    """A picture as hard to compress as a photo: noise of every size, the coarse louder."""
    random = np.random.default_rng(1)
    summed = np.zeros((height, width, 3))
    for octave in range(2, 11):
        noise = random.integers(0, 256, (2**octave, 2**octave, 3), np.uint8)
        summed += np.asarray(Image.fromarray(noise).resize((width, height))) * 0.75**octave
    summed -= summed.min()
    return Image.fromarray((summed / summed.max() * 255).astype(np.uint8))


def png_bomb(side: int = 10_000) -> bytes:
    """A PNG of 10⁸ black pixels in some 100 kB."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (side * (side // 8 + 1)), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def send_photo(content: bytes, *, kind: str = "product", enterprise_id: int | None = None) -> Photo:
    """Take a photo whole, as a form without script sends it; its drawing waits for the worker."""
    with transaction(by=COMMAND) as work:
        photo = begin_photo(work, NewPhoto(kind, enterprise_id, len(content)), piece_bytes=2**24)
    store_piece(photo, offset=0, content=content)
    with transaction(by=COMMAND) as work:
        note_piece(work, photo_id=photo.id, offset=0, length=len(content))
        finish_photo(work, photo_id=photo.id)
    return photo


def draw_waiting() -> None:
    """Be the worker: draw every photo that waits."""
    while run_next({DRAWING: draw_photo}):
        pass


def make_photo(
    work: Work, *, enterprise_id: int | None, kind: str = "product", number: int = 1
) -> Photo:
    """A drawn photo without its files: enough for pages that only name them."""
    photo = Photo(
        public_id=work.new_public_id(),
        enterprise_id=enterprise_id,
        kind=kind,
        state="drawn",
        alt=f"Ảnh {number}",
        bytes=1_000,
        piece_bytes=1_000,
        received=1_000,
        content_hash=f"{work.new_public_id()}{number}".lower().ljust(32, "0"),
        width=1_200,
        height=1_500,
        preview="UklGRg==",
        by_kind="person",
        created_at=work.now,
    )
    work.session.add(photo)
    work.session.flush()
    return photo
