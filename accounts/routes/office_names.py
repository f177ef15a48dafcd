"""The list of protected names, kept by provinces and the operator."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import EnterpriseUnnamed, NameEmpty, NameListed
from accounts.office_forms import EntitledForm, ProtectedNameForm
from accounts.queries import ListedName
from accounts.rules import Act, Ground
from accounts.service import NewName
from accounts.web import allow, answer_once, requires, signed_in
from core import display
from core.errors import AppError, NotFound
from core.forms import Drawn, Refused, blank, read, refused
from core.language import current_language
from core.pages import page
from core.places import province_name
from core.work import Work, reading

bp = APIBlueprint("office_names", __name__, enable_openapi=False)

NOBODY = 0  # A name belongs to an area: no enterprise has this id.


@bp.get("/office/names")
@requires(Act.MANAGE_NAMES)
def listed() -> Response:
    """The names of the officer's provinces, and the form of a new one."""
    return _draw(blank(), 200)


@bp.post("/office/names")
@requires(Act.MANAGE_NAMES)
def add() -> Response:
    """Keep a name from now on."""
    form = read(ProtectedNameForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)
    offices = [one for one in signed_in().offices if one.may(Act.MANAGE_NAMES)]
    province = offices[0].province_code  # The operator's names hold in the whole country.

    def effect(work: Work) -> str:
        owner = queries.enterprise_named(work.session, form.owner)
        new = NewName(
            form.name,
            form.kind,
            form.owner,
            form.source,
            province,
            owner_id=owner[0] if owner else None,
        )
        service.add_protected_name(work, new)
        return "/office/names"

    try:
        return answer_once(effect)
    except (NameEmpty, NameListed) as refusal:
        return _draw(refused(request.form, ProtectedNameForm, refusal, at="name"), 422)


@bp.get("/office/names/<public_id:public_id>")
@requires(Act.MANAGE_NAMES)
def shown(public_id: str) -> Response:
    """One name: who may use it, and its end."""
    return _draw_one(_found(public_id), blank(), 200)


@bp.post("/office/names/<public_id:public_id>/end")
@requires(Act.MANAGE_NAMES)
def end(public_id: str) -> Response:
    """Take a name off the list."""
    name = _found(public_id)

    def effect(work: Work) -> str:
        service.end_protected_name(work, name_id=name.id)
        return "/office/names"

    return answer_once(effect)


@bp.post("/office/names/<public_id:public_id>/members")
@requires(Act.MANAGE_NAMES)
def entitle(public_id: str) -> Response:
    """Let one more enterprise use it, by its exact name."""
    name, form = _found(public_id), read(EntitledForm, request.form)
    if isinstance(form, Refused):
        return _draw_one(name, form, 422)

    def effect(work: Work) -> str:
        member = queries.enterprise_named(work.session, form.member)
        if member is None:
            raise EnterpriseUnnamed(form.member)
        service.entitle(work, name_id=name.id, enterprise_id=member[0])
        return f"/office/names/{name.public_id}"

    try:
        return answer_once(effect)
    except EnterpriseUnnamed as refusal:
        return _draw_one(name, _beside_member(refusal), 422)


@bp.post("/office/names/<public_id:public_id>/members/end")
@requires(Act.MANAGE_NAMES)
def end_entitlement(public_id: str) -> Response:
    """Take the name from an enterprise, by its public id."""
    name, form = _found(public_id), read(EntitledForm, request.form)
    if isinstance(form, Refused):
        return _draw_one(name, form, 422)

    def effect(work: Work) -> str:
        member_id = queries.enterprise_id_of(work.session, form.member)
        if member_id is not None:
            service.end_entitlement(work, name_id=name.id, enterprise_id=member_id)
        return f"/office/names/{name.public_id}"

    return answer_once(effect)


def _found(public_id: str) -> ListedName:
    """A name of the officer's area.

    Raises:
        NotFound: there is none in force, or another area keeps it.
    """
    with reading() as session:
        name = queries.listed_name(session, public_id)
    if name is None:
        raise NotFound("no protected name has this id")
    allow(Ground(NOBODY, name.province_code, None))
    return name


def _beside_member(refusal: AppError) -> Drawn:
    return refused(request.form, EntitledForm, refusal, at="member")


def _draw(form: Drawn, status: int) -> Response:
    offices = [one for one in signed_in().offices if one.may(Act.MANAGE_NAMES)]
    with reading() as session:
        names = queries.listed_names(session, offices)
    return page(
        "accounts/office/names.html",
        status=status,
        names=[(one, province_name(one.province_code)) for one in names],
        form=form,
    )


def _draw_one(name: ListedName, form: Drawn, status: int) -> Response:
    return page(
        "accounts/office/name.html",
        status=status,
        name=name,
        since=display.day(name.added_at.date(), current_language()),
        form=form,
    )
