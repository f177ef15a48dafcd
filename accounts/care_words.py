"""The words of acts on several makers: usual reminders, and why somebody was left out."""

from collections.abc import Mapping

from flask_babel import gettext

from core.errors import sentence

# What makers are reminded of, most often first; in one's own words what is none of these.
REMINDERS = (
    sentence("Tem đã in mà chưa báo dán: dán xong xin bấm kích hoạt."),
    sentence("Có giấy chứng nhận sắp hết hạn: xin ghi giấy mới khi có."),
    sentence("Có mặt hàng gửi trả để sửa: xin sửa rồi gửi lại."),
    sentence("Có lời báo của người mua: xin đọc và trả lời."),
    sentence("Lâu rồi chưa thấy vào Gốc: xin vào xem hàng và lô còn đúng không."),
)
LEFT_OUT: Mapping[str, str] = {
    "no_reader": sentence("chưa ai ở đó vào được Gốc để đọc"),
    "reminded": sentence("trong 7 ngày qua đã có người nhắc"),
    "not_their_area": sentence("ngoài địa bàn của người nhận"),
    "theirs_already": sentence("người nhận đang trông nom rồi"),
    "waits": sentence("lần hỏi trước đang chờ trả lời"),
    "too_many": sentence("hôm nay bạn đã hỏi đủ số lần cho phép"),
    "belongs": sentence("bạn là người của cơ sở đó"),
}


def reminder_words(words: str) -> str:
    """A reminder as it is read: the usual ones in the reader's language."""
    return str(gettext(words)) if words in REMINDERS else words
