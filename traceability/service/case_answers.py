"""When a case ends: whoever left a number or address hears how; an office closes its reports."""

from sqlalchemy import update

from accounts.names import is_phone, sign_in_name, takes_messages
from accounts.queries import makers
from core import audit
from core.dispatch import Letter, has_carrier, send_out
from core.errors import sentence
from core.text.sms import sms_name
from core.work import Work
from traceability.models import StampCase, StampReport
from traceability.queries.cases import case_reports
from traceability.rules.cases import CaseState, Side

SUBJECT = sentence("Gốc: trả lời lời báo của bạn")
# Vietnamese alone: nobody asked the reporter for a language, and an SMS has no room for two.
_BY_OFFICE = {
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
_BY_MAKER = {
    CaseState.FAKE: sentence(
        "Gốc: lời báo %(number)s: %(who)s nói hàng mang số tem đó không phải của họ. Cán bộ còn xem"
        " lời báo này."
    ),
    CaseState.GENUINE: sentence(
        "Gốc: lời báo %(number)s: %(who)s nói hàng mang số tem đó là của họ. Cán bộ còn xem lời báo"
        " này."
    ),
    CaseState.UNCLEAR: sentence(
        "Gốc: lời báo %(number)s: %(who)s xem rồi, chưa kết luận được. Cán bộ còn xem lời báo này."
    ),
}
_WORDS = {Side.MAKER: _BY_MAKER, Side.OFFICE: _BY_OFFICE}
_NOBODY = sentence("người làm")


def answer_reporters(work: Work, case: StampCase, side: Side) -> None:
    """Answer the open reports of a case that has ended; an office closes them besides.

    Closing erases the contact. What its maker concludes is the maker's word: whom a report is
    about does not close it, so it waits for the office as before. A number somebody mistyped is
    simply not answered.
    """
    who, words = _maker_name(work, case), _WORDS[side][CaseState(case.state)]
    for report in case_reports(work.session, case.id):
        if report.state != "closed":
            _answer(work, report, words, who=who, side=side)
    if side is Side.MAKER:
        return
    closed = work.session.scalars(
        update(StampReport)
        .where(StampReport.case_id == case.id, StampReport.state != "closed")
        .values(state="closed", contact="")
        .returning(StampReport.id)
    )
    for report_id in sorted(closed):
        audit.record(
            work,
            act="closed_report",
            object_kind="stamp_report",
            object_id=report_id,
            enterprise_id=case.enterprise_id,
        )


def _answer(work: Work, report: StampReport, words: str, *, who: str, side: Side) -> None:
    target = sign_in_name(report.contact)
    if target is None or not takes_messages(target) or not has_carrier(target):
        return
    name = sms_name(who) if is_phone(target) else who
    letter = Letter(target, words % {"number": report.public_id, "who": name}, subject=SUBJECT)
    # The maker's word and the office's are two answers, each told once.
    send_out(work, letter, once_key=f"report_answer:{side}:{report.public_id}")


def _maker_name(work: Work, case: StampCase) -> str:
    """Whose stamps they are; of a number never issued nobody's."""
    if case.enterprise_id is None:
        return _NOBODY
    return makers(work.session, [case.enterprise_id])[case.enterprise_id].name
