"""`/manage/activations`: reports as stuck on that wait for a second member, and their answers."""

from collections.abc import Callable, Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for
from sqlalchemy.orm import Session

from accounts import here
from accounts import queries as accounts
from accounts.device_rules import Standing
from accounts.routes.manage_devices import STICKERS
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, own, requires, signed_in
from catalog import queries as catalog
from core import clock, display
from core.pages import page
from core.work import Work, reading
from traceability import queries, service
from traceability.asking_errors import DeviceUnknown
from traceability.errors import LotCannotBear
from traceability.models import ActivationAsking, StampAct
from traceability.queries import AskingCard
from traceability.routes import manage_words as words
from traceability.web import leave_trace, stick_or_ask

bp = APIBlueprint("manage_askings", __name__, enable_openapi=False, url_prefix="/manage")
_ONE = "/activations/<public_id:public_id>"


def stuck(work: Work, stick: Callable[[Work], StampAct], *, binds: bool = False) -> str:
    """Report as stuck on, or ask for it (`stick_or_ask`); the page that says which it was."""
    done = stick_or_ask(work, stick, binds=binds)
    if isinstance(done, ActivationAsking):
        return url_for("manage_askings.shown", public_id=done.public_id)
    return url_for("manage_activation.act", public_id=done.public_id)


@bp.get("/activations")
@requires(Act.ACTIVATE_STAMPS)
def listed() -> Response:
    """What waits for a second member, and what became of the last ones."""
    with reading() as session:
        cards = queries.askings_of(session, enterprise_id())
        shown = _about(session, cards)
    return page("traceability/manage/askings.html", askings=cards, **shown)


@bp.get(_ONE)
@requires(Act.ACTIVATE_STAMPS)
def shown(public_id: str) -> Response:
    """One of them: lot, stamps, who asks, from what, and what whoever looks can do."""
    now, me = clock.now(), signed_in().person_id
    with reading() as session:
        card = own(queries.asking_of(session, public_id))
        shown = _about(session, [card])
        standing = here.standing(session)
        facts = here.facts_here(session)
        waits = card.is_open(now) and not standing.acts_alone
        others = accounts.others_who_could(
            session, card.enterprise_id, but=me, roles=STICKERS, now=now
        )
    return page(
        "traceability/manage/asking.html",
        asking=card,
        is_mine=card.asked_by_id == me,
        may_answer=standing.acts_alone,
        is_member=standing.role in STICKERS,
        others=others if waits else [],
        known_at=facts.known_at,
        **shown,
    )


@bp.post(f"{_ONE}/confirm")
@requires(Act.ACTIVATE_STAMPS)
def confirm(public_id: str) -> Response:
    """Do what was asked for, from a device that counts."""
    card = _own_asking(public_id)

    def effect(work: Work) -> str:
        _refuse_unknown(here.standing(work.session))
        done = service.confirm_activation(work, asking_id=card.id)
        return url_for("manage_activation.act", public_id=done.public_id)

    try:
        return answer_once(effect)
    except LotCannotBear as refusal:  # The places were taken since it was asked.
        with reading() as session:
            lots = catalog.stampable_lots_by_id(session, [card.ranges[0].lot_id])
        leave_trace(lots[card.ranges[0].lot_id], refusal)
        raise


@bp.post(f"{_ONE}/refuse")
@requires(Act.ACTIVATE_STAMPS)
def refuse(public_id: str) -> Response:
    """Let nothing come of it, from a device that counts."""
    card = _own_asking(public_id)

    def effect(work: Work) -> str:
        _refuse_unknown(here.standing(work.session))
        service.refuse_activation(work, asking_id=card.id)
        return url_for("manage_askings.shown", public_id=public_id)

    return answer_once(effect)


@bp.post(f"{_ONE}/withdraw")
@requires(Act.ACTIVATE_STAMPS)
def withdraw(public_id: str) -> Response:
    """Take one's own asking back, from wherever one is."""
    card = _own_asking(public_id)

    def effect(work: Work) -> str:
        service.withdraw_activation(work, asking_id=card.id)
        return url_for("manage_askings.shown", public_id=public_id)

    return answer_once(effect)


def _refuse_unknown(standing: Standing) -> None:
    if not standing.acts_alone:
        raise DeviceUnknown("answered from a device the maker never used")


def _own_asking(public_id: str) -> AskingCard:
    with reading() as session:
        return own(queries.asking_of(session, public_id))


def _about(session: Session, cards: Sequence[AskingCard]) -> dict[str, Any]:
    """What the pages say of askings besides their own rows."""
    ranges = [each for card in cards for each in card.ranges]
    people = {card.asked_by_id for card in cards}
    people |= {card.decided_by_id for card in cards if card.decided_by_id is not None}
    return {
        "names": accounts.person_names(session, people),
        "lots": catalog.stampable_lots_by_id(session, {each.lot_id for each in ranges}),
        "batches": queries.batches_by_id(session, {each.batch_id for each in ranges}),
        "now": clock.now(),
        "words": words,
        "display": display,
    }
