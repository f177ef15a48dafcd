from dataclasses import FrozenInstanceError, fields
from datetime import UTC, date, datetime, timedelta

import pytest

from traceability.rules import (
    Case,
    Checks,
    CodeUse,
    Colour,
    Doubt,
    Grade,
    Judgement,
    LotFacts,
    Notice,
    StampFacts,
    StampState,
    Verdict,
    VoidReason,
    is_expired,
    judge,
)

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ACTIVE = StampFacts(StampState.ACTIVE)
LOT = LotFacts()
NEVER = Checks()


def checked(
    earlier: int, *, early_days: int = 0, own_checks: int = 0, in_own_occasion: bool = False
) -> Checks:
    """A tally with `earlier` occasions besides the visitor's own."""
    mine = 1 if own_checks or in_own_occasion else 0
    return Checks(
        checks=earlier + mine,
        occasions=earlier + mine,
        first_at=NOW - timedelta(days=20),
        last_at=NOW - timedelta(minutes=12),
        early_days=early_days,
        own_checks=own_checks,
        in_own_occasion=in_own_occasion,
    )


def test_an_active_stamp_nobody_has_checked_is_a_first_check() -> None:
    said = judge(stamp=ACTIVE, lot=LOT, checks=NEVER, today=TODAY)

    assert (said.verdict, said.grade, said.colour) == (
        Verdict.FIRST_CHECK,
        Grade.CALM,
        Colour.GREEN,
    )
    assert (said.seal, said.case, said.earlier, said.notices) == ("1", None, 0, ())


def test_a_number_never_issued_stops_and_says_nothing_of_a_lot() -> None:
    lot = LotFacts(recalled=True, best_before_on=date(2020, 1, 1))
    said = judge(stamp=None, lot=lot, checks=NEVER, today=TODAY)

    assert (said.verdict, said.grade, said.colour, said.seal, said.notices) == (
        Verdict.NOT_ISSUED,
        Grade.STOP,
        Colour.RED_FILLED,
        "×",
        (),
    )
    assert (said.case, said.earlier, said.void_reason) == (None, 0, None)
    assert said.verdict.status == 404
    assert {each.status for each in Verdict if each is not Verdict.NOT_ISSUED} == {200}


@pytest.mark.parametrize(
    ("state", "verdict", "grade", "colour", "seal"),
    [
        (StampState.VOID, Verdict.VOID, Grade.STOP, Colour.RED_FILLED, "×"),
        (StampState.DOUBTED, Verdict.SUSPICIOUS, Grade.STOP, Colour.AMBER_FILLED, "!"),
        (StampState.PRINTED, Verdict.NOT_ACTIVATED, Grade.ATTENTIVE, Colour.AMBER, "?"),
    ],
)
def test_a_stamps_state_is_graver_than_its_checks(
    state: StampState, verdict: Verdict, grade: Grade, colour: Colour, seal: str
) -> None:
    for checks in (NEVER, checked(6)):
        said = judge(stamp=StampFacts(state), lot=LOT, checks=checks, today=TODAY)

        assert (said.verdict, said.grade, said.colour, said.seal) == (verdict, grade, colour, seal)
        assert (said.case, said.earlier) == (None, 0)


@pytest.mark.parametrize("state", list(StampState))
def test_a_recall_is_graver_than_any_state(state: StampState) -> None:
    stamp = StampFacts(state, void_reason=VoidReason.LOST)
    said = judge(stamp=stamp, lot=LotFacts(recalled=True), checks=checked(6), today=TODAY)

    assert (said.verdict, said.grade, said.colour, said.seal, said.void_reason) == (
        Verdict.RECALLED,
        Grade.STOP,
        Colour.RED_FILLED,
        "STOP",
        None,
    )


@pytest.mark.parametrize("reason", list(VoidReason))
def test_a_void_stamp_says_why(reason: VoidReason) -> None:
    stamp = StampFacts(StampState.VOID, void_reason=reason)

    assert judge(stamp=stamp, lot=LOT, checks=NEVER, today=TODAY).void_reason is reason


