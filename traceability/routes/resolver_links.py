"""The links of a Digital Link about goods: where each leads, and what it is called."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import url_for

from catalog.queries import GoodsOfGtin
from core import gs1
from core.errors import sentence
from core.language import LANGUAGES, text_in
from traceability.rules import Link, LinkType
from traceability.service.linking import LinkedGoods

HTML, JSON = "text/html", "application/json"
OWN_LANGUAGE = "vi"  # Of a page whose address names none.
_SHELF = sentence("Hàng trên Gốc")
_PRODUCT = sentence("Trang của %(name)s")
_LOT = sentence("Sổ của lô %(code)s")
_RECALL = sentence("Lô %(code)s có bị thu hồi không")
_PAPERS = sentence("Giấy chứng nhận và sao của %(name)s")
_STAMP = sentence("Kiểm tem %(serial)s")
_STAMP_JSON = sentence("Kiểm tem %(serial)s, cho phần mềm")
_SELLER = sentence("%(name)s bán hàng này")


def default_link(link: gs1.DigitalLink, goods: GoodsOfGtin | None) -> Link:
    """Where a Digital Link leads by itself: its stamp, its lot, its goods, or the list of goods.

    Never nowhere: an unknown lot or variant leads to the goods, unknown goods to all goods. A
    serial leads to its page, which alone says whether it was ever issued.
    """
    if link.serial is not None:
        title = text_in(OWN_LANGUAGE, _STAMP, serial=link.serial)
        return Link(LinkType.DEFAULT, _stamp_path(link), title)
    if goods is None:
        return Link(LinkType.DEFAULT, "/products", text_in(OWN_LANGUAGE, _SHELF))
    if goods.lot_public_id is not None:
        title = text_in(OWN_LANGUAGE, _LOT, code=goods.lot_code)
        return Link(LinkType.DEFAULT, f"/lots/{goods.lot_public_id}", title)
    title = text_in(OWN_LANGUAGE, _PRODUCT, name=goods.name)
    return Link(LinkType.DEFAULT, f"/products/{goods.slug}", title)


def all_links(link: gs1.DigitalLink, linked: LinkedGoods | None) -> list[Link]:
    """Every link of every level, the default first, then from the stamp up to the goods.

    Those of a serial are the same whether it was issued or not: nobody learns it here.
    """
    links = [default_link(link, linked.goods if linked else None)]
    if link.serial is not None:
        links += _stamp_links(link, link.serial)
    if linked is not None:
        links += _goods_links(linked)
    return links


def _stamp_path(link: gs1.DigitalLink) -> str:
    claims = {"gtin": link.gtin14, "lot": link.lot}
    told = {name: value for name, value in claims.items() if value}
    return url_for("stamp.stamp", serial=link.serial, **told)  # type: ignore[arg-type]  # Claims are text, none of them a name of Flask's.


def _stamp_links(link: gs1.DigitalLink, serial: str) -> list[Link]:
    path = _stamp_path(link)
    title = text_in(OWN_LANGUAGE, _STAMP_JSON, serial=serial)
    return [
        *_page(LinkType.VERIFICATION, path, _titles(_STAMP, serial=serial)),
        Link(LinkType.VERIFICATION, path, title, JSON, LANGUAGES),
    ]


def _goods_links(linked: LinkedGoods) -> list[Link]:
    goods, path = linked.goods, f"/products/{linked.goods.slug}"
    links = []
    if goods.lot_public_id is not None:
        lot_path = f"/lots/{goods.lot_public_id}"
        links += _page(LinkType.TRACEABILITY, lot_path, _titles(_LOT, code=goods.lot_code))
        # Never only while a lot is recalled: a link that comes and goes would be the answer.
        recall = _titles(_RECALL, code=goods.lot_code)
        links += _page(LinkType.RECALL, lot_path, recall, at="#recall")
    links += _page(LinkType.PRODUCT, path, _titles_of(goods, _PRODUCT))
    if linked.is_certified:
        links += _page(LinkType.CERTIFICATION, path, _titles_of(goods, _PAPERS), at="#origin")
    for seller in linked.sellers:
        titles, province = _titles(_SELLER, name=seller.name), seller.province_code or ""
        links += _page(LinkType.RETAILERS, f"/producers/{seller.slug}", titles, context=province)
    return links


def _titles(title: str, **values: object) -> Mapping[str, str]:
    return {language: text_in(language, title, **values) for language in LANGUAGES}


def _titles_of(goods: GoodsOfGtin, title: str) -> Mapping[str, str]:
    """Each with the name that the goods have in that language."""
    named = {"vi": goods.name, "en": goods.english_name or goods.name}
    return {language: text_in(language, title, name=named[language]) for language in LANGUAGES}


def _page(
    type_: LinkType, path: str, titles: Mapping[str, str], *, at: str = "", context: str = ""
) -> list[Link]:
    """One page in each of its languages."""
    return [
        Link(type_, _in_language(path, language) + at, titles[language], HTML, (language,), context)
        for language in LANGUAGES
    ]


def _in_language(path: str, language: str) -> str:
    """The address that answers in this language, but for who chose another by the switch."""
    if language == OWN_LANGUAGE:
        return path
    return path + ("&" if "?" in path else "?") + urlencode({"lang": language})
