"""Where an enterprise is: typed without diacritics, chosen from the reference data."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import NotACommune, PlaceUnchanged
from accounts.forms import PlaceForm, VersionForm
from accounts.queries import OwnEnterprise
from accounts.routes.own_versions import both_or_refusal, version_from
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, requires
from core.both_texts import BothTexts
from core.errors import Changed
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.places import commune_name, communes, places_like, province_name
from core.work import Work, reading

bp = APIBlueprint("own_place", __name__, enable_openapi=False)
PATH = "/manage/enterprise/place"
AT_MOST = 12  # Places on a small screen; whoever misses theirs types one word more.
LONGEST_QUESTION = 100


@bp.get(PATH)
@requires(Act.EDIT_ENTERPRISE)
def form() -> Response:
    """Type, look, choose: without script one button more."""
    told = _own()
    with reading() as session:
        move = queries.open_move(session, told.id)
    if move is not None:
        asked = blank(commune=move.commune_code, hamlet=move.hamlet or "", version=told.version)
        return _draw(asked, status=200)
    return _draw(_as_it_is(told), status=200)


@bp.post(f"{PATH}/withdraw")
@requires(Act.EDIT_ENTERPRISE)
def withdraw() -> Response:
    """Take back the asking to be elsewhere."""
    version = version_from(read(VersionForm, request.form))

    def effect(work: Work) -> str:
        service.withdraw_place(work, enterprise_id=enterprise_id(), version=version)
        return "/manage/enterprise"

    return answer_once(effect)


@bp.get(f"{PATH}/matches")
@requires(Act.EDIT_ENTERPRISE)
def matches() -> Response:
    """The part of the page that follows what is typed."""
    return page(
        "accounts/manage/place_matches.html",
        question=_question(),
        matches=_matches(""),
        chosen="",
    )


@bp.post(PATH)
@requires(Act.EDIT_ENTERPRISE)
def save() -> Response:
    """Keep the commune chosen and the hamlet typed; of a verified seller, ask to move there."""
    typed = read(PlaceForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, status=422)

    def effect(work: Work) -> str:
        tell = service.propose_place if _own().state == "verified" else service.tell_place
        tell(
            work,
            enterprise_id=enterprise_id(),
            version=typed.version,
            commune_code=typed.commune,
            hamlet=typed.hamlet or "",
        )
        return "/manage/enterprise"

    try:
        return answer_once(effect)
    except (NotACommune, PlaceUnchanged) as refusal:
        drawn = refused(request.form, PlaceForm, refusal, at="commune")
        return _draw(drawn, status=refusal.status)
    except Changed as refusal:
        here = _as_it_is(_own())
        both = both_or_refusal(refusal, PlaceForm, here, said={"commune": _commune_words})
        return _draw(here, status=refusal.status, both=both)


def _matches(chosen: str) -> list[tuple[str, str, str]]:
    """(code, commune, province) of what is typed; the one chosen stands first."""
    found = [one for one in places_like(_question(), at_most=AT_MOST) if one.code != chosen]
    own = communes().get(chosen)
    return [
        (one.code, commune_name(one.code), province_name(one.province_code))
        for one in ([own] if own else []) + found
    ]


def _question() -> str:
    return request.values.get("q", "")[:LONGEST_QUESTION].replace("\x00", "")


def _own() -> OwnEnterprise:
    with reading() as session:
        return queries.own_enterprise(session, enterprise_id())


def _as_it_is(told: OwnEnterprise) -> Drawn:
    return blank(commune=told.commune_code, hamlet=told.hamlet, version=told.version)


def _commune_words(code: str) -> str:
    own = communes().get(code)
    return f"{commune_name(code)}, {province_name(own.province_code)}" if own else ""


def _draw(drawn: Drawn, *, status: int, both: BothTexts | None = None) -> Response:
    chosen = drawn.value("commune")
    return page(
        "accounts/manage/place.html",
        status=status,
        form=drawn,
        question=_question(),
        matches=_matches(chosen),
        chosen=chosen,
        both=both,
        is_move=_own().state == "verified",
    )
