"""What traceability refuses about labels: too small for a paper, not drawn, gone."""

from typing import ClassVar

from core.errors import AppError, sentence
from traceability.logo_errors import NoLogoKept, NoRoomForLogo
from traceability.signature_errors import (
    NoStampingKey,
    NotSignedInPractice,
    TooSmallForSignature,
)


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
    NoLogoKept,
    NoRoomForLogo,
    NoRoomForScratch,
    NoStampingKey,
    NotForThisPaper,
    NotSignedInPractice,
    TooSmallForSignature,
)


class LabelsMiscounted(Exception):
    """A file was written that has not as many labels as were asked for. It is never handed out."""


class LabelsNotDrawn(AppError):
    """The file of the labels is still being drawn, or its drawing was given up."""

    status = 409
    sentence = sentence("Tệp tem này chưa vẽ xong. Xin xem lại “job” rồi tải sau.")


class LabelsGone(AppError):
    """The file of the labels was kept a month and is gone; it can be drawn again."""

    status = 410
    sentence = sentence("Tệp tem này đã quá một tháng nên không còn giữ. Xin in lại.")


class TooManyLabels(AppError):
    """More labels than one file holds. Values: most."""

    field: ClassVar[str] = "last"
    sentence = sentence("Mỗi tệp in nhiều nhất %(most)s tem. Xin chia ra nhiều tệp.")


class NothingToPrint(AppError):
    """All stamps of the range are cancelled."""

    sentence = sentence("Các tem này đã hủy hết, nên không in lại.")
