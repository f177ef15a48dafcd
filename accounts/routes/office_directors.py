"""A director who lost their number, or a household taken over: an officer asks by a paper."""

from dataclasses import dataclass

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts import queries, service
from accounts.confirming import confirmed
from accounts.errors import NoCarrier, NoMessagesThere, SignInMalformed, SignInTaken
from accounts.handing_errors import (
    ChangeWaits,
    HeirIsDirector,
    HeirIsOfficer,
    NoNumberToLose,
    NotItsDirector,
    OnlyHouseholds,
)
from accounts.office_forms import DirectorForm
from accounts.queries import Director, JudgedEnterprise
from accounts.routes.codes import sendable
from accounts.routes.moments import moment_words
from accounts.rules import Act, Ground
from accounts.service import Seen
from accounts.service.handing_over import HOUSEHOLDS
from accounts.web import allow, answer_once, requires, writing
from core.errors import AppError, NotFound
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.photos.errors import NoPhoto
from core.photos.service import NewPhoto, begin_photo, finish_photo
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.photos.whole import read_whole, store_whole
from core.work import Work, reading

bp = APIBlueprint("office_directors", __name__, enable_openapi=False)
PATH = "/office/enterprises/<public_id:public_id>/director"
_AT = {
    OnlyHouseholds: "asked",
    NoNumberToLose: "asked",
    NotItsDirector: "director",
    SignInMalformed: "sign_in",
    NoMessagesThere: "sign_in",
    NoCarrier: "sign_in",
    SignInTaken: "sign_in",
    HeirIsOfficer: "sign_in",
    HeirIsDirector: "sign_in",
    ChangeWaits: "asked",
}


@dataclass(frozen=True)
class _Sent:
    photo_id: int
    state: str


@bp.get(PATH)
@requires(Act.VERIFY_ENTERPRISE)
@confirmed
def form(public_id: str) -> Response:
    """What waits, what was asked before, and the form."""
    return _draw(_found(public_id), blank(), 200)


@bp.post(PATH)
@requires(Act.VERIFY_ENTERPRISE)
@confirmed
def ask(public_id: str) -> Response:
    """Ask by the paper: it waits three days; the director is told everywhere and can stop it."""
    enterprise = _found(public_id)
    typed = read(DirectorForm, request.form)
    if isinstance(typed, Refused):
        return _draw(enterprise, typed, 422)

    def effect(work: Work) -> str:
        finish_photo(work, photo_id=sent.photo_id, state=sent.state)
        seen = Seen(enterprise.id, director.person_id, number, typed.reason, sent.photo_id)
        if typed.asked == "heir":
            service.ask_hand_over(work, seen=seen, heir_name=typed.heir)
        else:
            service.ask_number_of_director(work, seen=seen)
        return _url(enterprise)

    try:
        director = _director(enterprise, typed.director)
        number = sendable(typed.sign_in)
        sent = _photo_sent(enterprise)
        return answer_once(effect)
    except AppError as refusal:
        at = _AT.get(type(refusal), "paper")
        drawn = refused(request.form, DirectorForm, refusal, at=at)
        return _draw(enterprise, drawn, refusal.status)


@bp.get("/office/paper-changes/<public_id:public_id>")
@requires(Act.VERIFY_ENTERPRISE)
def paper(public_id: str) -> Response:
    """The photo of the paper, to officers of the area."""
    with reading() as session:
        found = queries.paper_of_change(session, public_id)
        if found is None:
            raise NotFound("no paper was seen")
        photo, enterprise_id = found
        allow(queries.ground(session, enterprise_id))
    return private_answer(photo, width=SHOWN_WIDTH, filename=f"giay-{public_id}")


def _found(public_id: str) -> JudgedEnterprise:
    """An enterprise of the officer's area.

    Raises:
        NotFound: there is none, a draft, or outside the area.
        OwnEnterprise: the officer belongs to it or helps it.
    """
    with reading() as session:
        found = queries.judged_enterprise(session, public_id)
    if found is None:
        raise NotFound("no enterprise has this id, or it is a draft")
    allow(Ground(found.id, found.province_code, found.commune_code))
    return found


def _director(enterprise: JudgedEnterprise, chosen: str) -> Director:
    with reading() as session:
        directors = queries.directors_of(session, enterprise.id)
    for one in directors:
        if one.public_id == chosen:
            return one
    raise NotItsDirector(f"person {chosen!r} of enterprise {enterprise.id}")


def _photo_sent(enterprise: JudgedEnterprise) -> _Sent:
    """The photo of the paper, kept already; a crash or a refusal leaves it to the cleaner."""
    file = request.files.get("paper")
    if file is None or not file.filename:
        raise NoPhoto("the form needs the photo")
    content, state = read_whole(file, kind="paper")
    with writing() as work:
        new = NewPhoto("paper", enterprise.id, len(content))
        photo = begin_photo(work, new, piece_bytes=len(content) or 1)
    store_whole(photo, content, writing=writing)
    return _Sent(photo.id, state)


def _url(enterprise: JudgedEnterprise) -> str:
    return f"/office/enterprises/{enterprise.public_id}/director"


def _draw(enterprise: JudgedEnterprise, typed: Drawn, status: int) -> Response:
    with reading() as session:
        directors = queries.directors_of(session, enterprise.id)
        asked = queries.paper_changes(session, enterprise.id)
    kinds = [("number", gettext("Vẫn người ấy, chỉ mất số điện thoại"))]
    if enterprise.kind in HOUSEHOLDS:
        kinds.append(("heir", gettext("Người khác trong nhà nhận thay")))
    return page(
        "accounts/office/director.html",
        status=status,
        enterprise=enterprise,
        directors=[(one.public_id, one.name) for one in directors],
        kinds=kinds,
        waiting=next((one for one in asked if one.ended_at is None), None),
        past=[one for one in asked if one.ended_at is not None],
        at=moment_words,
        form=typed,
    )
