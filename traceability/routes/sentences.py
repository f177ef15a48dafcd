"""What a stamp's page says: the sentences of docs/verdicts.md, word for word (a test compares)."""

from collections.abc import Callable
from dataclasses import dataclass

from core import display
from core.clock import day_of
from core.language import gettext as _
from traceability import recall_words
from traceability.models import LotRecall
from traceability.routes.notices import expired
from traceability.rules import Case, Doubt, Side, Verdict, VoidReason, serial_text
from traceability.service.reading import Reading


@dataclass(frozen=True)
class Said:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


def verdict_said(reading: Reading, language: str) -> Said:
    """The verdict's heading and sentences; goods past their date take the heading's place."""
    said = _VERDICTS[reading.judgement.verdict](reading, language)
    if reading.judgement.is_expired_heading:
        return Said(expired(reading, language), (said.heading, *said.paragraphs))
    return said


def _values(reading: Reading, language: str) -> dict[str, str]:
    """The data most sentences speak of."""
    check, lot, maker = reading.check, reading.lot, reading.maker
    assert check.stamp is not None, check
    assert maker is not None, check
    return {
        "maker": maker.name,
        "lot": display.lot_code(lot.code) if lot else "",
        "since": display.day(day_of(check.stamp.from_at), language),
        "printed": display.day(day_of(check.stamp.issued_at), language),
        "phone": display.phone(maker.phone) if maker.phone else "",
    }


def _first_check(reading: Reading, language: str) -> Said:
    values = _values(reading, language)
    recorded = _(
        "%(maker)s phát tem này cho lô %(lot)s, báo đã dán ngày %(since)s. Trước lần này chưa ghi"
        " nhận lần kiểm nào.",
        **values,
    )
    compare = _compare(values, has_photos=bool(reading.pictures))
    return Said(_("Tem có trong sổ – lần kiểm đầu tiên"), (recorded, compare))


def _compare(values: dict[str, str], *, has_photos: bool) -> str:
    """What a stamp cannot tell: one compares with the photos, or asks where there are none."""
    if has_photos:
        return _("Con tem không biết mình đang dán trên món gì: hãy so món hàng với ảnh ở dưới.")
    if values["phone"]:
        return _(
            "Con tem không biết mình đang dán trên món gì: hãy hỏi người làm %(phone)s.", **values
        )
    return _("Con tem không biết mình đang dán trên món gì: hãy hỏi người làm.")


def _checked_before(reading: Reading, language: str) -> Said:
    case = reading.judgement.case
    assert case is not None, reading
    return _CASES[case](reading, language)


def _same(reading: Reading, language: str) -> Said:
    at = reading.check.checks.last_at
    assert at is not None, reading
    ago = display.ago(at, reading.check.at, language)
    return Said(
        _("Tem có trong sổ – vừa được quét"),
        (
            _(
                "Vừa được quét %(ago)s trước, cùng mạng với bạn. Thường là chính bạn, người đi"
                " cùng, hoặc cửa hàng quét thử.",
                ago=ago,
            ),
        ),
    )


def _once(reading: Reading, language: str) -> Said:
    at = reading.check.checks.first_at
    assert at is not None, reading
    when = display.earlier(at, reading.check.at, language)
    return Said(
        _counted_heading(reading, language),
        (
            _(
                "Lượt trước: %(when)s. Thường là cửa hàng quét thử, người tặng, hoặc chính bạn. Nếu"
                " không ai nhận, hãy so hàng với ảnh rồi mới mua.",
                when=when,
            ),
        ),
    )


def _few(reading: Reading, language: str) -> Said:
    first, last = _span(reading, language)
    return Said(
        _counted_heading(reading, language),
        (
            _(
                "Từ %(first)s đến %(last)s. Quà biếu và đồ dùng lâu hay như vậy. Hàng mới, còn"
                " nguyên gói: hãy hỏi người bán ai đã quét.",
                first=first,
                last=last,
            ),
        ),
    )


def _counted_heading(reading: Reading, language: str) -> str:
    return _(
        "Tem có trong sổ – đã kiểm %(times)s lượt trước bạn",
        times=display.times(reading.judgement.earlier, language),
    )


def _many(reading: Reading, language: str) -> Said:
    values = _values(reading, language)
    first, last = reading.check.checks.first_at, reading.check.checks.last_at
    assert first is not None, reading
    assert last is not None, reading
    values |= {
        "times": str(reading.judgement.earlier),
        "thing": _thing(reading, language),
        "first": display.day_of_month(day_of(first), language),
        "last": display.recent(last, reading.check.at, language),
    }
    text = (
        _(
            "Nhiều hơn thường thấy với một %(thing)s; lượt đầu %(first)s, lượt gần nhất %(last)s."
            " Chưa đủ để nói tem bị chép. Hãy so hàng với ảnh, xem lớp cào, và hỏi người làm:"
            " %(phone)s.",
            **values,
        )
        if values["phone"]
        else _(
            "Nhiều hơn thường thấy với một %(thing)s; lượt đầu %(first)s, lượt gần nhất %(last)s."
            " Chưa đủ để nói tem bị chép. Hãy so hàng với ảnh, xem lớp cào, và hỏi người làm.",
            **values,
        )
    )
    heading = _("Tem có trong sổ – nhưng đã kiểm %(times)s lượt trước bạn", **values)
    return Said(heading, (text,))


