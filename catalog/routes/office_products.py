"""The officers' queue of products, and one product as it will be published."""

from collections.abc import Collection
from datetime import timedelta

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts.queries import Maker, cases_about, ground
from accounts.rules import Act, Ground
from accounts.web import allow, may, requires, signed_in
from catalog import queries, service
from catalog.errors import TakenBack
from catalog.forms import RETURN_REASONS, PublishForm, ReturnForm
from catalog.models.photos import PAPERS
from catalog.queries import ManagedProduct
from catalog.routes.groups import group_name
from catalog.routes.managing import drawing, pack_lines
from catalog.routes.office_lines import changes_since
from catalog.routes.photo_words import paper_name
from catalog.routes.showing import phone_words, place_words
from catalog.routes.stale import answer_once_unless_stale
from catalog.rules import ProductState
from catalog.service import Look
from catalog.waiting import waiting_lines
from core import clock
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.photos.serving import SHOWN_WIDTH, private_answer
from core.work import Work, reading

bp = APIBlueprint("office_products", __name__, enable_openapi=False)

WAITING_A_PAGE = 25
RATE_LOOKS_BACK = timedelta(days=90)


@bp.get("/office/products")
@requires(Act.VIEW_OFFICE)
def queue() -> Response:
    """What waits for the officer, the oldest first; `?all=1`: whatever lies in the areas."""
    offices, now = signed_in().offices, clock.now()
    everywhere = request.args.get("all", "") == "1"
    at_moment = None if everywhere else now
    with reading() as session:
        count = queries.waiting_count(session, offices, now=at_moment)
        pages = -(-count // WAITING_A_PAGE)
        at = asked_page(pages)
        after = (at - 1) * WAITING_A_PAGE
        waiting = queries.waiting_products(
            session, offices, limit=WAITING_A_PAGE, after=after, now=at_moment
        )
        lines = waiting_lines(session, waiting, now=now)
        rate = queries.product_rate(session, offices, since=now - RATE_LOOKS_BACK)
    return page(
        "catalog/office/queue.html",
        count=count,
        waiting=lines,
        everywhere=everywhere,
        rate=rate,
        at=at,
        pages=pages,
        url_of=lambda number: address(
            "/office/products",
            [("all", "1" if everywhere else ""), ("page", str(number) if number > 1 else "")],
        ),
    )


@bp.get("/office/products/<public_id:public_id>")
@requires(Act.VIEW_OFFICE)
def shown(public_id: str) -> Response:
    """Everything a buyer will see, and what to compare."""
    with reading() as session:
        product, _ = _product_and_ground(session, public_id)
    return _draw(product, blank(version=product.version), 200)


@bp.post("/office/products/<public_id:public_id>/publish")
@requires(Act.PUBLISH_PRODUCT)
def publish(public_id: str) -> Response:
    """Publish the version that was on the screen; what was compared is written down."""
    with reading() as session:
        product, where = _product_and_ground(session, public_id)
    form = read(PublishForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, form, 422)

    def effect(work: Work) -> str:
        look = _look(product, where, form.version, form.looked_at)
        service.publish_product(work, look=look)
        return f"/office/products/{product.public_id}"  # It says what became of it.

    url = f"/office/products/{product.public_id}"
    return answer_once_unless_stale(effect, product=product, url=url)


@bp.post("/office/products/<public_id:public_id>/return")
@requires(Act.RETURN_PRODUCT)
def send_back(public_id: str) -> Response:
    """Return the version that was on the screen, with the reason."""
    with reading() as session:
        product, where = _product_and_ground(session, public_id)
    form = read(ReturnForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, form, 422, is_returning=True)

    def effect(work: Work) -> str:
        look = _look(product, where, form.version)
        service.return_product(work, look=look, reason=form.words)
        return f"/office/products/{product.public_id}"  # It says what became of it.

    url = f"/office/products/{product.public_id}"
    return answer_once_unless_stale(effect, product=product, url=url)


@bp.get("/office/papers/<public_id:public_id>")
@requires(Act.PUBLISH_PRODUCT)
def paper(public_id: str) -> Response:
    """A paper about a product of the officer's area; leave is asked at each reading."""
    with reading() as session:
        found = queries.managed_photo(session, public_id)
        if found is None or found.photo.kind != "paper":
            raise NotFound("no such paper")
        _product_and_ground(session, found.product_public_id)
    return private_answer(found.photo, width=SHOWN_WIDTH, filename=f"giay-to-{public_id}")


def _product_and_ground(session: Session, public_id: str) -> tuple[ManagedProduct, Ground]:
    """A product of the officer's area that is not its maker's draft.

    Raises:
        NotFound: no such product, a draft, or outside the area.
        TakenBack: it was sent to the officers, and its maker took it back.
        OwnEnterprise: the officer would judge their own.
    """
    product = queries.managed_product(session, public_id.upper())
    if product is None or (product.state is ProductState.DRAFT and not product.submitted_at):
        raise NotFound("no product has this id, or it never left its maker")
    where = ground(session, product.enterprise_id)
    allow(where)
    if product.state is ProductState.DRAFT:
        raise TakenBack("it is with its maker again")
    return product, where


def _look(
    product: ManagedProduct, where: Ground, version: int, looked_at: Collection[str] = ()
) -> Look:
    """On whose behalf: the office with the smallest area that covers the ground."""
    office = signed_in().office_for(where)
    return Look(product.id, version, office.level, looked_at, as_deputy=office.is_deputy)


def _draw(
    product: ManagedProduct, form: Drawn, status: int, *, is_returning: bool = False
) -> Response:
    language, today = current_language(), clock.today()
    with reading() as session:
        [line] = waiting_lines(session, [product], now=clock.now())
        last = queries.last_looks(session, [product.id]).get(product.id)
        maker = line.maker
        ranks = queries.ranks(session, [product.id], today=today)
        papers = queries.papers_in_force(
            session, product_id=product.id, enterprise_id=maker.id, today=today
        )
        sent = queries.pictures_and_papers(session, product.id)
        # Provinces confirm ranks; who only publishes is not led to a page they may not open.
        may_confirm = product.id in ranks and may(Act.CONFIRM_RECOGNITION)
        entered = queries.entered_recognitions(session, product.id) if may_confirm else []
        names = (
            cases_about(session, kind="product", object_id=product.id)
            if product.is_name_asked_about
            else []
        )
    rank = ranks.get(product.id)
    return page(
        "catalog/office/product.html",
        status=status,
        product=product,
        maker=maker,
        place=place_words(maker),
        phone=_phone(maker),
        group=group_name(product.group),
        drawing=drawing(product),
        pictures=[each.picture for each in sent if each.subject not in PAPERS],
        sent_papers=[
            (paper_name(each.subject), each.picture) for each in sent if each.subject in PAPERS
        ],
        packs=pack_lines(product, language),
        rank=rank,
        papers=papers,
        form=form,
        is_returning=is_returning,
        is_waiting=product.state is ProductState.SUBMITTED,
        is_own=signed_in().belongs_to(product.enterprise_id),
        reasons=[(str(at), gettext(words)) for at, words in enumerate(RETURN_REASONS, 1)],
        line=line,
        names=names,
        last=last,
        changes=changes_since(last.said, product) if last else [],
        recognitions=[each for each in entered if each.review == "waiting"],
    )


def _phone(maker: Maker) -> str:
    return phone_words(maker.phone) if maker.phone else ""
