"""What the tables of the catalog hold of people: who did what, and the goods one sells."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select

from catalog.models import (
    Certificate,
    ImportRow,
    ImportRun,
    Lot,
    Product,
    ProductChange,
    ProductReview,
    ProductRevision,
    ProductText,
    Recognition,
)
from core import periods
from core.database import Base
from core.errors import sentence
from core.personal import Held, Subject

_COMPARED = "compared by officers at their next look; what it says is handed out where it stands"
_OURS = "numbers of ours"


def _of_own(table: type[Base]) -> Callable[[Subject], ColumnElement[bool]]:
    """Rows of the enterprises the person directs."""
    column = table.__table__.columns["enterprise_id"]
    return lambda subject: column.in_(subject.directs)


def _own_words(subject: Subject) -> ColumnElement[bool]:
    own = select(Product.id).where(Product.enterprise_id.in_(subject.directs))
    return ProductText.product_id.in_(own)


def _own_lines(subject: Subject) -> ColumnElement[bool]:
    own = select(ImportRun.id).where(ImportRun.by_person_id == subject.person_id)
    return ImportRow.run_id.in_(own)


HELD = (
    Held(
        Product,
        sentence("Hàng của đơn vị bạn đứng đầu"),
        where=_of_own(Product),
        shown=("public_id", "group", "state", "created_at", "submitted_at", "published_at"),
        kept=periods.LISTINGS,
    ),
    Held(
        ProductText,
        sentence("Lời giới thiệu hàng"),
        where=_own_words,
        shown=("language", "name", "summary", "story"),
        kept=periods.LISTINGS,
    ),
    Held(
        ProductRevision,
        sentence("Những lần sửa hàng"),
        where=_of_own(ProductRevision),
        shown=("act", "at", "before", "after"),
        kept=periods.LISTINGS,
    ),
    Held(
        ProductChange,
        sentence("Những lần đề nghị sửa hàng đang bán"),
        where=_of_own(ProductChange),
        shown=("state", "base", "proposed", "reason", "submitted_at", "ended_at"),
        kept=periods.LISTINGS,
    ),
    Held(
        Lot,
        sentence("Lô hàng đã khai"),
        where=_of_own(Lot),
        shown=("public_id", "code", "made_on", "best_before_on", "declared_units", "created_at"),
        kept=periods.LISTINGS,
    ),
    Held(
        Certificate,
        sentence("Giấy chứng nhận đã ghi"),
        where=_of_own(Certificate),
        shown=("name", "issuer", "number", "scope", "valid_from", "valid_until"),
        kept=periods.LISTINGS,
    ),
    Held(
        Recognition,
        sentence("Hạng OCOP: bạn ghi cho hàng của mình, hoặc xem xét khi là cán bộ"),
        people=("reviewed_by_id",),
        where=_of_own(Recognition),
        shown=("stars", "decision", "authority", "decided_on", "review", "refusal", "entered_at"),
        kept=periods.LISTINGS,
    ),
    Held(
        ProductReview,
        sentence("Việc xem hàng trước khi đăng: bạn làm, hoặc về hàng của bạn"),
        people=("officer_id",),
        where=_of_own(ProductReview),
        shown=("level", "outcome", "looked_at", "reason", "reviewed_at"),
        inner={"said": _COMPARED},
        kept=periods.LISTINGS,
    ),
    Held(
        ImportRun,
        sentence("Bảng tính bạn đã nhập"),
        people=("by_person_id",),
        shown=("kind", "file_name", "state", "total", "created_at", "written_at"),
        inner={"chosen": _OURS, "examples": "the first lines, handed out with the others"},
        kept=periods.IMPORTS,
    ),
    Held(
        ImportRow,
        sentence("Các dòng của bảng tính ấy"),
        where=_own_lines,
        shown=("line", "texts", "fate", "sentence"),
        inner=dict.fromkeys(("values", "before"), _OURS),
        kept=periods.IMPORTS,
    ),
)
NOT_PERSONAL = {
    "import_run.heading": "the words above the columns",
    "pack.words": "a box of 200 g",
    "pack.size_words": "how long a knife is",
    "product_photo.subject": "which side of the goods",
}
