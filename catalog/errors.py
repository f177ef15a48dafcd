"""What the catalog refuses."""

from typing import ClassVar

from core.errors import AppError, Changed, NotFound, sentence


class SheetRefused(AppError):
    """A file that is not taken as a table, for whatever reason."""


class UnreadableSheet(SheetRefused):
    """A file holds no table we can read, or none of the columns we know."""

    sentence = sentence(
        "Không đọc được tệp này. Xin dùng tệp Excel (.xlsx) hoặc CSV, dòng đầu ghi tên các cột."
    )


class SheetLocked(SheetRefused):
    """A workbook with a password, or of the time before 2007: both look alike from outside."""

    sentence = sentence(
        "Tệp này có mật khẩu hoặc là tệp Excel đời cũ (.xls). "
        "Xin mở bằng Excel, bỏ mật khẩu rồi lưu lại thành .xlsx."
    )


class SheetActive(SheetRefused):
    """A workbook with macros, links to other files, or files inside."""

    sentence = sentence(
        "Tệp này có macro, có liên kết sang tệp khác hoặc có tệp đính bên trong nên không được "
        "nhận. Xin chép bảng sang một tệp mới rồi gửi lại."
    )


class SheetTooLarge(SheetRefused):
    """More than any list of an enterprise has."""

    status = 413
    sentence = sentence(
        "Tệp này quá lớn: nhiều nhất 10 MB và 50.000 dòng. Xin chia thành nhiều tệp nhỏ."
    )


class ColumnsMissing(SheetRefused):
    """The file has no column for something that must be said."""

    sentence = sentence("Tệp này thiếu cột: %(columns)s.")


class Beside(AppError):
    """A refusal that belongs beside a field of the form."""

    field: ClassVar[str] = ""


class GtinTaken(Beside):
    """Another pack, of this maker or another, bears the number."""

    field = "gtin"
    sentence = sentence("Mã vạch này đã ghi cho một món hàng khác. Xin xem lại trên bao bì.")


class PackKnown(Beside):
    """The product has a pack of the same content and words."""

    field = "pack_words"
    sentence = sentence("Hàng này đã có quy cách như vậy rồi. Muốn đổi giá, hãy sửa quy cách cũ.")


class PackUnfit(Beside):
    """A service is not weighed."""

    field = "pack_unit"
    sentence = sentence("Dịch vụ tính theo lượt hoặc đêm: xin chọn đơn vị đếm.")


class PackCalls(Beside):
    """Words of a pack hold a telephone number."""

    field = "pack_words"
    sentence = sentence("Xin đừng ghi số điện thoại ở đây.")


class PackBoasts(Beside):
    """Words of a pack speak of stars, which only a recognition gives."""

    field = "pack_words"
    sentence = sentence(
        "Xin đừng ghi sao hay OCOP ở đây: trang bán tự ghi sao theo quyết định công nhận."
    )


class PackPromises(Beside):
    """Words of a pack promise what nobody can."""

    field = "pack_words"
    sentence = sentence(
        "Xin chỉ ghi món hàng được gói thế nào. Những chữ như “hàng thật” hay “cam kết” thì "
        "không ai ghi được trên Gốc."
    )


class PackStamped(Beside):
    """Stamps were issued for goods of this pack: they say what was in it."""

    field = "pack_content"
    sentence = sentence(
        "Đã có tem in theo quy cách này nên chỉ đổi được giá. Gói khác đi thì thêm quy cách mới."
    )


class PackChecked(Beside):
    """An officer looked at the packs of a published product: only prices change on sale."""

    field = "pack_words"
    sentence = sentence(
        "Cán bộ đã xem quy cách đang bán nên lúc này chỉ đổi được giá. Muốn đổi hay thêm quy cách, "
        "hãy bấm “Thôi bán”, sửa, rồi gửi cán bộ xem lại."
    )


class PackInUse(AppError):
    """A pack with lots, or the last one of a published product, stays."""

    sentence = sentence(
        "Chưa bỏ được quy cách này: đã có lô khai theo nó, hoặc hàng đang bán chỉ có một quy cách."
    )