@pytest.mark.parametrize(
    ("checks", "case", "earlier", "seal"),
    [
        (checked(0, in_own_occasion=True), Case.SAME, 0, "2"),
        (checked(1), Case.ONCE, 1, "2"),
        (checked(1, in_own_occasion=True), Case.ONCE, 1, "2"),
        (checked(1, own_checks=1), Case.ONCE, 1, "2"),
        (checked(2), Case.FEW, 2, "3"),
        (checked(4, early_days=2), Case.FEW, 4, "5"),
        (checked(2, early_days=3), Case.FEW, 2, "3"),
        (checked(3, early_days=2), Case.FEW, 3, "4"),
        (checked(4, in_own_occasion=True), Case.FEW, 4, "5"),
    ],
)
def test_calm_cases_of_an_earlier_check(
    checks: Checks, case: Case, earlier: int, seal: str
) -> None:
    said = judge(stamp=ACTIVE, lot=LOT, checks=checks, today=TODAY)

    assert said.verdict is Verdict.CHECKED_BEFORE
    assert (said.case, said.earlier, said.seal) == (case, earlier, seal)
    assert (said.grade, said.colour) == (Grade.CALM, Colour.GREEN)


@pytest.mark.parametrize(
    "checks", [checked(5), checked(6), checked(3, early_days=3), checked(3, early_days=4)]
)
def test_many_occasions_or_several_early_ones_ask_for_care(checks: Checks) -> None:
    said = judge(stamp=ACTIVE, lot=LOT, checks=checks, today=TODAY)

    assert (said.verdict, said.case) == (Verdict.CHECKED_BEFORE, Case.MANY)
    assert (said.grade, said.colour) == (Grade.ATTENTIVE, Colour.AMBER)
    assert said.seal == str(checks.earlier + 1)


def test_the_first_device_reloading_still_reads_its_own_first_check() -> None:
    said = judge(stamp=ACTIVE, lot=LOT, checks=checked(0, own_checks=1), today=TODAY)

    assert (said.verdict, said.seal) == (Verdict.FIRST_CHECK, "1")
    assert said.notices == (Notice.SAME_DEVICE,)
    assert said.grade is Grade.CALM


def test_a_family_on_one_network_was_just_scanned_whatever_their_number() -> None:
    checks = Checks(checks=12, occasions=1, own_checks=1, in_own_occasion=True)

    assert judge(stamp=ACTIVE, lot=LOT, checks=checks, today=TODAY).case is Case.SAME


def test_a_neighbours_check_in_an_own_occasion_that_is_over_is_an_earlier_one() -> None:
    checks = Checks(checks=2, occasions=1, own_checks=1, in_own_occasion=False)
    said = judge(stamp=ACTIVE, lot=LOT, checks=checks, today=TODAY)

    assert (said.case, said.earlier) == (Case.ONCE, 1)


@pytest.mark.parametrize(
    ("checks", "earlier"),
    [
        (Checks(), 0),
        (Checks(checks=1, occasions=1, own_checks=1), 0),
        (Checks(checks=1, occasions=1, own_checks=1, in_own_occasion=True), 0),
        (Checks(checks=2, occasions=1, own_checks=1), 1),
        (Checks(checks=2, occasions=1, own_checks=1, in_own_occasion=True), 0),
        (Checks(checks=2, occasions=2, in_own_occasion=True), 1),
        (Checks(checks=3, occasions=3, own_checks=1), 2),
        (Checks(checks=3, occasions=3), 3),
    ],
)
def test_earlier_occasions_are_those_besides_the_visitors_own(checks: Checks, earlier: int) -> None:
    assert checks.earlier == earlier


