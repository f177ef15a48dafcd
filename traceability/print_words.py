"""What makers read of a print code: where it stands, and what to send to who prints."""

from datetime import datetime

from core import display
from core.language import current_language
from core.language import gettext as _
from traceability import rules
from traceability.queries import PrintCodeCard
from traceability.rules import CodeState


def code_state(
    card: PrintCodeCard,
    now: datetime,
    *,
    is_abandoned: bool,
    is_readable: bool,
    is_drawn: bool,
) -> tuple[str, str]:
    """Where a code stands, as a sentence and the kind of a notice: calm, attentive or stop.

    Of an open one that is of no use also why: who made it may print no more, it is not readable, or
    its sheets could not be drawn.
    """
    locale = current_language()
    who = card.print_place or _("Nơi in")
    if card.state == CodeState.ANSWERED:
        assert card.answered_at is not None, card
        return _answer(card, who, display.recent(card.answered_at, now, locale))
    if card.fetched_at is not None:
        at = display.recent(card.fetched_at, now, locale)
        return _("%(who)s đã tải tờ tem lúc %(at)s, chưa báo in ra sao.", who=who, at=at), "calm"
    if card.ended_at is not None and card.ended_at < card.expires_at:
        at = display.recent(card.ended_at, now, locale)
        return _("Đã thu hồi lúc %(at)s, chưa ai tải.", at=at), "attentive"
    if card.ended_at is not None or card.expires_at <= now:
        return _("Mã đã hết hạn, chưa ai tải."), "attentive"
    return _open(card, is_abandoned=is_abandoned, is_readable=is_readable, is_drawn=is_drawn)


def stamps_of(lot_code: str | None, name: str) -> str:
    """Whose stamps a print has, within a sentence: a lot's, or (a roll) those of goods."""
    if lot_code is None:
        return _("cuộn %(name)s", name=name)
    return _("lô %(code)s", code=display.lot_code(lot_code))


def words_to_send(card: PrintCodeCard, *, code: str, address: str, maker: str, of: str) -> str:
    """The message a maker sends by chat or SMS to who prints for them; `of`: see `stamps_of`."""
    locale = current_language()
    return _(
        "Nhờ in giúp %(count)s tem, %(of)s của %(maker)s. Mở %(address)s ở máy nối với máy in"
        " (mã %(code)s). Mã tải được một lần, đến %(until)s.",
        count=display.number(card.labels, locale),
        of=of,
        maker=maker,
        address=address,
        code=rules.grouped_code(code),
        until=display.clock_and_day(card.expires_at, locale),
    )


def _answer(card: PrintCodeCard, who: str, at: str) -> tuple[str, str]:
    if not card.spoiled_count:
        return _("%(who)s báo in đủ, lúc %(at)s.", who=who, at=at), "calm"
    count = display.number(card.spoiled_count, current_language())
    said = _("%(who)s báo hỏng %(count)s tem, lúc %(at)s.", who=who, count=count, at=at)
    return said, "attentive" if card.settled_at is None else "calm"


def _open(
    card: PrintCodeCard, *, is_abandoned: bool, is_readable: bool, is_drawn: bool
) -> tuple[str, str]:
    if is_abandoned:
        return _(
            "Người tạo mã này không còn được in tem cho đơn vị nữa, nên không ai tải được tờ tem"
            " bằng mã này. Xin thu hồi, rồi tạo mã mới."
        ), "stop"
    if not is_readable:
        return _(
            "Không đọc lại được mã này, thường là vì khóa bí mật của máy chủ đã đổi; nơi in có thể"
            " cũng không dùng được. Xin thu hồi, rồi tạo mã mới."
        ), "stop"
    if not is_drawn:
        return _(
            "Tờ tem của mã này chưa vẽ được, nên nơi in không tải được gì. Xin thu hồi mã, vẽ lại"
            " tờ tem, rồi tạo mã mới."
        ), "stop"
    until = display.clock_and_day(card.expires_at, current_language())
    return _("Chưa ai tải. Mã dùng được đến %(until)s.", until=until), "calm"
