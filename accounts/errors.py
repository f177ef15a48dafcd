"""What accounts refuse."""

from core.errors import AppError, Changed, NotAllowed, NotFound, sentence


class NoEnterprise(NotAllowed):
    """Somebody who belongs to no enterprise asked to manage one."""

    sentence = sentence("Bạn chưa thuộc người bán nào, nên ở đây chưa có gì để quản lý.")


class EnterpriseSuspended(NotAllowed):
    """A suspended enterprise may look at what it has and change nothing."""

    sentence = sentence(
        "Đơn vị này đang bị tạm dừng: xem được, chưa sửa được. Xin hỏi cán bộ xã của bạn."
    )


class EnterpriseDecided(Changed):
    """An enterprise is not as the officer saw it: changed, or decided by another meanwhile."""

    sentence = sentence(
        "Người bán này vừa được sửa hoặc cán bộ khác vừa xem. Chưa có gì bị ghi đè; xin xem lại."
    )


class OwnAsking(NotAllowed):
    """An officer would witness the consent to their own helping."""

    sentence = sentence(
        "Bạn là người xin làm giúp nên không xác nhận được giấy này. Xin nhờ cán bộ khác."
    )


class AppointmentUnknown(Changed):
    """Somebody no longer holds the office the page spoke of."""

    sentence = sentence("Người này không còn giữ địa bàn đó. Xin tải lại trang.")


class DeputyUnknown(AppError):
    """Nobody else with a password signs in so."""

    sentence = sentence("Không có ai khác đăng nhập bằng tên này. Mời người đó trước đã.")


class GuidingOver(AppError):
    """A guiding ended, or its half hour is over."""

    status = 409
    sentence = sentence("Lần chỉ này đã hết. Muốn chỉ tiếp thì nhờ lại từ đầu.")


class GuidingOneself(AppError):
    """Somebody asked themselves."""

    sentence = sentence("Đây là số của chính bạn. Xin gõ số của người chỉ.")


class TrainingUnknown(AppError):
    """No training has this code."""

    sentence = sentence("Không có buổi tập huấn nào mang mã này. Xin xem lại sáu số trên bảng.")


class TrainingOver(AppError):
    """A training was closed, or held more than a week ago."""

    status = 409
    sentence = sentence("Buổi tập huấn này không nhận thêm người. Bạn vẫn tự tập thử được.")


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


class ConsentOver(NotAllowed):
    """The consent by which a helper acts ended or ran out; nothing more is written by it."""

    sentence = sentence(
        "Việc bạn giúp %(enterprise)s đã kết thúc. Điều vừa gửi chưa được ghi và không ghi được"
        " nữa."
    )


class ConsentEnded(ConsentOver):
    """Somebody ended it."""

    sentence = sentence(
        "%(person)s đã kết thúc việc bạn giúp %(enterprise)s lúc %(at)s. Từ lúc đó không ghi thêm"
        " được gì."
    )


class ConsentRanOut(ConsentOver):
    """Its last moment has passed."""

    sentence = sentence(
        "Thời hạn bạn giúp %(enterprise)s đã hết lúc %(at)s. Muốn giúp tiếp, hãy hỏi lại người bán."
    )


class ProducerUnknown(AppError):
    """What was typed is neither a telephone number nor the address of a producer's page."""

    sentence = sentence(
        "Xin ghi số điện thoại (hoặc thư điện tử) của người bán, hay dán địa chỉ trang của họ."
    )


class AlreadyBelongs(AppError):
    """One does not help where one belongs."""

    sentence = sentence("Bạn đã là người của đơn vị này rồi, không cần hỏi.")


class TooManyAskings(AppError):
    """A helper asked as often today as anybody may."""

    sentence = sentence("Trong một ngày chỉ hỏi được %(most)s lần. Xin để mai hỏi tiếp.")


class AskingClosed(AppError):
    """An asking was answered, taken back, or is too old."""

    status = 409
    sentence = sentence("Lời hỏi này đã được trả lời, đã rút lại hoặc đã quá một ngày.")


class CurrentWrong(AppError):
    """The old password typed is not the account's."""

    sentence = sentence("Mật khẩu cũ chưa đúng. Không nhớ thì để trống.")


class DeviceGone(AppError):
    """The form names no device."""

    sentence = sentence("Không rõ là máy nào. Xin mở lại danh sách máy.")


