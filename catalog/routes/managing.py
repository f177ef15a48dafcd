"""What the makers' and officers' pages share: saying in words what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext
from markupsafe import Markup

from catalog.covers import cover_svg
from catalog.forms import REFUSAL_REASONS, RETURN_REASONS
from catalog.queries import ManagedPack, ManagedProduct
from catalog.routes.showing import pack_words
from catalog.rules import Missing
from core import display
from core.forms import Drawn

PER_CONTENT = 1_000  # Grams or millilitres: such a pack's price is the unit price.


@dataclass(frozen=True)
class PackLine:
    """A pack as it is read; empty where there is nothing to say."""

    public_id: str
    words: str
    measure: str
    price: str
    per: str
    illustrative: bool
    gtin: str
    in_the_hand: str

    @property
    def details(self) -> str:
        """What else is known of it, in a line; a pack called by its content says that once."""
        measure = self.measure if self.measure != self.words else ""
        number = gettext("mã vạch %(number)s", number=self.gtin) if self.gtin else ""
        return " · ".join(each for each in (measure, self.in_the_hand, number) if each)


def pack_lines(product: ManagedProduct, locale: str) -> list[PackLine]:
    """A product's packs for the templates."""
    return [_pack_line(pack, locale) for pack in product.packs]


def _pack_line(pack: ManagedPack, locale: str) -> PackLine:
    has_unit_price = pack.base_unit != "piece" and pack.content != PER_CONTENT
    per = ""
    if pack.price_vnd is not None and has_unit_price:
        per = display.unit_price(pack.price_vnd, pack.content, pack.base_unit, locale)
    weight = display.measure(pack.weight_g, "g", locale) if pack.weight_g else ""
    return PackLine(
        public_id=pack.public_id,
        words=pack_words(pack.words),
        measure=display.measure(pack.content, pack.base_unit, locale),
        price="" if pack.price_vnd is None else display.vnd(pack.price_vnd, locale),
        per=per,
        illustrative=pack.is_illustrative,
        gtin=pack.gtin or "",
        in_the_hand=", ".join(part for part in (pack.size_words, weight) if part),
    )


def drawing(product: ManagedProduct) -> Markup:
    """The drawn cover buyers see."""
    # Our own drawing: no word of the product stands in it.
    return Markup(cover_svg(product.name, product.group, product.id))  # noqa: S704


def reason_lines(reason: str) -> list[str]:
    """An officer's reason line by line; the usual ones in the reader's language."""
    usual = {*RETURN_REASONS, *REFUSAL_REASONS}
    return [str(gettext(line)) if line in usual else line for line in reason.split("\n")]


def missing_words(product: ManagedProduct, missing: Sequence[Missing]) -> list[tuple[str, str]]:
    """What is missing, each with the page where it is filled in."""
    own = f"/manage/products/{product.public_id}"
    words = {
        Missing.NAME: (gettext("Hàng chưa có tên."), f"{own}/listing/name"),
        Missing.GROUP: (gettext("Chưa chọn nhóm hàng."), f"{own}/listing/group"),
        Missing.PACK: (
            gettext("Chưa có quy cách và giá."),
            f"{own}/packs" if product.listing_step is None else f"{own}/listing/packs",
        ),
        Missing.PLACE: (gettext("Chưa ghi nơi làm."), "/manage/enterprise/place"),
        Missing.SELLER: (
            gettext("Cán bộ chưa biết bạn là ai: xin gửi đơn vị của bạn trước."),
            "/manage/enterprise",
        ),
    }
    return [words[one] for one in missing]


def day_words(value: date | None, locale: str) -> str:
    """A day as it is read; empty where there is none."""
    return display.day(value, locale) if value else ""


def with_version(form: Drawn, version: int) -> Drawn:
    """The form as typed, drawn over the row as it is now: sent again it is meant."""
    return replace(form, values={**form.values, "version": str(version)}, errors={})
