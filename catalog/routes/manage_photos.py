"""A product's photos as its maker handles them; without script they come whole in one form."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import allow, answer_once, may, own, requires
from catalog import queries, service
from catalog.models.photos import PAPERS, SUBJECTS
from catalog.queries import ManagedPhoto, ManagedProduct
from catalog.routes.photo_words import asked_for, paper_name, refusal_words
from catalog.routes.sent_photos import keep_photos, photos_sent, take_photos
from catalog.service import PhotoPlace
from core.errors import AppError, NotFound
from core.pages import page
from core.photos.errors import NoPhoto
from core.photos.queries import picture_in
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.work import Work, reading

bp = APIBlueprint("manage_photos", __name__, enable_openapi=False)

MOST_ALT = 200


def place_of(product: ManagedProduct) -> PhotoPlace:
    """Where a photo or paper sent with this form belongs; an unknown subject is the gallery."""
    subject = request.form.get("subject", "")
    known = subject if subject in (*SUBJECTS, *PAPERS) else "gallery"
    return PhotoPlace(product.id, product.enterprise_id, known)


@bp.get("/manage/products/<public_id:public_id>/photos")
@requires(Act.VIEW_MANAGE)
def shown(public_id: str) -> Response:
    """The product's photos, and what may still be photographed."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    return _page(product, 200)


@bp.get("/manage/photos/<public_id:public_id>/tile")
@requires(Act.VIEW_MANAGE)
def tile(public_id: str) -> Response:
    """One photo of the page, which asks for itself again while it is drawn."""
    with reading() as session:
        picture = picture_in(own(queries.managed_photo(session, public_id)).photo)
    refused = refusal_words(picture)
    return page("catalog/manage/photo_tile.html", picture=picture, refused=refused)


@bp.post("/manage/products/<public_id:public_id>/photos")
@requires(Act.EDIT_PRODUCT)
def add(public_id: str) -> Response:
    """Take photos that came whole: all of them, or none and the reason."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    place = place_of(product)

    def effect(work: Work) -> str:
        take_photos(work, kept)
        return f"/manage/products/{product.public_id}/photos"

    try:
        contents = photos_sent(place.kind)
        if not contents:
            raise NoPhoto("a form without a file")
        kept = keep_photos(place, contents)
        return answer_once(effect)
    except AppError as refusal:
        said = str(gettext(refusal.sentence, **refusal.values))
        return _page(product, refusal.status, error=said, at=place.subject)


@bp.get("/manage/papers/<public_id:public_id>")
@requires(Act.EDIT_PRODUCT)
def paper(public_id: str) -> Response:
    """A paper the maker sent, to those who may send them."""
    with reading() as session:
        found = own(queries.managed_photo(session, public_id))
    if found.photo.kind != "paper":
        raise NotFound("not a paper")
    return private_answer(found.photo, width=SHOWN_WIDTH, filename=f"giay-to-{public_id}")


@bp.post("/manage/photos/<public_id:public_id>/alt")
@requires(Act.EDIT_PRODUCT)
def describe(public_id: str) -> Response:
    """Keep the words for those who cannot see the photo."""
    return _act(
        public_id,
        lambda work, photo: service.describe_product_photo(
            work, photo_id=photo.photo.id, alt=request.form.get("alt", "").replace("\x00", "")
        ),
    )


@bp.post("/manage/photos/<public_id:public_id>/place")
@requires(Act.EDIT_PRODUCT)
def order(public_id: str) -> Response:
    """Put the photo before `before` others; 0 makes it the cover."""
    asked = request.form.get("before", "0")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("999") else 0
    return _act(
        public_id,
        lambda work, photo: service.place_product_photo(
            work, photo_id=photo.photo.id, before=before
        ),
    )


@bp.post("/manage/photos/<public_id:public_id>/remove")
@requires(Act.EDIT_PRODUCT)
def remove(public_id: str) -> Response:
    """Take the photo off, and offer to bring it back."""
    return _act(
        public_id,
        lambda work, photo: service.remove_product_photo(work, photo_id=photo.photo.id),
        then=f"?removed={public_id}",
    )


@bp.post("/manage/photos/<public_id:public_id>/restore")
@requires(Act.EDIT_PRODUCT)
def restore(public_id: str) -> Response:
    """Bring the photo back."""
    return _act(
        public_id,
        lambda work, photo: service.restore_product_photo(work, photo_id=photo.photo.id),
    )


def _act(public_id: str, act: Callable[[Work, ManagedPhoto], None], *, then: str = "") -> Response:
    with reading() as session:
        photo = own(queries.managed_photo(session, public_id))

    def effect(work: Work) -> str:
        act(work, photo)
        return f"/manage/products/{photo.product_public_id}/photos{then}"

    return answer_once(effect)


def _page(product: ManagedProduct, status: int, *, error: str = "", at: str = "") -> Response:
    return page(
        "catalog/manage/photos.html",
        status=status,
        error=error,
        error_at=at,
        removed=_removed(),
        **_shown(product),
    )


def _shown(product: ManagedProduct) -> dict[str, Any]:
    with reading() as session:
        found = queries.managed_pictures(session, product.id)
        papers = queries.paper_pictures(session, product.id) if may(Act.EDIT_PRODUCT) else []
    gallery = [each.picture for each in found if each.subject == "gallery"]
    return {
        "product": product,
        "gallery": gallery,
        "asked": asked_for(found),
        "papers": [(paper_name(each.subject), each.picture) for each in papers],
        "paper_kinds": [(kind, paper_name(kind)) for kind in PAPERS],
        "is_moving": any(each.picture.state == "waiting" for each in found),
        "refusal_words": refusal_words,
        "may_edit": may(Act.EDIT_PRODUCT),
        "most_alt": MOST_ALT,
    }


def _removed() -> str:
    """The photo just removed, while it may be brought back; empty where there is none."""
    asked = request.args.get("removed", "")
    with reading() as session:
        found = queries.managed_photo(session, asked) if asked.isalnum() else None
        if found is None or found.photo.removed_at is None:
            return ""
        allow(found)
    return found.photo.public_id
