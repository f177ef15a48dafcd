"""Goods with a GTIN, and what a resolver says of them."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.models import ProductText
from core.slugs import slug_of
from core.work import COMMAND, transaction
from tests.makers import make_enterprise, make_lot, make_pack, make_product

GTIN = "09521234543213"
SERIAL = "7K3MQ9T2XB40G"
VOCABULARY = "https://ref.gs1.org/voc/"
LINKSET = "application/linkset+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@dataclass(frozen=True)
class Goods:
    """Published goods of a verified maker: their ids and addresses."""

    product_id: int
    pack_id: int
    lot_id: int
    enterprise_id: int
    path: str
    lot_path: str
    maker_path: str


def make_goods(*, state: str = "published") -> Goods:
    """A product in two languages, with the GTIN and the lot L-1."""
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        product = make_product(work, enterprise=maker, name="Mật ong", state=state)
        work.session.add(ProductText(product_id=product.id, language="en", name="Honey"))
        pack = make_pack(work, product=product)
        pack.gtin = GTIN
        lot = make_lot(work, product=product, code="L-1")
        lot.pack_id = pack.id
        return Goods(
            product.id,
            pack.id,
            lot.id,
            maker.id,
            f"/products/{slug_of('Mật ong', product.slug_key)}",
            f"/lots/{lot.public_id}",
            f"/producers/{slug_of(maker.name, maker.slug_key)}",
        )


def links_of(client: FlaskClient, path: str) -> dict[str, list[dict[str, Any]]]:
    """The targets of the one subject of a path's linkset, by type."""
    answer = client.get(f"{path}?linkType=linkset")
    assert answer.status_code == 200, answer.text
    (subject,) = answer.json["linkset"]  # type: ignore[index]  # A linkset is JSON.
    return {
        name.removeprefix(VOCABULARY): targets
        for name, targets in subject.items()
        if name[0] == "h"
    }


def link_header(answer: TestResponse) -> list[str]:
    """The values of `Link`."""
    return answer.headers.getlist("Link")
