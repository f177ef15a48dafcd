"""The public story of a lot."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.queries import makers
from catalog import queries
from catalog.errors import MakerClosed
from catalog.routes import showing
from catalog.routes.addresses import moved
from catalog.routes.lot_lines import lot_lines
from core import clock, display
from core.errors import NotFound
from core.language import current_language
from core.pages import public_page
from core.slots import fill
from core.work import reading

bp = APIBlueprint("lots", __name__, enable_openapi=False)


@bp.get("/lots/<public_id:public_id>")
def lot(public_id: str) -> Response:
    """Whose lot it is, of what, its days, and what has been recorded since."""
    language, today = current_language(), clock.today()
    with reading() as session:
        found = queries.lot_by_public_id(session, public_id)
        if found is None:
            raise NotFound("no lot has this id")
        cards = queries.product_cards(session, [found.product_id], language=language, today=today)
        if not cards:
            is_left = makers(session, [found.enterprise_id])[found.enterprise_id].is_closed
            raise (MakerClosed if is_left else NotFound)("the lot's product is not published")
        story = fill("lot.story", session, [found.id])[found.id]
    if request.path != f"/lots/{found.public_id}":
        return moved(f"/lots/{found.public_id}")
    card = cards[0]
    return public_page(
        "catalog/lot.html",
        versions=(found, card.versions, story),
        context=lambda: {
            "lot": lot_lines([found], language, today)[0],
            "units": display.number(found.declared_units, language),
            "pack": showing.pack_words(found.pack_words) if found.pack_words else "",
            "card": showing.card_words(card, language),
            "maker": card.maker,
            "place": showing.place_words(card.maker),
            "story": story,
        },
    )