class NameFixed(Beside):
    """Name and group were checked and published: they are what stamps and buyers know."""

    field = "name"
    sentence = sentence(
        "Tên và nhóm hàng đã được đối chiếu nên không đổi nữa. Hàng khác thì xin thêm hàng mới."
    )


class GroupUnfit(Beside):
    """The product is weighed already, and a service is not."""

    field = "group"
    sentence = sentence(
        "Hàng này đang có quy cách tính theo cân nên không thể là dịch vụ. Bỏ quy cách đó trước."
    )


class GroupHasLots(Beside):
    """Lots were declared of the product, and a service has none."""

    field = "group"
    sentence = sentence("Hàng này đã khai lô nên không thể là dịch vụ. Dịch vụ thì thêm hàng mới.")


class NothingProposed(Beside):
    """A change that would change nothing."""

    field = "name"
    sentence = sentence("Tên, nhóm và lời giới thiệu vẫn như đang bán, nên chưa có gì để gửi xem.")


class ChangeMoved(Changed):
    """The change that waits, or the listing it is about, is not as it was on the screen."""


class ChangeDecided(Changed):
    """A change an officer looked at was decided, edited or taken back meanwhile."""

    sentence = sentence(
        "Đề nghị sửa này vừa được xử lý, hoặc người bán vừa sửa hay rút lại. "
        "Chưa có gì bị ghi đè; xin xem lại."
    )


class ChangeBaseMoved(AppError):
    """What is published changed since the change was asked for."""

    status = 409
    sentence = sentence(
        "Bản đang bán đã khác với lúc người bán đề nghị sửa nên chưa đổi được. "
        "Xin trả lại để họ xem và gửi lại."
    )


class ProductClosed(AppError):
    """The product's state does not allow the change."""

    status = 409
    sentence = sentence(
        "Lúc này chưa làm được việc này với mặt hàng. Xin mở lại trang để xem hàng đang ở bước nào."
    )


class ProductChanged(Changed):
    """The product is not as it was on the screen; its page says what was done to it since."""


class TakenBack(NotFound):
    """What an officer was to look at is with its maker again."""

    sentence = sentence(
        "Người bán vừa lấy lại mặt hàng này để sửa. Khi họ gửi lại, hàng sẽ có trong danh sách "
        "chờ xem."
    )


class ProductIncomplete(AppError):
    """Something is missing before an officer can look."""

    sentence = sentence("Chưa gửi được: còn thiếu vài chỗ. Trang của mặt hàng ghi rõ từng chỗ.")


class LotCodeTaken(Beside):
    """The enterprise has a lot of this code."""

    field = "code"
    sentence = sentence("Đã có lô mang mã %(code)s. Mỗi lô cần một mã riêng.")


class LotUriCodeTaken(Beside):
    """Another code of the enterprise reads the same where only plain letters can stand."""

    field = "code"
    sentence = sentence(
        "Trong mã vạch, %(code)s viết thành %(uri_code)s, trùng với lô %(other)s. Xin đổi mã khác."
    )


class LotNotForProduct(Beside):
    """The product cannot have a lot: it is a service, or not published."""

    field = "product"
    sentence = sentence("Chỉ khai lô cho hàng hóa đang bán. Hàng này chưa đăng, hoặc là dịch vụ.")


class MadeKindUnfit(Beside):
    """Goods of this group are not begun in this way."""

    field = "made_kind"
    sentence = sentence("Xin chọn một trong các mục có sẵn.")


class MadeInFuture(Beside):
    """A lot cannot have been made tomorrow."""

    field = "made_on"
    sentence = sentence("Ngày này chưa tới. Lô chỉ khai khi hàng đã làm ra.")


class MadeTooLongAgo(Beside):
    """A lot was made more than ten years ago."""

    field = "made_on"
    sentence = sentence("Ngày này đã quá 10 năm. Xin xem lại năm.")


class EndsBeforeMade(Beside):
    """Best before a day on which it did not exist yet."""

    field = "best_before_on"
    sentence = sentence("Hạn dùng phải từ ngày làm trở đi.")


