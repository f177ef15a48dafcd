"""`/api/v1/products`: an enterprise's goods, read, entered, changed, sent and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.orm import Session

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import enterprise_id, own
from catalog import queries, service
from catalog.api.changes import propose
from catalog.api.shapes import Change, Product
from catalog.forms import ChangeWordsForm, NewProductForm, VersionForm
from catalog.queries import ManagedProduct
from catalog.rules import ProductState
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.errors import QuestionMalformed
from core.api.lists import Listed, asked_list
from core.work import Work, reading

bp = APIBlueprint("api_products", __name__, tag="products", url_prefix=API)

_STATES: Mapping[str, Mapping[str, Any]] = {
    "state": {"type": "string", "enum": [state.value for state in ProductState]}
}


@bp.get("/products")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Listed[Product], is_list=True, filters=_STATES))
def listed() -> Response:
    """The enterprise's products, in every state or in one."""
    asked = asked_list("products")
    with reading() as session:
        found = queries.products_after(
            session, enterprise_id(), after=asked.after, limit=asked.limit + 1, state=_state()
        )
        items = _with_photos(session, found)
    return show(asked.piece(items))


@bp.post("/products")
@asks(Act.EDIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=NewProductForm, answer=Product, status=201))
def add() -> Response:
    """Enter a draft with its first pack and price."""
    form = read_body(NewProductForm)

    def effect(work: Work) -> Answer:
        product = service.add_product(
            work,
            enterprise_id=enterprise_id(),
            group=form.group,
            words=form.words,
            pack=form.pack,
        )
        location = f"{API}/products/{product.public_id}"
        return answer_of(told(work, product.id), status=201, location=location)

    return answer_write(effect)


@bp.get("/products/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Product))
def shown(public_id: str) -> Response:
    """One product with its packs."""
    product = found(public_id)
    with reading() as session:
        [one] = _with_photos(session, [product])
    return show(one)


@bp.patch("/products/<public_id:public_id>")
@asks(Act.EDIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=ChangeWordsForm, answer=Product, is_partial=True, also={202: Change}))
def change(public_id: str) -> Response:
    """Change name, group or summary; of goods on sale: ask for it (202), an officer looks first."""
    product = found(public_id)
    form = read_body(ChangeWordsForm, over=Product.of(product, photos=(), look=None))
    if product.state is ProductState.PUBLISHED:
        return propose(product, form, seen=service.Seen(form.version))

    def effect(work: Work) -> Answer:
        service.change_words(
            work,
            product_id=product.id,
            version=form.version,
            group=form.group,
            words=form.words,
        )
        return answer_of(told(work, product.id))

    return answer_write(effect)


@bp.post("/products/<public_id:public_id>/submit")
@asks(Act.SUBMIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=VersionForm, answer=Product))
def submit(public_id: str) -> Response:
    """Send a product to the officers of its area."""
    product, form = found(public_id), read_body(VersionForm)

    def effect(work: Work) -> Answer:
        service.submit_product(work, product_id=product.id, version=form.version)
        return answer_of(told(work, product.id))

    return answer_write(effect)


@bp.post("/products/<public_id:public_id>/withdraw")
@asks(Act.SUBMIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=VersionForm, answer=Product))
def withdraw(public_id: str) -> Response:
    """Take a product back: from the officer's table, or from the shop."""
    product, form = found(public_id), read_body(VersionForm)

    def effect(work: Work) -> Answer:
        service.withdraw_product(work, product_id=product.id, version=form.version)
        return answer_of(told(work, product.id))

    return answer_write(effect)


def found(public_id: str) -> ManagedProduct:
    """The product of this id, if the view's act may be done to it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    with reading() as session:
        return own(queries.managed_product(session, public_id))


def told(work: Work, product_id: int) -> Product:
    """The product as this piece of work leaves it."""
    work.session.flush()
    [product] = queries.managed_products(work.session, [product_id])
    [one] = _with_photos(work.session, [product])
    return one


def _with_photos(session: Session, products: Sequence[ManagedProduct]) -> list[Product]:
    """Products as the API tells them. Two statements for all."""
    ids = [each.id for each in products]
    photos, looks = queries.managed_pictures_of(session, ids), queries.last_looks(session, ids)
    return [
        Product.of(each, photos=photos.get(each.id, ()), look=looks.get(each.id))
        for each in products
    ]


def _state() -> ProductState | None:
    asked = request.args.get("state")
    if asked is None:
        return None
    try:
        return ProductState(asked)
    except ValueError:
        raise QuestionMalformed("state", name="state") from None
