"""`/api/v1/packs`: how a product is measured out, and its maker's prices.

A pack has no version of its own: every change is one of its product, which is what is answered.
"""

from apiflask import APIBlueprint
from flask import Response

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own
from catalog import queries, service
from catalog.api.products import found, told
from catalog.api.shapes import Pack, Product
from catalog.forms import ChangePackForm, VersionForm
from catalog.queries import ManagedPack
from core.api.answers import API, Answer, answer_of
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.work import Work, reading

bp = APIBlueprint("api_packs", __name__, tag="products", url_prefix=API)


@bp.post("/products/<public_id:public_id>/packs")
@asks(Act.EDIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=ChangePackForm, answer=Product, status=201))
def add(public_id: str) -> Response:
    """Add a pack with its price; `version` is the product's."""
    product, form = found(public_id), read_body(ChangePackForm)

    def effect(work: Work) -> Answer:
        service.add_pack(work, product_id=product.id, version=form.version, pack=form.pack)
        return answer_of(told(work, product.id), status=201)

    return answer_write(effect)


@bp.patch("/packs/<public_id:public_id>")
@asks(Act.EDIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=ChangePackForm, answer=Product, is_partial=True))
def change(public_id: str) -> Response:
    """Change a pack or its price alone; `version` is the product's."""
    pack = _found(public_id)
    form = read_body(ChangePackForm, over=Pack.of(pack))

    def effect(work: Work) -> Answer:
        service.change_pack(work, pack_id=pack.id, version=form.version, pack=form.pack)
        return answer_of(told(work, pack.product_id))

    return answer_write(effect)


@bp.delete("/packs/<public_id:public_id>")
@asks(Act.EDIT_PRODUCT, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=VersionForm, answer=Product))
def remove(public_id: str) -> Response:
    """Remove a pack nobody declared a lot of; `version` is the product's."""
    pack, form = _found(public_id), read_body(VersionForm)

    def effect(work: Work) -> Answer:
        service.remove_pack(work, pack_id=pack.id, version=form.version)
        return answer_of(told(work, pack.product_id))

    return answer_write(effect)


def _found(public_id: str) -> ManagedPack:
    with reading() as session:
        return own(queries.managed_pack(session, public_id))
