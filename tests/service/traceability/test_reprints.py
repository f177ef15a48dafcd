from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from accounts.models import Enterprise
from core.audit import AuditEntry
from core.sealing import sealer
from core.work import VISITOR, By, Work
from tests.makers import make_lot, make_member, make_person
from traceability import queries, service
from traceability.adapters.outputs import DEFAULT_OUTPUT
from traceability.models import LabelPrint, PrintCode, StampBatch
from traceability.reprint_errors import AlreadyPrinted, ReprintNeedsReason, SheetsWithPrinter
from traceability.rules import Piece, Reprint, ReprintReason, VoidReason

PAPER = "a4-65"
JAM = Reprint(ReprintReason.JAM)


@pytest.fixture
def batch(work: Work) -> StampBatch:
    made = service.issue_stamps(work, lot_id=make_lot(work, declared=1_000).id, count=100)
    person, ours = make_person(work), work.session.get_one(Enterprise, made.enterprise_id)
    make_member(work, enterprise=ours, person=person, role="warehouse")
    work.by = By("person", person.id, made.enterprise_id)
    return made


def ordered(
    work: Work, batch: StampBatch, piece: Piece = (1, 100), reprint: Reprint | None = None
) -> LabelPrint:
    return service.order_print(work, batch, piece=piece, paper=PAPER, reprint=reprint)


def handed(work: Work, batch: StampBatch, piece: Piece = (1, 100)) -> LabelPrint:
    made = ordered(work, batch, piece)
    service.hand_out(work, label_print_id=made.id)
    return made


def reprints(work: Work) -> list[dict[str, object]]:
    rows = work.session.scalars(select(AuditEntry).where(AuditEntry.act == "reprint_labels"))
    return [row.details for row in rows]


def test_the_first_print_is_free_and_so_is_another_paper_before_it(
    work: Work, batch: StampBatch
) -> None:
    ordered(work, batch)

    other = service.order_print(work, batch, piece=(1, 100), paper="a4-48")
    service.hand_out(work, label_print_id=other.id)

    work.session.refresh(other)
    assert (other.fetched_at, other.reprint_reason) == (work.now, None)
    assert reprints(work) == []


def test_labels_that_left_are_not_drawn_again_without_a_reason(
    work: Work, batch: StampBatch
) -> None:
    handed(work, batch, (1, 65))
    handed(work, batch, (66, 80))

    with pytest.raises(ReprintNeedsReason) as refusal:
        ordered(work, batch, (60, 100))

    assert refusal.value.values == {"first": 60, "last": 80}
    assert ordered(work, batch, (81, 100)).reprint_reason is None


def test_a_reprint_is_recorded_with_its_reason_and_cancels_nothing(
    work: Work, batch: StampBatch
) -> None:
    handed(work, batch)

    again = ordered(work, batch, (1, 65), Reprint(ReprintReason.OTHER, "hết mực"))
    service.hand_out(work, label_print_id=again.id)

    assert (again.reprint_reason, again.reprint_words) == ("other", "hết mực")
    assert reprints(work) == [{"first": 1, "last": 65, "reason": "other"}]
    assert [each.state for each in queries.ranges_of(work.session, batch.id)] == ["printed"]
    told = queries.printings(work.session, batch.id)
    assert (told.times, told.again) == (2, {ReprintReason.OTHER: 1})


def test_the_same_link_again_is_no_reprint(work: Work, batch: StampBatch) -> None:
    made = handed(work, batch)
    first_at = work.now
    work.now += timedelta(days=1)

    service.hand_out(work, label_print_id=made.id)

    work.session.refresh(made)
    assert made.fetched_at == first_at
    assert queries.printings(work.session, batch.id).times == 1


def test_of_two_files_drawn_before_either_left_one_alone_leaves_freely(
    work: Work, batch: StampBatch
) -> None:
    one, other = ordered(work, batch), ordered(work, batch, (65, 70))
    service.hand_out(work, label_print_id=one.id)

    with pytest.raises(AlreadyPrinted) as refusal:
        service.hand_out(work, label_print_id=other.id)

    assert refusal.value.values == {"first": 65, "last": 70}
    assert other.fetched_at is None


def test_stamps_cancelled_since_are_on_no_new_label_and_need_no_reason(
    work: Work, batch: StampBatch
) -> None:
    handed(work, batch, (6, 10))
    service.void_stamps(work, batch_id=batch.id, first=6, last=10, reason=VoidReason.SPOILED)

    assert handed(work, batch, (1, 20)).reprint_reason is None


