"""Why a line of a sheet is refused, as sentences; their places are filled when they are shown."""

from collections.abc import Mapping

from catalog.service.entries import Outcome
from catalog.service.sheets import Refusal
from core.errors import sentence
from core.form_sentences import plain_sentence
from core.gs1 import GtinFault

_SENTENCES: Mapping[str, str] = {
    "repeated": sentence("Đã có ở một dòng phía trên."),
    "unknown_group": sentence(
        "Chưa rõ nhóm nào. Viết một trong sáu nhóm: thực phẩm, đồ uống, dược liệu, "
        "thủ công mỹ nghệ, sinh vật cảnh, du lịch."
    ),
    "unknown_kind": sentence(
        "Chưa rõ loại đơn vị. Viết doanh nghiệp, hợp tác xã, tổ hợp tác hoặc hộ kinh doanh."
    ),
    "unknown_province": sentence("Không có tỉnh nào tên như vậy."),
    "unknown_stars": sentence("Hạng sao là một số từ 1 đến 5."),
    "content_missing": sentence(
        "Có giá mà chưa rõ giá của bao nhiêu. Thêm cột “Mỗi gói có” hoặc “Quy cách”, như 500 g."
    ),
    "another_producer": sentence("Hàng này ghi tên một đơn vị khác, không phải đơn vị của bạn."),
    "unknown_goods": sentence("Không thấy đúng một món hàng đang bán mang tên này."),
    "unknown_pack": sentence("Chưa rõ gói nào. Viết đúng tên gói như trên trang của hàng."),
    "unknown_made_kind": sentence(
        "Viết làm ra, thu hoạch, đóng gói hoặc đánh bắt, hợp với nhóm hàng."
    ),
    "unknown_role": sentence(
        "Chưa rõ vai nào. Viết người đứng đầu, người bán hàng, thủ kho, kế toán "
        "hoặc thành viên giao hàng."
    ),
    GtinFault.NOT_DIGITS.value: sentence("Mã vạch chỉ gồm chữ số."),
    GtinFault.LENGTH.value: sentence("Mã vạch có 8, 12, 13 hoặc 14 chữ số. Xin đếm lại."),
    GtinFault.CHECK_DIGIT.value: sentence(
        "Mã vạch này sai một chữ số nào đó. Xin nhìn lại trên bao bì."
    ),
    GtinFault.RESTRICTED.value: sentence(
        "Đây là mã nội bộ của cửa hàng, không phải mã vạch riêng của món hàng. Xin để trống."
    ),
}


def words_of_refusal(refusal: Refusal) -> tuple[str, dict[str, str]]:
    """The message for a line that could not be read, with its values."""
    known = _SENTENCES.get(refusal.reason)
    return (known, {}) if known else plain_sentence(refusal.reason, refusal.values)


def words_of_outcome(outcome: Outcome) -> tuple[str, str, dict[str, str]]:
    """(column, message, values) of a row the rules refused or doubt; empty where they do not."""
    said = outcome.refusal or outcome.doubt
    if said is None:
        return "", "", {}
    values = {name: str(value) for name, value in said.values.items()}
    column = "price_vnd" if said is outcome.doubt else getattr(said, "field", "")
    return column, said.sentence, values