@pytest.mark.parametrize(
    ("lot", "notice", "grade", "colour"),
    [
        (LotFacts(best_before_on=date(2026, 11, 20)), Notice.EXPIRED, "stop", Colour.RED_FILLED),
        (LotFacts(best_before_on=date(2026, 11, 21)), Notice.USE_SOON, "calm", Colour.GREEN),
        (LotFacts(best_before_on=date(2026, 11, 28)), Notice.USE_SOON, "calm", Colour.GREEN),
        (LotFacts(on_hold=True), Notice.LOT_ON_HOLD, "attentive", Colour.AMBER),
        (LotFacts(stars_lapsed=True), Notice.STARS_LAPSED, "calm", Colour.PLAIN),
        (LotFacts(certificate_lapsed=True), Notice.CERTIFICATE_LAPSED, "calm", Colour.PLAIN),
        (LotFacts(seller_suspended=True), Notice.SELLER_SUSPENDED, "attentive", Colour.AMBER),
    ],
)
def test_a_notice_stands_beside_the_verdict_and_the_worst_sets_the_colour(
    lot: LotFacts, notice: Notice, grade: str, colour: Colour
) -> None:
    said = judge(stamp=ACTIVE, lot=lot, checks=NEVER, today=TODAY)

    assert said.verdict is Verdict.FIRST_CHECK
    assert (said.notices, said.grade.value, said.colour) == ((notice,), grade, colour)


@pytest.mark.parametrize(
    ("lot", "leading"),
    [
        (LotFacts(stars_lapsed=True, best_before_on=date(2026, 11, 28)), {Notice.STARS_LAPSED}),
        (LotFacts(stars_lapsed=True, on_hold=True), {Notice.LOT_ON_HOLD}),
        (LotFacts(stars_lapsed=True, best_before_on=date(2026, 11, 20)), set()),
        (LotFacts(best_before_on=date(2026, 11, 28)), set()),
    ],
)
def test_the_notices_that_set_the_colour_lead_the_page(lot: LotFacts, leading: set[Notice]) -> None:
    assert set(judge(stamp=ACTIVE, lot=lot, checks=NEVER, today=TODAY).leading) == leading


def test_goods_with_a_week_and_a_day_left_get_no_notice() -> None:
    lot = LotFacts(best_before_on=date(2026, 11, 29))

    assert judge(stamp=ACTIVE, lot=lot, checks=NEVER, today=TODAY).notices == ()


def test_expired_goods_take_the_heading_unless_the_verdict_itself_says_stop() -> None:
    lot = LotFacts(best_before_on=date(2026, 11, 12))
    calm = judge(stamp=ACTIVE, lot=lot, checks=NEVER, today=TODAY)
    many = judge(stamp=ACTIVE, lot=lot, checks=checked(5), today=TODAY)
    void = judge(stamp=StampFacts(StampState.VOID), lot=lot, checks=NEVER, today=TODAY)
    doubted = judge(stamp=StampFacts(StampState.DOUBTED), lot=lot, checks=NEVER, today=TODAY)

    assert (calm.is_expired_heading, calm.seal) == (True, "!")
    assert (many.is_expired_heading, many.seal) == (True, "!")
    assert (void.is_expired_heading, void.seal, void.notices) == (False, "×", (Notice.EXPIRED,))
    assert (doubted.is_expired_heading, doubted.colour) == (False, Colour.RED_FILLED)
    assert not judge(stamp=ACTIVE, lot=LOT, checks=NEVER, today=TODAY).is_expired_heading


def test_checks_before_activation_are_told_once_it_is_active() -> None:
    active = StampFacts(StampState.ACTIVE, checks_before_activation=2)
    printed = StampFacts(StampState.PRINTED, checks_before_activation=2)

    assert judge(stamp=active, lot=LOT, checks=NEVER, today=TODAY).notices == (
        Notice.LATE_ACTIVATION,
    )
    assert judge(stamp=printed, lot=LOT, checks=NEVER, today=TODAY).notices == ()


def test_all_notices_stand_in_the_order_of_the_page() -> None:
    lot = LotFacts(
        best_before_on=date(2026, 11, 1),
        on_hold=True,
        stars_lapsed=True,
        certificate_lapsed=True,
        seller_suspended=True,
    )
    stamp = StampFacts(
        StampState.ACTIVE,
        checks_before_activation=1,
        is_sold=True,
        seller_scans=2,
        since_claim=1,
        code=CodeUse.AGAIN,
    )
    said = judge(stamp=stamp, lot=lot, checks=checked(0, own_checks=1), today=TODAY)

    never_together = {Notice.USE_SOON, Notice.CODE_FIRST}
    assert said.notices == tuple(each for each in Notice if each not in never_together)
    assert said.grade is Grade.STOP