def test_from_a_first_label_that_left_only_a_reason_prints_though_it_is_cancelled(
    work: Work, batch: StampBatch
) -> None:
    drawn = ordered(work, batch, (1, 30))
    handed(work, batch, (1, 10))
    service.void_stamps(work, batch_id=batch.id, first=1, last=10, reason=VoidReason.SPOILED)

    with pytest.raises(ReprintNeedsReason) as refusal:
        ordered(work, batch, (1, 20))
    with pytest.raises(AlreadyPrinted):
        service.hand_out(work, label_print_id=drawn.id)

    assert refusal.value.values == {"first": 1, "last": 1}
    again = ordered(work, batch, (1, 20), JAM)
    service.hand_out(work, label_print_id=again.id)
    assert handed(work, batch, (21, 30)).fetched_at == work.now


def coded(work: Work, labels: LabelPrint) -> PrintCode:
    return service.make_print_code(work, labels, print_place="", sealer=sealer())


def test_sheets_with_a_clerk_are_not_the_makers_to_print(work: Work, batch: StampBatch) -> None:
    labels = ordered(work, batch)
    code = coded(work, labels)

    with pytest.raises(SheetsWithPrinter):
        service.hand_out(work, label_print_id=labels.id)
    work.by = VISITOR
    service.fetch_sheets(work, code_id=code.id, token_hash="a clerk's")
    with pytest.raises(SheetsWithPrinter):
        service.hand_out(work, label_print_id=labels.id)

    work.session.refresh(labels)
    assert labels.fetched_at == work.now


def test_sheets_whose_code_was_taken_back_are_the_makers_again(
    work: Work, batch: StampBatch
) -> None:
    labels = ordered(work, batch)
    service.take_back_print_code(work, code_id=coded(work, labels).id)

    service.hand_out(work, label_print_id=labels.id)

    work.session.refresh(labels)
    assert labels.fetched_at == work.now


def test_a_clerk_does_not_get_what_left_by_another_file(work: Work, batch: StampBatch) -> None:
    labels = ordered(work, batch)
    code = coded(work, labels)
    handed(work, batch, (5, 6))

    with pytest.raises(AlreadyPrinted), work.session.begin_nested():
        service.fetch_sheets(work, code_id=code.id, token_hash="a clerk's")

    work.session.refresh(code)
    assert (code.state, code.fetched_at) == ("open", None)


def test_another_code_for_sheets_that_left_is_a_reprint(work: Work, batch: StampBatch) -> None:
    labels = handed(work, batch)

    def sheets(why: Reprint | None) -> LabelPrint:
        return service.sheets_on(
            work, label_print_id=labels.id, paper=PAPER, output=DEFAULT_OUTPUT, reprint=why
        )

    with pytest.raises(ReprintNeedsReason):
        sheets(None)
    again = sheets(JAM)

    assert (again.first, again.last, again.reprint_reason) == (1, 100, "jam")
    assert again.id != labels.id


def test_no_code_is_made_for_labels_that_left_by_another_file_but_with_a_reason(
    work: Work, batch: StampBatch
) -> None:
    labels = ordered(work, batch)
    handed(work, batch, (5, 6))

    def sheets(label_print: LabelPrint, why: Reprint | None) -> LabelPrint:
        return service.sheets_on(
            work, label_print_id=label_print.id, paper=PAPER, output=DEFAULT_OUTPUT, reprint=why
        )

    with pytest.raises(ReprintNeedsReason) as refusal:
        sheets(labels, None)
    again = sheets(labels, JAM)

    assert refusal.value.values == {"first": 5, "last": 6}
    assert (again.id != labels.id, again.reprint_reason) == (True, "jam")
    assert sheets(again, None).id == again.id


@pytest.mark.parametrize(
    ("reason", "words"), [("other", ""), ("tired", "")], ids=["no words", "unknown"]
)
def test_the_database_takes_no_reprint_without_a_known_reason(
    work: Work, batch: StampBatch, reason: str, words: str
) -> None:
    made = ordered(work, batch)
    made.reprint_reason, made.reprint_words = reason, words

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.flush()


def test_the_database_lets_no_two_files_leave_freely_from_the_same_label(
    work: Work, batch: StampBatch
) -> None:
    handed(work, batch)
    twin = {
        "public_id": work.new_public_id(),
        "batch_id": batch.id,
        "enterprise_id": batch.enterprise_id,
        "first": 1,
        "last": 2,
        "paper": PAPER,
        "job_id": 1,
        "asked_at": work.now,
        "fetched_at": work.now,
    }

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.execute(insert(LabelPrint).values(twin))
