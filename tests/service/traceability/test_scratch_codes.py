import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import periods
from core.sealing import SealBroken, Sealer, sealer
from core.work import Work
from tests.scratching import code_of, make_scratched, serial_in, wrong_code
from traceability import rules, service
from traceability.models import StampBatch, StampScratch
from traceability.rules import CodeTry, Notice, Visit, VoidReason
from traceability.service import Tried, look, read_check
from traceability.service.checking import Visitor

BUYER = Visitor(Visit.PERSON, device_hash="d1", network_hash="n1")
STRANGER = Visitor(Visit.PERSON, device_hash="d2", network_hash="n2")


def tried(work: Work, serial: int, code: str, *, by: Visitor = BUYER) -> Tried:
    return service.try_scratch_code(work, serial=serial, code=code, visitor=by, sealer=sealer())


def someone(at: int) -> Visitor:
    """Another telephone on another network."""
    return Visitor(Visit.PERSON, device_hash=f"d-{at}", network_hash=f"n-{at}")


def row_of(work: Work, serial: int) -> StampScratch:
    work.session.expire_all()
    return work.session.get_one(StampScratch, serial)


def use_seen(work: Work, serial: int, by: Visitor) -> tuple[Notice, ...]:
    check = look(work.session, serial=serial, visitor=by, now=work.now)
    return read_check(work.session, check, language="vi").judgement.notices


