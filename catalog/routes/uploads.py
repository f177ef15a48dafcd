"""Photos in pieces, for the page's script: begun, sent on after every loss, finished. Answers JSON.

    POST /manage/products/ID/uploads  bytes, subject, request_id → 303 to the photo
    GET  /manage/products/ID/uploads  {"uploads", "here", "onward"}: of a listing just begun
    GET  /manage/photos/ID            {"offset", "piece_bytes", "state"}: where to go on
    POST /manage/photos/ID/pieces     offset, piece → the same; a piece sent twice counts once
    POST /manage/photos/ID/finish     the same, `state` no longer "arriving"

A refusal is {"sentence"}; 409 besides tells `offset`. Forms carry the fields of all our forms.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from apiflask import APIBlueprint
from flask import Response, jsonify, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import answer_once, own, requires, writing
from catalog import queries, service
from catalog.queries import ManagedPhoto
from catalog.routes.listing_steps import step_url
from catalog.routes.manage_photos import place_of
from catalog.rules import ListingStep
from core.errors import AppError
from core.photos import service as photos
from core.photos.errors import PieceMissing
from core.photos.models import MOST_BYTES
from core.text.numbers import bounded
from core.work import Work, reading

bp = APIBlueprint("uploads", __name__, enable_openapi=False)
P = ParamSpec("P")


def _in_json(view: Callable[P, Response]) -> Callable[P, Response]:
    """Answer a refusal to the script, which shows its sentence."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return view(*args, **kwargs)
        except AppError as refusal:
            said = {"sentence": str(gettext(refusal.sentence, **refusal.values))}
            if isinstance(refusal, PieceMissing):
                said["offset"] = refusal.values["received"]  # type: ignore[assignment]  # A number.
            response = jsonify(said)
            response.status_code = refusal.status
            response.headers["Cache-Control"] = "no-store"
            return response

    return answered


@bp.post("/manage/products/<public_id:public_id>/uploads")
@_in_json
@requires(Act.EDIT_PRODUCT)
def begin(public_id: str) -> Response:
    """Make room for a photo; the same `request_id` again leads to the same one."""
    with reading() as session:
        place = place_of(own(queries.managed_product(session, public_id)))

    def effect(work: Work) -> str:
        photo = service.begin_product_photo(work, place, bytes_=_number("bytes"))
        return f"/manage/photos/{photo.public_id}"

    return answer_once(effect)


@bp.get("/manage/products/<public_id:public_id>/uploads")
@requires(Act.EDIT_PRODUCT)
@_in_json
def places(public_id: str) -> Response:
    """Where the photos of a listing go, which screen shows them, and which comes after."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    response = jsonify(
        uploads=f"/manage/products/{product.public_id}/uploads",
        here=step_url(product.public_id, ListingStep.PHOTOS),
        onward=step_url(product.public_id, ListingStep.NAME),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/manage/photos/<public_id:public_id>")
@requires(Act.EDIT_PRODUCT)
@_in_json
def standing(public_id: str) -> Response:
    """How much of the photo is here."""
    return _standing(public_id)


@bp.post("/manage/photos/<public_id:public_id>/pieces")
@_in_json
@requires(Act.EDIT_PRODUCT)
def piece(public_id: str) -> Response:
    """Keep the next piece."""
    with reading() as session:
        found = own(queries.managed_photo(session, public_id))
    file, offset = request.files.get("piece"), _number("offset")
    content = file.stream.read(found.photo.piece_bytes + 1) if file else b""
    if photos.store_piece(found.photo, offset=offset, content=content):
        with writing() as work:
            photos.note_piece(work, photo_id=found.photo.id, offset=offset, length=len(content))
    return _standing(public_id)


@bp.post("/manage/photos/<public_id:public_id>/finish")
@_in_json
@requires(Act.EDIT_PRODUCT)
def finish(public_id: str) -> Response:
    """Take the whole photo; what is no picture is thrown away and said so."""
    with reading() as session:
        found = own(queries.managed_photo(session, public_id))
    if found.photo.state == "arriving":
        state = _judged(found)
        with writing() as work:
            service.take_product_photo(work, photo_id=found.photo.id, state=state)
    return _standing(public_id)


def _judged(found: ManagedPhoto) -> str:
    try:
        return photos.judge_photo(found.photo)
    except PieceMissing:
        raise
    except AppError as refusal:
        if refusal.status < 500:  # noqa: PLR2004  # A store that is away says nothing of the photo.
            with writing() as work:
                photos.remove_photo(work, photo_id=found.photo.id)
        raise


def _standing(public_id: str) -> Response:
    with reading() as session:
        photo = own(queries.managed_photo(session, public_id)).photo
    response = jsonify(
        url=f"/manage/photos/{photo.public_id}",
        offset=photo.received,
        piece_bytes=photo.piece_bytes,
        state=photo.state,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _number(name: str) -> int:
    """A number of the form; what is none counts as 0."""
    return bounded(request.form.get(name, ""), most=MOST_BYTES + 1) or 0
