"""What the tables of traceability hold of people. Buyers who look at stamps leave nothing."""

from collections.abc import Callable

from sqlalchemy import ColumnElement

from core import periods
from core.database import Base
from core.errors import sentence
from core.personal import NOW, Blank, Held, Subject
from traceability.models import (
    ActivationAsking,
    Dealer,
    DealerBrowser,
    LabelPrint,
    LogEntry,
    LotRecall,
    PrintCode,
    StampAct,
    StampAlarm,
    StampBatch,
    StampBurst,
    StampCase,
    StampCaseEntry,
    StampCaseRange,
    StampCheck,
    StampClaim,
    StampDelivery,
    StampMonth,
    StampRange,
    StampReport,
    StampScratch,
)


def _of_own(table: type[Base]) -> Callable[[Subject], ColumnElement[bool]]:
    """Rows of the enterprises the person directs."""
    column = table.__table__.columns["enterprise_id"]
    return lambda subject: column.in_(subject.directs)


HELD = (
    Held(
        StampBatch,
        sentence("Đợt tem bạn tạo, hoặc của đơn vị bạn đứng đầu"),
        people=("by_person_id",),
        where=_of_own(StampBatch),
        shown=("public_id", "count", "state", "issued_at"),
        inner={"scratch_secret": "makes the numbers under scratch layers: whoever has it has them"},
        kept=periods.LISTINGS,
    ),
    Held(
        StampAct,
        sentence("Việc kích hoạt và hủy tem"),
        people=("by_person_id",),
        where=_of_own(StampAct),
        shown=("act", "first", "last", "reason", "at"),
        kept=periods.ACTS,
    ),
    Held(
        ActivationAsking,
        sentence("Lời xin kích hoạt tem bạn gửi, hoặc bạn trả lời"),
        people=("asked_by_id", "decided_by_id"),
        shown=("state", "device", "program", "asked_at", "expires_at", "ended_at"),
        inner={"browser_hash": "a keyed hash of the asker's browser: whoever has it could try it"},
        kept=periods.ACTIVATION_ASKINGS,
    ),
    Held(
        StampAlarm,
        sentence("Câu trả lời của bạn khi một con tem được kiểm nhiều bất thường"),
        people=("by_person_id",),
        shown=("answer", "raised_at", "answered_at"),
        kept=periods.ACTS,
    ),
    Held(
        StampBurst,
        sentence("Câu trả lời của bạn khi nhiều tem được quét qua cùng một mạng"),
        people=("by_person_id",),
        shown=("stamps", "began_at", "answer", "answered_at"),
        kept=periods.BURSTS,
    ),
    Held(
        StampRange,
        sentence("Trạng thái tem bạn đã ghi"),
        people=("by_person_id",),
        shown=("first", "last", "state", "reason", "from_at"),
        kept=periods.ACTS,
    ),
    Held(
        LabelPrint,
        sentence("Lần in tem"),
        people=("by_person_id",),
        where=_of_own(LabelPrint),
        shown=(
            "first",
            "last",
            "paper",
            "asked_at",
            "fetched_at",
            "reprint_reason",
            "reprint_words",
        ),
        kept=periods.LISTINGS,
    ),
    Held(
        PrintCode,
        sentence("Lần nhờ nơi khác in tem"),
        people=("by_person_id",),
        where=_of_own(PrintCode),
        shown=("print_place", "state", "made_at", "fetched_at", "answered_at", "spoiled_count"),
        inner={
            "code_hash": "a keyed hash of the six letters, which open one print for two days",
            "token_hash": "a keyed hash of the clerk's browser: it says nothing of a person",
        },
        kept=periods.PRINT_CODES,
    ),
    Held(
        Dealer,
        sentence("Cửa hàng của bạn trong danh sách đại lý của người làm ra"),
        people=("person_id",),
        numbers=("phone",),
        shown=("name", "phone", "commune_code", "is_shown", "made_at", "ended_at"),
        erasing=Blank({"phone": "", "person_id": None, "is_shown": False, "ended_at": NOW}),
        kept=periods.LISTINGS,
    ),
    Held(
        Dealer,
        sentence("Đại lý bạn ghi vào danh sách"),
        people=("by_person_id",),
        where=_of_own(Dealer),
        shown=("name", "commune_code", "made_at", "ended_at"),
        kept=periods.LISTINGS,
    ),
    Held(
        StampDelivery,
        sentence("Lần giao tem cho đại lý"),
        people=("by_person_id",),
        where=_of_own(StampDelivery),
        shown=("first", "last", "state", "handed_at", "answered_at", "ended_at"),
        kept=periods.ACTS,
    ),
    Held(
        StampReport,
        sentence("Báo cáo về tem mà bạn để lại số"),
        typed=("contact",),
        shown=(
            "serial_text",
            "text",
            "place",
            "shop",
            "price_vnd",
            "contact",
            "state",
            "reported_at",
        ),
        erasing=Blank({"contact": ""}),
        kept=periods.REPORT_CONTACTS,
    ),
    Held(
        StampCase,
        sentence("Vụ việc nghi hàng giả về tem của đơn vị bạn đứng đầu"),
        where=_of_own(StampCase),
        shown=("public_id", "serial_text", "state", "why", "opened_at", "concluded_at"),
        kept=periods.ACTS,
    ),
    Held(
        LotRecall,
        sentence("Lô bạn thu hồi hoặc thôi thu hồi, và lô của đơn vị bạn đứng đầu"),
        people=("by_person_id", "lifted_by_person_id"),
        where=_of_own(LotRecall),
        shown=(
            "public_id",
            "reason",
            "words",
            "phone",
            "authority",
            "recalled_at",
            "lifted_at",
            "lifted_why",
        ),
        kept=periods.ACTS,
    ),
    Held(
        StampCaseEntry,
        sentence("Việc bạn đã làm trong một vụ việc nghi hàng giả"),
        people=("by_person_id",),
        shown=("side", "act", "words", "at"),
        kept=periods.ACTS,
    ),
    Held(
        StampCaseRange,
        sentence("Tem bạn đã báo dán mà một vụ việc đổi sang cảnh báo hoặc hủy"),
        people=("was_by_person_id",),
        shown=("was_state", "was_from_at"),
        kept=periods.ACTS,
    ),
)
_NOBODYS = "keyed by the stamp and gone after 180 days: nobody can say whose it is"
NOT_PERSONAL = {
    f"{StampCheck.__tablename__}.device_hash": _NOBODYS,
    f"{StampCheck.__tablename__}.network_hash": _NOBODYS,
    f"{StampScratch.__tablename__}.device_hash": _NOBODYS,
    f"{StampScratch.__tablename__}.network_hash": _NOBODYS,
    f"{StampCheck.__tablename__}.browser_hash": _NOBODYS,
    f"{StampReport.__tablename__}.network_hash": _NOBODYS,
    f"{StampClaim.__tablename__}.token_hash": _NOBODYS,
    f"{StampClaim.__tablename__}.network_hash": _NOBODYS,
    f"{LogEntry.__tablename__}.body": (
        "public for ever, so no person's: a household's name is keyed with its salt (log_salt),"
        " which goes when it closes"
    ),
    f"{DealerBrowser.__tablename__}.token_hash": (
        "a hash of a shop browser's token: it says nothing of a person, and goes with the dealer"
    ),
    f"{LogEntry.__tablename__}.subject": "the number of a row, or the name of a public key",
    f"{StampCheck.__tablename__}.found": "the figures a verdict was made from",
    f"{StampMonth.__tablename__}.figures": "sums of the country",
}
