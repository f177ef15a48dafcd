"""When a case ends: its reports are closed, and whoever left a number or address hears how."""

from sqlalchemy import update

from accounts.names import is_phone, sign_in_name, takes_messages
from accounts.queries import makers
from core.dispatch import Letter, has_carrier, send_out
from core.errors import sentence
from core.text.sms import sms_name
from core.work import Work
from traceability.models import StampCase, StampReport
from traceability.queries.cases import case_reports
from traceability.rules.cases import CaseState

SUBJECT = sentence("Gốc: trả lời lời báo của bạn")
# Vietnamese alone: nobody asked the reporter for a language, and an SMS has no room for two.
_WORDS = {
    CaseState.FAKE: sentence(
        "Gốc: lời báo %(number)s: đã xác nhận có hàng không phải của %(who)s mang số tem đó."
        " Cảm ơn bạn đã báo."
    ),
    CaseState.GENUINE: sentence(
        "Gốc: lời báo %(number)s: đã xem, hàng mang số tem đó là của %(who)s. Cảm ơn bạn đã báo."
    ),
    CaseState.UNCLEAR: sentence(
        "Gốc: lời báo %(number)s: đã xem nhưng chưa đủ để kết luận. Xin giữ lại món hàng và con"
        " tem. Cảm ơn bạn."
    ),
}
_NOBODY = sentence("người làm")


def answer_reporters(work: Work, case: StampCase) -> None:
    """Close the reports of a case that has ended and answer them; the contacts are erased.

    A number somebody mistyped is simply not answered.
    """
    who = _maker_name(work, case)
    for report in case_reports(work.session, case.id):
        if report.state != "closed":
            _answer(work, case, report, who)
    work.session.execute(
        update(StampReport)
        .where(StampReport.case_id == case.id, StampReport.state != "closed")
        .values(state="closed", contact="")
    )


def _answer(work: Work, case: StampCase, report: StampReport, who: str) -> None:
    target = sign_in_name(report.contact)
    if target is None or not takes_messages(target) or not has_carrier(target):
        return
    name = sms_name(who) if is_phone(target) else who
    words = _WORDS[CaseState(case.state)] % {"number": report.public_id, "who": name}
    send_out(
        work, Letter(target, words, subject=SUBJECT), once_key=f"report_answer:{report.public_id}"
    )


def _maker_name(work: Work, case: StampCase) -> str:
    """Whose stamps they are; of a number never issued nobody's."""
    if case.enterprise_id is None:
        return _NOBODY
    return makers(work.session, [case.enterprise_id])[case.enterprise_id].name
