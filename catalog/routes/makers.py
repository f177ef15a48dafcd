"""Makers: the list, and each one's page."""

from collections import Counter
from functools import lru_cache

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.orm import Session

from accounts.identity_provider import place as identity_place
from accounts.queries import (
    MakerName,
    director_has_identity,
    last_verification,
    maker_by_slug_key,
    makers,
)
from catalog import queries
from catalog.errors import MakerClosed
from catalog.routes import showing
from catalog.routes.addresses import moved
from core import clock, display
from core.errors import NotFound
from core.language import current_language
from core.pages import page, public_page
from core.paging import address, page_number
from core.places import provinces
from core.slugs import slug_key_of
from core.text.fold import fold
from core.work import reading

bp = APIBlueprint("makers", __name__, enable_openapi=False)
MAKERS_A_PAGE = 60
GOODS_SHOWN = 48  # Of one maker; more are found in the list of goods.
WORDS_LENGTH = 100  # Of what is looked at in ?q=.
_folded = lru_cache(maxsize=20_000)(fold)  # Names hardly change; folding one takes 20 µs.


@bp.get("/producers")
def makers_list() -> Response:
    """Makers with goods on the shelf, in the order of the alphabet, by name and province."""
    words = " ".join(request.args.get("q", "")[:WORDS_LENGTH].split())
    province = request.args.get("province", "")
    province = province if province in provinces() else ""
    number = page_number(request.args.get("page", "")) or 1
    with reading() as session:
        named = [
            each for each in queries.listed_makers(session) if fold(words) in _folded(each.name)
        ]
        chosen = [each.id for each in named if not province or each.province_code == province]
        ids = chosen[(number - 1) * MAKERS_A_PAGE : number * MAKERS_A_PAGE]
        by_id = makers(session, ids)
        counts = queries.counts_by_maker(session, ids)
    here = [("q", words), ("province", province)]
    if not ids and number > 1:
        return page("catalog/beyond.html", status=404, back=address("/producers", here))
    return public_page(
        "catalog/makers.html",
        versions=(len(chosen), *((by_id[id_].version, id_, counts[id_]) for id_ in ids)),
        context=lambda: {
            "words": words,
            "province": province,
            "places": _places(named),
            "total": len(chosen),
            "lines": [(by_id[id_], counts[id_]) for id_ in ids],
            "page_number": number,
            "pages": -(-len(chosen) // MAKERS_A_PAGE),
            "page_url": lambda at: address("/producers", [*here, ("page", str(at))]),
        },
    )


def _places(named: list[MakerName]) -> list[tuple[str, str, int]]:
    """Provinces with how many of the makers are there: (code, name, count)."""
    counted = Counter(each.province_code for each in named)
    return [
        (code, place.name, counted[code]) for code, place in provinces().items() if counted[code]
    ]


@bp.get("/producers/<slug>")
def maker(slug: str) -> Response:
    """One maker: where, how to call, and what is on the shelf."""
    language, today = current_language(), clock.today()
    key = slug_key_of(slug)
    with reading() as session:
        found = maker_by_slug_key(session, key) if key else None
        if found is None:
            raise NotFound("no such maker")
        if found.is_closed and queries.sold_once(session, found.id):
            raise MakerClosed("the maker sells no more")
        looked = last_verification(session, found.id)
        is_identified = _is_identified(session, found.id)
        ids = queries.product_ids_of(session, found.id, at_most=GOODS_SHOWN)
        cards = queries.product_cards(session, ids, language=language, today=today)
    if not cards:
        raise NotFound("the maker has nothing on the shelf")
    if found.slug != slug:
        return moved(f"/producers/{found.slug}")
    return public_page(
        "catalog/maker.html",
        versions=(found.version, is_identified, *(card.versions for card in cards)),
        context=lambda: {
            "maker": found,
            "place": showing.place_words(found),
            "phone_words": showing.phone_words(found.phone) if found.phone else "",
            "cards": [showing.card_words(card, language) for card in cards],
            "looked": looked,
            "is_identified": is_identified,
            "looked_on": display.moment_day(looked.reviewed_at, language) if looked else "",
        },
    )


def _is_identified(session: Session, enterprise_id: int) -> bool:
    """Whether who directs it showed an e-identity of the provider this shop works with."""
    provider = identity_place()
    if provider is None:
        return False
    return director_has_identity(session, enterprise_id, issuer=provider.issuer)
