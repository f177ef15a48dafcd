"""The last screen of a listing, the way back into one, and throwing a draft away."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.queries import makers
from accounts.rules import Act
from accounts.web import may, own, requires
from catalog import queries, service
from catalog.forms import VersionForm
from catalog.queries import ManagedProduct
from catalog.routes.groups import group_name
from catalog.routes.listing_steps import screen, step_page, step_url
from catalog.routes.managing import drawing, missing_words, pack_lines
from catalog.routes.showing import until_of
from catalog.routes.stale import answer_once_unless_stale
from catalog.rules import ListingStep, ProductState, missing_for_checking
from core import clock
from core.errors import Changed
from core.forms import Refused, read
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading

bp = APIBlueprint("listing_look", __name__, enable_openapi=False)


@bp.get("/manage/products/<public_id:public_id>/listing")
@requires(Act.EDIT_PRODUCT)
def go_on(public_id: str) -> Response:
    """Lead to the first screen not gone through yet."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    if not product.words_are_open:
        return see_other(f"/manage/products/{product.public_id}")
    return see_other(step_url(public_id, ListingStep(product.listing_step or ListingStep.LOOK)))


@bp.get("/manage/products/<public_id:public_id>/listing/look")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.LOOK)
def look(product: ManagedProduct) -> Response:
    """Show the goods as buyers will see them, what is still missing, and the button that sends."""
    language = current_language()
    with reading() as session:
        maker = makers(session, [product.enterprise_id])[product.enterprise_id]
        pictures = queries.managed_pictures(session, product.id)
        certificates = queries.entered_certificates(session, product.id)
        rank = queries.ranks(session, [product.id], today=clock.today()).get(product.id)
    missing = missing_for_checking(
        packs=len(product.packs),
        place_known=maker.province_code is not None,
        seller_sent=maker.was_sent,
        listing_step=product.listing_step,
    )
    return step_page(
        ListingStep.LOOK,
        product,
        pictures=[each.picture for each in pictures if each.subject == "gallery"],
        drawing=drawing(product),
        group=group_name(product.group),
        packs=pack_lines(product, language),
        maker=maker,
        certificates=certificates,
        rank=rank,
        until=until_of(rank, language) if rank else "",
        missing=missing_words(product, missing),
        may_submit=may(Act.SUBMIT_PRODUCT),
    )


@bp.get("/manage/products/<public_id:public_id>/discard")
@requires(Act.EDIT_PRODUCT)
def ask_to_discard(public_id: str) -> Response:
    """Say what goes with a draft before it is thrown away."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
        photos = len(queries.managed_pictures(session, product.id))
    if not _may_go(product):
        return see_other(f"/manage/products/{product.public_id}")
    return page("catalog/manage/listing/discard.html", product=product, photos=photos)


@bp.post("/manage/products/<public_id:public_id>/discard")
@requires(Act.EDIT_PRODUCT)
def discard(public_id: str) -> Response:
    """Throw the draft away as it was on the screen."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.discard_listing(work, product_id=product.id, version=form.version)
        return "/manage/products"

    url = f"/manage/products/{product.public_id}"
    return answer_once_unless_stale(effect, product=product, url=url)


def _may_go(product: ManagedProduct) -> bool:
    return product.state is ProductState.DRAFT and product.submitted_at is None
