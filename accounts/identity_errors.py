"""What is refused to e-identities."""

from core.errors import AppError, sentence


class IdentityOver(AppError):
    """What comes back was not asked in this browser, was asked too long ago, or came before."""

    sentence = sentence("Lượt xác nhận này đã hết hoặc không phải của máy này. Xin làm lại từ đầu.")


class IdentityDenied(AppError):
    """The person, or the provider, said no."""

    sentence = sentence(
        "Bạn chưa xác nhận ở %(provider)s nên chưa có gì thay đổi. Xin thử lại, hoặc vào bằng cách"
        " khác."
    )


class IdentityRefused(AppError):
    """What the provider said does not verify."""

    status = 403
    sentence = sentence("Câu trả lời của %(provider)s không đúng nên chưa dùng được. Xin thử lại.")


class IdentityAway(AppError):
    """The provider does not answer, or says nothing that can be used."""

    status = 503
    sentence = sentence(
        "%(provider)s chưa trả lời. Xin thử lại sau ít phút, hoặc vào bằng mật khẩu hay mã nhắn"
        " tới máy."
    )


class IdentityKnown(AppError):
    """The identity belongs to an account, or the account has one."""

    status = 409
    sentence = sentence(
        "Danh tính này đã gắn với một tài khoản, hoặc tài khoản này đã có danh tính. Bỏ cái cũ"
        " trước rồi gắn lại."
    )


class IdentityNotConnected(AppError):
    """This installation has no provider."""

    status = 404
    sentence = sentence("Gốc ở đây chưa nối với nơi cấp danh tính điện tử nào.")
