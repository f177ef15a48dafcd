"""A consent on paper: printed by the helper, signed by the producer, seen by an officer."""

from sqlalchemy import select, update

from accounts.consent_rules import ASKING_LIVES, PAPER_LIVES
from accounts.consent_words import given_words
from accounts.errors import AskingClosed, OwnAsking
from accounts.models import Consent, ConsentAsking
from accounts.queries import person_names
from accounts.queries.consents import director_phone
from accounts.rules import Scope
from accounts.service.consents import Signed, end_consent, give, record_asking, team_of
from accounts.service.team_holding import holds_team
from core import display, messages
from core.dispatch import Letter, send_out
from core.inbound import can_be_answered
from core.work import Work


def print_asking(work: Work, *, public_id: str) -> None:
    """Let an asking of `work.by` be answered on paper as well, from now on for two weeks.

    Raises:
        AskingClosed: it was answered or taken back meanwhile.
    """
    printed = work.session.execute(
        update(ConsentAsking)
        .where(ConsentAsking.public_id == public_id, ConsentAsking.state == "asked")
        .where(ConsentAsking.helper_id == work.by.person_id, ConsentAsking.until_at > work.now)
        .values(printed_at=work.now)
        .returning(ConsentAsking.id)
    ).one_or_none()
    if printed is None:
        raise AskingClosed("answered or taken back")


def witness_asking(work: Work, *, public_id: str, paper_id: int, site: str) -> None:
    """Give the consent a producer signed on paper; the officer who acts saw it.

    The producer is told, with a way to end it; `site` begins the address of that way.

    Raises:
        AskingClosed: answered, taken back, or printed too long ago.
        OwnAsking: the officer is the helper.
    """
    asking = _held_on_paper(work, public_id)
    assert work.by.person_id is not None, "only people witness"
    asking.consent_id = give(work, asking, Signed(work.by.person_id, paper_id))
    _decide_on_paper(work, asking, "given")
    _tell_of_paper(work, asking, site)
    record_asking(work, asking, "witness_consent")


def refuse_paper(work: Work, *, public_id: str) -> None:
    """Say that the paper is not signed, or not by the producer.

    Raises:
        AskingClosed, OwnAsking: as `witness_asking`.
    """
    asking = _held_on_paper(work, public_id)
    _decide_on_paper(work, asking, "not_me")
    record_asking(work, asking, "refuse_paper")


def end_for_producer(work: Work, *, asking_id: int) -> None:
    """End what was given, for a producer who told the officer so; a second end is none."""
    given = select(Consent.public_id).join(ConsentAsking, ConsentAsking.consent_id == Consent.id)
    public_id = work.session.scalar(given.where(ConsentAsking.id == asking_id))
    if public_id is not None:
        end_consent(work, public_id=public_id)


def _held_on_paper(work: Work, public_id: str) -> ConsentAsking:
    """An asking that can be answered on paper, held until the commit."""
    asking = work.session.scalars(
        select(ConsentAsking)
        .where(ConsentAsking.public_id == public_id, ConsentAsking.state == "asked")
        .where(ConsentAsking.printed_at > work.now - PAPER_LIVES)
        .where(ConsentAsking.until_at > work.now, ConsentAsking.enterprise_id.is_not(None))
        .with_for_update()
    ).one_or_none()
    if asking is None:
        raise AskingClosed("answered, taken back or old")
    if asking.helper_id == work.by.person_id or _is_for_own_team(work, asking):
        raise OwnAsking("the officer is the helper, or in the team")
    return asking


def _is_for_own_team(work: Work, asking: ConsentAsking) -> bool:
    assert work.by.person_id is not None, "only people witness"
    return asking.team_id is not None and holds_team(
        work, team_id=asking.team_id, person_id=work.by.person_id
    )


def _decide_on_paper(work: Work, asking: ConsentAsking, state: str) -> None:
    asking.state, asking.decided_at = state, work.now
    asking.decided_by_id = work.by.person_id
    work.session.flush()


def _tell_of_paper(work: Work, asking: ConsentAsking, site: str) -> None:
    """Whoever did not sign learns of it, and ends it by one word."""
    assert asking.enterprise_id is not None
    messages.send(
        work,
        enterprise_id=asking.enterprise_id,
        kind="consent_on_paper",
        values={"asking_id": asking.id},
        once_key=f"consent_on_paper:{asking.public_id}",
    )
    number = director_phone(work.session, asking.enterprise_id)
    if number is None:
        return
    words = given_words(
        helper=person_names(work.session, [asking.helper_id])[asking.helper_id],
        team=team_of(work, asking),
        scopes=[Scope(one) for one in asking.scopes],
        until=display.moment_day(asking.until_at, "vi"),
        way_out="nhan THOI" if can_be_answered() else f"{site}/manage/helpers",
    )
    letter = Letter(number, words, useful=ASKING_LIVES)
    send_out(work, letter, once_key=f"consent_on_paper:{asking.public_id}")
