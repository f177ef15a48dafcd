"""What each role may do, in words: drawn from the table the permissions are decided by."""

from collections.abc import Mapping

from flask_babel import gettext

from accounts.rules import Act, Role
from core.errors import sentence

MEMBER_ROLES = (Role.DIRECTOR, Role.SELLER, Role.WAREHOUSE, Role.ACCOUNTANT, Role.GROWER)

# In the order in which goods come about. Every act for an enterprise has its words.
ACT_WORDS: Mapping[Act, str] = {
    Act.VIEW_MANAGE: sentence("Xem hàng, lô và tem của đơn vị"),
    Act.EDIT_PRODUCT: sentence("Thêm và sửa hàng, giá"),
    Act.EDIT_PAPERS: sentence("Ghi giấy chứng nhận và hạng OCOP của hàng"),
    Act.SUBMIT_PRODUCT: sentence("Gửi hàng cho cán bộ xem, thôi bán hàng"),
    Act.DECLARE_LOT: sentence("Khai lô, tạm dừng bán một lô"),
    Act.ISSUE_STAMPS: sentence("Tạo tem"),
    Act.PRINT_LABELS: sentence("In tem"),
    Act.ACTIVATE_STAMPS: sentence("Kích hoạt tem đã dán"),
    Act.VOID_STAMPS: sentence("Hủy tem"),
    Act.READ_REPORTS: sentence("Đọc báo cáo của người mua"),
    Act.ANSWER_REPORTS: sentence("Trả lời báo cáo"),
    Act.JUDGE_CASES: sentence("Kết luận vụ việc nghi hàng giả"),
    Act.RECALL_LOT: sentence("Thu hồi một lô hàng"),
    Act.EDIT_ENTERPRISE: sentence("Ghi tên, nơi ở của đơn vị, gửi cho cán bộ xem"),
    Act.MANAGE_BANK: sentence("Ghi tài khoản ngân hàng nhận tiền"),
    Act.LEAVE_ENTERPRISE: sentence("Thôi không làm ở đơn vị nữa"),
    Act.READ_MEMBERS: sentence("Xem ai thuộc đơn vị"),
    Act.MANAGE_MEMBERS: sentence("Mời người, đổi việc, cho thôi"),
    Act.READ_HISTORY: sentence("Xem ai đã làm gì"),
    Act.MANAGE_CONSENTS: sentence("Cho người ngoài làm giúp, và cho thôi"),
}


def act_words(act: Act) -> str:
    """What an act is called."""
    words: str = gettext(ACT_WORDS[act])
    return words
