"""What a check says once everything recorded about its stamp is put together."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from accounts.queries import Maker
from catalog import queries as catalog
from catalog.queries import CertificateFacts, ProductPicture, StampedLot, StampedProduct
from catalog.rules import RecognitionFacts, Standing, best_standing, last_day, standing_of
from core.clock import day_of
from core.errors import NotFound
from traceability import rules
from traceability.models import LotRecall
from traceability.queries import StampRow, claims_of, open_recall, past_check, stamp_row
from traceability.queries.cases import case_changing
from traceability.queries.evidence import Said, said_of
from traceability.rules import (
    Checks,
    CodeUse,
    Doubt,
    GoodsClaim,
    Judgement,
    LotFacts,
    Side,
    StampFacts,
    StampState,
    Verdict,
    VoidReason,
)
from traceability.service.checking import Check


@dataclass(frozen=True)
class ConfirmedFake:
    """When a case was confirmed, and on which side: the maker's or an office's."""

    at: datetime
    by: Side


@dataclass(frozen=True)
class Reading:
    """A judged check, with the goods and the maker it speaks of (None: never issued)."""

    check: Check
    judgement: Judgement
    today: date  # Of the judgement: a past check is judged by what is known today.
    lot: StampedLot | None = None
    product: StampedProduct | None = None  # Of a roll's stamp, which is of no lot yet.
    maker: Maker | None = None
    lapsed_stars: RecognitionFacts | None = None
    lapsed_certificate: CertificateFacts | None = None
    pictures: tuple[ProductPicture, ...] = ()  # Of the goods, to hold them beside.
    confirmed: ConfirmedFake | None = None  # Of a stamp that a case made suspicious.
    far_apart: tuple[str, ...] = ()  # Communes that visitors named, of a stamp with a pattern.
    claim: GoodsClaim | None = None  # The first by somebody else who said to have bought it.
    recall: LotRecall | None = None  # Of a stamp whose lot is being recalled.
    was_typed: bool = False  # A number never issued reads differently when typed.


def read_check(
    session: Session, check: Check, *, language: str, today: date | None = None
) -> Reading:
    """Judge a check as of `today` (else its own day); the goods' words come in `language`."""
    today = today or day_of(check.at)
    stamp = check.stamp
    if stamp is None:
        judgement = rules.judge(stamp=None, lot=LotFacts(), checks=check.checks, today=today)
        return Reading(check, judgement, today)
    if stamp.lot_id is None:
        return _read_loose(session, check, stamp, language=language, today=today)
    lot = catalog.stamped_lot(session, stamp.lot_id, language=language)
    assert lot is not None, stamp
    maker = lot.maker
    stars = _lapsed_stars(lot, today)
    certificate = _lapsed_certificate(lot, today)
    facts = _facts(stamp, check)
    said = _said(session, check)
    judgement = rules.judge(
        stamp=replace(facts, has_pattern=said.evidence.is_pattern),
        lot=LotFacts(
            best_before_on=lot.best_before_on,
            recalled=lot.recalled_since is not None,
            on_hold=lot.on_hold_since is not None,
            stars_lapsed=stars is not None,
            certificate_lapsed=certificate is not None,
            seller_suspended=maker.suspended_at is not None,
        ),
        checks=check.checks,
        today=today,
    )
    pictures = tuple(catalog.pictures_of(session, lot.product_id))
    return Reading(
        check,
        judgement,
        today,
        lot=lot,
        maker=maker,
        lapsed_stars=stars,
        lapsed_certificate=certificate,
        pictures=pictures,
        confirmed=_confirmed(session, stamp, judgement),
        far_apart=said.far_apart,
        claim=rules.first_of_others(check.claims),
        recall=_recall(session, lot, judgement),
    )


