"""The link by which a dealer confirms, sent to their number alone: whoever opens it has the phone.

Nothing secret is stored; the maker never sees the link, so nobody can say yes for a dealer.
"""

from datetime import timedelta

from flask import current_app

from accounts.invitation_links import public_id_of, token_of
from accounts.queries import makers
from core.database import lock_words
from core.dispatch import Letter, send_out, sent_under
from core.language import gettext
from core.text.sms import LONGEST, sms_name
from core.work import Work
from traceability import rules
from traceability.dealer_errors import RemindedEnough, RemindedJustNow
from traceability.queries import DealerCard

_OPENS = "delivery"
_USEFUL = timedelta(days=2)  # A carrier away for longer: the maker has it sent again.
_NAME_LETTERS = 30


def delivery_link(public_id: str) -> str:
    """The whole address."""
    site = current_app.config["SETTINGS"].public_url
    return f"{site}/deliveries/{token_of(public_id, to=_OPENS)}"


def delivery_named(token: str) -> str | None:
    """The id of a link of ours; None for any other."""
    return public_id_of(token, to=_OPENS)


def tell_dealer(work: Work, public_id: str, dealer: DealerCard, *, count: int) -> None:
    """Ask the dealer by SMS to confirm.

    Raises:
        RemindedEnough: they got `rules.MOST_SMS_A_DAY` today.
        RemindedJustNow: they were asked within this hour of the clock.
    """
    today = f"delivery:{dealer.public_id}:{work.today:%Y%m%d}"
    lock_words(work.session, today)  # Of two at once none slips past the limit.
    if sent_under(work.session, today) >= rules.MOST_SMS_A_DAY:
        raise RemindedEnough(today, count=rules.MOST_SMS_A_DAY)
    maker = makers(work.session, [dealer.enterprise_id])[dealer.enterprise_id]
    words = _words(sms_name(maker.name, at_most=_NAME_LETTERS), count, delivery_link(public_id))
    letter = Letter(dealer.phone, words, subject=gettext("Tem giao cho bạn"), useful=_USEFUL)
    if not send_out(work, letter, once_key=f"{today}:{public_id}:{work.now:%H}"):
        raise RemindedJustNow(f"delivery {public_id}")


def _words(maker: str, count: int, link: str) -> str:
    """Words give way to a long link, never the link."""
    full = f"Goc: {maker} giao ban hang mang {count} tem. Xem va xac nhan: {link}"
    return full if len(full) <= LONGEST else f"Goc: xac nhan tem da nhan: {link}"
