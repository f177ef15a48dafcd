"""What a batch of the public log is called on its page and in its feeds."""

from core import display
from core.language import current_language, gettext
from traceability.rules.watched import WatchedBatch, Wish


def title(batch: WatchedBatch) -> str:
    """How many stamps for which goods: what one looks at first."""
    count = display.number(batch.count, current_language())
    goods = batch.product_name or gettext("tên hàng không ghi")
    return gettext("%(count)s tem · %(goods)s", count=count, goods=goods)


def detail(batch: WatchedBatch) -> str:
    """Who issued it, for which lot, under which GTIN, when; as the log says it."""
    day = display.moment_day(batch.at, current_language())
    parts = [_maker(batch), _lot(batch)]
    if batch.gtin:
        parts.append(gettext("mã vạch %(gtin)s", gtin=batch.gtin))
    parts += [gettext("ghi ngày %(day)s", day=day), gettext("đợt %(batch)s", batch=batch.batch)]
    return " · ".join(parts)


def is_of_another(batch: WatchedBatch, wish: Wish) -> bool:
    """Whether a maker who watches its own goods sees a batch that somebody else issued."""
    return bool(wish.maker) and batch.enterprise != wish.maker


def of_another() -> str:
    """What is said of such a batch."""
    return gettext("Đơn vị khác phát")


def feed_title(wish: Wish, origin: str) -> str:
    """What a feed of the log calls itself."""
    if wish.gtin:
        return gettext(
            "Đợt tem mới dưới mã vạch %(gtin)s, sổ %(origin)s", gtin=wish.gtin, origin=origin
        )
    if wish.maker:
        return gettext(
            "Đợt tem mới của đơn vị %(maker)s, sổ %(origin)s", maker=wish.maker, origin=origin
        )
    return gettext("Đợt tem mới trong sổ %(origin)s", origin=origin)


def _maker(batch: WatchedBatch) -> str:
    if batch.enterprise_name:
        return batch.enterprise_name
    if batch.enterprise:
        return gettext("Hộ mã %(id)s", id=batch.enterprise)
    return gettext("Đơn vị không còn trên Gốc")


def _lot(batch: WatchedBatch) -> str:
    if batch.is_roll:
        return gettext("tem cuộn, chưa gắn lô")
    if batch.lot:
        return gettext("lô %(code)s", code=display.lot_code(batch.lot))
    return gettext("mã lô không ghi")
