"""A paper that comes with a form about it: whole, in one file, private."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import request

from accounts.web import writing
from catalog import service
from catalog.errors import Beside
from catalog.routes.listing_steps import step_url, told_kept
from catalog.rules import ListingStep
from catalog.service import PhotoPlace
from core.errors import AppError, Changed
from core.forms import Drawn, Form, refused
from core.photos.whole import read_whole, store_whole
from core.work import Work


@dataclass(frozen=True)
class SentPaper:
    """A paper kept already and taken with the form's effect; a crash leaves it to the cleaner."""

    photo_id: int
    state: str

    def take(self, work: Work) -> int:
        """Take it in the form's own transaction; gives its id."""
        service.take_product_photo(work, photo_id=self.photo_id, state=self.state)
        return self.photo_id


def refused_beside(model: type[Form], refusal: AppError) -> Drawn:
    """The form with the refusal beside its field; one about the file stands there.

    Raises:
        AppError: the refusal is about neither.
    """
    if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(refusal, Changed):
        raise refusal
    at = refusal.field if isinstance(refusal, Beside) else "paper"
    return refused(request.form, model, refusal, at=at)


def came_from() -> str:
    """Where the form is filled in amid the screens of a listing, "listing"; else empty."""
    return "listing" if request.values.get("then") == "listing" else ""


def after_papers(public_id: str, *, is_shown: bool = True) -> str:
    """Where a paper that was kept leads: back to its listing, or to all papers.

    One that waits as a change of goods on sale leads to that change. The page tells the browser
    which form it was.
    """
    if came_from():
        url = step_url(public_id, ListingStep.PAPERS)
    else:
        url = f"/manage/products/{public_id}/{'papers' if is_shown else 'change'}"
    return told_kept(url)


def paper_sent(place: PhotoPlace) -> SentPaper | None:
    """The file of the field `paper`; None where none was chosen.

    Raises:
        PhotoTooHeavy, NotAPicture, PictureTooLarge: it cannot be taken.
    """
    file = request.files.get("paper")
    if file is None or not file.filename:
        return None
    content, state = read_whole(file, kind=place.kind)
    with writing() as work:
        photo = service.begin_product_photo(
            work, place, bytes_=len(content), piece_bytes=len(content) or 1
        )
    store_whole(photo, content, writing=writing)
    return SentPaper(photo.id, state)