def _thing(reading: Reading, language: str) -> str:
    """What one stamp belongs on: the pack in the maker's own words; English says "item"."""
    pack = reading.lot.pack_words if reading.lot else None
    return pack if pack and language == "vi" else _("món hàng")


def _span(reading: Reading, language: str) -> tuple[str, str]:
    """From when to when it was checked: days, or hours where both fell on one day."""
    first, last = reading.check.checks.first_at, reading.check.checks.last_at
    assert first is not None, reading
    assert last is not None, reading
    if day_of(first) == day_of(last):
        return display.clock(first, language), display.earlier(last, reading.check.at, language)
    return (
        display.first_day(day_of(first), day_of(last), language),
        display.day(day_of(last), language),
    )


def _not_activated(reading: Reading, language: str) -> Said:
    values = _values(reading, language)
    recorded = _(
        "%(maker)s in tem này ngày %(printed)s và chưa kích hoạt. Có thể họ quên, cũng có thể tem"
        " bị lấy đi trước khi dán.",
        **values,
    )
    untold = [_("Lúc này tem chưa nói được gì về món hàng.")]
    if reading.check.reminded and not (reading.maker and reading.maker.is_closed):
        untold.append(_("Chúng tôi vừa nhắc %(maker)s: mở lại trang này sau", **values))
    else:
        untold.append(_("Mở lại trang này sau"))
    untold[-1] += _(", hoặc gọi %(phone)s.", **values) if values["phone"] else "."
    return Said(_("Tem có trong sổ, nhưng chưa được báo là đã dán"), (recorded, " ".join(untold)))


def _void(reading: Reading, language: str) -> Said:
    reason = reading.judgement.void_reason
    assert reason is not None, reading
    values = _values(reading, language)
    return Said(_("Tem này đã hủy"), (_void_sentence(reason, values),))


def _void_sentence(reason: VoidReason, values: dict[str, str]) -> str:
    if reason is VoidReason.SPOILED:
        return _(
            "Tem in hỏng, hủy ngày %(since)s; đúng ra không còn trên món hàng nào. Thấy nó trên"
            " hàng? Hãy báo cho chúng tôi.",
            **values,
        )
    if reason is VoidReason.LOST:
        return _(
            "%(maker)s báo mất tem này ngày %(since)s, trước khi dán. Theo họ, hàng mang tem này"
            " không phải do họ dán. Người bán có thể không biết.",
            **values,
        )
    if reason is VoidReason.RETURNED:
        return _("Món hàng mang tem này đã được trả lại và loại bỏ ngày %(since)s.", **values)
    if reason is VoidReason.REPLACED:
        return _(
            "Món hàng này được dán tem khác ngày %(since)s. Hãy tìm và quét tem mới.", **values
        )
    if values["phone"]:
        return _(
            "Có hàng giả mang số này (%(since)s), nên tem bị hủy. Món của bạn mua trước ngày đó?"
            " Gọi %(phone)s để được kiểm và đổi tem.",
            **values,
        )
    return _("Có hàng giả mang số này (%(since)s), nên tem bị hủy.", **values)


def _suspicious(reading: Reading, language: str) -> Said:
    values = _values(reading, language)
    return Said(
        _("Cẩn thận – tem này có thể đã bị chép"),
        (
            _DOUBTS[reading.judgement.doubt or Doubt.CASE](reading, language),
            _(
                "Món bạn cầm có thể do chính %(maker)s làm ra và bị người khác chép tem; cũng có"
                " thể là hàng mang tem chép. Điều này không có nghĩa là cửa hàng làm sai.",
                **values,
            ),
            _(
                "Khoan mua, khoan dùng: so với ảnh, xem lớp cào, rồi gọi người làm %(phone)s hoặc"
                " gửi ảnh cho chúng tôi.",
                **values,
            )
            if values["phone"]
            else _(
                "Khoan mua, khoan dùng: so với ảnh, xem lớp cào, rồi hỏi người làm hoặc gửi ảnh"
                " cho chúng tôi."
            ),
        ),
    )


