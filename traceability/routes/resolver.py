"""`/01/…` and the addresses of GS1's other keys: a resolver's answer.

What it owes its callers: GS1-Conformant Resolver 1.2; where that leaves room, docs/adr/0013.
"""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from apiflask import APIBlueprint
from flask import Response, redirect, request
from werkzeug.datastructures import Accept

from catalog import queries as catalog
from core import clock, gs1
from core.errors import AppError
from core.work import reading
from traceability.link_errors import AddressTooLong, MalformedDigitalLink, NoLinkOfType, UnknownKey
from traceability.routes import resolver_answers as answers
from traceability.routes.resolver_links import all_links, default_link
from traceability.rules import Link, LinkType, choose, link_type_named
from traceability.service.linking import linked_goods

bp = APIBlueprint("resolver", __name__, enable_openapi=False)
PRIMARY_KEYS = sorted(key for key, row in gs1.APPLICATION_IDENTIFIERS.items() if row.primary_key)
GOODS = "01"  # The one key we know values of.
LONGEST_ADDRESS = 8_192  # RFC 9110, 4.1 asks for 8,000; proxies give headers no more room.
_METHODS = "GET, HEAD, OPTIONS"
_ALL_LINKS = frozenset({"linkset", "all"})  # The second is GS1's older word.
# What may stand in a header as it came (RFC 3986, 2); all else is percent-encoded.
_QUERY_CHARACTERS = "!$&'()*+,;=:@/?%-._~[]"


def resolve(rest: str = "") -> Response:  # noqa: ARG001  # The raw path is read instead: %2F is a value's.
    """Where a Digital Link leads, or what links there are.

    Raises:
        AddressTooLong: more than a code or a header can carry.
        MalformedDigitalLink: it breaks GS1's rules.
        UnknownKey: it speaks of no goods.
        NoLinkOfType: there is no link of the type asked for.
    """
    link = _asked()
    name = request.args.get("linkType", "")
    if name in _ALL_LINKS or answers.is_linkset_preferred():
        return answers.linkset_answer(link, _all_links(link))
    wanted = link_type_named(name) if name else LinkType.DEFAULT
    if wanted is LinkType.DEFAULT:
        return _forward(link, _default_link(link))
    chosen = choose(
        (each for each in _all_links(link) if each.type is wanted),
        language=_best_language,
        media_type=request.accept_mimetypes.best_match,
        context=request.args.get("context", ""),
    )
    if not chosen:
        raise NoLinkOfType(f"no link of type {wanted or 'unknown'}")
    if len(chosen) > 1:
        return answers.linkset_answer(link, chosen, status=300)
    return _forward(link, chosen[0])


def options(rest: str = "") -> Response:  # noqa: ARG001  # All addresses alike.
    """What a page of another site may ask: all there is, without credentials."""
    response = Response(status=204)
    response.headers["Allow"] = _METHODS
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = "*"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


@bp.errorhandler(AppError)
def refuse(error: AppError) -> Response:
    """A refusal as who asked can read it."""
    return answers.refusal(error)


@bp.after_request
def open_to_all(response: Response) -> Response:
    """Let pages of other sites read the answers: they hold nothing of who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Link, Location"
    return response


def _asked() -> gs1.DigitalLink:
    path, query = _raw_path(), request.query_string.decode("ascii", "replace")
    if len(path) + len(query) > LONGEST_ADDRESS:
        raise AddressTooLong(f"{len(path) + len(query)} characters")
    try:
        link = gs1.parse_path(path, query)
    except gs1.Malformed as error:
        raise MalformedDigitalLink(str(error)) from None
    if path.count("/") - path.endswith("/") != 2 * len(link.path_elements):
        raise MalformedDigitalLink("a stem that is not ours")  # Keys of two kinds in one path.
    if link.primary_key.identifier != GOODS:
        raise UnknownKey(f"a key of the kind {link.primary_key.identifier}")
    return link


def _raw_path() -> str:
    """The path as it came, still encoded."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    if raw:
        return str(raw).partition("?")[0]
    return quote(request.path)


def _default_link(link: gs1.DigitalLink) -> Link:
    """At most one statement; none where a serial leads on."""
    if link.serial is not None:
        return default_link(link, None)
    with reading() as session:
        goods = catalog.goods_of_gtin(session, link.gtin14 or "", lot_uri_code=link.lot)
    return default_link(link, goods)


def _all_links(link: gs1.DigitalLink) -> list[Link]:
    with reading() as session:
        goods = catalog.goods_of_gtin(session, link.gtin14 or "", lot_uri_code=link.lot)
        linked = linked_goods(session, goods, today=clock.today()) if goods else None
    return all_links(link, linked)


def _best_language(offered: Sequence[str]) -> str | None:
    """By primary tags alone: werkzeug itself prefers a plain "en" of less worth to a "vi-VN"."""
    wished = ((tag.partition("-")[0], quality) for tag, quality in request.accept_languages)
    return Accept(wished).best_match(offered)


def _forward(link: gs1.DigitalLink, chosen: Link) -> Response:
    """307 with the request's query behind the target's own, as it came."""
    target = urlsplit(chosen.href)
    kept = quote(request.query_string, safe=_QUERY_CHARACTERS)
    query = "&".join(part for part in (target.query, kept) if part)
    answer = redirect(target._replace(query=query).geturl(), 307)
    assert isinstance(answer, Response)
    answer.headers["Cache-Control"] = "no-store"
    return answers.negotiated(answers.with_linkset(answer, link))


for _key in PRIMARY_KEYS:
    for _rule in (f"/{_key}", f"/{_key}/<anything:rest>"):
        bp.add_url_rule(
            _rule,
            view_func=resolve,
            methods=["GET"],
            provide_automatic_options=False,
            merge_slashes=False,
        )
        bp.add_url_rule(_rule, view_func=options, methods=["OPTIONS"], merge_slashes=False)
