"""What the pages of /manage/stamps say beside numbers: states, reasons, acts, papers."""

from core import display
from core.language import current_language
from core.language import gettext as _
from traceability.models import StampAct
from traceability.queries import ActCard, RangeCard
from traceability.routes.paper_words import (
    DrawnPaper,
    dpis,
    file_formats,
    handed_out,
    paper_words,
    papers,
    print_words,
    printings_words,
    reprint_reasons,
    sheets,
)
from traceability.rules import VoidReason, serial_text

STATE_KINDS = {  # Of `state` macros.
    "printed": "attentive",
    "active": "good",
    "doubted": "stop",
    "void": "stop",
}


__all__ = [
    "STATE_KINDS",
    "DrawnPaper",
    "VoidReason",
    "act_words",
    "dpis",
    "file_formats",
    "handed_out",
    "paper_words",
    "papers",
    "print_words",
    "printings_words",
    "range_state",
    "range_words",
    "reason_explained",
    "reason_words",
    "reasons",
    "reprint_reasons",
    "serial_text",
    "sheets",
    "state_words",
]


def state_words(state: str) -> str:
    """How stamps stand: printed, active, doubted or void."""
    words = {
        "printed": _("chờ dán"),
        "active": _("đã báo dán"),
        "doubted": _("mang cảnh báo"),
        "void": _("đã hủy"),
    }
    return words[state]


def reason_words(reason: VoidReason) -> str:
    """Why stamps are cancelled, in a few words."""
    return {
        VoidReason.SPOILED: _("in hỏng"),
        VoidReason.LOST: _("mất trước khi dán"),
        VoidReason.RETURNED: _("hàng bị trả lại"),
        VoidReason.REPLACED: _("đã dán tem khác"),
        VoidReason.FAKED: _("có hàng giả mang số này"),
    }[reason]


def reason_explained(reason: VoidReason) -> str:
    """When this is the right reason, and what buyers will read."""
    return {
        VoidReason.SPOILED: _("Tem nhòe, lệch, rách. Người quét sẽ đọc: tem in hỏng."),
        VoidReason.LOST: _("Tem chưa dán mà không thấy nữa. Người quét sẽ đọc: tem bị báo mất."),
        VoidReason.RETURNED: _("Hàng về và bị loại bỏ. Người quét sẽ đọc: hàng đã trả lại."),
        VoidReason.REPLACED: _("Món hàng được dán tem mới. Người quét sẽ đọc: hãy tìm tem mới."),
        VoidReason.FAKED: _(
            "Bạn đã thấy hàng giả mang đúng số này. Người quét sẽ đọc: có hàng giả mang số này."
        ),
    }[reason]


def reasons() -> list[tuple[str, str]]:
    """Reasons to choose from: value and words."""
    return [
        (reason.value, f"{reason_words(reason).capitalize()}. {reason_explained(reason)}")
        for reason in VoidReason
    ]


def act_words(act: ActCard | StampAct) -> str:
    """What was done, with the reason of a cancellation."""
    if act.act == "void":
        assert act.reason is not None, act
        return _("Hủy (%(reason)s)", reason=reason_words(VoidReason(act.reason)))
    return {
        "activate": _("Báo đã dán"),
        "bind": _("Dán cuộn cho lô"),
        "doubt": _("Xác nhận có hàng giả mang số này"),
        "lift": _("Gỡ kết luận về hàng giả"),
        "move": _("Chuyển sang lô khác"),
        "undo": _("Hoàn lại việc trước"),
    }[act.act]


def range_words(first: int, last: int) -> str:
    """The ordinals of a range: "1–628", or one number."""
    language = current_language()
    if first == last:
        return display.number(first, language)
    return f"{display.number(first, language)}–{display.number(last, language)}"


def range_state(each: RangeCard) -> str:
    """How a range stands, with the reason of a cancellation."""
    if each.reason is None:
        return state_words(each.state)
    return f"{state_words(each.state)}: {reason_words(VoidReason(each.reason))}"
