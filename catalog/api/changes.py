"""`/api/v1/products/…/change`: what goods on sale shall say, until an officer has looked."""

from apiflask import APIBlueprint
from flask import Response

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.permissions import require
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own, signed_in
from catalog import queries, service
from catalog.api.shapes import Change
from catalog.forms import ChangeWordsForm, VersionForm, WordsForm
from catalog.queries import ListingChange, ManagedProduct
from catalog.service import Seen
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.errors import NotFound
from core.work import Work, reading

bp = APIBlueprint("api_changes", __name__, tag="products", url_prefix=API)


@bp.get("/products/<public_id:public_id>/change")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Change))
def shown(public_id: str) -> Response:
    """The change that waits for an officer, or came back; 404 where there is none."""
    _, change = _found(public_id)
    return show(Change.of(change))


@bp.patch("/products/<public_id:public_id>/change")
@asks(Act.SUBMIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=ChangeWordsForm, answer=Change, status=202, is_partial=True))
def reword(public_id: str) -> Response:
    """Word the change anew; `version` is the change's own."""
    product, change = _found(public_id)
    form = read_body(ChangeWordsForm, over=Change.of(change))
    return propose(product, form, seen=Seen(form.version, change.public_id))


@bp.post("/products/<public_id:public_id>/change/withdraw")
@asks(Act.SUBMIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=VersionForm, status=204))
def withdraw(public_id: str) -> Response:
    """Take the change back: what is on sale stays as it is."""
    product, change = _found(public_id)
    seen = Seen(read_body(VersionForm).version, change.public_id)

    def effect(work: Work) -> Answer:
        service.withdraw_change(work, product_id=product.id, seen=seen)
        return answer_of(None, status=204)

    return answer_write(effect)


def propose(product: ManagedProduct, form: WordsForm, *, seen: Seen) -> Response:
    """Ask that goods on sale say this; answers the change that waits (202)."""
    require(signed_in(), Act.SUBMIT_PRODUCT, product)

    def effect(work: Work) -> Answer:
        service.propose_words(
            work, product_id=product.id, seen=seen, group=form.group, words=form.words
        )
        return told_change(work, product.id)

    return answer_write(effect)


def told_change(work: Work, product_id: int) -> Answer:
    """The change as this piece of work leaves it."""
    work.session.flush()
    change = queries.open_change(work.session, product_id)
    assert change is not None, "it was just asked for"
    return answer_of(Change.of(change), status=202)


def _found(public_id: str) -> tuple[ManagedProduct, ListingChange]:
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
        change = queries.open_change(session, product.id)
    if change is None:
        raise NotFound(f"product {product.id} has no open change")
    return product, change
