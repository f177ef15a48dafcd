"""Photos as pages show them, and as their senders find them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.photos.drawing import widths_of
from core.photos.models import Photo

WIDEST_IN_PAGE = 960  # The widest is for whoever opens the photo itself.


@dataclass(frozen=True)
class Picture:
    """A photo: its words, its size, where its variants are. Only a drawn one has all of them."""

    public_id: str
    alt: str
    state: str
    refusal: str | None
    content_hash: str | None
    width: int | None
    height: int | None
    preview: str | None
    removed_at: datetime | None

    @property
    def is_drawn(self) -> bool:
        """Whether there is something to show."""
        return self.state == "drawn" and self.removed_at is None

    @property
    def widths(self) -> list[int]:
        """The widths it is drawn in, the smallest first."""
        return widths_of(self.width or 0)

    def url(self, width: int, extension: str) -> str:
        """The address of a variant: the widest that is not wider, else the smallest."""
        fitting = [each for each in self.widths if each <= width] or self.widths[:1]
        return f"/photos/{self.content_hash}/{fitting[-1]}.{extension}"

    def srcset(self, extension: str, most: int = WIDEST_IN_PAGE) -> str:
        """The addresses of its variants with their widths, for a browser to choose from."""
        return ", ".join(
            f"/photos/{self.content_hash}/{each}.{extension} {each}w"
            for each in self.widths
            if each <= most or each == self.widths[0]
        )


# What a feature selects, joined to its own table, to have a Picture of each row.
PICTURE = (
    Photo.public_id,
    Photo.alt,
    Photo.state,
    Photo.refusal,
    Photo.content_hash,
    Photo.width,
    Photo.height,
    Photo.preview,
    Photo.removed_at,
)


def picture_of(row: Sequence[Any]) -> Picture:
    """The Picture of a row that begins with the columns of PICTURE."""
    return Picture(*row[: len(PICTURE)])


def picture_in(photo: Photo) -> Picture:
    """The Picture of a photo read as a whole."""
    return Picture(*(getattr(photo, each.key) for each in PICTURE))
