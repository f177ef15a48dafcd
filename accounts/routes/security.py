"""`/account/security`: one's own second factors, recovery codes, remembered browsers."""

from datetime import datetime

from apiflask import APIBlueprint
from flask import Response

from accounts import queries, service
from accounts.confirming import confirmed
from accounts.queries import OwnFactor
from accounts.recovery_codes import written
from accounts.rules import Act
from accounts.service import NewFactor
from accounts.web import (
    acting,
    answer_once,
    key_hash,
    leads_to_factor,
    must_add_factor,
    offices_need_factor,
    requires,
    signed_in,
)
from core import clock
from core.display import clock_and_day
from core.errors import NotFound
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.sealing import sealer
from core.work import Work, reading, transaction

bp = APIBlueprint("security", __name__, enable_openapi=False)
PATH = "/account/security"
CODES = "/account/security/codes"


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
def shown() -> Response:
    """The factors with names and last use, what is left of the codes, and what can be added."""
    person_id = signed_in().person_id
    with reading() as session:
        factors = queries.own_factors(session, person_id)
        kept = queries.kept_for_second(session, person_id, now=clock.now())
        changes = queries.waiting_changes(session, person_id)
    return page(
        "accounts/security/home.html",
        factors=factors,
        waiting=next((one for one in changes if one.kind == "first_factor"), None),
        kept=kept,
        said=said,
        must_add=must_add_factor(),
    )


@bp.post("/account/security/devices/forget")
@requires(Act.MANAGE_ACCOUNT)
def forget_devices() -> Response:
    """Have every browser ask for the second thing again."""

    def effect(work: Work) -> str:
        service.forget_devices(work, person_id=signed_in().person_id)
        return PATH

    return answer_once(effect)


@bp.get(CODES)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
@confirmed
def ask_codes() -> Response:
    """Ask before new codes: those of before will open nothing."""
    if not signed_in().has_factor:  # Nothing they could stand in for.
        return see_other(PATH)
    return _draw_codes([])


@bp.post(CODES)
@requires(Act.MANAGE_ACCOUNT)
@leads_to_factor
@confirmed
def make_codes() -> Response:
    """Ten new codes, on this answer alone. Sent twice, those of the later answer open."""
    if not signed_in().has_factor:
        return see_other(PATH)
    with transaction(by=acting()) as work:
        codes = service.make_recovery_codes(work, person_id=signed_in().person_id, sealer=sealer())
    return _draw_codes([written(code) for code in codes])


@bp.get("/account/security/factors/<public_id:public_id>/remove")
@requires(Act.MANAGE_ACCOUNT)
@confirmed
def ask_to_remove(public_id: str) -> Response:
    """Ask before a factor is removed."""
    factor, is_last = _own(public_id)
    return page(
        "accounts/security/remove.html",
        factor=factor,
        is_last=is_last,
        is_kept=is_last and _must_keep_one(),
    )


@bp.post("/account/security/factors/<public_id:public_id>/remove")
@requires(Act.MANAGE_ACCOUNT)
@confirmed
def remove(public_id: str) -> Response:
    """Remove it; the last one of an office holder stays."""
    _own(public_id)

    def effect(work: Work) -> str:
        service.remove_factor(
            work,
            person_id=signed_in().person_id,
            public_id=public_id,
            must_keep_one=_must_keep_one(),
        )
        return PATH

    return answer_once(effect)


def take(work: Work, factor: NewFactor) -> str:
    """Add a factor, or let it wait; where to go: after the first one to the recovery codes."""
    someone = signed_in()
    is_added = service.take_factor(
        work, person_id=someone.person_id, factor=factor, key_hash=key_hash()
    )
    if not is_added:
        return PATH
    service.confirm_sign_in(work, key_hash=key_hash())
    return PATH if someone.has_factor else CODES


def said(at: datetime) -> str:
    """A moment as the pages of one's account say it."""
    return clock_and_day(at, current_language())


def _must_keep_one() -> bool:
    return bool(signed_in().offices) and offices_need_factor()


def _own(public_id: str) -> tuple[OwnFactor, bool]:
    with reading() as session:
        factors = queries.own_factors(session, signed_in().person_id)
    found = next((one for one in factors if one.public_id == public_id), None)
    if found is None:
        raise NotFound("no such factor of one's own")
    return found, len(factors) == 1


def _draw_codes(codes: list[str]) -> Response:
    person_id = signed_in().person_id
    with reading() as session:
        kept = queries.kept_for_second(session, person_id, now=clock.now())
    return page(
        "accounts/security/codes.html",
        codes=codes,
        left=kept.codes_left,
        name=signed_in().name,
        made_on=said(clock.now()),
    )
