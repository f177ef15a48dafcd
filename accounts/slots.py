"""What accounts show on pages above: one's own account, askings of helpers, who did what."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from accounts import queries
from accounts.care_words import reminder_words
from accounts.names import as_written
from accounts.office_forms import reason_lines
from accounts.rules import Act, Role
from accounts.service import REMINDER
from accounts.waiting import moves_lying, seller_lying, sellers_lying
from accounts.web import may, signed_in
from core import clock
from core.language import current_language
from core.messages import Message, messages_by_id
from core.slots import Panel

_NAME_CASE = "name_case"
_KINDS = frozenset({"consent_asked", "consent_refused", "consent_on_paper"})
_OF_DIRECTORS = frozenset({"hand_over_by_paper", "sign_in_by_paper", "handed_over"})
_OF_STANDING = frozenset({"enterprise_verified", "enterprise_resumed"})
_OF_MOVES = frozenset({"place_moved", "place_returned"})
_SHOWN_IN_QUEUE = 5
_FIRST = 0  # Without it nothing else counts.
_LAST = 90  # Below what is to be sold and made.


def messages(session: Session, message_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """What helpers asked, what was asked by papers, one's protected names. Three statements."""
    sent = messages_by_id(session, message_ids)
    told = _of_helpers(session, sent) | _of_names(session, sent)
    return told | _of_directors(sent) | _of_standing(sent) | _of_moves(sent)


def _of_standing(sent: Sequence[Message]) -> dict[int, list[Panel]]:
    return {
        one.id: [Panel("accounts/manage/standing_message.html", {"kind": one.kind})]
        for one in sent
        if one.kind in _OF_STANDING
    }


def _of_moves(sent: Sequence[Message]) -> dict[int, list[Panel]]:
    return {
        one.id: [
            Panel(
                "accounts/manage/place_message.html",
                {"kind": one.kind, "place": one.values["place"]},
            )
        ]
        for one in sent
        if one.kind in _OF_MOVES
    }


def _of_directors(sent: Sequence[Message]) -> dict[int, list[Panel]]:
    return {
        one.id: [
            Panel(
                "accounts/manage/director_message.html",
                {"kind": one.kind, "change": one.values["change"]},
            )
        ]
        for one in sent
        if one.kind in _OF_DIRECTORS and may(Act.MANAGE_MEMBERS)
    }


def _of_names(session: Session, sent: Sequence[Message]) -> dict[int, list[Panel]]:
    if not may(Act.EDIT_ENTERPRISE):
        return {}
    ours = [one for one in sent if one.kind == _NAME_CASE]
    names = queries.name_words(session, [one.values["name_id"] for one in ours]) if ours else {}
    return {
        one.id: [Panel("accounts/manage/name_message.html", {"name": names[one.values["name_id"]]})]
        for one in ours
    }


def _of_helpers(session: Session, sent: Sequence[Message]) -> dict[int, list[Panel]]:
    ours = [one for one in sent if one.kind in _KINDS]
    askings = queries.askings_by_id(session, [one.values["asking_id"] for one in ours])
    return {
        one.id: [
            Panel(
                "accounts/manage/message.html",
                {"kind": one.kind, "asking": askings[one.values["asking_id"]]},
            )
        ]
        for one in ours
        if may(Act.MANAGE_CONSENTS)
    }


