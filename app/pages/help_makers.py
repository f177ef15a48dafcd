"""The producers a helper works for: what each lacks; asking several for longer, leaving several."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from apiflask import APIBlueprint
from flask import Response, current_app, request
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts import queries
from accounts.care_forms import ExtendForm, LeaveForm
from accounts.consent_rules import DAYS
from accounts.queries import CaredMaker, Given
from accounts.rules import Act
from accounts.service import ask_for_longer, leave_makers
from accounts.web import requires, signed_in
from app.caring import group_acts
from app.caring.listing import Side, draw_list
from core import clock
from core.forms import Drawn, Refused, blank, read
from core.work import reading

bp = APIBlueprint("help_makers", __name__, enable_openapi=False)

USUAL_DAYS = 30


def _ends(session: Session) -> Mapping[int, datetime]:
    held = queries.consents_held(session, signed_in().person_id, now=clock.now())
    return {one.enterprise_id: one.until_at for one in held}


SIDE = Side(
    path="/help/makers",
    base="accounts/help/base.html",
    acts=("remind", "extend", "leave"),
    ids=lambda: queries.makers_helped_by(signed_in().person_id, now=clock.now()),
    until=_ends,
)


@bp.get("/help/makers")
@requires(Act.ASK_CONSENT)
def listed() -> Response:
    """One row a producer with a living consent."""
    return draw_list(SIDE)


@bp.get("/help/makers/remind")
@requires(Act.ASK_CONSENT)
def ask_to_remind() -> Response:
    """What to remind those ticked of."""
    return group_acts.ask_to_remind(SIDE)


@bp.post("/help/makers/remind")
@requires(Act.ASK_CONSENT)
def remind() -> Response:
    """Remind them."""
    return group_acts.remind(SIDE)


@bp.get("/help/makers/extend")
@requires(Act.ASK_CONSENT)
def ask_to_extend() -> Response:
    """For how long to ask those ticked."""
    return _draw_extend(blank(days=USUAL_DAYS), _chosen_now())


@bp.post("/help/makers/extend")
@requires(Act.ASK_CONSENT)
def extend() -> Response:
    """Ask each for a longer consent."""
    form, makers = read(ExtendForm, request.form), _chosen_sent()
    if isinstance(form, Refused) or not makers:
        drawn = form if isinstance(form, Refused) else blank()
        return _draw_extend(drawn, makers, status=422)
    held, days = _held(makers), form.days
    with reading() as session:
        askable = queries.askable(
            session,
            [one.enterprise_id for one in held],
            helper_id=signed_in().person_id,
            now=clock.now(),
        )
    site = current_app.config["SETTINGS"].public_url
    return group_acts.then_list(
        SIDE, lambda work: ask_for_longer(work, held=held, askable=askable, days=days, site=site)
    )


@bp.get("/help/makers/leave")
@requires(Act.ASK_CONSENT)
def ask_to_leave() -> Response:
    """Whom the producers can ask next."""
    return _draw_leave(blank(), _chosen_now())


@bp.post("/help/makers/leave")
@requires(Act.ASK_CONSENT)
def leave() -> Response:
    """End the consents of those ticked, and tell the producers whom they can ask."""
    form, makers = read(LeaveForm, request.form), _chosen_sent()
    if isinstance(form, Refused) or not makers:
        drawn = form if isinstance(form, Refused) else blank()
        return _draw_leave(drawn, makers, status=422)
    held, words = _held(makers), form.words
    return group_acts.then_list(SIDE, lambda work: leave_makers(work, held=held, words=words))


def _chosen_now() -> list[CaredMaker]:
    return group_acts.chosen(SIDE, request.args.getlist("maker"))


def _chosen_sent() -> list[CaredMaker]:
    return group_acts.chosen(SIDE, request.form.getlist("maker"))


def _held(makers: Sequence[CaredMaker]) -> list[Given]:
    """The living consents for these makers."""
    wanted = {maker.id for maker in makers}
    with reading() as session:
        held = queries.consents_held(session, signed_in().person_id, now=clock.now())
    return [one for one in held if one.enterprise_id in wanted]


def _draw_extend(form: Drawn, makers: list[CaredMaker], *, status: int = 200) -> Response:
    days = [(each, ngettext("%(num)s ngày", "%(num)s ngày", each)) for each in DAYS]
    return group_acts.draw("app/caring/extend.html", SIDE, form, makers, status=status, days=days)


def _draw_leave(form: Drawn, makers: list[CaredMaker], *, status: int = 200) -> Response:
    return group_acts.draw("app/caring/leave.html", SIDE, form, makers, status=status)