def test_the_right_number_confirms_once_and_later_ones_are_counted_apart(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    code = code_of(batch, serial)

    assert tried(work, serial, code) == Tried(CodeTry.CONFIRMED)
    first = row_of(work, serial)
    assert (first.confirmed_at, first.device_hash, first.network_hash) == (work.now, "d1", "n1")
    assert (first.again, first.again_elsewhere, first.again_at, first.wrong) == (0, 0, None, 0)
    assert use_seen(work, serial, BUYER) == (Notice.CODE_FIRST,)
    assert use_seen(work, serial, STRANGER) == (Notice.CODE_AGAIN,)

    later = replace(work, now=work.now + timedelta(hours=3))
    assert tried(later, serial, code) == Tried(CodeTry.CONFIRMED)
    own = row_of(work, serial)
    assert (own.confirmed_at, own.again, own.again_elsewhere) == (work.now, 1, 0)
    assert use_seen(work, serial, BUYER) == (Notice.CODE_AGAIN,)

    tried(later, serial, code, by=STRANGER)
    theirs = row_of(work, serial)
    assert (theirs.again, theirs.again_elsewhere, theirs.again_at) == (2, 1, later.now)
    assert (theirs.confirmed_at, theirs.device_hash) == (work.now, "d1")


def test_a_form_sent_twice_is_one_typing_and_anothers_is_not(work: Work) -> None:
    batch = make_scratched(work, count=2)
    first, second = (serial_in(work, batch, at) for at in (1, 2))
    at_once = replace(work, now=work.now + timedelta(minutes=9))
    later = replace(work, now=work.now + timedelta(minutes=10))
    for serial in (first, second):
        tried(work, serial, code_of(batch, serial))

    assert tried(at_once, first, code_of(batch, first)) == Tried(CodeTry.CONFIRMED)
    assert (row_of(work, first).again, row_of(work, first).again_at) == (0, None)
    assert use_seen(work, first, BUYER) == (Notice.CODE_FIRST,)
    tried(at_once, second, code_of(batch, second), by=STRANGER)
    assert use_seen(work, second, BUYER) == (Notice.CODE_AGAIN,)
    tried(later, first, code_of(batch, first))
    assert use_seen(work, first, BUYER) == (Notice.CODE_AGAIN,)


def test_a_confirmed_stamp_bears_the_seal_of_it_and_the_other_reads_amber(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    tried(work, serial, code_of(batch, serial))

    def seal_and_grade(by: Visitor) -> tuple[str, str]:
        check = look(work.session, serial=serial, visitor=by, now=work.now)
        judgement = read_check(work.session, check, language="vi").judgement
        return judgement.seal, judgement.grade

    assert seal_and_grade(BUYER) == ("✓", "calm")
    assert seal_and_grade(STRANGER) == ("1", "attentive")


def test_five_wrong_numbers_lock_the_stamp_however_many_try(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    wrong = wrong_code(code_of(batch, serial))

    left = [tried(work, serial, wrong, by=someone(at)).left for at in range(4)]
    locked = [tried(work, serial, wrong, by=someone(at)) for at in range(4, 1_000)]

    until = work.now + timedelta(hours=1)
    assert left == [4, 3, 2, 1]
    assert set(locked) == {Tried(CodeTry.LOCKED, until=until)}
    assert row_of(work, serial).wrong == 5


def test_who_holds_the_stamp_is_never_locked_out_for_ever(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    code = code_of(batch, serial)
    for at in range(5):
        tried(work, serial, wrong_code(code), by=someone(at))

    meanwhile = replace(work, now=work.now + timedelta(minutes=59))
    assert tried(meanwhile, serial, code).result is CodeTry.LOCKED
    assert row_of(work, serial).confirmed_at is None

    afterwards = replace(work, now=work.now + timedelta(hours=1))
    assert tried(afterwards, serial, code).result is CodeTry.CONFIRMED


def test_after_a_lock_one_wrong_number_locks_again_and_longer(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    wrong = wrong_code(code_of(batch, serial))
    for at in range(5):
        tried(work, serial, wrong, by=someone(at))
    at_one = replace(work, now=work.now + timedelta(hours=1))

    assert tried(at_one, serial, wrong, by=someone(9)) == Tried(
        CodeTry.LOCKED, until=at_one.now + timedelta(hours=4)
    )


def test_a_right_number_confirms_however_many_wrong_ones_its_network_typed(work: Work) -> None:
    batch = make_scratched(work, count=101)
    *others, own = (serial_in(work, batch, at) for at in range(1, batch.count + 1))
    for serial in others:  # All behind one address of a carrier.
        assert tried(work, serial, wrong_code(code_of(batch, serial))).result is CodeTry.WRONG

    assert tried(work, own, wrong_code(code_of(batch, own))) == Tried(CodeTry.WRONG, left=4)
    assert tried(work, own, code_of(batch, own)) == Tried(CodeTry.CONFIRMED)
    assert [row_of(work, serial).wrong for serial in others] == [1] * 100


def test_a_number_that_was_never_issued_and_a_stamp_without_layer_answer_alike(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    wrong = wrong_code(code_of(batch, serial))
    answer = tried(work, serial, wrong)
    batch.scratch_secret = None
    work.session.flush()

    bare = [tried(work, serial, wrong).result for _ in range(4)]
    (never_issued,) = rules.draw_serials(1, secrets.token_bytes)
    unknown = tried(work, never_issued, wrong)

    assert answer == unknown == Tried(CodeTry.WRONG, left=4)
    assert bare == [CodeTry.WRONG] * 3 + [CodeTry.LOCKED]
    assert work.session.get(StampScratch, never_issued) is None


@pytest.mark.parametrize("state", ["printed", "void"])
def test_stamps_not_in_use_are_not_judged(work: Work, state: str) -> None:
    batch = make_scratched(work, active=0)
    serial = serial_in(work, batch)
    if state == "void":
        service.void_stamps(work, batch_id=batch.id, first=1, last=1, reason=VoidReason.LOST)

    assert tried(work, serial, code_of(batch, serial)).result is CodeTry.NOT_IN_USE
    assert tried(work, serial, "000000").result is CodeTry.NOT_IN_USE
    assert work.session.scalar(select(func.count()).select_from(StampScratch)) == 0


def test_makers_dealers_and_officers_use_up_nobodys_confirmation(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    code = code_of(batch, serial)
    member = replace(BUYER, enterprise_ids=frozenset({batch.enterprise_id}))
    officer = replace(BUYER, is_officer=True)
    dealer = replace(BUYER, dealer_ids={batch.enterprise_id: 1})

    for one in (member, officer, dealer):
        assert tried(work, serial, code, by=one) == Tried(CodeTry.NOT_A_BUYER)
        assert tried(work, serial, wrong_code(code), by=one) == Tried(CodeTry.NOT_A_BUYER)

    assert work.session.scalar(select(func.count()).select_from(StampScratch)) == 0
    assert tried(work, serial, code).result is CodeTry.CONFIRMED


def test_a_stamp_cancelled_after_it_was_confirmed_says_its_verdict_alone(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    tried(work, serial, code_of(batch, serial))
    service.void_stamps(work, batch_id=batch.id, first=1, last=1, reason=VoidReason.FAKED)

    assert use_seen(work, serial, BUYER) == ()


def test_without_the_key_that_sealed_it_no_number_is_right(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    other = Sealer("another key")
    (by_no_secret,) = rules.scratch_codes(bytes(32), [rules.serial_text(serial)])

    for code in (code_of(batch, serial), by_no_secret):
        answer = service.try_scratch_code(
            work, serial=serial, code=code, visitor=BUYER, sealer=other
        )
        assert answer.result is CodeTry.WRONG
    assert row_of(work, serial).confirmed_at is None


def test_the_secret_lies_sealed_and_opens_for_its_own_batch_alone(work: Work) -> None:
    batch, other = make_scratched(work), make_scratched(work)
    stored = work.session.scalars(select(StampBatch.scratch_secret)).all()

    assert len(set(stored)) == 2
    assert all(sealed is not None and sealed.startswith("1.") for sealed in stored)
    serial = serial_in(work, batch)
    with pytest.raises(SealBroken):
        service.opened_scratch_secret(batch.scratch_secret or "", other.public_id, sealer())
    assert len(code_of(batch, serial)) == 6


def test_who_confirmed_is_forgotten_after_half_a_year_but_not_that_it_was(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    code = code_of(batch, serial)
    tried(work, serial, code)
    tried(work, serial, wrong_code(code))
    later = replace(work, now=work.now + periods.DEVICES.kept + timedelta(seconds=1))

    service.forget_networks(work)
    assert row_of(work, serial).device_hash == "d1"

    service.forget_networks(later)
    row = row_of(work, serial)
    assert (row.device_hash, row.network_hash, row.confirmed_at) == (None, None, work.now)
    tried(later, serial, code, by=STRANGER)
    assert (row_of(work, serial).again, row_of(work, serial).again_elsewhere) == (1, 0)


def test_a_result_that_was_shared_reads_as_used(work: Work) -> None:
    batch = make_scratched(work)
    serial = serial_in(work, batch)
    tried(work, serial, code_of(batch, serial))
    check = look(work.session, serial=serial, visitor=BUYER, now=work.now)

    shared = read_check(work.session, replace(check, is_confirmer=False), language="vi")

    assert check.is_confirmer
    assert shared.judgement.notices == (Notice.CODE_AGAIN,)