def read_past_check(
    session: Session,
    *,
    day: date,
    token: str,
    today: date,
    language: str,
    claim_hash: Callable[[int], str] | None = None,
) -> Reading:
    """What a counted check found: the numbers of then, beside everything known today.

    `claim_hash` gives by what the reader's own “tôi đã mua món này” at a serial is known.

    A stamp cancelled or goods past their date since then say so first: a forger might print the
    address of a good old result.

    Raises:
        NotFound: there is no such check.
    """
    found = past_check(session, day=day, token=token)
    stamp = stamp_row(session, found["serial"]) if found else None
    if found is None or stamp is None:
        raise NotFound("no such check")
    numbers = found["checks"]
    for name in ("first_at", "last_at"):
        numbers[name] = datetime.fromisoformat(numbers[name]) if numbers[name] else None
    at = datetime.fromisoformat(found["at"])
    check = Check(
        found["serial"],
        at,
        stamp,
        Checks(**numbers),
        token=token,
        claims=claims_of(session, stamp.serial, claim_hash(stamp.serial) if claim_hash else ""),
        is_unusual=bool(stamp.is_unusual),
    )
    return read_check(session, check, language=language, today=today)


def _read_loose(
    session: Session, check: Check, stamp: StampRow, *, language: str, today: date
) -> Reading:
    """Judge a stamp bound to no lot: it says what it was printed for, and nothing of any lot."""
    product = catalog.stamped_product(session, stamp.product_id, language=language)
    assert product is not None, stamp
    judgement = rules.judge(
        stamp=_facts(stamp, check),
        lot=LotFacts(seller_suspended=product.maker.suspended_at is not None),
        checks=check.checks,
        today=today,
    )
    return Reading(check, judgement, today, product=product, maker=product.maker)


def _facts(stamp: StampRow, check: Check) -> StampFacts:
    return StampFacts(
        state=StampState(stamp.state),
        void_reason=VoidReason(stamp.reason) if stamp.reason else None,
        checks_before_activation=stamp.early_visits or 0,
        since_claim=_since_claim(check),
        code=_code_use(stamp, check),
        is_sold=stamp.sold_at is not None,
        seller_scans=stamp.seller_scans or 0,
    )


def _since_claim(check: Check) -> int | None:
    claim = rules.first_of_others(check.claims)
    return rules.later_occasions(claim, check.occasions) if claim is not None else None


def _said(session: Session, check: Check) -> Said:
    """What people said of an active stamp with unusual checks; others cost no statement."""
    stamp = check.stamp
    if stamp is None or not check.is_unusual or stamp.state != StampState.ACTIVE:
        return Said()
    return said_of(session, stamp.serial)


def _code_use(stamp: StampRow, check: Check) -> CodeUse | None:
    """Who confirmed a code reads so until somebody types it again; everybody else, that it is used.

    A result that was shared is read by others than who confirmed.
    """
    if stamp.code_confirmed_at is None:
        return None
    return CodeUse.FIRST if check.is_confirmer and not stamp.code_again else CodeUse.AGAIN


def _confirmed(session: Session, stamp: StampRow, judgement: Judgement) -> ConfirmedFake | None:
    """What the text of a suspicious stamp speaks of; other stamps cost no statement."""
    if judgement.doubt is not Doubt.CASE:
        return None
    case = case_changing(session, stamp.batch_id, stamp.ordinal)
    assert case is not None, stamp
    assert case.concluded_at is not None, case
    assert case.concluded_by is not None, case
    return ConfirmedFake(case.concluded_at, Side(case.concluded_by))


def _recall(session: Session, lot: StampedLot, judgement: Judgement) -> LotRecall | None:
    """What the text of a recalled stamp speaks of; other stamps cost no statement."""
    is_recalled = judgement.verdict is Verdict.RECALLED
    return open_recall(session, lot.id) if is_recalled else None


def _lapsed_stars(lot: StampedLot, today: date) -> RecognitionFacts | None:
    """The recognition that lapsed on a known day, where no other is in force."""
    if best_standing(lot.recognitions, today=today) is not Standing.LAPSED:
        return None
    known = [facts for facts in lot.recognitions if facts.review != "waiting"]
    lapsed = [facts for facts in known if standing_of(facts, today=today) is Standing.LAPSED]
    dated = [facts for facts in lapsed if facts.stars and last_day(facts)]
    return max(dated, key=lambda facts: last_day(facts) or date.min, default=None)


def _lapsed_certificate(lot: StampedLot, today: date) -> CertificateFacts | None:
    """The paper that ended last, where no paper of the same name is in force."""
    in_force = {
        paper.name
        for paper in lot.certificates
        if paper.valid_until is None or paper.valid_until >= today
    }
    ended = [paper for paper in lot.certificates if paper.name not in in_force]
    return max(ended, key=lambda paper: paper.valid_until or date.min, default=None)