def test_a_confirmed_code_is_the_seal_unless_something_graver_is_said() -> None:
    confirmed = StampFacts(StampState.ACTIVE, code=CodeUse.FIRST)
    expired = LotFacts(best_before_on=date(2026, 11, 1))

    calm = judge(stamp=confirmed, lot=LotFacts(), checks=checked(1), today=TODAY)
    past = judge(stamp=confirmed, lot=expired, checks=checked(0), today=TODAY)
    void = judge(
        stamp=StampFacts(StampState.VOID, VoidReason.LOST, code=CodeUse.FIRST),
        lot=LotFacts(),
        checks=checked(0),
        today=TODAY,
    )

    assert (calm.seal, calm.grade, calm.notices) == ("✓", Grade.CALM, (Notice.CODE_FIRST,))
    assert (past.seal, past.grade) == ("!", Grade.STOP)
    assert (void.seal, void.notices) == ("×", ())


def test_facts_are_unknown_and_mild_until_told() -> None:
    assert Checks() == Checks(0, 0, None, None, 0, 0, in_own_occasion=False)
    assert StampFacts(StampState.ACTIVE) == StampFacts(StampState.ACTIVE, None, 0)
    assert LotFacts() == LotFacts(
        None,
        recalled=False,
        on_hold=False,
        stars_lapsed=False,
        certificate_lapsed=False,
        seller_suspended=False,
    )


def test_grades_are_weighed_from_calm_to_stop() -> None:
    assert [each.weight for each in (Grade.CALM, Grade.ATTENTIVE, Grade.STOP)] == [0, 1, 2]


@pytest.mark.parametrize(
    "fact", [Checks(), LotFacts(), ACTIVE, judge(stamp=None, lot=LOT, checks=NEVER, today=TODAY)]
)
def test_what_was_recorded_and_said_cannot_be_changed_afterwards(
    fact: Checks | LotFacts | StampFacts | Judgement,
) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(fact, fields(fact)[0].name, None)


def test_goods_are_good_on_their_last_day() -> None:
    assert not is_expired(TODAY, TODAY)
    assert is_expired(TODAY, TODAY + timedelta(days=1))
    assert not is_expired(None, TODAY)


@pytest.mark.parametrize(("later", "grade"), [(0, "calm"), (1, "calm"), (2, "attentive")])
def test_a_claim_asks_for_care_from_the_second_later_occasion(later: int, grade: str) -> None:
    stamp = StampFacts(StampState.ACTIVE, since_claim=later)

    said = judge(stamp=stamp, lot=LotFacts(), checks=checked(1), today=TODAY)

    assert said.notices == (Notice.CLAIMED,)
    assert (said.grade, said.grade_of(Notice.CLAIMED)) == (grade, grade)
    assert said.leading == ((Notice.CLAIMED,) if later == 2 else ())


def test_a_pattern_makes_an_active_stamp_suspicious_and_a_case_has_the_word() -> None:
    pattern = StampFacts(StampState.ACTIVE, has_pattern=True)
    both = StampFacts(StampState.DOUBTED, has_pattern=True)

    said = judge(stamp=pattern, lot=LotFacts(), checks=checked(5), today=TODAY)
    case = judge(stamp=both, lot=LotFacts(), checks=checked(5), today=TODAY)

    assert (said.verdict, said.doubt, said.seal) == (Verdict.SUSPICIOUS, Doubt.PATTERN, "!")
    assert (case.verdict, case.doubt) == (Verdict.SUSPICIOUS, Doubt.CASE)


def test_a_pattern_is_nothing_to_a_stamp_that_is_cancelled_or_not_stuck_on() -> None:
    printed = StampFacts(StampState.PRINTED, has_pattern=True)
    void = StampFacts(StampState.VOID, void_reason=VoidReason.LOST, has_pattern=True)

    for stamp, verdict in ((printed, Verdict.NOT_ACTIVATED), (void, Verdict.VOID)):
        said = judge(stamp=stamp, lot=LotFacts(), checks=checked(5), today=TODAY)
        assert (said.verdict, said.doubt) == (verdict, None)
