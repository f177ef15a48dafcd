"""The list of goods: search, filters and their counts in one address."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.queries import maker_by_slug_key
from catalog import queries
from catalog.queries import ProductCard
from catalog.routes import showing
from catalog.routes.facet_lines import facet_lines, filter_words
from catalog.routes.wishes import PATH, Wishes, read_wishes
from catalog.search import SIZE, Found, Notice, Sort, find
from core import clock
from core.errors import sentence
from core.language import current_language, gettext
from core.pages import page, public_page
from core.slugs import slug_key_of
from core.work import reading

bp = APIBlueprint("shelf", __name__, enable_openapi=False)

NOTICES = {
    Notice.FALLBACK: sentence("Máy tìm lớn đang nghỉ; kết quả lấy từ máy tìm của trang."),
    Notice.NO_INDEX: sentence("Kệ hàng đang được sắp; xin thử lại sau ít phút."),
}
SORTS = {
    Sort.FIT: sentence("Phù hợp"),
    Sort.NEW: sentence("Mới lên kệ"),
    Sort.PRICE: sentence("Giá thấp trước"),
    Sort.PRICE_DOWN: sentence("Giá cao trước"),
    Sort.UNIT_PRICE: sentence("Giá mỗi kg, lít"),
}


@bp.get(PATH)
def goods() -> Response:
    """A page of goods. Bad values are ignored and said so; past the end is 404 with a way back."""
    language, today = current_language(), clock.today()
    wishes = read_wishes(request.args)
    found = find(wishes.request(today))
    if wishes.page > 1 and not found.ids:
        return page("catalog/beyond.html", status=404, back=wishes.url())
    with reading() as session:
        cards = queries.product_cards(session, found.ids, language=language, today=today)
        makers = {
            slug: maker.name
            for slug in wishes.producer
            if (maker := maker_by_slug_key(session, slug_key_of(slug) or "")) is not None
        }
    return public_page(
        "catalog/shelf.html",
        versions=(found, [card.versions for card in cards], tuple(makers)),
        context=lambda: _context(wishes, found, cards, makers, language),
    )


def _context(
    wishes: Wishes,
    found: Found,
    cards: list[ProductCard],
    makers: dict[str, str],
    language: str,
) -> dict[str, object]:
    return {
        "wishes": wishes,
        "total": found.total,
        "cards": [showing.card_words(card, language) for card in cards],
        "told": _told(wishes, found),
        "filters": [
            (filter_words(name, value, makers, language), wishes.url(without=(name, value)))
            for name, value in wishes.chosen
        ],
        "facets": facet_lines(wishes, found),
        "kept": [("q", wishes.q), ("sort", wishes.sort)]
        + [pair for pair in wishes.chosen if pair[0] in {"commune", "producer"}],
        "sorts": [
            (gettext(words), wishes.url(sort=sort.value), (wishes.sort or Sort.FIT) == sort)
            for sort, words in SORTS.items()
        ],
        "pages": -(-found.total // SIZE),
        "page_url": lambda number: wishes.url(page=number),
    }


def _told(wishes: Wishes, found: Found) -> list[str]:
    """What the page says about how the answer came about."""
    told: list[str] = []
    if wishes.ignored:
        names = ", ".join(wishes.ignored)
        told.append(
            gettext("Có phần của địa chỉ không đọc được nên đã bỏ qua: %(names)s.", names=names)
        )
    if found.words_cut:
        told.append(gettext("Câu hỏi dài quá; trang chỉ tìm theo những từ đầu."))
    told += [
        gettext(
            "Không có hàng nào ghi “%(typed)s”; đây là hàng có chữ “%(meant)s”.",
            typed=word.typed,
            meant=word.meant,
        )
        for word in found.words_mended
        if found.total
    ]
    if found.widened:
        words = ", ".join(found.widened)
        told.append(
            gettext(
                "Không có hàng nào đủ các từ bạn gõ; đây là hàng có một trong các từ: %(words)s.",
                words=words,
            )
        )
    if found.notice:
        told.append(gettext(NOTICES[found.notice]))
    return told
