"""What traceability refuses."""

from typing import ClassVar

from core.errors import AppError, sentence
from traceability.signature_errors import (
    NoStampingKey,
    NotSignedInPractice,
    TooSmallForSignature,
)


class MalformedSerial(AppError):
    """The text is no serial: wrong length, a foreign letter, or a wrong check symbol."""

    status = 400
    sentence = sentence(
        "Số tem này thiếu hoặc nhầm chữ. Số tem có 13 chữ và số, viết 4–4–5."
        " Xin xem lại, hoặc chụp mã vuông."
    )


class MalformedDigitalLink(AppError):
    """The address breaks GS1's rules."""

    status = 400
    sentence = sentence("Địa chỉ này không đúng mẫu của GS1 nên không đọc được.")


class AddressTooLong(AppError):
    """The address is longer than any code or header carries."""

    status = 414
    sentence = sentence("Địa chỉ này dài quá nên không đọc. Mã trên tem ngắn hơn nhiều.")


class UnknownKey(AppError):
    """The address is well formed, and speaks of no goods: of a place, a pallet, a document."""

    status = 404
    sentence = sentence(
        "Mã này theo mẫu của GS1 nhưng không phải mã hàng. Gốc không biết gì về nó."
    )


class NoLinkOfType(AppError):
    """The goods have no link of the type that was asked for."""

    status = 404
    sentence = sentence("Gốc không có trang loại này cho mã hàng được hỏi.")


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


class CodeTooFine(AppError):
    """The address is so long that a printer at home cannot draw its code on this paper."""

    field: ClassVar[str] = "paper"
    sentence = sentence(
        "Địa chỉ trang quá dài: mã vuông sẽ quá nhỏ để in trên giấy này. Xin chọn giấy tem lớn hơn."
    )


class LabelTooSmall(AppError):
    """The code's modules would be too small on this paper with this printer's dots."""

    sentence = sentence(
        "Mã vuông sẽ quá nhỏ để in trên tem %(size)s mm với máy in %(dpi)s chấm một inch."
        " Xin chọn tem từ %(instead)s mm."
    )


class NoRoomForScratch(AppError):
    """A number under a scratch layer was asked for on labels too small for it. Values: least."""

    sentence = sentence(
        "Tem cỡ này không còn chỗ cho lớp cào. Xin chọn tem cao từ %(least)s mm, hoặc bỏ lớp cào."
    )


class NotForThisPaper(AppError):
    """Commands of a label printer were asked for a sheet of A4."""

    sentence = sentence(
        "Tệp ZPL chỉ dùng cho máy in tem cuộn. Xin chọn một loại tem cuộn, hoặc chọn tệp PDF."
    )


UNPRINTABLE = (
    CodeTooFine,
    LabelTooSmall,
    NoRoomForScratch,
    NoStampingKey,
    NotForThisPaper,
    NotSignedInPractice,
    TooSmallForSignature,
)


class LabelsMiscounted(Exception):
    """A file was written that has not as many labels as were asked for. It is never handed out."""


class BatchDiscarded(AppError):
    """The batch was given up before all its stamps were made."""

    status = 409
    sentence = sentence("Lần phát tem này đã bị hủy giữa chừng; chưa có tem nào được phát.")


class BatchInTheMaking(AppError):
    """The stamps of the batch are still being made: nothing can be done to them yet."""

    status = 409
    sentence = sentence("Tem của đợt này đang được tạo. Xin đợi tạo xong rồi làm tiếp.")


class LabelsNotDrawn(AppError):
    """The file of the labels is still being drawn, or its drawing was given up."""

    status = 409
    sentence = sentence("Tệp tem này chưa vẽ xong. Xin xem lại “job” rồi tải sau.")


class LabelsGone(AppError):
    """The file of the labels was kept a month and is gone; it can be drawn again."""

    status = 410
    sentence = sentence("Tệp tem này đã quá một tháng nên không còn giữ. Xin in lại.")


class StampNotInBatch(AppError):
    """Neither a number nor a serial of this batch was typed. Values: most."""

    sentence = sentence(
        "Xin viết số thứ tự từ 1 đến %(most)s, hoặc số tem 13 chữ và số của lần phát này."
    )


class RangeBackwards(AppError):
    """The last stamp stands before the first."""

    field: ClassVar[str] = "last"
    sentence = sentence("Tem cuối phải đứng sau tem đầu.")


