"""The makers of an officer's area: what each lacks, and acts on several at once."""

from datetime import date

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries
from accounts.care_forms import HandOverForm
from accounts.queries import CaredMaker, HeldOffice, held_offices
from accounts.rules import Act
from accounts.service import hand_over_makers
from accounts.web import requires, signed_in
from app.caring import group_acts
from app.caring.listing import Side, draw_list
from core import clock
from core.forms import Drawn, Refused, blank, read
from core.work import reading

bp = APIBlueprint("office_makers", __name__, enable_openapi=False)

SIDE = Side(
    path="/office/makers",
    base="ui/office_base.html",
    acts=("remind", "hand_over"),
    ids=lambda: queries.makers_in(signed_in().offices),
    until=lambda _session: {},
)


@bp.get("/office/makers")
@requires(Act.VIEW_OFFICE)
def listed() -> Response:
    """One row a maker of the areas, the figures of every feature beside it."""
    return draw_list(SIDE)


@bp.get("/office/makers/remind")
@requires(Act.CARE_FOR_MAKERS)
def ask_to_remind() -> Response:
    """What to remind those ticked of."""
    return group_acts.ask_to_remind(SIDE)


@bp.post("/office/makers/remind")
@requires(Act.CARE_FOR_MAKERS)
def remind() -> Response:
    """Remind them."""
    return group_acts.remind(SIDE)


@bp.get("/office/makers/hand-over")
@requires(Act.CARE_FOR_MAKERS)
def ask_to_hand_over() -> Response:
    """Which officer looks after those ticked from now."""
    return _draw(blank(), group_acts.chosen(SIDE, request.args.getlist("maker")))


@bp.post("/office/makers/hand-over")
@requires(Act.CARE_FOR_MAKERS)
def hand_over() -> Response:
    """Give them into that officer's care."""
    form = read(HandOverForm, request.form)
    makers = group_acts.chosen(SIDE, request.form.getlist("maker"))
    if isinstance(form, Refused) or not makers:
        return _draw(form if isinstance(form, Refused) else blank(), makers, status=422)
    held = [one for one in _officers(clock.today()) if one.person_public_id == form.officer.upper()]
    theirs = [maker.id for maker in makers if any(_covers(one, maker) for one in held)]
    if not held:
        return _draw(blank(), makers, status=422)
    note = form.note
    return group_acts.then_list(
        SIDE,
        lambda work: hand_over_makers(
            work, makers=makers, to=held[0].person_id, theirs=theirs, note=note
        ),
    )


def _draw(form: Drawn, makers: list[CaredMaker], *, status: int = 200) -> Response:
    """With the officers whose area holds at least one of the makers."""
    fit = [one for one in _officers(clock.today()) if any(_covers(one, maker) for maker in makers)]
    options = {one.person_public_id: one.name for one in fit}
    return group_acts.draw(
        "app/caring/hand_over.html",
        SIDE,
        form,
        makers,
        status=status,
        officers=sorted(options.items(), key=lambda one: one[1]),
    )


def _officers(today: date) -> list[HeldOffice]:
    with reading() as session:
        return held_offices(session, today=today)


def _covers(office: HeldOffice, maker: CaredMaker) -> bool:
    return office.province_code in {None, maker.province_code} and (
        office.commune_code in {None, maker.commune_code}
    )
