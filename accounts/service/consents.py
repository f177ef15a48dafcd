"""A helper asks, a producer answers by two digits, and either ends it at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from accounts.consent_rules import (
    ASKING_LIVES,
    LONGEST_DAYS,
    MESSAGES_A_DAY,
    MOST_A_DAY,
    three_pairs,
)
from accounts.consent_words import asking_words
from accounts.errors import (
    AlreadyBelongs,
    AskingClosed,
    ConsentOver,
    TooManyAskings,
)
from accounts.hashing import hash_of_secret
from accounts.models import Consent, ConsentAsking, Enterprise, Person
from accounts.queries import is_living, memberships, person_names
from accounts.queries.consents import Asked
from accounts.queries.teams import team_names
from accounts.rules import Scope
from accounts.service.team_holding import holds_team
from accounts.team_errors import NotInTeam
from core import audit, display, messages
from core.database import lock_words
from core.dispatch import Letter, send_out
from core.inbound import can_be_answered
from core.work import Work


@dataclass(frozen=True)
class Wish:
    """What a helper asks for: which work, and for how many days."""

    scopes: tuple[Scope, ...]
    days: int
    team_id: int | None = None  # In whose name; None: in one's own.


@dataclass(frozen=True)
class Signed:
    """A consent on paper: the officer who saw the signature, and the photo of the paper."""

    witness_id: int
    paper_id: int


def ask_consent(work: Work, *, of: Asked, wish: Wish, site: str) -> str:
    """Ask a producer to be let in; gives the asking's public id.

    Whether anybody sells by a number is not told: such an asking waits like any other. `site` is
    the address the link in the SMS begins with.

    Raises:
        AlreadyBelongs: the helper is a member there.
        TooManyAskings: as often in a day as anybody may.
        NotInTeam: the helper is not in the team in whose name they ask.
    """
    helper_id = _person(work)
    assert wish.scopes, "a form names one"
    assert 0 < wish.days <= LONGEST_DAYS, wish.days
    # Counted one after another: who asks twice at once is two.
    lock_words(work.session, f"asking {helper_id}")
    _refuse_member(work, helper_id, of.enterprise_id)
    _refuse_too_many(work, helper_id)
    if wish.team_id is not None and not holds_team(work, team_id=wish.team_id, person_id=helper_id):
        raise NotInTeam("asks in the name of a team they are not in")
    _take_back_twin(work, helper_id, of.words)
    token = work.new_token()
    asking = ConsentAsking(
        public_id=work.new_public_id(),
        helper_id=helper_id,
        team_id=wish.team_id,
        asked_of=of.words,
        enterprise_id=of.enterprise_id,
        sent_to_id=of.sent_to_id,
        token_hash=hash_of_secret(token),
        scopes=sorted(wish.scopes),
        pairs=three_pairs(work.new_digits),
        asked_at=work.now,
        until_at=work.now + timedelta(days=wish.days),
    )
    work.session.add(asking)
    work.session.flush()
    if asking.enterprise_id is not None:
        _tell_producer(work, asking, f"{site}/consents/{token}")
        record_asking(work, asking, "ask_consent")
    return asking.public_id


def answer_asking(work: Work, *, public_id: str, pair: str | None) -> str:
    """Give the producer's answer and the state it left: given, wrong_pair or not_me.

    `pair` is what the producer chose; None says that no such helper is known. The right one alone
    lets the helper in; a wrong one is the answer no, never a second try.

    Raises:
        AskingClosed: answered, taken back, or older than a day; or its helper left the team.
    """
    # Held before it is looked at: of two answers at once the second finds it answered.
    asking = work.session.scalars(
        select(ConsentAsking)
        .where(ConsentAsking.public_id == public_id, ConsentAsking.state == "asked")
        .where(ConsentAsking.asked_at > work.now - ASKING_LIVES)
        .where(ConsentAsking.enterprise_id.is_not(None))
        .with_for_update()
    ).one_or_none()
    if asking is None:
        raise AskingClosed("answered, taken back or old")
    is_given = pair == asking.pairs[0]
    consent_id = give(work, asking) if is_given else None
    asking.state = "given" if is_given else "not_me" if pair is None else "wrong_pair"
    asking.consent_id = consent_id
    asking.decided_at, asking.decided_by_id = work.now, work.by.person_id
    if not is_given:
        _tell_of_refusal(work, asking)
    work.session.flush()
    record_asking(work, asking, _ANSWER_ACTS[asking.state])
    return asking.state


def take_back_asking(work: Work, *, public_id: str) -> None:
    """Take back what one asked; an answered one stays as it was answered."""
    taken = work.session.scalars(
        update(ConsentAsking)
        .where(ConsentAsking.public_id == public_id, ConsentAsking.state == "asked")
        .where(ConsentAsking.helper_id == _person(work))
        .values(state="withdrawn", decided_at=work.now, decided_by_id=work.by.person_id)
        .returning(ConsentAsking)
    ).one_or_none()
    if taken is not None and taken.enterprise_id is not None:
        record_asking(work, taken, "take_back_asking")


def end_consent(work: Work, *, public_id: str) -> None:
    """End a consent at this moment, by whoever gave it or by its helper; a second end is none.

    A write of the helper that is running holds the row: it is committed before, or refused.
    """
    ended = work.session.scalars(
        update(Consent)
        .where(Consent.public_id == public_id, Consent.ended_at.is_(None))
        .values(ended_at=work.now, ended_by_id=work.by.person_id)
        .returning(Consent)
    ).one_or_none()
    if ended is not None:
        _record_end(work, ended)


def hold_consent(work: Work) -> None:
    """Make sure that the consent by which `work.by` acts lives until this work is committed.

    Raises:
        ConsentOver: it ended, or ran out, since the page was asked for.
    """
    if work.by.consent_id is None:
        return
    # The team before the consent: the order in which whoever ends the team holds them.
    team_id = work.session.scalar(select(Consent.team_id).where(Consent.id == work.by.consent_id))
    is_in = team_id is None or holds_team(work, team_id=team_id, person_id=_person(work))
    living = work.session.scalar(
        select(Consent.id)
        .where(Consent.id == work.by.consent_id, *is_living(work.now))
        .with_for_update(read=True)
    )
    if living is None or not is_in:
        name = work.session.scalar(
            select(Enterprise.name).where(Enterprise.id == work.by.enterprise_id)
        )
        raise ConsentOver("the consent ended meanwhile", enterprise=name)


_ANSWER_ACTS = {
    "given": "give_consent",
    "not_me": "refuse_helper",
    "wrong_pair": "refuse_wrong_pair",
}


def _person(work: Work) -> int:
    assert work.by.person_id is not None, "only people help"
    return work.by.person_id


def _refuse_member(work: Work, helper_id: int, enterprise_id: int | None) -> None:
    for one in memberships(work.session, helper_id, now=work.now):
        if one.enterprise_id == enterprise_id and one.consent_id is None:
            raise AlreadyBelongs("asks where they belong")


def _refuse_too_many(work: Work, helper_id: int) -> None:
    if _asked_today(work, ConsentAsking.helper_id == helper_id) >= MOST_A_DAY:
        raise TooManyAskings("too many askings", most=MOST_A_DAY)


def _take_back_twin(work: Work, helper_id: int, words: str) -> None:
    """An earlier asking by the same words gives way, whether anybody has the number or not."""
    work.session.execute(
        update(ConsentAsking)
        .where(ConsentAsking.helper_id == helper_id, ConsentAsking.state == "asked")
        .where(ConsentAsking.asked_of == words)
        .values(state="withdrawn", decided_at=work.now, decided_by_id=helper_id)
    )


def _asked_today(work: Work, *conditions: ColumnElement[bool]) -> int:
    count = work.session.scalar(
        select(func.count())
        .select_from(ConsentAsking)
        .where(ConsentAsking.asked_at > work.now - ASKING_LIVES, *conditions)
    )
    return count or 0


def _tell_producer(work: Work, asking: ConsentAsking, link: str) -> None:
    assert asking.enterprise_id is not None
    messages.send(
        work,
        enterprise_id=asking.enterprise_id,
        kind="consent_asked",
        values={"asking_id": asking.id},
        once_key=f"consent_asked:{asking.public_id}",
    )
    mine = (
        ConsentAsking.helper_id == asking.helper_id,
        ConsentAsking.enterprise_id == asking.enterprise_id,
    )
    if asking.sent_to_id is None or _asked_today(work, *mine) > MESSAGES_A_DAY:
        return
    number = work.session.scalar(select(Person.sign_in).where(Person.id == asking.sent_to_id))
    helper = person_names(work.session, [asking.helper_id])[asking.helper_id]
    if number is not None:
        until = display.moment_day(asking.until_at, "vi")
        words = asking_words(
            helper=helper,
            team=team_of(work, asking),
            until=until,
            link=link,
            answerable=can_be_answered(),
        )
        letter = Letter(number, words, useful=ASKING_LIVES)
        send_out(work, letter, once_key=f"consent:{asking.public_id}")


def team_of(work: Work, asking: ConsentAsking) -> str:
    """The team in whose name was asked, as producers read it; empty without one."""
    if asking.team_id is None:
        return ""
    return team_names(work.session, [asking.team_id])[asking.team_id]


def _tell_of_refusal(work: Work, asking: ConsentAsking) -> None:
    """The producer keeps a trace beside the answer: somebody may try again."""
    assert asking.enterprise_id is not None
    messages.send(
        work,
        enterprise_id=asking.enterprise_id,
        kind="consent_refused",
        values={"asking_id": asking.id},
        once_key=f"consent_refused:{asking.public_id}",
    )


def give(work: Work, asking: ConsentAsking, signed: Signed | None = None) -> int:
    """Store the consent asked for and give its id.

    The one it replaces ends with it, so that scopes never add up.

    Raises:
        AskingClosed: asked in the name of a team that ended, or that the helper left.
    """
    assert asking.enterprise_id is not None
    whose = _whose(work, asking)
    # One after another for one helper there: two askings answered at once leave one consent.
    pair = f"consent {asking.enterprise_id} {asking.helper_id} {asking.team_id}"
    lock_words(work.session, pair)
    former = work.session.scalars(
        update(Consent)
        .where(Consent.enterprise_id == asking.enterprise_id)
        .where(*whose, Consent.ended_at.is_(None))
        .values(ended_at=work.now, ended_by_id=work.by.person_id)
        .returning(Consent)
    ).one_or_none()
    if former is not None:
        _record_end(work, former)
    return store_consent(
        work,
        enterprise_id=asking.enterprise_id,
        helper_id=asking.helper_id,
        scopes=[Scope(one) for one in asking.scopes],
        until_at=asking.until_at,
        signed=signed,
        team_id=asking.team_id,
    ).id


def _whose(work: Work, asking: ConsentAsking) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a consent that the asked one replaces; its team is held."""
    if asking.team_id is None:
        return Consent.team_id.is_(None), Consent.helper_id == asking.helper_id
    if not holds_team(work, team_id=asking.team_id, person_id=asking.helper_id):
        raise AskingClosed("the team ended, or its helper left it")
    return (Consent.team_id == asking.team_id,)


