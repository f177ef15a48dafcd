"""A change of goods on sale before its officer: both texts, then publish or return."""

from collections.abc import Collection

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts.queries import cases_about, ground
from accounts.rules import Act, Ground
from accounts.web import allow, answer_once, requires, signed_in
from catalog import queries, service
from catalog.errors import ChangeBaseMoved, ChangeDecided, ProductClosed
from catalog.forms import RETURN_REASONS, PublishForm, ReturnForm
from catalog.queries import ListingChange, ManagedProduct
from catalog.routes.groups import group_name
from catalog.routes.managing import pack_lines, reason_lines
from catalog.routes.office_lines import changes_between
from catalog.routes.paper_words import certificate_facts
from catalog.routes.showing import place_words
from catalog.rules import ProductState
from catalog.service import Look
from catalog.waiting import waiting_lines
from core import clock
from core.errors import AppError, NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("office_changes", __name__, enable_openapi=False)


@bp.get("/office/changes/<public_id:public_id>")
@requires(Act.VIEW_OFFICE)
def shown(public_id: str) -> Response:
    """What is on sale beside what shall be."""
    change, product, _ = _found(public_id)
    return _draw(change, product, blank(version=change.version), 200)


@bp.post("/office/changes/<public_id:public_id>/publish")
@requires(Act.PUBLISH_PRODUCT)
def publish(public_id: str) -> Response:
    """Write the change that was on the screen over what is on sale."""
    change, product, where = _found(public_id)
    form = read(PublishForm, request.form)
    if isinstance(form, Refused):
        return _draw(change, product, form, 422)

    def effect(work: Work) -> str:
        look = _look(change, where, form.version, form.looked_at)
        service.publish_change(work, look=look)
        return f"/office/changes/{change.public_id}"  # It says what became of it.

    try:
        return answer_once(effect)
    except (ChangeDecided, ChangeBaseMoved, ProductClosed) as refusal:
        return _draw_as_it_is(public_id, refusal)


@bp.post("/office/changes/<public_id:public_id>/return")
@requires(Act.RETURN_PRODUCT)
def send_back(public_id: str) -> Response:
    """Return the change that was on the screen, with the reason."""
    change, product, where = _found(public_id)
    form = read(ReturnForm, request.form)
    if isinstance(form, Refused):
        return _draw(change, product, form, 422, is_returning=True)

    def effect(work: Work) -> str:
        look = _look(change, where, form.version)
        service.return_change(work, look=look, reason=form.words)
        return f"/office/changes/{change.public_id}"

    try:
        return answer_once(effect)
    except (ChangeDecided, ProductClosed) as refusal:
        return _draw_as_it_is(public_id, refusal)


def _found(public_id: str) -> tuple[ListingChange, ManagedProduct, Ground]:
    """A change of the officer's area, with the goods it is about.

    Raises:
        NotFound: no such change, or outside the area.
        OwnEnterprise: the officer would judge their own.
    """
    with reading() as session:
        change = queries.listing_change(session, public_id)
        if change is None:
            raise NotFound("no change has this id")
        where = ground(session, change.enterprise_id)
        allow(where)
        return change, _product(session, change), where


def _product(session: Session, change: ListingChange) -> ManagedProduct:
    return queries.managed_products(session, [change.product_id])[0]


def _look(
    change: ListingChange, where: Ground, version: int, looked_at: Collection[str] = ()
) -> Look:
    """On whose behalf: the office with the smallest area that covers the ground."""
    office = signed_in().office_for(where)
    return Look(change.product_id, version, office.level, looked_at, as_deputy=office.is_deputy)


def _draw_as_it_is(public_id: str, refusal: AppError) -> Response:
    """How it stands now, after it moved under the officer; nothing was written over."""
    change, product, _ = _found(public_id)
    said = str(gettext(refusal.sentence))
    form = blank(version=change.version)
    return _draw(change, product, form, refusal.status, happened=said)


def _draw(
    change: ListingChange,
    product: ManagedProduct,
    form: Drawn,
    status: int,
    *,
    is_returning: bool = False,
    happened: str = "",
) -> Response:
    language = current_language()
    with reading() as session:
        [line] = waiting_lines(session, [product], now=clock.now())
        names = (
            cases_about(session, kind="product", object_id=product.id)
            if product.is_name_asked_about
            else []
        )
    is_on_sale = product.state is ProductState.PUBLISHED
    return page(
        "catalog/office/change.html",
        status=status,
        change=change,
        product=product,
        names=names,
        maker=line.maker,
        place=place_words(line.maker),
        line=line,
        group=group_name(product.group),
        packs=pack_lines(product, language),
        changes=changes_between(change.base, change.proposed),
        certificates=[(each, certificate_facts(each, language)) for each in change.certificates],
        is_waiting=change.state == "waiting" and is_on_sale,
        has_base_moved=is_on_sale and product.said != change.base,
        is_own=signed_in().belongs_to(change.enterprise_id),
        returned=reason_lines(change.reason) if change.reason else [],
        form=form,
        is_returning=is_returning,
        happened=happened,
        reasons=[(str(at), gettext(words)) for at, words in enumerate(RETURN_REASONS, 1)],
    )