def reminders(session: Session, message_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """What officers and helpers reminded of; usual sentences in the reader's language."""
    ours = [one for one in messages_by_id(session, message_ids) if one.kind == REMINDER]
    names = queries.person_names(session, {one.values["person_id"] for one in ours})
    return {
        one.id: [
            Panel(
                "accounts/manage/reminder.html",
                {
                    "name": names.get(one.values["person_id"], "…"),
                    "words": reminder_words(one.values["words"]),
                },
            )
        ]
        for one in ours
    }


def who_did_what(_session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The way to the helpers, for whoever lets them in, and to what everybody did."""
    if not may(Act.READ_HISTORY):
        return {}
    shown = {"may_consent": may(Act.MANAGE_CONSENTS)}
    panel = Panel("accounts/manage/people_panel.html", shown, rank=_LAST)
    return {id_: [panel] for id_ in enterprise_ids}


def own_enterprise(_session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The way to what is told of the enterprise, for whoever changes its telling or its bank."""
    may_bank = may(Act.MANAGE_BANK)
    if not (may_bank or may(Act.EDIT_ENTERPRISE)):
        return {}
    panel = Panel("accounts/manage/own_panel.html", {"may_bank": may_bank}, rank=_LAST)
    return {id_: [panel] for id_ in enterprise_ids}


def way_to_practice(_session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The way to practise, for whoever belongs to a real enterprise."""
    someone = signed_in()
    if someone.acting is None or someone.acting.role in {Role.HELPER, Role.LEARNER}:
        return {}
    panel = Panel("accounts/practice/panel.html", rank=_LAST + 1)
    return {id_: [panel] for id_ in enterprise_ids}


def practice_of_account(_session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    """The way to practise, on the page of one's own account."""
    return {person_id: [Panel("accounts/practice/section.html", rank=20)] for person_id in ids}


def enterprise_to_send(session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """What a new or returned enterprise still has to do before anything can be sold."""
    if not may(Act.EDIT_ENTERPRISE):
        return {}
    told = {id_: queries.own_enterprise(session, id_) for id_ in enterprise_ids}
    return {
        id_: [Panel("accounts/manage/enterprise_todo.html", {"told": one}, rank=_FIRST)]
        for id_, one in told.items()
        if one.words_are_open
    }


def own_account(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    """Number, password, who shares the phone, devices: the first section of `/account`."""
    return {person_id: [_section(session, person_id)] for person_id in ids}


def _section(session: Session, person_id: int) -> Panel:
    account = queries.own_account(session, person_id)
    own = account.sign_in
    behind = queries.people_behind(session, own) if own else []
    context = {
        "account": account,
        "number": as_written(own) if own else "",
        "behind": [one.name for one in behind if one.person_id != person_id],
        "has_factor": signed_in().has_factor,
        "phones": [as_written(one) for one in queries.phones_of(session, person_id) if one != own],
    }
    return Panel("accounts/account/section.html", context, rank=10)


def sellers_of_area(session: Session, office_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`office.queue`: enterprises that lie with each office, and until when."""
    now = clock.now()
    found: dict[int, list[Panel]] = {}
    for office in queries.offices_by_id(session, office_ids, today=clock.today()).values():
        waiting = queries.waiting_enterprises(session, [office], limit=_SHOWN_IN_QUEUE, now=now)
        if waiting:
            count = queries.waiting_enterprise_count(session, [office], now=now)
            lie = sellers_lying(session, waiting, now=now, language=current_language())
            shown = {"count": count, "waiting": [(one, lie.get(one.id)) for one in waiting]}
            found[office.id] = [Panel("accounts/office/waiting.html", shown, rank=-1)]
    return found


def moves_of_area(session: Session, office_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`office.queue`: sellers who move into each office's area; two statements an office."""
    now = clock.now()
    found: dict[int, list[Panel]] = {}
    for office in queries.offices_by_id(session, office_ids, today=clock.today()).values():
        moves = queries.waiting_moves(session, [office], now=now)
        if moves:
            lie = moves_lying(session, moves, now=now, language=current_language())
            shown = {"moves": [(one, lie[one.id]) for one in moves]}
            found[office.id] = [Panel("accounts/office/waiting_moves.html", shown, rank=-1)]
    return found


def standing(session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`manage.panels`: what officers hold up or ask for; nothing where one may sell."""
    panels = {}
    for enterprise in queries.makers(session, enterprise_ids).values():
        if enterprise.state in {"submitted", "returned", "suspended"}:
            past = queries.decisions(session, enterprise.id)
            shown = {
                "state": enterprise.state,
                "lying": seller_lying(
                    session, enterprise.public_id, now=clock.now(), language=current_language()
                ),
                "reasons": reason_lines(past[0].reason) if past else [],
            }
            panels[enterprise.id] = [Panel("accounts/manage/standing.html", shown)]
    return panels
