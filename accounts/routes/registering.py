"""Beginning to sell: an enterprise as a draft, told piece by piece, sent to the officers."""

from collections.abc import Mapping

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts import queries, service
from accounts.forms import ParticularsForm, PhoneForm, StartForm, VersionForm
from accounts.hashing import hash_of_secret
from accounts.here import mark_here
from accounts.names import as_written, sign_in_name
from accounts.office_forms import reason_lines
from accounts.queries import OwnEnterprise
from accounts.registering import NUMBERS, Kind, Missing, compact_number
from accounts.routes.own_versions import both_or_refusal, version_from
from accounts.rules import Act
from accounts.turn_words import Lying
from accounts.waiting import moves_lying, seller_lying
from accounts.web import answer_once, enterprise_id, may, requires, signed_in
from core import clock
from core.both_texts import BothTexts
from core.errors import AppError, Changed, sentence
from core.forms import Drawn, Refused, blank, read, refused
from core.guard import SESSION_COOKIE
from core.language import current_language
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("registering", __name__, enable_openapi=False)
PATH = "/manage/enterprise"

KIND_WORDS: Mapping[Kind, str] = {
    Kind.HOUSEHOLD: sentence("Hộ nông dân, người làm nghề (chưa đăng ký kinh doanh)"),
    Kind.HOUSEHOLD_BUSINESS: sentence("Hộ kinh doanh"),
    Kind.GROUP: sentence("Tổ hợp tác"),
    Kind.COOPERATIVE: sentence("Hợp tác xã"),
    Kind.COMPANY: sentence("Công ty, doanh nghiệp"),
}
MISSING_WORDS: Mapping[Missing, tuple[str, str, str]] = {
    Missing.NUMBER: (
        sentence("Chưa ghi mã số thuế hoặc số định danh."),
        sentence("Ghi số"),
        f"{PATH}/particulars",
    ),
    Missing.PLACE: (sentence("Chưa ghi xã, phường."), sentence("Ghi nơi ở"), f"{PATH}/place"),
}


@bp.get("/enterprises/new")
@requires(Act.START_ENTERPRISE)
def new() -> Response:
    """As what does the person sell?"""
    return _draw_new(Drawn(), status=200)


@bp.post("/enterprises")
@requires(Act.START_ENTERPRISE)
def start() -> Response:
    """Keep a draft at once, act for it, and go on with the name."""
    form = read(StartForm, request.form)
    if isinstance(form, Refused):
        return _draw_new(form, status=422)
    key_hash = hash_of_secret(request.cookies[SESSION_COOKIE])

    def effect(work: Work) -> str:
        id_ = service.start_enterprise(work, kind=form.kind, name=signed_in().name)
        mark_here(work)
        service.act_for(work, key_hash=key_hash, enterprise_id=id_)
        return f"{PATH}/particulars"

    try:
        return answer_once(effect)
    except AppError as refusal:
        drawn = refused(request.form, StartForm, refusal, at="kind")
        return _draw_new(drawn, status=refusal.status)


@bp.get(PATH)
@requires(Act.VIEW_MANAGE)
def shown() -> Response:
    """What is told, what is missing, and how it stands with the officers."""
    with reading() as session:
        told = queries.own_enterprise(session, enterprise_id())
        account = queries.bank_account(session, told.id) if may(Act.MANAGE_BANK) else None
        move = queries.open_move(session, told.id) if told.state == "verified" else None
        language = current_language()
        lie = moves_lying(session, [move], now=clock.now(), language=language) if move else {}
        waits = _waits(session) if told.state == "submitted" else None
    missing = [MISSING_WORDS[one] for one in told.missing]
    return page(
        "accounts/manage/enterprise.html",
        told=told,
        kind=gettext(KIND_WORDS[told.kind]),
        number_kind=NUMBERS[told.kind],
        phone=as_written(told.phone) if told.phone else "",
        account=account,
        move=move,
        lying=lie.get(move.id) if move else None,
        waits=waits,
        returned=reason_lines(move.reason) if move else [],
        missing=[(gettext(said), gettext(verb), path) for said, verb, path in missing],
        may_edit=may(Act.EDIT_ENTERPRISE),
        may_bank=may(Act.MANAGE_BANK),
    )


@bp.get(f"{PATH}/particulars")
@requires(Act.EDIT_ENTERPRISE)
def particulars() -> Response:
    """Name, kind and number."""
    told = _own()
    return _draw_particulars(_particulars_as_they_are(told), told, status=200)