def _pattern(reading: Reading, language: str) -> str:
    """How often, within how long, and the two places visitors said they were in: all as of now.

    A result of before found fewer checks, its own first check none; the places were named since.
    """
    check, stamp = reading.check, reading.check.stamp
    assert stamp is not None, reading
    assert stamp.first_at is not None, reading
    assert stamp.last_at is not None, reading
    first, second = (_place(code, language) for code in reading.far_apart)
    last_on = day_of(max(check.at, stamp.last_at))
    occasions = max(check.occasions, stamp.occasions or 0)
    return _(
        "Mỗi tem chỉ dán trên một %(thing)s, nhưng tem này được kiểm %(times)s lượt trong %(days)s"
        " ngày, có người báo đang ở %(first)s và %(second)s.",
        thing=_thing(reading, language),
        times=display.number(occasions, language),
        days=display.number((last_on - day_of(stamp.first_at)).days + 1, language),
        first=first,
        second=second,
    )


def _place(code: str, language: str) -> str:
    """A commune as it stands within a sentence: "phường Hải Châu, Đà Nẵng"."""
    place = display.commune(code)
    return place[:1].lower() + place[1:] if language == "vi" else place


def _confirmed_fake(reading: Reading, language: str) -> str:
    """Who confirmed, and when: what an office confirmed is not the maker's word."""
    assert reading.confirmed is not None, reading
    maker = _values(reading, language)["maker"]
    day = display.day(day_of(reading.confirmed.at), language)
    if reading.confirmed.by is Side.OFFICE:
        return _(
            "Ngày %(day)s, cán bộ xác nhận có hàng không phải của %(maker)s mang số tem này.",
            day=day,
            maker=maker,
        )
    return _(
        "Ngày %(day)s, %(maker)s xác nhận có hàng không phải của họ mang số tem này.",
        day=day,
        maker=maker,
    )


def _recalled(reading: Reading, language: str) -> Said:
    heading = _("Dừng lại – lô này đang bị thu hồi")
    of_the_lot = _("Thu hồi là do lô hàng, không phải do con tem.")
    recall = reading.recall
    if recall is None:  # Lifted between two statements: the lot's own day stands.
        return Said(heading, (of_the_lot,))
    recorded = _(
        "%(caller)s thu hồi lô %(lot)s từ %(since)s vì %(reason)s.",
        caller=recall_words.caller(recall, reading.maker.name if reading.maker else ""),
        lot=display.lot_code(reading.lot.code) if reading.lot else "",
        since=display.moment_day(recall.recalled_at, language),
        reason=recall_words.reason_words(recall),
    )
    return Said(heading, (recorded, _what_to_do(recall, language), of_the_lot))


def _what_to_do(recall: LotRecall, language: str) -> str:
    values = {
        "advice": recall_words.advice_words(recall),
        "remedy": recall_words.remedy_words(recall),
        "phone": display.phone(recall.phone) if recall.phone else "",
        "until": display.day(recall.until_on, language) if recall.until_on else "",
    }
    if not recall.remedy:
        return _("Việc cần làm: %(advice)s.", **values)
    if not recall.until_on:
        return _("Việc cần làm: %(advice)s. Gọi %(phone)s để được %(remedy)s.", **values)
    return _("Việc cần làm: %(advice)s. Gọi %(phone)s để được %(remedy)s đến %(until)s.", **values)


def _not_issued(reading: Reading, _language: str) -> Said:
    number = display.serial(serial_text(reading.check.serial))
    heading = _("Không có số tem này trong sổ")
    if reading.was_typed:
        typed = _(
            "Số %(number)s đúng mẫu nhưng chưa từng được phát. Xin so lại từng chữ với tem (tem"
            " không có chữ I, L, O, U).",
            number=number,
        )
        return Said(heading, (typed,))
    scanned = _(
        "Tem in địa chỉ của chúng tôi, nhưng chúng tôi chưa từng phát số %(number)s. Đừng mua vì"
        " con tem này. Hãy gửi ảnh cho chúng tôi; người bán có thể cũng bị lừa.",
        number=number,
    )
    return Said(heading, (scanned,))


_DOUBTS: dict[Doubt, Callable[[Reading, str], str]] = {
    Doubt.CASE: _confirmed_fake,
    Doubt.PATTERN: _pattern,
}
_CASES: dict[Case, Callable[[Reading, str], Said]] = {
    Case.SAME: _same,
    Case.ONCE: _once,
    Case.FEW: _few,
    Case.MANY: _many,
}
_VERDICTS: dict[Verdict, Callable[[Reading, str], Said]] = {
    Verdict.FIRST_CHECK: _first_check,
    Verdict.CHECKED_BEFORE: _checked_before,
    Verdict.NOT_ACTIVATED: _not_activated,
    Verdict.VOID: _void,
    Verdict.RECALLED: _recalled,
    Verdict.SUSPICIOUS: _suspicious,
    Verdict.NOT_ISSUED: _not_issued,
}
