"""What the pages of cases say beside numbers and names."""

from core.language import gettext as _
from traceability.models import StampCase, StampCaseEntry
from traceability.rules import CaseAct, CaseState, Measure, Side

STATE_KINDS = {  # Of `state` macros.
    CaseState.NEW: "attentive",
    CaseState.LOOKING: "",
    CaseState.FAKE: "stop",
    CaseState.GENUINE: "good",
    CaseState.UNCLEAR: "",
}


def state_words(case: StampCase) -> str:
    """How far a case is."""
    return {
        CaseState.NEW: _("mới"),
        CaseState.LOOKING: _("đang xem xét"),
        CaseState.FAKE: _("xác nhận có hàng giả"),
        CaseState.GENUINE: _("hàng của người làm"),
        CaseState.UNCLEAR: _("chưa rõ"),
    }[CaseState(case.state)]


def state_kind(case: StampCase) -> str:
    """The colour of a case's state."""
    return STATE_KINDS[CaseState(case.state)]


def act_words(entry: StampCaseEntry) -> str:
    """What was done with a case."""
    return {
        CaseAct.OPENED: _("Mở vụ việc"),
        CaseAct.TAKEN: _("Nhận xem"),
        CaseAct.NOTED: _("Ghi chú"),
        CaseAct.FAKE: _("Kết luận: có hàng giả mang số tem này"),
        CaseAct.GENUINE: _("Kết luận: hàng của người làm"),
        CaseAct.UNCLEAR: _("Kết luận: chưa rõ"),
        CaseAct.LIFTED: _("Gỡ kết luận, xem xét lại"),
    }[CaseAct(entry.act)]


def side_words(side: str) -> str:
    """On whose behalf somebody acted."""
    return {Side.MAKER: _("Người làm"), Side.OFFICE: _("Cán bộ")}[Side(side)]


def conclusions() -> list[tuple[str, str]]:
    """How a case may end: value and words."""
    return [
        (CaseState.FAKE.value, _("Có hàng không phải của người làm mang số tem này")),
        (CaseState.GENUINE.value, _("Hàng đúng là của người làm")),
        (CaseState.UNCLEAR.value, _("Chưa đủ để biết")),
    ]


def measures() -> list[tuple[str, str]]:
    """What a confirmed fake may do to stamps: value and words."""
    return [
        (Measure.SUSPICIOUS.value, _("Cảnh báo: người quét đọc “tem này có thể đã bị chép”")),
        (
            Measure.VOID.value,
            _("Hủy tem: người quét đọc “có hàng giả mang số này”"),
        ),
        (Measure.NONE.value, _("Giữ nguyên: không đổi tem nào")),
    ]


def measure_words(measure: str) -> str:
    """What a confirmed fake did."""
    return {
        Measure.SUSPICIOUS: _("Người quét đọc: tem này có thể đã bị chép."),
        Measure.VOID: _("Tem đã hủy; người quét đọc lý do."),
        Measure.NONE: _("Không đổi tem nào."),
    }[Measure(measure)]


def label(name: str) -> str:
    """What a field of these forms is called."""
    return {
        "words": _("Ghi chú"),
        "state": _("Kết luận thế nào?"),
        "measure": _("Nếu có hàng giả: tem thì sao?"),
        "first": _("Tem đầu"),
        "last": _("Tem cuối"),
        "why": _("Vì sao?"),
        "confirmed": _("Đúng, tôi muốn đổi nhiều tem"),
    }[name]
