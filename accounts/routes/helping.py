"""A helper's own pages: whom one helps, asking to be let in, and leaving off."""

from apiflask import APIBlueprint
from flask import Response, current_app, request
from flask_babel import ngettext

from accounts import queries, service
from accounts.consent_rules import DAYS
from accounts.errors import (
    AlreadyBelongs,
    ConsentOver,
    ProducerUnknown,
    TooManyAskings,
)
from accounts.forms import AskConsentForm
from accounts.hashing import hash_of_secret
from accounts.invitation_links import token_of
from accounts.queries import Asking
from accounts.routes.moments import day_words
from accounts.rules import Act, Scope
from accounts.service import Wish
from accounts.team_errors import NotInTeam
from accounts.web import acting, answer_once, requires, signed_in
from core import clock
from core.errors import AppError, NotFound
from core.forms import Drawn, Refused, blank, read, refused
from core.guard import SESSION_COOKIE
from core.language import gettext
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading, transaction

bp = APIBlueprint("helping", __name__, enable_openapi=False)

USUAL_DAYS = 30


@bp.get("/help")
@requires(Act.ASK_CONSENT)
def home() -> Response:
    """Whom one helps, what one asked, and the form that asks."""
    return _draw(blank(days=USUAL_DAYS), 200)


@bp.post("/help")
@requires(Act.ASK_CONSENT)
def ask() -> Response:
    """Ask a producer; the next page shows the two digits."""
    form = read(AskConsentForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)
    with reading() as session:
        of = queries.asked_producer(session, form.producer)
    if of is None:
        return _draw(_refused(ProducerUnknown()), ProducerUnknown.status)
    team_id = _team_id(form.team)
    if form.team and team_id is None:
        refusal = NotInTeam()
        return _draw(_refused(refusal, at="team"), refusal.status)
    site = current_app.config["SETTINGS"].public_url
    wish = Wish(tuple(form.scopes), form.days, team_id)

    def effect(work: Work) -> str:
        return f"/help/{service.ask_consent(work, of=of, wish=wish, site=site)}"

    try:
        return answer_once(effect)
    except (AlreadyBelongs, NotInTeam, TooManyAskings) as refusal:
        return _draw(_refused(refusal), refusal.status)


@bp.get("/help/<public_id:public_id>")
@requires(Act.ASK_CONSENT)
def asked(public_id: str) -> Response:
    """One asking: the two digits while it waits, then the answer."""
    asking = _own_asking(public_id)
    now = clock.now()
    return page(
        "accounts/help/asking.html",
        asking=asking,
        waits=asking.waits(now),
        on_paper=asking.waits_on_paper(now),
        day=day_words,
    )


@bp.post("/help/<public_id:public_id>/withdraw")
@requires(Act.ASK_CONSENT)
def withdraw(public_id: str) -> Response:
    """Take an asking back."""
    asking = _own_asking(public_id)

    def effect(work: Work) -> str:
        service.take_back_asking(work, public_id=asking.public_id)
        return "/help"

    return answer_once(effect)


@bp.post("/help/consents/<public_id:public_id>/end")
@requires(Act.ASK_CONSENT)
def end(public_id: str) -> Response:
    """Leave off helping a producer for good."""
    with reading() as session:
        given = queries.consent(session, public_id)
    if given is None or given.team_id or given.helper_id != signed_in().person_id:
        raise NotFound("no consent of this helper alone")

    def effect(work: Work) -> str:
        service.end_consent(work, public_id=public_id)
        return "/help"

    return answer_once(effect)


@bp.post("/help/pause")
@requires(Act.ASK_CONSENT)
def pause() -> Response:
    """Act for nobody on this device until one chooses again."""
    with transaction(by=acting()) as work:
        service.stop_acting(work, key_hash=hash_of_secret(request.cookies[SESSION_COOKIE]))
    return see_other("/help")


@bp.app_errorhandler(ConsentOver)
def over(refusal: AppError) -> Response:
    """Say who ended it and when, and lead on."""
    text = gettext(refusal.sentence, **refusal.values)
    return page(
        "accounts/help/over.html", status=refusal.status, status_code=refusal.status, text=text
    )


def _own_asking(public_id: str) -> Asking:
    with reading() as session:
        asking = queries.asking(session, public_id)
    if asking is None or asking.helper_id != signed_in().person_id:
        raise NotFound("no asking of this helper")
    return asking


def _team_id(public_id: str) -> int | None:
    with reading() as session:
        own = queries.own_teams(session, signed_in().person_id)
    return next((one.id for one in own if one.public_id == public_id), None)


def _refused(refusal: AppError, *, at: str = "producer") -> Refused:
    return refused(request.form, AskConsentForm, refusal, at=at)


def _draw(form: Drawn, status: int) -> Response:
    me, now = signed_in().person_id, clock.now()
    with reading() as session:
        held = queries.consents_held(session, me, now=now)
        askings = queries.askings_of(session, me)
        teams = queries.own_teams(session, me)
        of_teams = queries.consents_of_teams(session, me, now=now) if teams else []
        invited = queries.team_invitations_for(session, me)
    return page(
        "accounts/help/home.html",
        status=status,
        form=form,
        held=held,
        of_teams=of_teams,
        led={one.team_id for one in signed_in().leads},
        teams=teams,
        invited=[(one, token_of(one.public_id, to="team")) for one in invited],
        askings=[(each, each.waits(now)) for each in askings],
        scopes=list(Scope),
        days=[(days, ngettext("%(num)s ngày", "%(num)s ngày", days)) for days in DAYS],
        day=day_words,
    )
