"""Where a listing begins and what is photographed for it: the goods, papers, "Nhìn và so"."""

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, requires
from catalog import queries, service
from catalog.queries import ManagedProduct
from catalog.routes.listing_steps import go_on, screen, step_page, step_url
from catalog.routes.photo_words import LOOK, asked_for, refusal_words
from catalog.routes.sent_photos import (
    begin_photos,
    finish_photos,
    keep_photos,
    photos_sent,
    take_photos,
)
from catalog.rules import ListingStep
from catalog.service import PhotoPlace
from core.errors import AppError
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("listing_photos", __name__, enable_openapi=False)

UNFINISHED_SHOWN = 3


@bp.get("/manage/products/new")
@requires(Act.EDIT_PRODUCT)
def new() -> Response:
    """The first screen: photos of something new; drafts left unfinished stand above."""
    return _draw_new(200)


@bp.post("/manage/products/new")
@requires(Act.EDIT_PRODUCT)
def begin() -> Response:
    """Begin a draft with what photos came; `then=uploads` leads the page's script on."""

    def effect(work: Work) -> str:
        product = service.begin_listing(work, enterprise_id=enterprise_id())
        begin_photos(work, PhotoPlace(product.id, product.enterprise_id), contents)
        if request.form.get("then") == "uploads":
            return f"/manage/products/{product.public_id}/uploads"
        return step_url(product.public_id, ListingStep.NAME)

    try:
        contents = photos_sent("product")
        answer = answer_once(effect)
        if contents:  # The address names the draft, that of an earlier same form too.
            finish_photos(answer.location.split("/")[3], contents)
    except AppError as refusal:
        return _draw_new(refusal.status, error=_said(refusal))
    return answer


@bp.get("/manage/products/<public_id:public_id>/listing/photos")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.PHOTOS)
def photos(product: ManagedProduct) -> Response:
    """The photos that are there, and room for more."""
    return _draw_photos(product, 200)


@bp.post("/manage/products/<public_id:public_id>/listing/photos")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.PHOTOS)
def add(product: ManagedProduct) -> Response:
    """Take photos that came whole, if any, and go on."""
    place = PhotoPlace(product.id, product.enterprise_id)
    try:
        kept = keep_photos(place, photos_sent(place.kind))
        return go_on(product, ListingStep.PHOTOS, lambda work: take_photos(work, kept))
    except AppError as refusal:
        return _draw_photos(product, refusal.status, error=_said(refusal))


@bp.get("/manage/products/<public_id:public_id>/listing/papers")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.PAPERS)
def papers(product: ManagedProduct) -> Response:
    """Papers where there are any, and one photo of "Nhìn và so" after the other."""
    return _draw_papers(product, 200)


@bp.post("/manage/products/<public_id:public_id>/listing/papers")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.PAPERS)
def keep_papers(product: ManagedProduct) -> Response:
    """Take the photo that was asked for and ask for the next; without one, go on."""
    subject = request.form.get("subject", "")
    if subject not in LOOK:
        return go_on(product, ListingStep.PAPERS, lambda _work: None)
    place = PhotoPlace(product.id, product.enterprise_id, subject)

    def effect(work: Work) -> str:
        take_photos(work, kept)
        return f"{step_url(product.public_id, ListingStep.PAPERS)}?look={_after(subject)}#look"

    try:
        kept = keep_photos(place, photos_sent(place.kind))
        return answer_once(effect)
    except AppError as refusal:
        return _draw_papers(product, refusal.status, error=_said(refusal), asked=subject)


def _said(refusal: AppError) -> str:
    return str(gettext(refusal.sentence, **refusal.values))


def _after(subject: str) -> str:
    """What is asked for after it; "done" after the last."""
    at = LOOK.index(subject) + 1
    return LOOK[at] if at < len(LOOK) else "done"


def _draw_new(status: int, *, error: str = "") -> Response:
    with reading() as session:
        unfinished = queries.unfinished_listings(session, enterprise_id(), limit=UNFINISHED_SHOWN)
    return page(
        "catalog/manage/listing/new.html",
        status=status,
        error=error,
        unfinished=unfinished,
        step=ListingStep.PHOTOS,
        steps=len(ListingStep),
    )


def _draw_photos(product: ManagedProduct, status: int, *, error: str = "") -> Response:
    with reading() as session:
        found = queries.managed_pictures(session, product.id)
    return step_page(
        ListingStep.PHOTOS,
        product,
        status=status,
        error=error,
        pictures=[each.picture for each in found if each.subject == "gallery"],
        refusal_words=refusal_words,
        onward=step_url(product.public_id, ListingStep.NAME),
    )


def _draw_papers(
    product: ManagedProduct, status: int, *, error: str = "", asked: str = ""
) -> Response:
    with reading() as session:
        found = queries.managed_pictures(session, product.id)
        recognitions = queries.entered_recognitions(session, product.id)
        certificates = queries.entered_certificates(session, product.id)
    looks = asked_for(found)
    wanted = asked or request.args.get("look", "")
    missing = [each for each in looks if each.picture is None]
    current = next((each for each in looks if each.subject == wanted), None)
    if current is None and wanted != "done":
        current = missing[0] if missing else None
    return step_page(
        ListingStep.PAPERS,
        product,
        status=status,
        error=error,
        looks=looks,
        current=current,
        after=_after(current.subject) if current else "",
        recognitions=recognitions,
        certificates=certificates,
        may_edit_papers=may(Act.EDIT_PAPERS),
    )
