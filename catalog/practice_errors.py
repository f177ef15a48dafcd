"""What the catalog refuses where somebody only practises, and nowhere else."""

from catalog.errors import Beside
from core.errors import AppError, sentence


class GtinInPractice(Beside):
    """A number is one pack's in the whole country: no practice may hold it."""

    field = "gtin"
    sentence = sentence("Đang tập thử thì để trống ô này: mã vạch là của hàng thật.")


class NotPractice(AppError):
    """Only in a practice does the learner play the officer."""

    status = 409
    sentence = sentence("Đây là hàng thật, nên cán bộ mới cho đăng bán được.")


class NotInPractice(AppError):
    """Files are for the real enterprise: a practice needs three things, typed by hand."""

    sentence = sentence("Đang tập thử thì không nhập từ tệp. Xin gõ thử vài mặt hàng bằng tay.")
