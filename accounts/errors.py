"""What accounts refuse."""

from core.errors import AppError, NotAllowed, sentence


class NoEnterprise(NotAllowed):
    """Somebody who belongs to no enterprise asked to manage one."""

    sentence = sentence("Bạn chưa thuộc người bán nào, nên ở đây chưa có gì để quản lý.")


class EnterpriseSuspended(NotAllowed):
    """A suspended enterprise may look at what it has and change nothing."""

    sentence = sentence(
        "Đơn vị này đang bị tạm dừng: xem được, chưa sửa được. Xin hỏi cán bộ xã của bạn."
    )


class OwnEnterprise(NotAllowed):
    """An officer may not judge an enterprise they belong to."""

    sentence = sentence("Đây là đơn vị của chính bạn, nên phải để cán bộ khác xem.")


class SignInRefused(AppError):
    """Unknown, without a password, or a wrong one: all three answer alike."""

    sentence = sentence("Tên đăng nhập hoặc mật khẩu chưa đúng. Xin xem lại.")


class LinkUsed(AppError):
    """A link to set a password was used, is too old, or never was one."""

    status = 404
    sentence = sentence("Đường dẫn này đã dùng rồi hoặc đã quá hạn. Hãy xin một đường dẫn mới.")


class SignInTaken(AppError):
    """Somebody signs in by this name already."""

    sentence = sentence("Đã có người dùng tên đăng nhập %(sign_in)s.")


class SignInMalformed(AppError):
    """Neither an e-mail address nor a telephone number."""

    sentence = sentence("%(sign_in)s không phải là thư điện tử hay số điện thoại.")


class InvitationClosed(AppError):
    """An invitation was answered or taken back, or is too old."""

    status = 409
    sentence = sentence("Lời mời này đã được trả lời, đã rút lại hoặc đã quá hạn.")


class InvitationNotForYou(NotAllowed):
    """An invitation names the number or address of somebody else."""

    sentence = sentence("Lời mời này gửi cho một số điện thoại khác với số bạn đang đăng nhập.")


class NotAMember(AppError):
    """The person left, or was removed, in the meantime."""

    status = 409
    sentence = sentence("Người này không còn là thành viên.")


class LastDirector(AppError):
    """Somebody must be left who can decide."""

    status = 409
    sentence = sentence(
        "Đây là người đứng đầu cuối cùng. Hãy giao lại cho người khác trước, rồi mới thôi được."
    )


class HeirOnPaper(AppError):
    """A person without a sign-in could not lead."""

    status = 409
    sentence = sentence("Người này chưa có cách đăng nhập, nên chưa nhận việc đứng đầu được.")


class AreaUnknown(AppError):
    """No province or commune has this code."""

    sentence = sentence("Không có tỉnh hay xã nào mang mã %(area)s.")


class TooManyCodes(AppError):
    """So many codes were sent to this number or address already."""

    status = 429
    sentence = sentence("Đã gửi nhiều mã tới đây rồi. Xin đợi %(hours)s giờ, hoặc dùng mật khẩu.")


class ProofUsed(AppError):
    """What a code proved has taken effect already, or it is too long ago."""

    status = 409
    sentence = sentence("Mã này đã dùng rồi hoặc đã quá giờ. Xin nhận một mã mới.")


class CodeWrong(AppError):
    """The digits typed are not those sent."""

    sentence = sentence("Mã chưa đúng. Còn %(left)s lần thử.")


class CodeDead(AppError):
    """The code was typed wrong too often, or is too old, or was asked for on another phone."""

    sentence = sentence("Mã này không dùng được nữa. Xin nhận mã mới.")


class NoCarrier(AppError):
    """Nobody sends SMS, or mail, for this installation."""

    status = 503
    sentence = sentence("Ở đây chưa gửi được mã. Xin dùng mật khẩu, hoặc gọi người vận hành.")


class NoMessagesThere(AppError):
    """A landline: no SMS reaches it."""

    sentence = sentence("Số này không nhận được tin nhắn. Xin gõ số di động, hoặc thư điện tử.")
