"""What each recorded act is called: the rest of a sentence that begins with a person's name."""

from collections.abc import Mapping

from core.errors import sentence

# `thing` is what it was done to: a product, a lot, a person.
ACT_WORDS: Mapping[str, str] = {
    "add_product": sentence("đã thêm mặt hàng %(thing)s"),
    "change_words": sentence("đã sửa lời của %(thing)s"),
    "add_pack": sentence("đã thêm một gói cho %(thing)s"),
    "change_pack": sentence("đã sửa gói của %(thing)s"),
    "remove_pack": sentence("đã bỏ một gói của %(thing)s"),
    "submit_product": sentence("đã gửi %(thing)s cho cán bộ xem"),
    "withdraw_product": sentence("đã lấy %(thing)s về, thôi bán hoặc để sửa"),
    "publish_product": sentence("đã cho đăng bán %(thing)s"),
    "return_product": sentence("đã gửi trả %(thing)s để sửa"),
    "import_product": sentence("đã cập nhật %(thing)s từ tệp"),
    "import_products": sentence("đã nhập hàng từ tệp"),
    "import_sheet": sentence("đã nhập một tệp bảng tính"),
    "undo_import_sheet": sentence("đã hoàn tác một lần nhập tệp"),
    "undo_import": sentence("đã hoàn tác việc nhập %(thing)s"),
    "add_photo": sentence("đã thêm ảnh cho %(thing)s"),
    "describe_photo": sentence("đã ghi lời cho một ảnh của %(thing)s"),
    "order_photos": sentence("đã xếp lại ảnh của %(thing)s"),
    "remove_photo": sentence("đã bỏ một ảnh của %(thing)s"),
    "restore_photo": sentence("đã lấy lại một ảnh của %(thing)s"),
    "declare_lot": sentence("đã khai lô %(thing)s"),
    "change_lot": sentence("đã sửa lô %(thing)s"),
    "delete_lot": sentence("đã xóa lô %(thing)s"),
    "hold_lot": sentence("đã tạm dừng bán lô %(thing)s"),
    "release_lot": sentence("đã cho bán lại lô %(thing)s"),
    "issue_stamps": sentence("đã tạo %(count)s tem cho lô %(thing)s"),
    "activate_stamps": sentence("đã báo dán tem số %(first)s đến %(last)s"),
    "void_stamps": sentence("đã hủy tem số %(first)s đến %(last)s"),
    "undo_stamps": sentence("đã trả lại như cũ tem số %(first)s đến %(last)s"),
    "maker_saw_report": sentence("đã đọc một báo cáo của người mua"),
    "seen_report": sentence("đã xem một báo cáo của người mua"),
    "closed_report": sentence("đã đóng một báo cáo của người mua"),
    "start_enterprise": sentence("đã mở đơn vị này"),
    "tell_enterprise": sentence("đã ghi tên và loại đơn vị"),
    "tell_place": sentence("đã ghi nơi ở của đơn vị"),
    "tell_phone": sentence("đã ghi số điện thoại cho người mua"),
    "submit_enterprise": sentence("đã gửi đơn vị cho cán bộ xem"),
    "take_back_enterprise": sentence("đã lấy đơn vị về để sửa"),
    "keep_bank_account": sentence("đã ghi tài khoản ngân hàng"),
    "remove_bank_account": sentence("đã bỏ tài khoản ngân hàng"),
    "invite_member": sentence("đã mời một người vào đơn vị"),
    "accept_invitation": sentence("đã nhận lời vào đơn vị"),
    "withdraw_invitation": sentence("đã rút lại một lời mời"),
    "add_members": sentence("đã ghi tên thành viên"),
    "change_role": sentence("đã đổi việc của %(thing)s"),
    "remove_member": sentence("đã cho %(thing)s thôi"),
    "hand_over": sentence("đã giao việc đứng đầu cho %(thing)s"),
    "ask_consent": sentence("đã xin làm giúp"),
    "take_back_asking": sentence("đã rút lại lời xin làm giúp"),
    "give_consent": sentence("đã cho %(thing)s làm giúp"),
    "refuse_helper": sentence("đã từ chối, không cho %(thing)s làm giúp"),
    "refuse_wrong_pair": sentence("đã chọn cặp số không khớp, nên %(thing)s chưa được làm giúp"),
    "end_consent": sentence("đã kết thúc việc làm giúp của %(thing)s"),
}
OTHER = sentence("đã làm một việc khác")
# Acts of no enterprise: they stand on no page of one.
OF_NOBODY = frozenset(
    {
        "appoint",
        "end_appointment",
        "leave_phone",
        "move_sign_in",
        "set_password",
        "set_pin",
        "sign_out_devices",
        "sign_up",
        "stop_account_change",
    }
)
