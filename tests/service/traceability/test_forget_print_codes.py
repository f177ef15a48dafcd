from datetime import timedelta

from sqlalchemy import select

from core.work import Work
from tests.print_codes import make_print_code
from traceability.models import PrintCode, SpoiledLabels
from traceability.service import forget_print_codes


def kept(work: Work) -> set[str]:
    work.session.expire_all()
    return set(work.session.scalars(select(PrintCode.public_id)))


def test_an_open_code_whose_time_is_over_ends_and_its_letters_go(work: Work) -> None:
    over, living = make_print_code(work), make_print_code(work)
    over.made_at, over.expires_at = work.now - timedelta(hours=48), work.now
    work.session.flush()

    forget_print_codes(work)

    work.session.expire_all()
    assert (over.state, over.sealed_code, over.ended_at) == ("ended", None, work.now)
    assert living.state == "open"
    assert living.sealed_code is not None


def test_a_code_is_deleted_ninety_days_after_it_ran_out_with_what_was_answered(work: Work) -> None:
    old, younger = make_print_code(work), make_print_code(work)
    for code, days in ((old, 91), (younger, 89)):
        code.expires_at = work.now - timedelta(days=days)
        code.made_at = code.expires_at - timedelta(hours=48)
    work.session.add(SpoiledLabels(print_code_id=old.id, first=1, last=2))
    work.session.flush()
    younger_id = younger.public_id

    assert forget_print_codes(work)
    assert not forget_print_codes(work)

    assert kept(work) == {younger_id}
    assert work.session.scalars(select(SpoiledLabels.first)).all() == []
