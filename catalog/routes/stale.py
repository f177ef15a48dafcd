"""Forms that judge a whole product, sent from a page that was open too long.

There is nothing typed to hand back: the answer says what was done to the product since.
"""

from collections.abc import Callable

from flask import Response
from flask_babel import gettext

from accounts.web import answer_once
from catalog import queries
from catalog.errors import ProductChanged, ProductClosed
from catalog.queries import ManagedProduct
from catalog.rules import ProductState
from core import audit
from core.errors import AppError, sentence
from core.pages import page
from core.work import Work, reading

_AFTER_ACT = {
    "change_words": sentence("Tên, nhóm hàng hoặc lời giới thiệu vừa được sửa."),
    "add_pack": sentence("Mặt hàng này vừa có thêm gói."),
    "change_pack": sentence("Gói hoặc giá của mặt hàng này vừa được sửa."),
    "remove_pack": sentence("Mặt hàng này vừa bỏ bớt một gói."),
    "publish_change": sentence("Cán bộ vừa cho đổi mặt hàng này theo đề nghị."),
    "propose_change": sentence("Mặt hàng này vừa có đề nghị sửa gửi cán bộ xem."),
    "import_product": sentence("Mặt hàng này vừa được cập nhật từ tệp."),
}
_IN_STATE = {  # Acts that move a product along leave it in a state that says which it was.
    ProductState.DRAFT: sentence("Mặt hàng này vừa được lấy lại để sửa."),
    ProductState.SUBMITTED: sentence("Mặt hàng này vừa được gửi cho cán bộ xem."),
    ProductState.PUBLISHED: sentence("Cán bộ vừa cho đăng bán mặt hàng này."),
    ProductState.RETURNED: sentence("Cán bộ vừa xem mặt hàng này và nhờ sửa vài chỗ."),
    ProductState.PRACTICE: sentence("Mặt hàng này vừa được đăng trong tập thử."),
    ProductState.WITHDRAWN: sentence("Mặt hàng này vừa thôi bán."),
}


def answer_once_unless_stale(
    effect: Callable[[Work], str], *, product: ManagedProduct, url: str
) -> Response:
    """Answer as `answer_once`; a product that is not as it was seen is explained, with `url`."""
    try:
        return answer_once(effect)
    except (ProductChanged, ProductClosed) as refusal:
        return page(
            "catalog/stale.html",
            status=refusal.status,
            status_code=refusal.status,
            text=gettext(_what_happened(product)),
            url=url,
        )


def not_removed(refusal: AppError, text: str, *, url: str) -> Response:
    """Say why something still stands: it is not what was on the screen; `url` shows it."""
    return page(
        "catalog/not_removed.html",
        status=refusal.status,
        status_code=refusal.status,
        text=text,
        url=url,
    )


def _what_happened(seen: ManagedProduct) -> str:
    with reading() as session:
        act = audit.last_act_on(
            session, enterprise_id=seen.enterprise_id, object_kind="product", object_id=seen.id
        )
        [product] = queries.managed_products(session, [seen.id])
    return _AFTER_ACT.get(act or "") or _IN_STATE[product.state]
