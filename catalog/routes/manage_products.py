"""A maker's products: the list, a new one, its words, and its way to the officer."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.queries import makers
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, own, requires
from catalog import queries, service
from catalog.errors import Beside
from catalog.forms import ChangeWordsForm, NewProductForm, VersionForm
from catalog.queries import PRODUCTS_A_PAGE, ManagedProduct
from catalog.routes.groups import group_choices, group_name
from catalog.routes.managing import drawing, missing_words, pack_lines, reason_lines
from catalog.routes.office_lines import changes_between
from catalog.routes.stale import answer_once_unless_stale
from catalog.rules import ProductState, missing_for_checking
from catalog.waiting import waiting_lines
from core import clock, display
from core.both_texts import both_texts
from core.errors import Changed
from core.forms import Drawn, Refused, as_typed, blank, read, refused
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.redirects import see_other
from core.slugs import slug_of
from core.work import Work, reading

bp = APIBlueprint("manage_products", __name__, enable_openapi=False)

LONGEST_QUESTION = 200


@bp.get("/manage/products")
@requires(Act.VIEW_MANAGE)
def listed() -> Response:
    """The enterprise's products with their states; what came back stands first."""
    question = request.args.get("q", "")[:LONGEST_QUESTION].replace("\x00", "")
    with reading() as session:
        ids = queries.product_ids_named(session, enterprise_id=enterprise_id(), words=question)
        pages = -(-len(ids) // PRODUCTS_A_PAGE)
        at = asked_page(pages)
        first = (at - 1) * PRODUCTS_A_PAGE
        found = queries.managed_products(session, ids[first : first + PRODUCTS_A_PAGE])
    language = current_language()
    return page(
        "catalog/manage/products.html",
        question=question,
        products=[(each, pack_lines(each, language), group_name(each.group)) for each in found],
        at=at,
        pages=pages,
        url_of=lambda number: address(
            "/manage/products", [("q", question), ("page", str(number) if number > 1 else "")]
        ),
        may_edit=may(Act.EDIT_PRODUCT),
    )


@bp.get("/manage/products/quick")
@requires(Act.EDIT_PRODUCT)
def quick() -> Response:
    """One form of a new product with its first pack, for those who know the way."""
    return _draw_new(blank(pack_unit="g"), 200)


@bp.post("/manage/products")
@requires(Act.EDIT_PRODUCT)
def add() -> Response:
    """Keep a draft, then show what comes next."""
    form = read(NewProductForm, request.form)
    if isinstance(form, Refused):
        return _draw_new(form, 422)

    def effect(work: Work) -> str:
        product = service.add_product(
            work,
            enterprise_id=enterprise_id(),
            group=form.group,
            words=form.words,
            pack=form.pack,
        )
        return f"/manage/products/{product.public_id}"

    try:
        return answer_once(effect)
    except Beside as refusal:
        return _draw_new(refused(request.form, NewProductForm, refusal, at=refusal.field), 422)


@bp.get("/manage/products/<public_id:public_id>")
@requires(Act.VIEW_MANAGE)
def shown(public_id: str) -> Response:
    """One product: where it stands, the next step, words and packs."""
    language = current_language()
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
        maker = makers(session, [product.enterprise_id])[product.enterprise_id]
        why = queries.last_return(session, product.id)
        lots = queries.lots_of_product(session, product.id)
        pictures = queries.pictures_of(session, product.id)
        change = queries.open_change(session, product.id) if product.change_state else None
        is_waiting = product.state is ProductState.SUBMITTED or product.change_state == "waiting"
        waits = [product] if is_waiting else []
        lying = [line.lying for line in waiting_lines(session, waits, now=clock.now())]
    missing = missing_for_checking(
        packs=len(product.packs),
        place_known=maker.place_is_known,
        seller_sent=maker.was_sent,
        listing_step=product.listing_step,
    )
    returned = why if why and product.state is ProductState.RETURNED else None
    return page(
        "catalog/manage/product.html",
        product=product,
        slug=slug_of(product.name, product.slug_key),
        packs=pack_lines(product, language),
        group=group_name(product.group),
        drawing=drawing(product),
        pictures=[each.picture for each in pictures if each.subject == "gallery"],
        missing=missing_words(product, missing) if product.words_are_open else [],
        reasons=reason_lines(returned.reason) if returned else [],
        change=change,
        change_reasons=reason_lines(change.reason) if change else [],
        changes=changes_between(product.said, change.proposed) if change else [],
        since=_since(product, language),
        lying=lying[0] if lying else None,
        lots=lots,
        may_edit=may(Act.EDIT_PRODUCT),
        may_submit=may(Act.SUBMIT_PRODUCT),
        may_declare=may(Act.DECLARE_LOT),
        may_edit_papers=may(Act.EDIT_PAPERS),
    )


@bp.get("/manage/products/<public_id:public_id>/edit")
@requires(Act.EDIT_PRODUCT)
def words(public_id: str) -> Response:
    """The form of a product's words, while they are with the maker."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    if not product.words_are_open:
        return see_other(f"/manage/products/{product.public_id}")
    return _draw_words(product, _words_as_they_are(product), 200)


@bp.post("/manage/products/<public_id:public_id>/edit")
@requires(Act.EDIT_PRODUCT)
def change(public_id: str) -> Response:
    """Change the words, unless the row changed since the form was drawn."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    form = read(ChangeWordsForm, request.form)
    if isinstance(form, Refused):
        return _draw_words(product, form, 422)

    def effect(work: Work) -> str:
        service.change_words(
            work,
            product_id=product.id,
            version=form.version,
            group=form.group,
            words=form.words,
        )
        return f"/manage/products/{product.public_id}"

    try:
        return answer_once(effect)
    except Beside as refusal:
        drawn = refused(request.form, ChangeWordsForm, refusal, at=refusal.field)
        return _draw_words(product, drawn, refusal.status)
    except Changed as refusal:
        with reading() as session:
            product = queries.managed_products(session, [product.id])[0]
        typed = as_typed(ChangeWordsForm, request.form)
        return _draw_words(product, typed, refusal.status, is_changed=True)


@bp.post("/manage/products/<public_id:public_id>/submit")
@requires(Act.SUBMIT_PRODUCT)
def submit(public_id: str) -> Response:
    """Send the product to the officers of its area."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    version, url = _version(), f"/manage/products/{product.public_id}"

    def effect(work: Work) -> str:
        service.submit_product(work, product_id=product.id, version=version)
        return url

    return answer_once_unless_stale(effect, product=product, url=url)


@bp.post("/manage/products/<public_id:public_id>/practise")
@requires(Act.PUBLISH_PRACTICE)
def practise(public_id: str) -> Response:
    """Play the officer who lets it be sold, where one only practises."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    version, url = _version(), f"/manage/products/{product.public_id}"

    def effect(work: Work) -> str:
        service.publish_practice(work, product_id=product.id, version=version)
        return url

    return answer_once_unless_stale(effect, product=product, url=url)


@bp.post("/manage/products/<public_id:public_id>/withdraw")
@requires(Act.SUBMIT_PRODUCT)
def withdraw(public_id: str) -> Response:
    """Take the product back: from the officer's table, or from the shop."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    version, url = _version(), f"/manage/products/{product.public_id}"

    def effect(work: Work) -> str:
        service.withdraw_product(work, product_id=product.id, version=version)
        return url

    return answer_once_unless_stale(effect, product=product, url=url)


def _version() -> int:
    """The version that was on the screen.

    Raises:
        Changed: the form is none of ours, or an old one.
    """
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")
    return form.version


def _words_as_they_are(product: ManagedProduct) -> Drawn:
    return blank(
        name=product.name,
        group=product.group,
        summary=product.summary,
        story=product.story,
        version=product.version,
    )


def _draw_new(form: Drawn, status: int) -> Response:
    return page("catalog/manage/quick.html", status=status, form=form, choices=group_choices())


def _draw_words(
    product: ManagedProduct, form: Drawn, status: int, *, is_changed: bool = False
) -> Response:
    here, said = _words_as_they_are(product), {"group": group_name}
    both = both_texts(ChangeWordsForm, form, here, said=said) if is_changed else None
    return page(
        "catalog/manage/words.html",
        status=status,
        product=product,
        form=form,
        choices=group_choices(),
        group=group_name(product.group),
        both=both,
    )


def _since(product: ManagedProduct, language: str) -> str:
    """Since when it waits or is on sale."""
    at = product.submitted_at if product.state is ProductState.SUBMITTED else product.published_at
    return display.earlier(at, clock.now(), language) if at else ""
