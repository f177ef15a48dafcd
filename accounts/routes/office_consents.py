"""A consent signed on paper, for an officer of the producer's area: seen, or not taken."""

from dataclasses import dataclass

from apiflask import APIBlueprint
from flask import Response, current_app, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts import queries, service
from accounts.errors import OwnAsking
from accounts.queries import Asking
from accounts.routes.moments import day_words
from accounts.rules import Act
from accounts.web import allow, answer_once, requires, signed_in, writing
from core import clock
from core.errors import AppError, NotFound
from core.pages import page
from core.photos.errors import NoPhoto
from core.photos.service import NewPhoto, begin_photo, finish_photo
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.photos.whole import read_whole, store_whole
from core.work import Work, reading

bp = APIBlueprint("office_consents", __name__, enable_openapi=False)


@dataclass(frozen=True)
class _Sent:
    photo_id: int
    state: str


@bp.get("/office/consents/<public_id:public_id>")
@requires(Act.WITNESS_CONSENT)
def shown(public_id: str) -> Response:
    """The terms as they stand on the paper, and what can be done."""
    return _draw(_found(public_id), 200)


@bp.post("/office/consents/<public_id:public_id>/confirm")
@requires(Act.WITNESS_CONSENT)
def confirm(public_id: str) -> Response:
    """Say that one saw the paper signed; its photo is kept, private."""
    asking = _found(public_id)

    def effect(work: Work) -> str:
        finish_photo(work, photo_id=sent.photo_id, state=sent.state)
        site = current_app.config["SETTINGS"].public_url
        service.witness_asking(work, public_id=asking.public_id, paper_id=sent.photo_id, site=site)
        return f"/office/consents/{asking.public_id}"

    try:
        sent = _photo_sent(asking)
        return answer_once(effect)
    except AppError as refusal:
        said = str(gettext(refusal.sentence, **refusal.values))
        return _draw(_found(public_id), refusal.status, refusal=said)


@bp.post("/office/consents/<public_id:public_id>/refuse")
@requires(Act.WITNESS_CONSENT)
def refuse(public_id: str) -> Response:
    """Say that the paper is not signed, or not by the producer."""
    asking = _found(public_id)

    def effect(work: Work) -> str:
        service.refuse_paper(work, public_id=asking.public_id)
        return f"/office/consents/{asking.public_id}"

    return answer_once(effect)


@bp.post("/office/consents/<public_id:public_id>/end")
@requires(Act.WITNESS_CONSENT)
def end(public_id: str) -> Response:
    """End it at once, for a producer who says so at the office."""
    asking = _found(public_id)

    def effect(work: Work) -> str:
        service.end_for_producer(work, asking_id=asking.id)
        return f"/office/consents/{asking.public_id}"

    return answer_once(effect)


@bp.get("/office/consents/<public_id:public_id>/paper")
@requires(Act.WITNESS_CONSENT)
def paper(public_id: str) -> Response:
    """The photo of the signed paper, to officers of the area."""
    with reading() as session:
        asking = _of_area(session, public_id)
        found = queries.consent_paper(session, asking_id=asking.id)
    if found is None:
        raise NotFound("no paper was seen")
    return private_answer(found, width=SHOWN_WIDTH, filename=f"giay-dong-y-{public_id}")


def _found(public_id: str) -> Asking:
    with reading() as session:
        asking = _of_area(session, public_id)
        me = signed_in().person_id
        own_teams = {one.id for one in queries.own_teams(session, me)}
    if asking.helper_id == me or asking.team_id in own_teams:
        raise OwnAsking("the officer is the helper, or in the team")
    return asking


def _of_area(session: Session, public_id: str) -> Asking:
    """An asking that was printed, of a producer of the officer's area.

    Raises:
        NotFound: no such one, or outside the area.
        OwnEnterprise: the officer belongs to the producer.
    """
    asking = queries.asking(session, public_id)
    if asking is None or asking.enterprise_id is None or asking.printed_at is None:
        raise NotFound("nothing was printed by this id")
    allow(queries.ground(session, asking.enterprise_id))
    return asking


def _photo_sent(asking: Asking) -> _Sent:
    """The photo of the form, kept already; a crash leaves it to the cleaner.

    Raises:
        NoPhoto, PhotoTooHeavy, NotAPicture, PictureTooLarge: there is none, or it cannot be taken.
    """
    file = request.files.get("paper")
    if file is None or not file.filename:
        raise NoPhoto("the form needs the photo")
    content, state = read_whole(file, kind="paper")
    with writing() as work:
        new = NewPhoto("paper", asking.enterprise_id, len(content))
        photo = begin_photo(work, new, piece_bytes=len(content) or 1)
    store_whole(photo, content, writing=writing)
    return _Sent(photo.id, state)


def _draw(asking: Asking, status: int, *, refusal: str = "") -> Response:
    now = clock.now()
    with reading() as session:
        given = queries.consent_of_asking(session, asking_id=asking.id)
    return page(
        "accounts/office/consent.html",
        status=status,
        asking=asking,
        waits=asking.waits_on_paper(now),
        lives=given is not None and given.lives(now),
        refusal=refusal,
        day=day_words,
    )
