"""The notices beside a verdict: the sentences of docs/verdicts.md, word for word."""

from collections.abc import Callable

from catalog.rules import EATEN, last_day
from core import display
from core.clock import day_of
from core.language import gettext as _
from traceability.rules import Notice
from traceability.service.reading import Reading


def notices_said(reading: Reading, language: str) -> list[tuple[Notice, str]]:
    """Each notice with its sentence, but the one that became the heading."""
    return [
        (notice, _NOTICES[notice](reading, language))
        for notice in reading.judgement.notices
        if not (notice is Notice.EXPIRED and reading.judgement.is_expired_heading)
    ]


def expired(reading: Reading, language: str) -> str:
    """Goods past their date."""
    assert reading.lot is not None, reading
    assert reading.lot.best_before_on is not None, reading
    day = display.day(reading.lot.best_before_on, language)
    if reading.lot.group in EATEN:
        return _(
            "Tem có trong sổ, nhưng hàng đã quá hạn dùng %(day)s. Đừng ăn; hỏi người bán để đổi.",
            day=day,
        )
    return _(
        "Tem có trong sổ, nhưng hàng đã quá hạn dùng %(day)s. Đừng dùng; hỏi người bán để đổi.",
        day=day,
    )


def _use_soon(reading: Reading, _language: str) -> str:
    assert reading.lot is not None, reading
    assert reading.lot.best_before_on is not None, reading
    days = (reading.lot.best_before_on - reading.today).days
    return _("Hạn dùng còn %(days)s ngày.", days=days)


def _lot_on_hold(reading: Reading, language: str) -> str:
    assert reading.lot is not None, reading
    assert reading.lot.on_hold_since is not None, reading
    day = display.day(reading.lot.on_hold_since, language)
    return _("Lô này tạm dừng bán để kiểm tra từ %(day)s.", day=day)


def _stars_lapsed(reading: Reading, language: str) -> str:
    stars = reading.lapsed_stars
    assert stars is not None, reading
    until = last_day(stars)
    assert until is not None, reading
    return _(
        "Hạng OCOP %(stars)s sao hết hạn ngày %(day)s.",
        stars=stars.stars,
        day=display.day(until, language),
    )


def _certificate_lapsed(reading: Reading, language: str) -> str:
    paper, lot = reading.lapsed_certificate, reading.lot
    assert paper is not None, reading
    assert paper.valid_until is not None, reading
    assert lot is not None, reading
    values = {"paper": paper.name, "day": display.day(paper.valid_until, language)}
    if paper.valid_from <= lot.made_on <= paper.valid_until:
        return _("%(paper)s hết hạn ngày %(day)s; khi làm lô này còn hiệu lực.", **values)
    if lot.made_on < paper.valid_from:
        from_day = display.day(paper.valid_from, language)
        return _(
            "%(paper)s có hiệu lực từ ngày %(from_day)s, sau khi làm lô này; hết hạn ngày %(day)s.",
            from_day=from_day,
            **values,
        )
    return _("%(paper)s hết hạn ngày %(day)s; khi làm lô này đã hết hạn.", **values)


def _seller_suspended(reading: Reading, language: str) -> str:
    assert reading.maker is not None, reading
    assert reading.maker.suspended_at is not None, reading
    day = display.day(day_of(reading.maker.suspended_at), language)
    return _("Người bán này đang tạm dừng trên Gốc từ %(day)s.", day=day)


def _late_activation(reading: Reading, language: str) -> str:
    stamp = reading.check.stamp
    assert stamp is not None, reading
    return _(
        "Tem được báo đã dán ngày %(day)s, sau %(visits)s lượt kiểm.",
        day=display.day(day_of(stamp.from_at), language),
        visits=stamp.early_visits,
    )


def _sold(reading: Reading, language: str) -> str:
    stamp = reading.check.stamp
    assert stamp is not None, reading
    assert stamp.sold_at is not None, reading
    return _(
        "Đã bán ngày %(day)s. Bạn mua nơi khác, hay trước ngày đó? Hãy báo.",
        day=display.day(day_of(stamp.sold_at), language),
    )


def _claimed(reading: Reading, language: str) -> str:
    assert reading.claim is not None, reading
    return _(
        'Ngày %(day)s có người bấm "tôi đã mua món này". Không phải bạn hay người tặng? Hãy hỏi'
        " người bán.",
        day=display.moment_day(reading.claim.at, language),
    )


def _same_device(reading: Reading, language: str) -> str:
    assert reading.check.own_at is not None, reading
    return _(
        "Có vẻ chính máy này đã kiểm lúc %(clock)s; lần này không tính.",
        clock=display.clock(reading.check.own_at, language),
    )


def _seller_scans(reading: Reading, _language: str) -> str:
    stamp = reading.check.stamp
    assert stamp is not None, reading
    if stamp.scanned_by is None:
        return _(
            "Cửa hàng, đại lý của người làm, quét %(scans)s lần, không tính vào số trên.",
            scans=stamp.seller_scans,
        )
    return _(
        "Cửa hàng %(name)s, đại lý của người làm, quét %(scans)s lần, không tính vào số trên.",
        name=stamp.scanned_by,
        scans=stamp.seller_scans,
    )


def _code_first(reading: Reading, language: str) -> str:
    return _(
        "Mã cào đúng, xác nhận lần đầu lúc %(when)s. Đây là điều mạnh nhất một con tem nói được.",
        when=_code_used(reading, language),
    )


def _code_again(reading: Reading, language: str) -> str:
    return _(
        "Mã cào này đã dùng lúc %(when)s. Nếu không phải bạn cào, đừng mua.",
        when=_code_used(reading, language),
    )


def _code_used(reading: Reading, language: str) -> str:
    stamp = reading.check.stamp
    assert stamp is not None, reading
    assert stamp.code_confirmed_at is not None, reading
    return display.clock_and_day(stamp.code_confirmed_at, language)


_NOTICES: dict[Notice, Callable[[Reading, str], str]] = {
    Notice.EXPIRED: expired,
    Notice.USE_SOON: _use_soon,
    Notice.LOT_ON_HOLD: _lot_on_hold,
    Notice.STARS_LAPSED: _stars_lapsed,
    Notice.CERTIFICATE_LAPSED: _certificate_lapsed,
    Notice.SELLER_SUSPENDED: _seller_suspended,
    Notice.LATE_ACTIVATION: _late_activation,
    Notice.SOLD: _sold,
    Notice.CLAIMED: _claimed,
    Notice.SAME_DEVICE: _same_device,
    Notice.SELLER_SCANS: _seller_scans,
    Notice.CODE_FIRST: _code_first,
    Notice.CODE_AGAIN: _code_again,
}
