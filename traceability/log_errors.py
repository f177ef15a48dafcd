"""What the public log refuses: its keys, its folder, its proofs, its export."""

from core.errors import AppError, sentence


class StampsMissing(AppError):
    """A batch has fewer stamps stored than it says: no tree can be made of it. Values: batch."""

    status = 409
    sentence = sentence(
        "Đợt tem %(batch)s thiếu tem trong kho: có %(stored)s, đáng lẽ %(count)s. Đợt này chưa vào"
        " sổ công khai được; xin khôi phục kho dữ liệu từ bản sao."
    )


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
        " bản cũ. Chưa công bố gì thêm. Hãy đưa cơ sở dữ liệu mới hơn trở lại; mất hẳn thì xem"
        " docs/log-recovery.md."
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
    sentence = sentence(
        "Thư mục sổ công khai chưa có dòng nào, nên chưa có gì để xuất hay lấy lại."
    )


class LogBegun(AppError):
    """Another log's folder or key is where a new one should begin. Values: folder, file, name."""

    sentence = sentence(
        "Ở %(folder)s hoặc %(file)s đang có sổ %(name)s. Sổ cũ không bao giờ bị ghi đè: hãy đặt"
        " GOC_LOG_FOLDER và GOC_LOG_KEY_FILE sang chỗ trống."
    )


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


class LogAway(AppError):
    """The folder of the public log cannot be read just now, or is damaged."""

    status = 503
    sentence = sentence(
        "Lúc này chưa đọc được sổ công khai. Điều đã ghi không mất; xin mở lại sau ít phút."
    )


class GtinMalformed(AppError):
    """What should be watched is no GTIN."""

    status = 400
    sentence = sentence(
        "Mã vạch thiếu hoặc nhầm số. Xin gõ lại 8, 12, 13 hoặc 14 chữ số như in trên gói hàng."
    )


class MakerMalformed(AppError):
    """Whose batches should be watched is no enterprise's id."""

    status = 400
    sentence = sentence(
        "Mã đơn vị thiếu hoặc nhầm chữ. Mã có 10 chữ và số, ghi ở mỗi đợt tem trong sổ."
    )
