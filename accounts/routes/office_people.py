"""Officers and their areas, for the operator: invited, ended, stood in for."""

from apiflask import APIBlueprint
from flask import Response, current_app, request

from accounts import queries, service
from accounts.confirming import confirmed
from accounts.errors import AppointmentUnknown, DeputyUnknown, SignInMalformed
from accounts.names import as_written
from accounts.office_forms import DeputyForm, EndForm, OfficerForm
from accounts.rules import Act
from accounts.web import acting, answer_once, requires
from core import clock, display
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read, refused
from core.language import current_language
from core.pages import page
from core.places import commune_name, province_name, provinces
from core.work import Work, reading, transaction

bp = APIBlueprint("office_people", __name__, enable_openapi=False)


@bp.get("/office/people")
@requires(Act.MANAGE_OFFICERS)
def listed() -> Response:
    """Every officer's areas, and the form to invite one."""
    return _draw(blank(), 200)


@bp.post("/office/people")
@requires(Act.MANAGE_OFFICERS)
@confirmed
def invite() -> Response:
    """Appoint; whoever has no password yet gets a link, shown on this answer alone.

    Sent twice it appoints once; the later answer's link is the one that opens.
    """
    form = read(OfficerForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)
    try:
        with transaction(by=acting()) as work:
            token = service.invite_officer(
                work, sign_in=form.sign_in, name=form.name, area=form.area
            )
    except SignInMalformed as refusal:
        return _draw(refused(request.form, OfficerForm, refusal, at="sign_in"), 422)
    link = f"{current_app.config['SETTINGS'].public_url}/password/{token}" if token else ""
    return _draw(blank(), 200, invited=form.name, link=link)


@bp.post("/office/people/<public_id:public_id>/end")
@requires(Act.MANAGE_OFFICERS)
@confirmed
def end(public_id: str) -> Response:
    """Take an area from an officer, or from a deputy: it is gone at their next request."""
    person_id, form = _person_id(public_id), read(EndForm, request.form)
    if isinstance(form, Refused):
        raise AppointmentUnknown("a form without an area")

    def effect(work: Work) -> str:
        service.end_appointment(work, person_id=person_id, area=form.area, stands_in=form.stands_in)
        return "/office/people"

    return answer_once(effect)


@bp.post("/office/people/<public_id:public_id>/deputy")
@requires(Act.MANAGE_OFFICERS)
@confirmed
def deputy(public_id: str) -> Response:
    """Let another stand in on some days."""
    person_id, form = _person_id(public_id), read(DeputyForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422, deputy_of=public_id)

    def effect(work: Work) -> str:
        service.appoint_deputy(
            work,
            person_id=person_id,
            area=form.area,
            deputy=form.deputy,
            starts_on=form.starts_on,
            until_on=form.until_on,
        )
        return "/office/people"

    try:
        return answer_once(effect)
    except DeputyUnknown as refusal:
        typed = refused(request.form, DeputyForm, refusal, at="deputy")
        return _draw(typed, 422, deputy_of=public_id)


def _person_id(public_id: str) -> int:
    with reading() as session:
        found = queries.person_id_of(session, public_id)
    if found is None:
        raise NotFound("no person has this id")
    return found


def _draw(
    form: Drawn, status: int, *, invited: str = "", link: str = "", deputy_of: str = ""
) -> Response:
    language = current_language()
    with reading() as session:
        held = queries.held_offices(session, today=clock.today())
    return page(
        "accounts/office/people.html",
        status=status,
        held=[
            (
                one,
                ", ".join(
                    name
                    for name in (commune_name(one.commune_code), province_name(one.province_code))
                    if name
                ),
                as_written(one.sign_in) if one.sign_in else "",
                display.day(one.starts_on, language) if one.starts_on else "",
                display.day(one.until_on, language) if one.until_on else "",
            )
            for one in held
        ],
        provinces=[(each.code, each.name) for each in provinces().values()],
        form=form,
        invited=invited,
        link=link,
        deputy_of=deputy_of,
    )