class NoPhoneOfOwn(NotAllowed):
    """One uses somebody else's phone: its people are the holder's to say."""

    sentence = sentence("Bạn dùng chung máy của người khác: việc này do người đứng tên số làm.")


class OwnPinNeeded(AppError):
    """Before somebody else joins a phone, whoever holds it needs a PIN too."""

    sentence = sentence("Xin đặt cả mã PIN cho chính bạn.")


class PinWrong(AppError):
    """The four digits are not this person's."""

    sentence = sentence("Mã PIN chưa đúng. Xin gõ lại.")


class PinRests(AppError):
    """Too many wrong PINs in a row: it rests, for this person on this phone."""

    status = 429
    sentence = sentence("Gõ sai nhiều lần nên mã PIN nghỉ. Xin thử lại sau %(minutes)s phút.")


class AlreadyBehind(AppError):
    """Somebody of this name uses the phone already: two alike could not be told apart."""

    sentence = sentence("Máy này đã có người tên %(name)s. Xin ghi tên khác đi một chút.")


class TooManyBehind(AppError):
    """More people behind one phone than a household has."""

    sentence = sentence("Một số điện thoại dùng chung cho nhiều nhất %(most)s người.")


class TooManyDrafts(AppError):
    """Somebody began several enterprises and sent none."""

    sentence = sentence("Bạn đang có %(most)s đơn vị chưa gửi. Xin làm xong một đơn vị trước.")


class NotACommune(AppError):
    """No present commune has this code."""

    sentence = sentence("Xin chọn một xã, phường trong danh sách.")


class PlaceUnchanged(AppError):
    """An enterprise would move to where it is."""

    status = 409
    sentence = sentence("Nơi này đang ghi trên trang của bạn rồi, không có gì để đổi.")


class NoMoveWaits(Changed):
    """A move was taken back, or decided about, meanwhile."""

    sentence = sentence("Việc đổi nơi này đã rút lại hoặc đã có cán bộ xem. Xin xem lại.")


class EnterpriseClosed(AppError):
    """What officers look at, or have looked at, is not changed behind their backs."""

    status = 409
    sentence = sentence(
        "Điều này đang ở chỗ cán bộ hoặc đã được đối chiếu, nên chưa sửa được. Hãy lấy về, hoặc"
        " báo cán bộ xã."
    )


class EnterpriseIncomplete(AppError):
    """Something an officer needs is not told yet."""

    sentence = sentence("Còn thiếu vài điều. Xin điền nốt rồi gửi.")


class StillDirects(AppError):
    """An enterprise would be left without anybody who can decide."""

    status = 409
    sentence = sentence(
        "Bạn đang là người đứng đầu duy nhất của %(enterprises)s. Xin bàn giao cho người khác"
        " trước, rồi xóa tài khoản."
    )


class ClosingUnsaid(AppError):
    """An enterprise would close with the account, and it was not said that it may."""

    sentence = sentence("%(enterprises)s đóng luôn cùng tài khoản: xin đánh dấu nếu đồng ý.")


class NothingWaits(AppError):
    """No erasure of the account waits: it was stopped on another device."""

    status = 409
    sentence = sentence("Không có việc xóa nào đang đợi: tài khoản của bạn vẫn còn nguyên.")


class ErasureWaits(AppError):
    """The account is to be erased already."""

    status = 409
    sentence = sentence("Tài khoản của bạn đang đợi xóa rồi.")


class NameEmpty(AppError):
    """A name to be protected without a letter."""

    sentence = sentence("Xin ghi tên có chữ cái.")


class NameListed(AppError):
    """A name that is protected for the same owner already."""

    sentence = sentence("Tên này của chủ này đã có trong danh sách rồi.")


class ProtectedNameEnded(NotFound):
    """A protected name was taken off the list meanwhile."""

    sentence = sentence("Tên này đã được bỏ khỏi danh sách.")


class NameCaseDecided(AppError):
    """An officer decided, or whoever used the name took it back, before its owner answered."""

    status = 409
    sentence = sentence("Việc này đã xong: cán bộ đã quyết định, hoặc người kia đã rút lại.")


class EnterpriseUnnamed(AppError):
    """No enterprise, or more than one, bears exactly this name."""

    sentence = sentence("Không thấy đúng một người bán tên như vậy. Xin ghi đúng từng chữ.")