def store_consent(  # noqa: PLR0913  # One row, column by column.
    work: Work,
    *,
    enterprise_id: int,
    helper_id: int,
    scopes: list[Scope],
    until_at: datetime,
    signed: Signed | None = None,
    team_id: int | None = None,
) -> Consent:
    """Store a consent that `work.by` gives at this moment, or saw `signed` on paper."""
    consent = Consent(
        public_id=work.new_public_id(),
        enterprise_id=enterprise_id,
        helper_id=helper_id,
        team_id=team_id,
        scopes=sorted(scopes),
        asked_at=work.now,
        until_at=until_at,
        decided_at=work.now,
        decided_by_id=None if signed else work.by.person_id,
        witness_id=signed.witness_id if signed else None,
        paper_id=signed.paper_id if signed else None,
    )
    work.session.add(consent)
    work.session.flush()
    return consent


def record_asking(work: Work, asking: ConsentAsking, act: str) -> None:
    """Write down what was done about an asking."""
    audit.record(
        work,
        act=act,
        object_kind="consent_asking",
        object_id=asking.id,
        enterprise_id=asking.enterprise_id,
        helper_id=asking.helper_id,
        scopes=asking.scopes,
        **_team_of(asking),
    )


def _record_end(work: Work, consent: Consent) -> None:
    audit.record(
        work,
        act="end_consent",
        object_kind="consent",
        object_id=consent.id,
        enterprise_id=consent.enterprise_id,
        helper_id=consent.helper_id,
        **_team_of(consent),
    )


def _team_of(one: Consent | ConsentAsking) -> dict[str, Any]:
    return {} if one.team_id is None else {"team_id": one.team_id}
