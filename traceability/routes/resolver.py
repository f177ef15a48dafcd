"""`/01/…`: a GS1 resolver's answer. 307 to the page that speaks of the goods; never 404."""

from typing import Any
from urllib.parse import quote, urlencode

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for

from catalog import queries as catalog
from core import gs1
from core.errors import AppError, sentence
from core.work import reading

bp = APIBlueprint("resolver", __name__, enable_openapi=False)


class MalformedDigitalLink(AppError):
    """The address breaks GS1's rules."""

    status = 400
    sentence = sentence("Địa chỉ này không đúng mẫu của GS1 nên không đọc được.")


@bp.get("/01/<path:rest>")
def resolve(rest: str) -> Response:  # noqa: ARG001  # The raw path is read instead: %2F is a value's.
    """Where a Digital Link leads: its stamp, its lot, its goods, or the list of goods."""
    query = request.query_string.decode("ascii", "replace")
    try:
        link = gs1.parse_path(_raw_path().rstrip("/"), query)
    except gs1.Malformed as error:
        raise MalformedDigitalLink(str(error)) from None
    if link.gtin14 is None:  # `/01/…/414/…`: the last key counts, and only goods lead anywhere.
        raise MalformedDigitalLink(f"about {link.primary_key.identifier}")
    return _forward(_target(link, link.gtin14))


def _raw_path() -> str:
    """The path as it came, still encoded."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    if raw:
        return str(raw).partition("?")[0]
    return quote(request.path)


def _target(link: gs1.DigitalLink, gtin14: str) -> str:
    if link.serial is not None:
        claims: dict[str, Any] = {"gtin": gtin14} | ({"lot": link.lot} if link.lot else {})
        return url_for("stamp.stamp", text=link.serial, **claims)
    with reading() as session:
        goods = catalog.goods_of_gtin(session, gtin14, lot_uri_code=link.lot)
    if goods is None:
        return "/products"
    return f"/lots/{goods.lot_public_id}" if goods.lot_public_id else f"/products/{goods.slug}"


def _forward(target: str) -> Response:
    """307 with the request's query kept."""
    kept = urlencode(list(request.args.items(multi=True)))
    if kept:
        target += ("&" if "?" in target else "?") + kept
    answer = redirect(target, 307)
    assert isinstance(answer, Response)
    return answer
