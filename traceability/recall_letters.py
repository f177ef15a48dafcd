"""Telling by SMS or mail that a lot is called back: the shops that hold it, the area's officers.

No person stands in them: who called back which lot, and where to read what to do.
"""

from collections.abc import Mapping
from datetime import timedelta

from flask import current_app

from accounts import queries as accounts
from accounts.names import is_phone, takes_messages
from catalog import queries as catalog
from core.database import lock_words
from core.dispatch import Letter, send_out, sent_under
from core.errors import sentence
from core.language import text_in
from core.text.sms import LONGEST, sms_name
from core.work import Work
from traceability import queries, rules
from traceability.models import LotRecall

_USEFUL = timedelta(days=7)  # A carrier away for days: goods still stand on the shelf.
_NAME_LETTERS, _CODE_LETTERS = 30, 16
_SUBJECT = sentence("Gốc: một lô bị thu hồi")
# Vietnamese alone in an SMS, which has no room for two; a mail says both.
_TO_DEALER = sentence(
    "Gốc: %(who)s thu hồi lô %(lot)s. Xin ngừng bán, để riêng hàng mang tem của lô. Xem: %(link)s"
)
_OVER = sentence("Gốc: lô %(lot)s đã thôi bị thu hồi. Xem vì sao: %(link)s")
_TO_OFFICER = sentence("Gốc: %(who)s thu hồi lô %(lot)s, ở nơi bạn phụ trách. Xem: %(link)s")
_SHORT = sentence("Gốc: về việc thu hồi lô, xem: %(link)s")


def tell_dealers(work: Work, recall: LotRecall, *, is_over: bool = False) -> None:
    """Tell each shop that stamps of the lot are with, once, that it is called back or no longer.

    Nobody's calling back and forth sends a shop more than `rules.MOST_SMS_A_DAY`; that a lot is
    called back is told of each lot, however many there are that day, to whoever confirmed a
    hand-over: others may be any number on somebody's list.
    """
    values = _values(work, recall, "/lots/{lot}")
    template = _OVER if is_over else _TO_DEALER
    for dealer in queries.dealers_with_lot(work.session, recall.lot_id):
        today = f"recall:{dealer.public_id}:{work.today:%Y%m%d}"
        lock_words(work.session, today)  # Of two at once none slips past the limit.
        of_lot = f"{today}:{recall.lot_id}"
        is_news = dealer.stamps > 0 and not is_over and not sent_under(work.session, of_lot)
        if is_news or sent_under(work.session, today) < rules.MOST_SMS_A_DAY:
            once_key = f"{of_lot}:{recall.public_id}:{'over' if is_over else 'begun'}"
            send_out(work, _letter(dealer.phone, template, values), once_key=once_key)


def tell_officers(work: Work, recall: LotRecall) -> None:
    """Tell the officers of the maker's commune and province, once, that it calls a lot back.

    A maker's calling back and forth sends none of them more than `rules.MOST_SMS_A_DAY`.
    """
    values = _values(work, recall, "/office/lots/{lot}/recall")
    ground = accounts.ground(work.session, recall.enterprise_id)
    for person_id in accounts.officers_over(work.session, ground, today=work.today):
        today = f"recall:officer {person_id}:{recall.enterprise_id}:{work.today:%Y%m%d}"
        lock_words(work.session, today)
        targets = filter(takes_messages, accounts.phones_of(work.session, person_id))
        for number, target in enumerate(targets):
            if sent_under(work.session, today) < rules.MOST_SMS_A_DAY:
                letter = _letter(target, _TO_OFFICER, values)
                send_out(work, letter, once_key=f"{today}:{recall.public_id}:{number}")


def _values(work: Work, recall: LotRecall, path: str) -> Mapping[str, str]:
    """What the sentences name; the code without the word that stands before it anyhow."""
    [lot] = catalog.managed_lots_by_id(work.session, [recall.lot_id])
    maker = accounts.makers(work.session, [recall.enterprise_id])[recall.enterprise_id]
    code = lot.code[2:] if lot.code.lower().startswith("lô ") else lot.code
    site = current_app.config["SETTINGS"].public_url
    return {
        "who": recall.authority or maker.name,
        "lot": code.strip(),
        "link": f"{site}{path.format(lot=lot.public_id)}",
    }


def _letter(target: str, template: str, values: Mapping[str, str]) -> Letter:
    if not is_phone(target):
        words = "\n\n".join(text_in(language, template, **values) for language in ("vi", "en"))
        return Letter(target, words, subject=_SUBJECT, useful=_USEFUL)
    plain = {
        **values,
        "who": sms_name(values["who"], at_most=_NAME_LETTERS),
        "lot": sms_name(values["lot"], at_most=_CODE_LETTERS),
    }
    words = template % plain
    return Letter(target, words if len(words) <= LONGEST else _SHORT % plain, useful=_USEFUL)
