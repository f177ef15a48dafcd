"""“Ai đang dùng?”: several people behind one phone, each with a PIN of their own."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import passwords, queries, service
from accounts.codes import Purpose
from accounts.errors import PinWrong
from accounts.factor_errors import CodeNotEnough
from accounts.forms import WhoForm
from accounts.queries import OpenProof, PersonBehind
from accounts.routes import entering
from accounts.second_rules import First
from core.errors import AppError, NotFound
from core.forms import Drawn, Refused, blank, read, refused
from core.guard import anonymous_form
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, Work, reading, transaction

bp = APIBlueprint("who_is_using", __name__, enable_openapi=False)


def proved(token: str, target: str) -> Response:
    """After a number is proved: straight in where one person is behind it, else ask who it is."""
    people = _people(target)
    if not people:
        return see_other(entering.step("/sign-up/name"))
    if len(people) > 1 or request.method == "GET":  # To look at a page signs nobody in.
        if entering.draft():  # A redirect would lose what was typed.
            return drawn_for(target)
        return see_other(entering.step("/sign-in/person"))
    return entering.enter(_by_proof(token, people[0].person_id), first=First.CODE)


def drawn_for(target: str) -> Response:
    """The names behind a number that was just proved, drawn by the step before."""
    return _draw(Drawn(), _people(target), target, status=200)


@bp.get("/sign-in/person")
def form() -> Response:
    """The names of those behind the phone."""
    target = _proved_target()
    if target is None:
        return see_other(entering.step("/sign-in/code"))
    people = _people(target)
    if not people:
        return see_other(entering.step("/sign-up/name"))
    return _draw(
        blank(person=people[0].public_id if len(people) == 1 else ""), people, target, status=200
    )


@bp.post("/sign-in/person")
@anonymous_form
def choose() -> Response:
    """Sign in as the one chosen, whose PIN was typed."""
    proof = _proved()
    if proof is None:
        return entering.begin_again()
    target, people = proof.target, _people(proof.target)
    typed = read(WhoForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, people, target, status=422)
    try:
        person = _chosen(people, typed.person)
        if len(people) > 1 and person.has_pin:
            check_pin(target, person.person_id, typed.pin)
        # Beside the holder's password another's PIN is no more than a code to the number.
        is_own_password = person.is_holder and not proof.by_code
        return entering.enter(
            _by_proof(entering.proof_token(), person.person_id),
            first=First.PASSWORD if is_own_password else First.CODE,
        )
    except CodeNotEnough:
        raise  # No PIN would help: the page of this refusal says what does.
    except AppError as refusal:
        drawn = refused(request.form, WhoForm, refusal, at="pin")
        return _draw(drawn, people, target, status=refusal.status)


def check_pin(phone: str, person_id: int, pin: str) -> None:
    """Return if the PIN is this person's.

    Raises:
        PinRests: too many wrong ones.
        PinWrong: it is not.
    """
    with transaction(by=VISITOR) as work:  # Counted before the slow comparison.
        tried = service.take_pin_try(work, phone=phone, person_id=person_id)
    if not passwords.is_right(pin, tried.pin_hash):
        raise PinWrong("wrong PIN")
    with transaction(by=VISITOR) as work:
        service.pin_was_right(work, phone=phone, person_id=person_id)


def _by_proof(token: str, person_id: int) -> entering.Prove:
    def prove(work: Work) -> int:
        service.use_proof(work, token=token, purpose=Purpose.ENTER)
        return person_id

    return prove


def _chosen(people: list[PersonBehind], public_id: str) -> PersonBehind:
    found = next((one for one in people if one.public_id == public_id), None)
    if found is None:
        raise NotFound("nobody of this id behind this phone")
    return found


def _proved_target() -> str | None:
    proof = _proved()
    return proof.target if proof else None


def _proved() -> OpenProof | None:
    proof = entering.open_proof()
    if proof is None or not proof.is_proved or proof.purpose != Purpose.ENTER:
        return None
    return proof


def _people(target: str) -> list[PersonBehind]:
    with reading() as session:
        return queries.people_behind(session, target)


def _demo_pin(target: str) -> str:
    """The PIN of the demo's people, who have told it to nobody."""
    return queries.DEMO_PIN if target.endswith(queries.DEMO_DOMAIN) else ""


def _draw(drawn: Drawn, people: list[PersonBehind], target: str, *, status: int) -> Response:
    return page(
        "accounts/enter/who.html",
        status=status,
        form=drawn,
        people=people,
        next_path=entering.wish(),
        draft=entering.draft(),
        demo_pin=_demo_pin(target),
    )
