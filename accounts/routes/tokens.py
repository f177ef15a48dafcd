"""`/account/tokens`: keys by which one's own programs act for an enterprise one belongs to."""

from collections.abc import Mapping, Sequence
from datetime import date

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts import queries, service
from accounts.confirming import confirmed
from accounts.errors import NotAMember
from accounts.forms import EndTokenForm, TokenForm
from accounts.routes.moments import day_words
from accounts.rules import Act, Member, Role
from accounts.token_errors import TooManyTokens
from accounts.token_scopes import KINDS, WRITE, TokenScope
from accounts.web import answer_once, requires, signed_in
from core import clock, display
from core.errors import sentence
from core.forms import Drawn, Refused, blank, read, refused
from core.language import current_language
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("tokens", __name__, enable_openapi=False)
PATH = "/account/tokens"
# The fields of the form, in its order; `own` is the enterprise's own particulars.
FIELDS: Mapping[str, str] = {
    "products": sentence("Hàng, giá, giấy tờ"),
    "lots": sentence("Lô hàng"),
    "stamps": sentence("Tem"),
    "own": sentence("Thông tin đơn vị"),
    "members": sentence("Thành viên"),
}
_WORDS: Mapping[str, str] = dict(zip(KINDS, FIELDS.values(), strict=True))


@bp.get(PATH)
@requires(Act.MANAGE_ACCOUNT)
def listed() -> Response:
    """One's tokens, and the form of a new one."""
    return _draw(_empty(), status=200)


@bp.post(PATH)
@requires(Act.MANAGE_ACCOUNT)
@confirmed
def make() -> Response:
    """Make a token and show it: this answer is the only place where it ever stands.

    The same form sent again goes to the list, as there is nothing left to show.
    """
    form = read(TokenForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, status=422)
    made: list[str] = []

    def effect(work: Work) -> str:
        new = service.NewToken(form.name, form.scopes, int(form.days))
        made.append(service.make_token(work, enterprise_id=_enterprise_id(form), new=new))
        return PATH

    try:
        answer = answer_once(effect)
    except (TooManyTokens, NotAMember) as refusal:
        at = "enterprise" if isinstance(refusal, NotAMember) else "name"
        return _draw(refused(request.form, TokenForm, refusal, at=at), status=refusal.status)
    return page("accounts/account/token.html", token=made[0], name=form.name) if made else answer


@bp.post(f"{PATH}/end")
@requires(Act.MANAGE_ACCOUNT)
def end() -> Response:
    """End a token, from the very next request on."""
    form = read(EndTokenForm, request.form)
    if isinstance(form, Refused):
        return _draw(_empty(), status=422)

    def effect(work: Work) -> str:
        service.end_token(work, public_id=form.token)
        return PATH

    return answer_once(effect)


def _enterprise_id(form: TokenForm) -> int:
    """The enterprise named, if it is one's own: helpers act by themselves alone.

    Raises:
        NotAMember: it is not.
    """
    for one in _own_enterprises():
        if one.enterprise_public_id == form.enterprise:
            return one.enterprise_id
    raise NotAMember("a token for an enterprise one does not belong to")


def _own_enterprises() -> list[Member]:
    return [one for one in signed_in().memberships if one.role is not Role.HELPER]


def _empty() -> Drawn:
    return blank(days="90", products="read")


def _draw(form: Drawn, *, status: int) -> Response:
    now = clock.now()
    with reading() as session:
        tokens = queries.own_tokens(session, signed_in().person_id)
    return page(
        "accounts/account/tokens.html",
        status=status,
        form=form,
        tokens=[(one, scope_words(one.scopes), one.is_over(now)) for one in tokens],
        enterprises=_own_enterprises(),
        kinds=[(name, gettext(words)) for name, words in FIELDS.items()],
        day=day_words,
        used=_used,
    )


def scope_words(scopes: Sequence[TokenScope]) -> str:
    """What a token opens, as its person reads it."""
    levels: dict[str, str] = {}
    for scope in scopes:
        kind, level = scope.value.split(":")
        levels[kind] = level if levels.get(kind) != WRITE else WRITE
    said = [
        gettext("%(what)s (xem và sửa)", what=gettext(_WORDS[kind]))
        if level == WRITE
        else gettext("%(what)s (chỉ xem)", what=gettext(_WORDS[kind]))
        for kind, level in levels.items()
    ]
    return "; ".join(str(one) for one in said)


def _used(on: date | None) -> str:
    return display.day(on, current_language()) if on else ""