class TooManyLabels(AppError):
    """More labels than one file holds. Values: most."""

    field: ClassVar[str] = "last"
    sentence = sentence("Mỗi tệp in nhiều nhất %(most)s tem. Xin chia ra nhiều tệp.")


class NothingToPrint(AppError):
    """All stamps of the range are cancelled."""

    sentence = sentence("Các tem này đã hủy hết, nên không in lại.")


class LotNotNamedOnce(AppError):
    """No lot, or more than one, has the code that was given. Values: lot."""

    status = 404
    sentence = sentence("Không có đúng một lô tên %(lot)s. Xin ghi mã công khai của lô.")


class EnterpriseNotNamed(AppError):
    """No enterprise an officer has ever seen has this public id. Values: enterprise."""

    status = 404
    sentence = sentence("Không có đơn vị nào mang mã công khai %(enterprise)s.")


class LogKeyMissing(AppError):
    """Nobody can sign the log here. Values: file."""

    status = 503
    sentence = sentence(
        "Không đọc được khóa ký sổ công khai ở %(file)s. Hãy chạy `flask log init` bằng người dùng"
        " của tiến trình worker."
    )


class LogKeyUnlike(AppError):
    """The key was drawn for a log of another name. Values: file, name, origin."""

    status = 503
    sentence = sentence(
        "Khóa ở %(file)s là của sổ %(name)s, còn sổ này là %(origin)s. Hãy đặt GOC_PUBLIC_URL như"
        " lúc tạo khóa; nếu chưa công bố gì, có thể bỏ tệp khóa đi."
    )


class LogRecordsBehind(AppError):
    """The database is older than the log. Values: log, records."""

    status = 503
    sentence = sentence(
        "Sổ công khai đã có %(log)s mục mà cơ sở dữ liệu chỉ biết %(records)s: có lẽ vừa khôi phục"
        " bản cũ. Chưa công bố gì thêm. Hãy đưa cơ sở dữ liệu mới hơn trở lại."
    )


class LogFolderBehind(AppError):
    """The log's folder is older than the database. Values: folder, records."""

    status = 503
    sentence = sentence(
        "Thư mục sổ công khai chỉ có %(folder)s mục mà đã công bố %(records)s: có lẽ vừa khôi phục"
        " bản cũ. Chưa công bố gì thêm. Hãy đưa thư mục mới hơn trở lại."
    )


class LogFolderUnlike(AppError):
    """The log's folder holds other entries than the database. Values: number."""

    status = 503
    sentence = sentence(
        "Mục thứ %(number)s của sổ công khai khác trong cơ sở dữ liệu. Chưa công bố gì thêm."
    )


class LogForked(AppError):
    """Witnesses cosigned a log that ours does not continue. Values: count."""

    status = 503
    sentence = sentence(
        "%(count)s nhân chứng đã ký một bản sổ mà sổ này không nối tiếp: có lẽ vừa khôi phục bản"
        " cũ. Chưa công bố gì thêm. Hãy đưa cơ sở dữ liệu và thư mục sổ mới hơn trở lại."
    )


class LogNotPublished(AppError):
    """The log holds nothing yet."""

    status = 404
    sentence = sentence("Sổ công khai chưa có dòng nào, nên chưa có gì để xuất.")


class ExportFolderTaken(AppError):
    """The folder holds something that is no export of this log. Values: folder."""

    sentence = sentence(
        "Thư mục %(folder)s đã có thứ khác, không phải bản sao của sổ này. Hãy chọn thư mục trống."
    )


class ExportAhead(AppError):
    """The export holds more than the log. Values: folder, export, log."""

    sentence = sentence(
        "Bản sao ở %(folder)s đã có %(export)s mục mà sổ chỉ có %(log)s: có lẽ vừa khôi phục bản"
        " cũ. Bản sao giữ nguyên. Hãy đưa cơ sở dữ liệu và thư mục sổ mới hơn trở lại."
    )


class ExportUnlike(AppError):
    """The export holds another history than the log. Values: folder."""

    sentence = sentence(
        "Bản sao ở %(folder)s ghi khác với sổ. Bản sao giữ nguyên. Hãy xem vì sao trước khi xuất"
        " vào thư mục khác."
    )


class ProofNotYet(AppError):
    """The stamp's batch is not in the published log yet."""

    status = 404
    sentence = sentence("Đợt tem này chưa được công bố vào sổ. Xin thử lại sau một phút.")
