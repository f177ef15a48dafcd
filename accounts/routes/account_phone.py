"""Who uses one's phone besides oneself: adding, PINs, taking off."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import passwords, queries, service
from accounts.errors import NoPhoneOfOwn, OwnPinNeeded
from accounts.forms import BehindForm, LeaveForm, PinForm
from accounts.names import as_written
from accounts.queries import PersonBehind
from accounts.rules import Act
from accounts.web import answer_once, requires, signed_in
from core.errors import AppError, NotFound
from core.forms import Drawn, Refused, read, refused
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("account_phone", __name__, enable_openapi=False)
PATH = "/account/phone"


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
def shown() -> Response:
    """The people behind one's number."""
    return _draw(Drawn(), status=200)


@bp.post(PATH)
@requires(Act.MANAGE_ACCOUNT)
def add() -> Response:
    """Let somebody else use the phone under their own name and PIN."""
    form = read(BehindForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, status=422)
    phone, people = _behind()
    try:
        own_hash = _own_hash(people, form)
        pin_hash = passwords.hash_of(form.pin)

        def effect(work: Work) -> str:
            if own_hash is not None:
                own = signed_in().person_id
                service.share_phone(work, phone=phone, person_id=own, pin_hash=own_hash)
            service.add_behind(work, phone=phone, name=form.name, pin_hash=pin_hash)
            return PATH

        return answer_once(effect)
    except AppError as refusal:
        at = "own_pin" if isinstance(refusal, OwnPinNeeded) else "name"
        return _draw(refused(request.form, BehindForm, refusal, at=at), status=refusal.status)


@bp.post("/account/phone/pin")
@requires(Act.MANAGE_ACCOUNT)
def set_pin() -> Response:
    """A new PIN for oneself, or by the holder of the number for one who forgot theirs."""
    form = read(PinForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, status=422)
    phone, people = _behind()
    person = _one_of(people, form.person)
    pin_hash = passwords.hash_of(form.pin)

    def effect(work: Work) -> str:
        service.share_phone(work, phone=phone, person_id=person.person_id, pin_hash=pin_hash)
        return PATH

    return answer_once(effect)


@bp.post("/account/phone/off")
@requires(Act.MANAGE_ACCOUNT)
def take_off() -> Response:
    """Take somebody off the phone; never its holder."""
    form = read(LeaveForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, status=422)
    phone, people = _behind()
    person = _one_of(people, form.person)
    if person.is_holder:
        raise NotFound("the holder stays")

    def effect(work: Work) -> str:
        service.leave_phone(work, phone=phone, person_id=person.person_id)
        return PATH

    return answer_once(effect)


def _own_hash(people: list[PersonBehind], form: BehindForm) -> str | None:
    """The hash of one's own PIN where there is none yet.

    Raises:
        OwnPinNeeded: there is none, and none was typed.
    """
    own = next(one for one in people if one.person_id == signed_in().person_id)
    if own.has_pin:
        return None
    if form.own_pin is None:
        raise OwnPinNeeded("no PIN of one's own")
    return passwords.hash_of(form.own_pin)


def _behind() -> tuple[str, list[PersonBehind]]:
    """One's own number and everybody behind it.

    Raises:
        NoPhoneOfOwn: one uses somebody else's.
    """
    with reading() as session:
        own = queries.own_account(session, signed_in().person_id).sign_in
        if own is None:
            raise NoPhoneOfOwn("behind somebody else's phone")
        return own, queries.people_behind(session, own)


def _one_of(people: list[PersonBehind], public_id: str) -> PersonBehind:
    found = next((one for one in people if one.public_id == public_id), None)
    if found is None:
        raise NotFound("nobody of this id behind this phone")
    return found


def _draw(drawn: Drawn, *, status: int) -> Response:
    phone, people = _behind()
    own = signed_in().person_id
    return page(
        "accounts/account/phone.html",
        status=status,
        form=drawn,
        phone=as_written(phone),
        people=people,
        own_id=own,
        needs_own_pin=not any(one.has_pin for one in people if one.person_id == own),
    )
