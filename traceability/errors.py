"""What traceability refuses about stamps, their lots and their batches."""

from typing import ClassVar

from core.errors import AppError, sentence


class MalformedSerial(AppError):
    """The text is no serial: wrong length, a foreign letter, or a wrong check symbol."""

    status = 400
    sentence = sentence(
        "Số tem này thiếu hoặc nhầm chữ. Số tem có 13 chữ và số, viết 4–4–5."
        " Xin xem lại, hoặc chụp mã vuông."
    )


class StampQuotaExceeded(AppError):
    """The lot has fewer stamps left than were asked for. Values: asked, left."""

    status = 409
    field: ClassVar[str] = "count"
    sentence = sentence(
        "Lô này chỉ còn %(left)s tem có thể phát; bạn xin %(asked)s. Chưa có tem nào được phát."
    )


class GoodsNotOnSale(AppError):
    """Nothing the enterprise sells has this id."""

    field: ClassVar[str] = "product"
    sentence = sentence("Xin chọn một mặt hàng đang bán của bạn.")


class LotCannotBear(StampQuotaExceeded):
    """The lot has no room for stamps that are to become its own. Values: asked, left."""

    field: ClassVar[str] = "lot"
    sentence = sentence(
        "Lô này chỉ còn nhận được %(left)s tem, không đủ cho %(asked)s tem. Chưa có gì thay đổi."
    )


class LotOfOtherGoods(AppError):
    """The stamps were printed for other goods than the lot is of."""

    status = 409
    field: ClassVar[str] = "lot"
    sentence = sentence(
        "Tem này in cho mặt hàng khác với hàng của lô. Xin chọn lô của đúng mặt hàng đó."
    )


class StampsOfNoLot(AppError):
    """Some stamps of the range are a roll's and bound to no lot yet."""

    status = 409
    sentence = sentence(
        "Trong số này có tem cuộn chưa dán cho lô nào. Xin bấm “Dán cuộn này cho lô” trước."
    )


class StampsOfALot(AppError):
    """Some stamps of the range are a lot's already, so they are not bound but moved."""

    status = 409
    sentence = sentence(
        "Trong số này có tem đã thuộc một lô. Tem chưa dán thì bấm “Chuyển tem còn thừa sang lô"
        " khác”."
    )


class StampsOfThatLot(AppError):
    """Some stamps of the range are already that lot's."""

    status = 409
    sentence = sentence("Trong số này có tem đã thuộc đúng lô này rồi. Chưa có gì thay đổi.")


class ActiveNotLost(AppError):
    """Some stamps reported lost were reported as stuck on before. Values: first, last."""

    status = 409
    sentence = sentence(
        "Trong các tem số %(first)s–%(last)s có tem đã báo dán, nên không báo mất được. Nếu báo dán"
        " nhầm, xin hoàn lại việc báo dán trước; nếu hàng bị mất, bị trả hay có hàng giả, xin hủy"
        " tem với đúng lý do đó."
    )


class NoSuchSheet(AppError):
    """The print has no such sheet, or nobody can tell what stood on it. Values: sheets."""

    sentence = sentence(
        "Lần in này có %(sheets)s tờ. Xin xem lại số tờ ở mép trên, hoặc ghi số tem đầu và tem cuối"
        " của tờ."
    )


class NothingToCancel(AppError):
    """All the stamps that were meant are cancelled already, or none waits."""

    sentence = sentence("Không còn tem nào để hủy ở đây.")


class TooManyNamed(AppError):
    """More single stamps than one list takes. Values: most."""

    sentence = sentence("Mỗi lần ghi nhiều nhất %(most)s tem lẻ. Xin viết thành khoảng, như 12–20.")


class QuotaBelowIssued(AppError):
    """A lot's units cannot fall below the stamps it already bears. Values: issued."""

    status = 409
    sentence = sentence("Lô này đã phát %(issued)s tem, nên số khai không thể thấp hơn.")


class RangeNotPossible(AppError):
    """Some stamps of the range are not in the state the act begins from. Values: first, last."""

    status = 409
    sentence = sentence(
        "Trong các tem số %(first)s–%(last)s có tem không làm được việc này (đã hủy, đã báo dán"
        " hoặc chưa báo dán). Chưa có gì thay đổi."
    )


class AlreadyChecked(AppError):
    """Somebody has checked one of these stamps, so the act stands."""

    status = 409
    sentence = sentence("Đã có người kiểm tem trong số này, nên không hoàn lại được nữa.")


class NothingToActivate(AppError):
    """The lot has no printed stamp waiting."""

    status = 409
    sentence = sentence("Lô này không có tem nào đang chờ báo đã dán.")


class TooManyStamps(AppError):
    """More than one order of stamps may hold. Values: most."""

    field: ClassVar[str] = "count"
    sentence = sentence("Mỗi lần phát nhiều nhất %(most)s tem. Xin chia ra nhiều lần.")


class BatchDiscarded(AppError):
    """The batch was given up before all its stamps were made."""

    status = 409
    sentence = sentence("Lần phát tem này đã bị hủy giữa chừng; chưa có tem nào được phát.")


class BatchInTheMaking(AppError):
    """The stamps of the batch are still being made: nothing can be done to them yet."""

    status = 409
    sentence = sentence("Tem của đợt này đang được tạo. Xin đợi tạo xong rồi làm tiếp.")


class StampNotInBatch(AppError):
    """Neither a number nor a serial of this batch was typed. Values: most."""

    sentence = sentence(
        "Xin viết số thứ tự từ 1 đến %(most)s, hoặc số tem 13 chữ và số của lần phát này."
    )


class RangeBackwards(AppError):
    """The last stamp stands before the first."""

    field: ClassVar[str] = "last"
    sentence = sentence("Tem cuối phải đứng sau tem đầu.")


class LotNotNamedOnce(AppError):
    """No lot, or more than one, has the code that was given. Values: lot."""

    status = 404
    sentence = sentence("Không có đúng một lô tên %(lot)s. Xin ghi mã công khai của lô.")