@bp.post(f"{PATH}/particulars")
@requires(Act.EDIT_ENTERPRISE)
def save_particulars() -> Response:
    """Keep them, then ask for the place where that is missing."""
    form = read(ParticularsForm, request.form)
    if isinstance(form, Refused):
        return _draw_particulars(form, _own(), status=422)
    onward = PATH if _own().commune_code else f"{PATH}/place"

    def effect(work: Work) -> str:
        service.tell_particulars(
            work,
            enterprise_id=enterprise_id(),
            version=form.version,
            told=service.Particulars(form.name, form.kind, compact_number(form.number) or None),
        )
        return onward

    try:
        return answer_once(effect)
    except Changed as refusal:
        told = _own()
        here, said = _particulars_as_they_are(told), {"kind": _kind_words}
        both = both_or_refusal(refusal, ParticularsForm, here, said=said)
        return _draw_particulars(here, told, status=refusal.status, both=both)


@bp.get(f"{PATH}/phone")
@requires(Act.EDIT_ENTERPRISE)
def phone() -> Response:
    """The number buyers may call."""
    return page("accounts/manage/phone.html", form=_phone_as_it_is(_own()), both=None)


@bp.post(f"{PATH}/phone")
@requires(Act.EDIT_ENTERPRISE)
def save_phone() -> Response:
    """Keep it, and whether it is shown."""
    form = read(PhoneForm, request.form)
    if isinstance(form, Refused):
        return page("accounts/manage/phone.html", status=422, form=form, both=None)

    def effect(work: Work) -> str:
        service.tell_phone(
            work,
            enterprise_id=enterprise_id(),
            version=form.version,
            phone=sign_in_name(form.phone) if form.phone else None,
            shown=form.shown is not None,
        )
        return PATH

    try:
        return answer_once(effect)
    except Changed as refusal:
        here = _phone_as_it_is(_own())
        both = both_or_refusal(refusal, PhoneForm, here, said={"shown": _shown_words})
        return page("accounts/manage/phone.html", status=refusal.status, form=here, both=both)


@bp.post(f"{PATH}/submit")
@requires(Act.EDIT_ENTERPRISE)
def submit() -> Response:
    """Send it to the officers of its place."""
    version = version_from(read(VersionForm, request.form))

    def effect(work: Work) -> str:
        service.submit_enterprise(work, enterprise_id=enterprise_id(), version=version)
        return PATH

    return answer_once(effect)


@bp.post(f"{PATH}/take-back")
@requires(Act.EDIT_ENTERPRISE)
def take_back() -> Response:
    """Take it back to change something."""
    version = version_from(read(VersionForm, request.form))

    def effect(work: Work) -> str:
        service.take_back_enterprise(work, enterprise_id=enterprise_id(), version=version)
        return PATH

    return answer_once(effect)


def _waits(session: Session) -> Lying | None:
    """The office what was sent lies with, and until when."""
    acting = signed_in().acting
    assert acting is not None, "the route's act is an enterprise's"
    public_id = acting.enterprise_public_id
    return seller_lying(session, public_id, now=clock.now(), language=current_language())


def _own() -> OwnEnterprise:
    with reading() as session:
        return queries.own_enterprise(session, enterprise_id())


def _draw_new(drawn: Drawn, *, status: int) -> Response:
    return page(
        "accounts/enter/kind.html", status=status, form=drawn, kinds=_kinds(), who=signed_in()
    )


def _particulars_as_they_are(told: OwnEnterprise) -> Drawn:
    return blank(name=told.name, kind=told.kind, number=told.number, version=told.version)


def _kind_words(kind: str) -> str:
    return str(gettext(KIND_WORDS[Kind(kind)]))


def _phone_as_it_is(told: OwnEnterprise) -> Drawn:
    return blank(
        phone=as_written(told.phone) if told.phone else "",
        shown="yes" if told.phone_shown else "",
        version=told.version,
    )


def _shown_words(shown: str) -> str:
    return str(gettext("Có") if shown else gettext("Không"))


def _draw_particulars(
    drawn: Drawn, told: OwnEnterprise, *, status: int, both: BothTexts | None = None
) -> Response:
    return page(
        "accounts/manage/particulars.html",
        status=status,
        form=drawn,
        kinds=_kinds(),
        kind=_kind_words(drawn.value("kind") or told.kind),
        number_kind=NUMBERS[told.kind],
        both=both,
    )


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, gettext(words)) for kind, words in KIND_WORDS.items()]
