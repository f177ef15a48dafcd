from itertools import count

from flask import Flask
from sqlalchemy import func, select

from core.messages import Message
from core.sealing import sealer
from core.work import VISITOR, reading, transaction
from tests.print_codes import make_labels, make_print_code
from tests.race.crowd import rush
from traceability import queries, service
from traceability.models import LabelPrint, PrintCode, SpoiledLabels, StampRange
from traceability.print_errors import AlreadyFetched, AnswerTwice, PrintCodeUsed


def new_code() -> int:
    with transaction(by=VISITOR) as work:
        return make_print_code(work).id


def stored(code_id: int) -> PrintCode:
    with reading() as session:
        return session.get_one(PrintCode, code_id)


def messages() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def test_of_sixteen_clerks_at_once_one_gets_the_sheets(app: Flask) -> None:
    code_id = new_code()

    def fetch(clerk: int) -> int:
        with transaction(by=VISITOR) as work:
            service.fetch_sheets(work, code_id=code_id, token_hash=f"clerk {clerk}")
        return clerk

    answers, refusals = rush(app, fetch)

    assert [stored(code_id).token_hash] == [f"clerk {clerk}" for clerk in answers]
    assert [type(refusal) for refusal in refusals] == [PrintCodeUsed] * 15
    assert messages() == 1


def test_one_browser_pressing_sixteen_times_is_one_download(app: Flask) -> None:
    code_id = new_code()

    def fetch(_: int) -> None:
        with transaction(by=VISITOR) as work:
            service.fetch_sheets(work, code_id=code_id, token_hash="one clerk")

    answers, refusals = rush(app, fetch)

    assert (len(answers), refusals) == (16, [])
    assert messages() == 1


def test_sixteen_answers_of_one_clerk_are_one(app: Flask) -> None:
    code_id = new_code()
    with transaction(by=VISITOR) as work:
        service.fetch_sheets(work, code_id=code_id, token_hash="one clerk")

    def answer(said: int) -> int:
        with transaction(by=VISITOR) as work:
            service.answer_print(
                work,
                code_id=code_id,
                token_hash="one clerk",
                spoiled_count=said + 1,
                spoiled=[(1, 1)],
            )
        return said + 1

    answers, refusals = rush(app, answer)

    assert [stored(code_id).spoiled_count] == answers
    assert [type(refusal) for refusal in refusals] == [AnswerTwice] * 15
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(SpoiledLabels)) == 1


def test_a_code_taken_back_while_it_is_fetched_is_one_of_both(app: Flask) -> None:
    for _ in range(4):
        code_id = new_code()

        def act(person: int, code_id: int = code_id) -> str:
            with transaction(by=VISITOR) as work:
                if person % 2:
                    service.fetch_sheets(work, code_id=code_id, token_hash="one clerk")
                    return "fetched"
                service.take_back_print_code(work, code_id=code_id)
                return "ended"

        answers, refusals = rush(app, act, people=4)

        assert set(answers) == {stored(code_id).state}
        expected = PrintCodeUsed if "ended" in answers else AlreadyFetched
        assert [type(refusal) for refusal in refusals] == [expected] * 2


def test_sixteen_who_make_a_code_for_the_same_sheets_make_one(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        labels_id = make_labels(work).id

    def make(_: int) -> int:
        with transaction(by=VISITOR) as work:
            labels = work.session.get_one(LabelPrint, labels_id)
            return service.make_print_code(work, labels, print_place="", sealer=sealer()).id

    answers, refusals = rush(app, make)

    assert (len(answers), len(set(answers)), refusals) == (16, 1, [])


def test_no_crowd_makes_more_open_codes_than_a_maker_may_have(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        first = make_labels(work)
        batch_id = first.batch_id
    numbers = count()

    def make(_: int) -> None:
        for _number in zip(range(2), numbers, strict=False):
            with transaction(by=VISITOR) as work:
                batch = queries.batches_by_id(work.session, [batch_id])[batch_id]
                row = LabelPrint(
                    public_id=work.new_public_id(),
                    batch_id=batch_id,
                    enterprise_id=batch.enterprise_id,
                    first=1,
                    last=1,
                    paper="a4-65",
                    job_id=0,
                    asked_at=work.now,
                )
                work.session.add(row)
                work.session.flush()
                service.make_print_code(work, row, print_place="", sealer=sealer())

    rush(app, make)

    with reading() as session:
        assert session.scalar(select(func.count()).select_from(PrintCode)) == service.MOST_OPEN


def test_sixteen_who_cancel_the_spoiled_ones_cancel_them_once(app: Flask) -> None:
    code_id = new_code()
    with transaction(by=VISITOR) as work:
        service.fetch_sheets(work, code_id=code_id, token_hash="one clerk")
        service.answer_print(
            work, code_id=code_id, token_hash="one clerk", spoiled_count=3, spoiled=[(2, 4)]
        )

    def cancel(_: int) -> bool:
        with transaction(by=VISITOR) as work:
            return service.void_spoiled(work, code_id=code_id)

    answers, refusals = rush(app, cancel)

    assert (sorted(answers), refusals) == ([False] * 15 + [True], [])
    with reading() as session:
        void = select(StampRange.first, StampRange.last).where(StampRange.state == "void")
        assert [tuple(row) for row in session.execute(void)] == [(2, 4)]