class EndsTooLate(Beside):
    """Best before more than thirty years ahead."""

    field = "best_before_on"
    sentence = sentence("Hạn dùng xa quá 30 năm. Xin xem lại năm, hoặc để trống.")


class LotSealed(AppError):
    """The lot has stamps or was recalled: it is changed only by a recorded correction."""

    status = 409
    sentence = sentence(
        "Lô này đã có tem hoặc đã từng bị thu hồi, nên không sửa hay xóa được nữa: tem và sổ công"
        " khai ghi theo lô như vậy."
    )


class LotSpokenOf(AppError):
    """Something that is kept for a while speaks of the lot, though it bears no stamp."""

    status = 409
    sentence = sentence("Đã có người xin dán tem cho lô này nên chưa xóa được; sửa lô thì được.")


class SellerUnverified(AppError):
    """Goods are not sold before it is known who sells them."""

    status = 409
    sentence = sentence(
        "Người bán này chưa được đối chiếu nên hàng chưa đăng bán được. Xin xem người bán trước."
    )


class TooManyPhotos(AppError):
    """The product has as many photos as it may have; `most` says how many."""

    sentence = sentence("Mỗi mặt hàng có nhiều nhất %(most)s ảnh. Xin bỏ bớt ảnh cũ rồi gửi thêm.")


class ScoreTooLow(Beside):
    """The points do not reach as many stars; `most` says how many they reach."""

    field = "stars"
    sentence = sentence("Số điểm này nhiều nhất được %(most)s sao. Xin xem lại trên quyết định.")


class DecidedInFuture(Beside):
    """A decision of a day that has not come."""

    field = "decided_on"
    sentence = sentence("Ngày này chưa tới. Xin ghi ngày ký trên quyết định.")


class DecidedTooEarly(Beside):
    """A decision older than the programme."""

    field = "decided_on"
    sentence = sentence("Chương trình OCOP có từ tháng 5/2018. Xin xem lại năm.")


class CertificateEndsEarly(Beside):
    """A certificate that ends before it begins."""

    field = "valid_until"
    sentence = sentence("Ngày hết hạn phải từ ngày cấp trở đi.")


class PaperChanged(Changed):
    """A recognition or certificate is not as it was on the screen."""


class NotWaiting(Changed):
    """A recognition was confirmed, refused, corrected or removed meanwhile."""

    sentence = sentence(
        "Hạng này vừa được xử lý hoặc người bán vừa sửa. Chưa có gì bị ghi đè; xin xem lại."
    )


class NobodySignsInSo(AppError):
    """A command names a person who does not exist."""

    status = 404
    sentence = sentence("Không có ai đăng nhập bằng tên này.")


class ImportTouched(AppError):
    """What an import made or changed was changed again since: undoing would lose that."""

    status = 409
    sentence = sentence("Sau khi nhập, hàng này đã được sửa hoặc đã dùng nên giữ nguyên.")


class ImportHasLot(ImportTouched):
    """A lot of the goods was declared since: its stamps speak of what the import wrote."""

    sentence = sentence("Sau khi nhập, hàng này đã có lô nên giữ nguyên.")


class ImportNotSo(AppError):
    """The import is not at the step for this: another tab or person went on."""

    status = 409
    sentence = sentence("Việc nhập này đã sang bước khác. Xin mở lại trang để xem.")


class RevisionUndone(AppError):
    """A change was undone before."""

    status = 409
    sentence = sentence("Việc này đã được trả lại như cũ rồi.")


class ChangedSince(AppError):
    """A field of the change to be undone was changed again."""

    status = 409
    sentence = sentence(
        "Sau lần sửa này, chỗ đó lại được sửa nữa, nên không trả lại như cũ được. Hãy sửa ở trang"
        " của mặt hàng."
    )


class MakerClosed(NotFound):
    """Whoever made this sells no more: the page was there."""

    sentence = sentence("Người bán này đã thôi bán, nên trang không còn. Tem đã dán vẫn kiểm được.")
