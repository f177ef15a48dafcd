"""What pages say of recalls: the words for what is chosen from lists."""

from core.language import gettext as _
from traceability.models import LotRecall
from traceability.rules.cases import Side
from traceability.rules.recalls import Advice, LiftReason, RecallReason, Remedy


def reasons() -> list[tuple[str, str]]:
    """Why goods are called back: value and words, as they stand after "vì"."""
    return [
        (RecallReason.CONTAMINATED.value, _("có vi khuẩn hoặc chất độc quá mức")),
        (RecallReason.RESIDUE.value, _("dư lượng thuốc quá mức")),
        (RecallReason.FOREIGN_BODY.value, _("có vật lạ trong hàng")),
        (RecallReason.SPOILED.value, _("hàng bị mốc, ôi hoặc hỏng")),
        (RecallReason.ALLERGEN.value, _("có chất gây dị ứng không ghi trên nhãn")),
        (RecallReason.LABEL.value, _("nhãn ghi sai")),
        (RecallReason.DEFECT.value, _("hàng có lỗi, dùng có thể bị thương")),
        (RecallReason.OTHER.value, _("lý do khác")),
    ]


def advice() -> list[tuple[str, str]]:
    """What whoever has the goods should do: value and words."""
    return [
        (Advice.KEEP.value, _("không ăn, không dùng; giữ cả vỏ")),
        (Advice.BRING_BACK.value, _("không ăn, không dùng; mang cả vỏ đến nơi đã mua")),
        (
            Advice.THROW_AWAY.value,
            _("không ăn, không dùng, không cho vật nuôi ăn; bỏ đi"),
        ),
    ]


def remedies() -> list[tuple[str, str]]:
    """What whoever has the goods may ask for: value and words."""
    return [
        (Remedy.EITHER.value, _("đổi hoặc hoàn tiền")),
        (Remedy.EXCHANGE.value, _("đổi hàng")),
        (Remedy.REFUND.value, _("hoàn tiền")),
    ]


def lift_reasons() -> list[tuple[str, str]]:
    """Why a recall ends: value and words."""
    return [
        (LiftReason.DONE.value, _("đã thu hàng về hoặc đã sửa xong")),
        (LiftReason.CLEARED.value, _("đã kiểm lại, hàng không sao")),
        (LiftReason.MISTAKEN.value, _("thu hồi nhầm lô")),
    ]


def reason_words(recall: LotRecall) -> str:
    """Why, from the list and in the words of whoever called the lot back."""
    if recall.reason == RecallReason.OTHER and recall.words:  # Forgotten long after its end.
        return recall.words
    listed = dict(reasons())[recall.reason]
    return f"{listed} ({recall.words})" if recall.words else listed


def advice_words(recall: LotRecall) -> str:
    """What to do with the goods."""
    return dict(advice())[recall.advice]


def remedy_words(recall: LotRecall) -> str:
    """What one may ask for; empty where nothing is said of it."""
    return dict(remedies())[recall.remedy] if recall.remedy else ""


def lift_words(recall: LotRecall) -> str:
    """Why it ended; empty while it is open."""
    return dict(lift_reasons())[recall.lifted_because] if recall.lifted_because else ""


def caller(recall: LotRecall, maker: str) -> str:
    """Who called the lot back: its maker, or the authority an officer acted for."""
    return recall.authority or maker


def side_words(side: str | None) -> str:
    """On whose behalf a recall was lifted."""
    return {Side.MAKER: _("người làm"), Side.OFFICE: _("cán bộ")}[Side(side or "")]


def label(name: str) -> str:
    """What a field of these forms is called."""
    return {
        "reason": _("Vì sao thu hồi?"),
        "words": _("Nói rõ thêm"),
        "advice": _("Người đang có hàng nên làm gì?"),
        "remedy": _("Người mua được gì?"),
        "phone": _("Số để người mua gọi"),
        "until_on": _("Đến ngày"),
        "authority": _("Cơ quan quyết định thu hồi"),
        "because": _("Vì sao thôi thu hồi?"),
        "why": _("Nói rõ cho người đọc"),
        "version": "",
        "confirmed": "",
    }[name]
