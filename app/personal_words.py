"""What columns and their values are called in a download of one's own data."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from app.act_words import ACT_WORDS
from core import display
from core.errors import sentence
from core.language import current_language, gettext

COLUMNS = {
    "act": sentence("Việc"),
    "added_at": sentence("Thêm lúc"),
    "after": sentence("Sau"),
    "alt": sentence("Lời tả"),
    "answer": sentence("Trả lời"),
    "answered_at": sentence("Trả lời lúc"),
    "area": sentence("Địa bàn"),
    "asked_at": sentence("Hỏi lúc"),
    "asked_of": sentence("Hỏi ai"),
    "at": sentence("Lúc"),
    "authority": sentence("Cơ quan"),
    "bank": sentence("Ngân hàng"),
    "base": sentence("Đang bán lúc đề nghị"),
    "before": sentence("Trước"),
    "begun_at": sentence("Bắt đầu lúc"),
    "best_before_on": sentence("Hạn dùng"),
    "channel": sentence("Gửi bằng"),
    "closed_at": sentence("Đóng lúc"),
    "code": sentence("Mã"),
    "commune_code": sentence("Mã xã, phường"),
    "contact": sentence("Số để lại"),
    "count": sentence("Số lượng"),
    "created_at": sentence("Tạo lúc"),
    "decided_at": sentence("Quyết định lúc"),
    "decided_on": sentence("Ngày quyết định"),
    "decision": sentence("Quyết định"),
    "declared_units": sentence("Số đã khai"),
    "device": sentence("Máy"),
    "known_at": sentence("Thành máy quen lúc"),
    "seen_at": sentence("Dùng lần cuối lúc"),
    "program": sentence("Phần mềm"),
    "is_leader": sentence("Là đội trưởng"),
    "invited_at": sentence("Mời lúc"),
    "last_used_at": sentence("Dùng lần cuối"),
    "linked_at": sentence("Gắn lúc"),
    "made_at": sentence("Làm lúc"),
    "fetched_at": sentence("Tải lúc"),
    "print_place": sentence("Nhờ nơi nào in"),
    "raised_at": sentence("Thấy được kiểm nhiều lúc"),
    "began_at": sentence("Quét từ lúc"),
    "stamps": sentence("Số tem đã quét"),
    "spoiled_count": sentence("Số tem hỏng"),
    "due_at": sentence("Có hiệu lực lúc"),
    "ended_at": sentence("Kết thúc lúc"),
    "entered_at": sentence("Ghi lúc"),
    "enterprise": sentence("Đơn vị"),
    "expires_at": sentence("Hết hạn lúc"),
    "fate": sentence("Ra sao"),
    "field": sentence("Ô"),
    "figure": sentence("Số liệu"),
    "file_name": sentence("Tên tệp"),
    "finished_at": sentence("Xong lúc"),
    "first": sentence("Từ số"),
    "from_at": sentence("Từ lúc"),
    "given_at": sentence("Đồng ý lúc"),
    "group": sentence("Nhóm"),
    "handed_at": sentence("Giao lúc"),
    "is_shown": sentence("Cho người mua thấy tên"),
    "hamlet": sentence("Thôn, bản"),
    "happened_at": sentence("Xảy ra lúc"),
    "height": sentence("Cao"),
    "held_on": sentence("Ngày học"),
    "holder": sentence("Chủ tài khoản"),
    "issued_at": sentence("Phát lúc"),
    "issuer": sentence("Nơi cấp"),
    "joined_at": sentence("Vào lúc"),
    "kind": sentence("Loại"),
    "language": sentence("Ngôn ngữ"),
    "last": sentence("Đến số"),
    "last_used_on": sentence("Dùng gần nhất"),
    "level": sentence("Cấp"),
    "line": sentence("Dòng"),
    "locked_until": sentence("Khóa đến"),
    "looked_at": sentence("Đã đối chiếu"),
    "made_on": sentence("Ngày làm"),
    "heir_name": sentence("Tên người nhận thay"),
    "name": sentence("Tên"),
    "note": sentence("Lời dặn"),
    "number": sentence("Số"),
    "object_kind": sentence("Làm với"),
    "on_at": sentence("Bắt đầu chỉ lúc"),
    "outcome": sentence("Kết quả"),
    "paper": sentence("Giấy in"),
    "phone": sentence("Số điện thoại"),
    "phone_shown": sentence("Cho người mua thấy số"),
    "new_place": sentence("Nơi làm mới"),
    "old_place": sentence("Nơi làm trước"),
    "place": sentence("Trang"),
    "place_published": sentence("Nơi ghi trên hàng"),
    "placed_at": sentence("Ở đó lúc"),
    "price_vnd": sentence("Giá"),
    "printed_at": sentence("In lúc"),
    "proposed": sentence("Đề nghị"),
    "proved_at": sentence("Gõ đúng lúc"),
    "province_code": sentence("Mã tỉnh"),
    "public_id": sentence("Mã ở Gốc"),
    "opened_at": sentence("Hỏi lúc"),
    "published_at": sentence("Đăng lúc"),
    "purpose": sentence("Để làm gì"),
    "reason": sentence("Lý do"),
    "refusal": sentence("Lý do chưa nhận"),
    "refused": sentence("Bị từ chối"),
    "reminded_at": sentence("Nhắc lúc"),
    "removed_at": sentence("Bỏ lúc"),
    "reported_at": sentence("Báo lúc"),
    "reprint_reason": sentence("In lại vì sao"),
    "reprint_words": sentence("Lời ghi khi in lại"),
    "review": sentence("Cán bộ xem"),
    "reviewed_at": sentence("Xem lúc"),
    "role": sentence("Vai trò"),
    "said": sentence("Tên đã gửi"),
    "scope": sentence("Phạm vi"),
    "scopes": sentence("Được làm"),
    "sent_at": sentence("Gửi lúc"),
    "sentence": sentence("Câu báo"),
    "serial_text": sentence("Số tem"),
    "sign_in": sentence("Số điện thoại hoặc thư điện tử"),
    "since_at": sentence("Từ khi"),
    "stars": sentence("Số sao"),
    "starts_on": sentence("Từ ngày"),
    "state": sentence("Trạng thái"),
    "step": sentence("Bước"),
    "story": sentence("Câu chuyện"),
    "subject": sentence("Tiêu đề"),
    "submitted_at": sentence("Gửi cán bộ lúc"),
    "summary": sentence("Tóm tắt"),
    "target": sentence("Gửi tới"),
    "team": sentence("Đội giúp người bán"),
    "text": sentence("Lời báo"),
    "texts": sentence("Các ô"),
    "total": sentence("Tất cả"),
    "until_at": sentence("Đến lúc"),
    "until_on": sentence("Đến ngày"),
    "updated_at": sentence("Sửa lúc"),
    "used_at": sentence("Dùng lúc"),
    "valid_from": sentence("Có hiệu lực từ"),
    "valid_until": sentence("Có hiệu lực đến"),
    "version": sentence("Bản"),
    "wanted": sentence("Chỉ tiêu"),
    "width": sentence("Rộng"),
    "wipe_at": sentence("Xóa lúc"),
    "shop": sentence("Cửa hàng"),
    "side": sentence("Phía nào làm"),
    "words": sentence("Lời"),
    "why": sentence("Vì sao"),
    "lifted_at": sentence("thôi lúc"),
    "lifted_why": sentence("vì sao thôi"),
    "recalled_at": sentence("thu hồi lúc"),
    "concluded_at": sentence("Kết luận lúc"),
    "was_state": sentence("Trước đó"),
    "was_from_at": sentence("Trước đó từ lúc"),
    "withdrawn_at": sentence("Rút lại lúc"),
    "written_at": sentence("Ghi vào sổ lúc"),
    "year": sentence("Năm"),
}
# Codes people would have to guess; others are words already, or names.
_VALUES = {
    "accepted": sentence("đã nhận lời"),
    "accountant": sentence("kế toán"),
    "activate_stamps": sentence("kích hoạt"),
    "active": sentence("đang dùng"),
    "api_token": sentence("mã API"),
    "appointment": sentence("chức vụ"),
    "asked": sentence("đang hỏi"),
    "consent": sentence("lời đồng ý"),
    "consent_asking": sentence("lời hỏi giúp"),
    "director": sentence("người đứng đầu"),
    "done": sentence("đã xong"),
    "draft": sentence("chưa gửi"),
    "ended": sentence("đã kết thúc"),
    "enterprise": sentence("đơn vị bán hàng"),
    "failed": sentence("không xong"),
    "given": sentence("đã đồng ý"),
    "given_up": sentence("không gửi được"),
    "grower": sentence("người góp hàng"),
    "hamlet_heads": sentence("Trưởng thôn"),
    "household": sentence("hộ gia đình"),
    "import": sentence("lần nhập tệp"),
    "invitation": sentence("lời mời"),
    "lot": sentence("lô hàng"),
    "officer": sentence("cán bộ"),
    "operator": sentence("người vận hành"),
    "passkey": sentence("khóa trên máy"),
    "person": sentence("một người"),
    "post_office": sentence("Bưu điện"),
    "product": sentence("mặt hàng"),
    "protected_name": sentence("tên được bảo hộ"),
    "published": sentence("đang bán"),
    "refused": sentence("đã từ chối"),
    "returned": sentence("gửi trả để sửa"),
    "seller": sentence("người bán"),
    "sent": sentence("đã gửi"),
    "stamp_batch": sentence("đợt tem"),
    "stamp_report": sentence("báo cáo của người mua"),
    "stopped": sentence("đã dừng lại"),
    "looking": sentence("đang xem xét"),
    "fake": sentence("xác nhận hàng giả"),
    "genuine": sentence("hàng của người làm"),
    "unclear": sentence("chưa rõ"),
    "maker": sentence("người làm"),
    "office": sentence("cán bộ"),
    "stamp_case": sentence("vụ việc nghi hàng giả"),
    "lot_recall": sentence("việc thu hồi lô"),
    "doubted": sentence("mang cảnh báo"),
    "opened": sentence("mở vụ việc"),
    "taken": sentence("nhận xem"),
    "noted": sentence("ghi chú"),
    "lifted": sentence("gỡ kết luận"),
    "submitted": sentence("cán bộ đang xem"),
    "team": sentence("đội hỗ trợ"),
    "totp": sentence("ứng dụng tạo mã"),
    "training": sentence("buổi tập huấn"),
    "closed": sentence("đã đóng"),
    "verified": sentence("đã đối chiếu"),
    "waiting": sentence("đang chờ"),
    "warehouse": sentence("giữ kho"),
    "withdrawn": sentence("đã rút"),
    "youth": sentence("Đoàn thanh niên"),
    "confirmed": sentence("đã xác nhận"),
    "expired": sentence("đã hết hạn"),
    "overtaken": sentence("không còn cần"),
    "new": sentence("mới"),
    "fetched": sentence("đã tải"),
    "answered": sentence("đã trả lời"),
    "open": sentence("đang chờ"),
    "offered": sentence("đang chờ xác nhận"),
    "taken_back": sentence("đã lấy lại"),
    "jam": sentence("kẹt giấy"),
    "lost": sentence("mất"),
    "bad_print": sentence("in hỏng"),
    "other": sentence("lý do khác"),
    "printed": sentence("chờ dán"),
    "void": sentence("đã hủy"),
    "spoiled": sentence("in hỏng"),
    "replaced": sentence("đã dán tem khác"),
    "faked": sentence("có hàng giả mang số này"),
    "ours": sentence("hàng của tôi"),
    "not_ours": sentence("không phải hàng của tôi"),
    "preparing": sentence("đang làm"),
    "issued": sentence("đã phát"),
    "discarded": sentence("đã bỏ"),
    "activate": sentence("báo đã dán"),
    "bind": sentence("dán cuộn cho lô"),
    "doubt": sentence("xác nhận có hàng giả"),
    "lift": sentence("gỡ kết luận"),
    "move": sentence("chuyển sang lô khác"),
    "undo": sentence("hoàn lại việc trước"),
    "seen": sentence("đã xem"),
    "contaminated": sentence("có vi khuẩn hoặc chất độc quá mức"),
    "residue": sentence("dư lượng thuốc quá mức"),
    "foreign_body": sentence("có vật lạ trong hàng"),
    "allergen": sentence("có chất gây dị ứng không ghi trên nhãn"),
    "label": sentence("nhãn ghi sai"),
    "defect": sentence("hàng có lỗi, dùng có thể bị thương"),
}

# Codes that say something else there.
_VALUES_OF = {
    "account_change": {"replaced": sentence("thay bằng yêu cầu sau")},
    "lot_recall": {"spoiled": sentence("hàng bị mốc, ôi hoặc hỏng")},
    "team": {"other": sentence("đội khác")},
}
# What people wrote themselves is never taken for a code.
_OWN_WORDS = {
    "alt", "code", "contact", "holder", "lifted_why", "name", "note", "number", "place",
    "print_place", "reprint_words", "shop", "story", "summary", "text", "why", "words",
}  # fmt: skip


# What officers compare, as the boxes they tick are called (catalog, accounts: forms).
LOOKED_AT_WORDS = {
    "seller": sentence("người bán"),
    "place": sentence("nơi làm"),
    "name": sentence("tên và nhóm hàng"),
    "papers": sentence("giấy tờ"),
}


def column_words(name: str) -> str:
    """What a column is called."""
    return gettext(COLUMNS[name])


def value_words(table: str, column: str, value: Any) -> str:
    """A value of this table's column as a person reads it; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("có") if value else gettext("không")
    if isinstance(value, list):
        return ", ".join(value_words(table, column, one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {value_words(table, name, one)}" for name, one in value.items())
    return _plain_words(table, column, str(value))


def _plain_words(table: str, column: str, value: str) -> str:
    if column in _OWN_WORDS:
        return value
    if column == "looked_at":
        return gettext(LOOKED_AT_WORDS[value])
    if column.endswith(("_at", "until")) or column == "at":
        return _moment(value)
    if column.endswith("_on"):
        return display.day(date.fromisoformat(value), current_language())
    if column == "act" and value in ACT_WORDS:
        return gettext(ACT_WORDS[value]) % defaultdict(lambda: "…")
    said = _VALUES_OF.get(table, {}).get(value) or _VALUES.get(value)
    return gettext(said) if said else value


def _moment(value: str) -> str:
    """A moment with its day in Việt Nam; a bare day as a day."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        return display.day(moment.date(), current_language())
    return display.clock_and_day(moment, current_language())
