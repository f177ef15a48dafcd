"""What traceability refuses about cases of suspected fakes."""

from typing import ClassVar

from core.errors import AppError, sentence


class CaseNotOpen(AppError):
    """Somebody else has gone on with the case meanwhile."""

    status = 409
    sentence = sentence(
        "Vụ việc này vừa được người khác làm tiếp, nên chưa ghi gì. Xin mở lại trang để xem."
    )


class ReportSettled(AppError):
    """The report is closed: whoever closed it has answered it."""

    status = 409
    sentence = sentence(
        "Lời báo này đã đóng, nên không mở vụ việc từ nó được nữa. Có điều mới? Xin nhờ người báo"
        " gửi lời báo khác ở trang của tem."
    )


class OfficeConcluded(AppError):
    """An office's conclusion is not for the maker to take back."""

    status = 403
    sentence = sentence(
        "Kết luận này là của cán bộ, nên chỉ cán bộ gỡ được. Nếu thấy sai, xin gọi cán bộ nơi bạn."
    )


class RangeWithoutStamp(AppError):
    """The stamps to be changed leave out the one the case is about."""

    field: ClassVar[str] = "last"
    sentence = sentence(
        "Khoảng tem phải có con tem của vụ việc này. Xin xem lại số đầu và số cuối."
    )


class NothingToChange(AppError):
    """Some of the stamps are not on goods: their pages say so already."""

    status = 409
    field: ClassVar[str] = "measure"
    sentence = sentence(
        "Trong các tem số %(first)s–%(last)s có tem chưa báo dán, đã hủy hoặc đã mang cảnh báo."
        " Xin thu hẹp khoảng, hoặc chọn giữ nguyên."
    )


class ManyNotConfirmed(AppError):
    """More than one stamp is to be changed, and nobody said that this is meant."""

    field: ClassVar[str] = "confirmed"
    sentence = sentence(
        "Bạn đang đổi %(count)s tem cùng lúc. Nếu đúng vậy, xin đánh dấu ô này rồi gửi lại."
    )


class ChangedSince(AppError):
    """Stamps the case has changed were changed again since, so lifting would undo others' acts."""

    status = 409
    sentence = sentence(
        "Tem của vụ việc này đã được đổi thêm sau đó (hủy, hoặc do vụ việc khác). Xin gỡ việc sau"
        " trước."
    )


class OtherCaseOpen(AppError):
    """The stamp has an open case already, and one at a time. Values: number."""

    status = 409
    sentence = sentence(
        "Tem này đang có vụ việc %(number)s chưa kết luận. Xin kết luận vụ việc đó trước, rồi mới"
        " gỡ kết luận này."
    )


class OtherCaseStands(AppError):
    """Another confirmed case is about one of the stamps. Values: number."""

    status = 409
    sentence = sentence(
        "Vụ việc %(number)s cũng đã xác nhận một tem trong khoảng này. Xin gỡ vụ việc đó trước."
    )
