"""What is refused around print codes."""

from core.errors import AppError, sentence


class MalformedPrintCode(AppError):
    """The text is no print code."""

    status = 404
    sentence = sentence(
        "Mã in có 6 chữ và số, ví dụ 7K3-MQ9. Xin xem lại từng chữ (mã không có chữ I, L, O, U)."
    )


class NoSuchPrintCode(AppError):
    """No print code has these letters."""

    status = 404
    sentence = sentence(
        "Không có mã in này. Xin so lại từng chữ với tin nhắn, hoặc nhờ người làm ra gửi lại mã."
    )


class PrintCodeExpired(AppError):
    """Its 48 hours are over."""

    status = 404
    sentence = sentence(
        "Mã in này đã hết hạn: mỗi mã dùng được trong 48 giờ. Xin nhờ người làm ra gửi mã mới."
    )


class PrintCodeUsed(AppError):
    """Its sheets went to another browser."""

    status = 404
    sentence = sentence(
        "Tờ tem của mã này đã được tải về một máy khác; mỗi mã chỉ tải một lần. Nếu không phải"
        " bạn tải, xin báo người làm ra và nhờ gửi mã mới."
    )


class PrintCodeTakenBack(AppError):
    """Its maker took it back."""

    status = 404
    sentence = sentence("Người làm ra đã thu hồi mã in này. Xin hỏi họ trước khi in.")


class MakerAway(AppError):
    """Its maker is suspended or has closed: who prints need not know which."""

    status = 404
    sentence = sentence("Lúc này không in được tem của người làm ra này. Xin hỏi họ trước khi in.")


class GiverAway(AppError):
    """Who made the code may print for its maker no more: who prints need not know why."""

    status = 404
    sentence = sentence(
        "Người gửi mã in này không còn được in tem cho người làm ra nữa. Xin hỏi người làm ra trước"
        " khi in."
    )


class SheetsNotReady(AppError):
    """The sheets are still being drawn: the code is not used up."""

    status = 409
    sentence = sentence("Tờ tem đang được vẽ. Xin đợi vài phút rồi bấm lại; mã vẫn còn dùng được.")


class SheetsGone(AppError):
    """The sheets could not be drawn, or are kept no longer."""

    status = 409
    sentence = sentence(
        "Tờ tem của mã này chưa vẽ được. Xin báo người làm ra vẽ lại rồi gửi mã mới."
    )


class SheetsNotFetched(AppError):
    """Who has not downloaded cannot say how the print came out."""

    status = 409
    sentence = sentence("Xin tải tờ tem và in trước, rồi hãy báo kết quả.")


class AnswerTwice(AppError):
    """This print was answered already: the first answer stands."""

    status = 409
    sentence = sentence("Bạn đã báo kết quả in rồi. Cần sửa, xin gọi người làm ra.")


class LabelNotRead(AppError):
    """A line names no label. Values: line."""

    sentence = sentence(
        "Chưa hiểu “%(line)s”. Xin ghi số tem 13 chữ và số; hoặc tờ, hàng, cột: tờ 2 hàng 3 cột 4;"
        " hoặc tem thứ mấy: tem 14."
    )


class LabelNotInPrint(AppError):
    """A label was named that this print does not have."""

    sentence = sentence(
        "Có tem bạn kể không nằm trong tờ tem này. Xin xem lại số tem, hoặc số tờ, hàng, cột."
    )


class PlacesNotCounted(AppError):
    """The sheets have other labels than can be told today: places cannot be counted on them."""

    sentence = sentence(
        "Có tem bị hủy đúng lúc vẽ nên không đếm được tờ, hàng, cột. Xin ghi số 13 chữ in trên tem."
    )


class MoreNamedThanSpoiled(AppError):
    """More labels are named than were counted as spoiled. Values: named, spoiled."""

    sentence = sentence("Bạn báo hỏng %(spoiled)s tem nhưng kể ra %(named)s. Xin sửa cho khớp.")


class MoreSpoiledThanPrinted(AppError):
    """More labels are spoiled than the print has. Values: most."""

    sentence = sentence("Tờ tem này chỉ có %(most)s tem.")


class TooManySpoiledPlaces(AppError):
    """The labels named lie in too many places. Values: most."""

    sentence = sentence(
        "Bạn kể hơn %(most)s chỗ. Tờ nào hỏng nhiều thì ghi cả tờ, ví dụ: tờ 2; còn lại chỉ ghi số"
        " tem hỏng."
    )


class TooManyPrintCodes(AppError):
    """So many codes of the enterprise are open already. Values: most, open_codes (public ids)."""

    status = 409
    sentence = sentence("Bạn đang có %(most)s mã in chưa ai dùng. Xin thu hồi bớt, rồi tạo mã mới.")


class NoCodesInPractice(AppError):
    """Practice stamps leave nobody's hands."""

    status = 409
    sentence = sentence(
        "Tem tập thử không nhờ nơi khác in. Bạn tải tờ tem về và in thử ở máy mình."
    )


class AlreadyFetched(AppError):
    """The clerk was faster: the sheets are out."""

    status = 409
    sentence = sentence(
        "Mã này vừa được dùng: tờ tem đã tải về. Không phải nơi bạn nhờ? Hãy hủy các tem này."
    )


class PrintCodeNotOpen(AppError):
    """Its letters are kept no longer: it was used, taken back, or ran out."""

    status = 409
    sentence = sentence(
        "Mã in này không còn dùng được: đã có nơi tải, đã thu hồi, hoặc đã hết hạn."
    )
