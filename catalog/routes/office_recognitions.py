"""Recognitions makers entered, for the officers of provinces: confirm, or refuse with a reason."""

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts.queries import ground, makers
from accounts.rules import Act
from accounts.web import allow, answer_once, requires, signed_in
from catalog import queries, service
from catalog.errors import NotWaiting
from catalog.forms import REFUSAL_REASONS, RefusalForm, VersionForm
from catalog.queries import EnteredRecognition
from catalog.routes.managing import reason_lines
from catalog.routes.paper_words import recognition_facts
from catalog.routes.showing import place_words
from catalog.rules import ProductState
from core import clock, display
from core.errors import Changed, NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.work import Work, reading

bp = APIBlueprint("office_recognitions", __name__, enable_openapi=False)

WAITING_A_PAGE = 25


@bp.get("/office/recognitions")
@requires(Act.CONFIRM_RECOGNITION)
def queue() -> Response:
    """What waits in all areas of the officer, the oldest first."""
    offices = signed_in().offices
    with reading() as session:
        count = queries.waiting_recognition_count(session, offices)
        pages = -(-count // WAITING_A_PAGE)
        at = asked_page(pages)
        waiting = queries.waiting_recognitions(
            session, offices, limit=WAITING_A_PAGE, after=(at - 1) * WAITING_A_PAGE
        )
        of = makers(session, {each.enterprise_id for each in waiting})
    language = current_language()
    return page(
        "catalog/office/recognitions.html",
        count=count,
        waiting=[(each, of[each.enterprise_id].name, _sent(each, language)) for each in waiting],
        at=at,
        pages=pages,
        url_of=lambda number: address(
            "/office/recognitions", [("page", str(number) if number > 1 else "")]
        ),
    )


@bp.get("/office/recognitions/<public_id:public_id>")
@requires(Act.CONFIRM_RECOGNITION)
def shown(public_id: str) -> Response:
    """What the maker wrote beside the scan of the decision."""
    found = _found(public_id)
    return _draw(found, blank(version=found.version), 200)


@bp.post("/office/recognitions/<public_id:public_id>/confirm")
@requires(Act.CONFIRM_RECOGNITION)
def confirm(public_id: str) -> Response:
    """Confirm what was on the screen."""
    found = _found(public_id)
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.confirm_recognition(work, recognition_id=found.id, version=form.version)
        return f"/office/recognitions/{found.public_id}"  # It says what became of it.

    try:
        return answer_once(effect)
    except NotWaiting as refusal:
        return _draw_as_it_is(public_id, refusal)


@bp.post("/office/recognitions/<public_id:public_id>/refuse")
@requires(Act.CONFIRM_RECOGNITION)
def refuse(public_id: str) -> Response:
    """Refuse what was on the screen, with the reason."""
    found = _found(public_id)
    form = read(RefusalForm, request.form)
    if isinstance(form, Refused):
        return _draw(found, form, 422, is_refusing=True)

    def effect(work: Work) -> str:
        service.refuse_recognition(
            work, recognition_id=found.id, version=form.version, reason=form.words
        )
        return f"/office/recognitions/{found.public_id}"

    try:
        return answer_once(effect)
    except NotWaiting as refusal:
        return _draw_as_it_is(public_id, refusal)


def _found(public_id: str) -> EnteredRecognition:
    with reading() as session:
        return _of_area(session, public_id)


def _of_area(session: Session, public_id: str) -> EnteredRecognition:
    """A recognition of the officer's area whose product left its maker.

    Raises:
        NotFound: no such one, a draft's, or outside the area.
        OwnEnterprise: the officer would judge their own.
    """
    found = queries.entered_recognition(session, public_id)
    if found is None:
        raise NotFound("no recognition has this id")
    allow(ground(session, found.enterprise_id))
    [product] = queries.managed_products(session, [found.product_id])
    if product.state is ProductState.DRAFT:
        raise NotFound("its product is with its maker")
    return found


def _draw_as_it_is(public_id: str, refusal: NotWaiting) -> Response:
    """How it stands now, after somebody else was quicker; nothing was written over."""
    found = _found(public_id)
    said = str(gettext(refusal.sentence))
    return _draw(found, blank(version=found.version), refusal.status, happened=said)


def _draw(
    found: EnteredRecognition,
    form: Drawn,
    status: int,
    *,
    is_refusing: bool = False,
    happened: str = "",
) -> Response:
    language, today = current_language(), clock.today()
    with reading() as session:
        maker = makers(session, [found.enterprise_id])[found.enterprise_id]
    return page(
        "catalog/office/recognition.html",
        status=status,
        found=found,
        facts=recognition_facts(found, language),
        maker=maker,
        place=place_words(maker),
        is_over=found.valid_until is not None and found.valid_until < today,
        refusal=reason_lines(found.refusal) if found.refusal else [],
        form=form,
        is_refusing=is_refusing,
        happened=happened,
        reasons=[(str(at), gettext(words)) for at, words in enumerate(REFUSAL_REASONS, 1)],
        sent=_sent(found, language),
    )


def _sent(found: EnteredRecognition, language: str) -> str:
    at = found.entered_at
    return display.recent(at, clock.now(), language) if at else ""
