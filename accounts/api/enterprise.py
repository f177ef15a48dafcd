"""`/api/v1/enterprise`: the one the token acts for, told piece by piece, sent to the officers."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask import Response

from accounts import queries, service
from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.api.shapes import Enterprise
from accounts.forms import ParticularsForm, PhoneForm, PlaceForm, VersionForm
from accounts.names import sign_in_name
from accounts.registering import compact_number
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import enterprise_id, signed_in
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.work import Work, reading

bp = APIBlueprint("api_enterprise", __name__, tag="enterprise", url_prefix=API)


@bp.get("/enterprise")
@asks(Act.VIEW_MANAGE, TokenScope.READ_ENTERPRISE)
@describes(Description(answer=Enterprise))
def shown() -> Response:
    """What is told of it, what is missing, and how it stands with the officers."""
    return show(_own())


@bp.patch("/enterprise")
@asks(Act.EDIT_ENTERPRISE, TokenScope.WRITE_ENTERPRISE)
@describes(Description(body=ParticularsForm, answer=Enterprise, is_partial=True))
def tell_particulars() -> Response:
    """Change name, kind or number while it is with its people."""
    form = read_body(ParticularsForm, over=_own())
    told = service.Particulars(form.name, form.kind, compact_number(form.number) or None)
    return _write(
        lambda work: service.tell_particulars(
            work, enterprise_id=enterprise_id(), version=form.version, told=told
        )
    )


@bp.patch("/enterprise/place")
@asks(Act.EDIT_ENTERPRISE, TokenScope.WRITE_ENTERPRISE)
@describes(Description(body=PlaceForm, answer=Enterprise, is_partial=True))
def tell_place() -> Response:
    """Say where it is: the code of a present commune, the hamlet in words."""
    form = read_body(PlaceForm, over=_own())
    return _write(
        lambda work: service.tell_place(
            work,
            enterprise_id=enterprise_id(),
            version=form.version,
            commune_code=form.commune,
            hamlet=form.hamlet or "",
        )
    )


@bp.patch("/enterprise/phone")
@asks(Act.EDIT_ENTERPRISE, TokenScope.WRITE_ENTERPRISE)
@describes(Description(body=PhoneForm, answer=Enterprise, is_partial=True))
def tell_phone() -> Response:
    """Say which number buyers may call, and whether they see it."""
    form = read_body(PhoneForm, over=_own())
    return _write(
        lambda work: service.tell_phone(
            work,
            enterprise_id=enterprise_id(),
            version=form.version,
            phone=sign_in_name(form.phone) if form.phone else None,
            shown=form.shown is not None,
        )
    )


@bp.post("/enterprise/submit")
@asks(Act.EDIT_ENTERPRISE, TokenScope.WRITE_ENTERPRISE)
@describes(Description(body=VersionForm, answer=Enterprise))
def submit() -> Response:
    """Send it to the officers of its place."""
    version = read_body(VersionForm).version
    return _write(
        lambda work: service.submit_enterprise(work, enterprise_id=enterprise_id(), version=version)
    )


@bp.post("/enterprise/take-back")
@asks(Act.EDIT_ENTERPRISE, TokenScope.WRITE_ENTERPRISE)
@describes(Description(body=VersionForm, answer=Enterprise))
def take_back() -> Response:
    """Take it back from the officers to change something."""
    version = read_body(VersionForm).version
    return _write(
        lambda work: service.take_back_enterprise(
            work, enterprise_id=enterprise_id(), version=version
        )
    )


def _own() -> Enterprise:
    with reading() as session:
        return Enterprise.of(queries.own_enterprise(session, enterprise_id()), _public_id())


def _write(act: Callable[[Work], None]) -> Response:
    def effect(work: Work) -> Answer:
        act(work)
        work.session.expire_all()  # What was written past the ORM is read anew.
        told = queries.own_enterprise(work.session, enterprise_id())
        return answer_of(Enterprise.of(told, _public_id()))

    return answer_write(effect)


def _public_id() -> str:
    acting = signed_in().acting
    assert acting is not None, "a token acts for an enterprise"
    return acting.enterprise_public_id
