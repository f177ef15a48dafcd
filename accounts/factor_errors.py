"""What is refused to second factors and to whoever should show one."""

from core.errors import AppError, NotAllowed, sentence


class CodeNotEnough(AppError):
    """Whoever holds the SIM of an office holder shall not hold the office."""

    status = 403
    sentence = sentence(
        "Việc của bạn không vào bằng mã nhắn tới máy được. Xin vào bằng mật khẩu; quên mật khẩu"
        " thì xin người vận hành một đường dẫn mới."
    )


class SecondWrong(AppError):
    """Neither the code of an app of theirs nor a recovery code, or used before."""

    sentence = sentence(
        "Mã chưa đúng hoặc đã dùng rồi. Đợi mã mới hiện trong ứng dụng. Còn %(left)s lần."
    )


class ShownWrong(AppError):
    """What somebody signed in typed to confirm is not theirs, or was used before."""

    sentence = sentence("Chưa đúng, hoặc mã này đã dùng rồi. Xin thử lại.")


class SecondDead(AppError):
    """The step was shown wrong five times, or is too old: the first thing is shown again."""

    sentence = sentence("Lượt vào này đã hết. Xin đăng nhập lại từ đầu.")


class PasskeyRefused(AppError):
    """A passkey's answer does not verify, is too old or was taken before."""

    sentence = sentence("Khóa trên máy chưa khớp. Xin thử lại, hoặc dùng cách khác.")


class FactorNeeded(NotAllowed):
    """Somebody holds an office and has no second factor: that comes before anything else."""

    sentence = sentence("Việc của bạn cần bước hai. Đặt xong mới làm việc khác được.")


class ConfirmNeeded(NotAllowed):
    """It is too long since somebody signed in showed who they are."""

    sentence = sentence("Xin xác nhận lại là bạn rồi làm tiếp.")


class FactorKnown(AppError):
    """This app or passkey was added before."""

    status = 409
    sentence = sentence("Cách này đã được thêm rồi.")


class TooManyFactors(AppError):
    """More apps and passkeys than anybody keeps."""

    sentence = sentence("Mỗi người có nhiều nhất %(most)s cách. Xin bỏ bớt một cách trước.")


class LastFactor(NotAllowed):
    """The last factor of an office holder is not removed."""

    sentence = sentence("Việc của bạn cần bước hai: hãy thêm cách khác rồi mới bỏ cách này.")


class NobodySoNamed(AppError):
    """Nobody who has a second factor signs in by this name."""

    sentence = sentence("Không có ai đặt bước hai mà đăng nhập bằng tên này. Xin xem lại.")
