"""What is asked for in photos of a product, in the reader's words."""

from dataclasses import dataclass

from catalog.models.photos import SUBJECTS
from catalog.queries import ProductPicture
from core import pictures
from core.errors import AppError, sentence
from core.language import gettext
from core.photos.queries import Picture

LOOK = tuple(each for each in SUBJECTS if each != "gallery")
# For each subject of "Nhìn và so": its name, and what is meant.
_ASKED = {
    "front": (
        sentence("Mặt trước"),
        sentence("Chụp thẳng món hàng như khi bày bán, thấy đủ từ trên xuống dưới."),
    ),
    "back": (sentence("Mặt sau"), sentence("Lật món hàng lại, chụp thẳng.")),
    "label": (
        sentence("Nhãn"),
        sentence("Chụp gần nhãn hay dấu khắc, đọc được chữ nhỏ nhất."),
    ),
    "stamp": (
        sentence("Tem đã dán"),
        sentence("Chụp chỗ dán tem trên hàng thật, thấy tem nằm ở đâu."),
    ),
    "close_up": (
        sentence("Chỗ khó làm giả"),
        sentence("Chụp sát vân gỗ, đường đan, mũi thêu, màu men: cái mà nhìn là biết của mình."),
    ),
}
_PAPERS = {
    "licence": sentence("Giấy phép, giấy đăng ký"),
    "identity": sentence("Giấy tờ tùy thân"),
    "decision": sentence("Quyết định công nhận"),
    "certificate": sentence("Giấy chứng nhận"),
}
_REFUSALS: dict[str, type[AppError]] = {
    each.__name__: each
    for each in (pictures.NotAPicture, pictures.PictureTooLarge, pictures.BrokenPicture)
}


@dataclass(frozen=True)
class Asked:
    """One thing to be photographed for "Nhìn và so", with the photo where there is one."""

    subject: str
    name: str
    meant: str
    picture: Picture | None


def paper_name(kind: str) -> str:
    """What a paper is."""
    return str(gettext(_PAPERS[kind]))


def asked_for(found: list[ProductPicture]) -> list[Asked]:
    """What "Nhìn và so" asks for, one by one; of two photos the later one counts."""
    by_subject = {each.subject: each.picture for each in found}
    return [
        Asked(subject, str(gettext(name)), str(gettext(meant)), by_subject.get(subject))
        for subject, (name, meant) in _ASKED.items()
    ]


def refusal_words(picture: Picture) -> str:
    """Why a photo could not be drawn; empty where it was, or will be."""
    refusal = _REFUSALS.get(picture.refusal or "")
    return str(gettext(refusal.sentence)) if refusal else ""
