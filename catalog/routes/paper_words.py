"""Recognitions and certificates in the reader's words."""

from datetime import date

from flask_babel import gettext

from catalog.queries import EnteredCertificate, EnteredRecognition, ProposedCertificate
from catalog.routes.managing import day_words


def recognition_facts(each: EnteredRecognition, locale: str) -> list[tuple[str, str]]:
    """What is written of a recognition, term by term; what is not known is left out."""
    rows = [
        (gettext("Số sao"), str(each.stars or "")),
        (gettext("Số điểm"), score_words(each.score_hundredths, locale)),
        (gettext("Số quyết định"), each.decision or ""),
        (gettext("Ngày ký"), day_words(each.decided_on, locale)),
        (gettext("Cơ quan ký"), each.authority or ""),
        (gettext("Có hạng đến hết ngày"), day_words(each.valid_until, locale)),
    ]
    return [(str(term), value) for term, value in rows if value]


def certificate_facts(
    each: EnteredCertificate | ProposedCertificate, locale: str
) -> list[tuple[str, str]]:
    """What is written of a certificate, term by term."""
    rows = [
        (gettext("Số giấy"), each.number),
        (gettext("Nơi cấp"), each.issuer),
        (gettext("Cấp cho"), each.scope),
        (gettext("Từ ngày"), day_words(each.valid_from, locale)),
        (gettext("Đến hết ngày"), day_words(each.valid_until, locale)),
    ]
    return [(str(term), value) for term, value in rows if value]


def score_words(hundredths: int | None, locale: str) -> str:
    """Points as they are written on the decision: "95,64"; empty where there are none."""
    if hundredths is None:
        return ""
    whole, part = divmod(hundredths, 100)
    if not part:
        return str(whole)
    return f"{whole}{',' if locale == 'vi' else '.'}{part:02d}".rstrip("0")


def is_over(until: date | None, today: date) -> bool:
    """Whether the last day has passed."""
    return until is not None and until < today


def authority_examples() -> str:
    """Who signs, for the hint beside the field."""
    return str(gettext("Ví dụ: UBND tỉnh (3, 4 sao) hoặc Bộ Nông nghiệp và Môi trường (5 sao)."))
