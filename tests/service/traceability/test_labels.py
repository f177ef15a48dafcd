import pytest
from sqlalchemy import func, select

from core.jobs import Job
from core.work import By, Work
from tests.makers import make_lot, make_person
from traceability import service
from traceability.adapters.outputs import Output
from traceability.errors import RangeBackwards
from traceability.label_errors import LabelTooSmall, NothingToPrint, TooManyLabels
from traceability.models import LabelPrint, StampBatch
from traceability.rules import VoidReason

PAPER = "a4-65"


def prepared(work: Work, count: int) -> StampBatch:
    """A batch nobody sees yet: its labels are ordered when its last stamps are made."""
    return service.begin_batch(work, lot_id=make_lot(work, declared=100_000).id, count=count)


def issued(work: Work, count: int = 10) -> StampBatch:
    return service.issue_stamps(work, lot_id=make_lot(work, declared=100_000).id, count=count)


def files(work: Work) -> list[tuple[int, int, int | None]]:
    """First and last label of each file ordered, and how many it is to have."""
    rows = work.session.execute(
        select(LabelPrint.first, LabelPrint.last, Job.progress_total)
        .join(Job, Job.id == LabelPrint.job_id)
        .order_by(LabelPrint.first)
    )
    return [(first, last, labels) for first, last, labels in rows]


def test_an_order_of_labels_says_what_for_whom_and_by_whom(work: Work) -> None:
    batch = issued(work)
    work.by = By("person", make_person(work).id, batch.enterprise_id)

    row = service.order_labels(work, batch, first=3, last=7, paper=PAPER)

    assert (row.batch_id, row.enterprise_id) == (batch.id, batch.enterprise_id)
    assert (row.first, row.last, row.paper) == (3, 7, PAPER)
    assert (row.asked_at, row.by_person_id) == (work.now, work.by.person_id)
    job = work.session.get_one(Job, row.job_id)
    assert (job.kind, job.arguments) == ("draw_labels", {"label_print": row.public_id})
    assert files(work) == [(3, 7, 5)]


@pytest.mark.parametrize(("first", "last", "labels"), [(1, 65, 65), (1, 66, 66), (66, 130, 65)])
def test_a_job_counts_labels(work: Work, first: int, last: int, labels: int) -> None:
    batch = issued(work, 200)

    service.order_labels(work, batch, first=first, last=last, paper=PAPER)

    assert files(work) == [(first, last, labels)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, [(1, 1, 1)]),
        (10_000, [(1, 10_000, 10_000)]),
        (10_001, [(1, 10_000, 10_000), (10_001, 10_001, 1)]),
        (25_000, [(1, 10_000, 10_000), (10_001, 20_000, 10_000), (20_001, 25_000, 5_000)]),
    ],
)
def test_a_whole_batch_is_drawn_in_files_of_ten_thousand(
    work: Work, count: int, expected: list[tuple[int, int, int]]
) -> None:
    batch = prepared(work, count)

    service.order_batch_labels(work, batch_id=batch.id, paper=PAPER)

    assert files(work) == expected


def test_a_single_label_can_be_drawn_and_a_backward_range_cannot(work: Work) -> None:
    batch = issued(work)

    service.order_labels(work, batch, first=4, last=4, paper=PAPER)
    with pytest.raises(RangeBackwards):
        service.order_labels(work, batch, first=5, last=4, paper=PAPER)

    assert files(work) == [(4, 4, 1)]


def test_one_file_holds_ten_thousand_labels_and_not_one_more(work: Work) -> None:
    lot = make_lot(work, declared=20_000)
    batch = service.begin_batch(work, lot_id=lot.id, count=20_000)
    batch = service.publish_batch(work, batch_id=batch.id)

    service.order_labels(work, batch, first=2, last=10_001, paper=PAPER)
    with pytest.raises(TooManyLabels) as refusal:
        service.order_labels(work, batch, first=2, last=10_002, paper=PAPER)

    assert refusal.value.values == {"most": 10_000}
    assert files(work) == [(2, 10_001, 10_000)]


@pytest.mark.parametrize(("first", "last"), [(1, 3), (3, 3), (8, 10), (8, 8)])
def test_where_all_are_cancelled_there_is_nothing_to_print(
    work: Work, first: int, last: int
) -> None:
    batch = issued(work)
    service.void_stamps(work, batch_id=batch.id, first=1, last=3, reason=VoidReason.LOST)
    service.void_stamps(work, batch_id=batch.id, first=8, last=10, reason=VoidReason.LOST)

    with pytest.raises(NothingToPrint):
        service.order_labels(work, batch, first=first, last=last, paper=PAPER)

    assert files(work) == []
    assert work.session.scalar(select(func.count()).select_from(Job)) == 0


@pytest.mark.parametrize(("first", "last"), [(1, 4), (7, 10), (4, 4), (7, 7)])
def test_where_one_is_left_it_is_printed(work: Work, first: int, last: int) -> None:
    batch = issued(work)
    service.void_stamps(work, batch_id=batch.id, first=1, last=3, reason=VoidReason.LOST)
    service.void_stamps(work, batch_id=batch.id, first=8, last=10, reason=VoidReason.LOST)

    service.order_labels(work, batch, first=first, last=last, paper=PAPER)

    assert files(work) == [(first, last, last - first + 1)]


def test_labels_no_phone_could_read_are_refused_before_anything_is_made(work: Work) -> None:
    lot = make_lot(work, declared=100)
    batch = service.issue_stamps(work, lot_id=lot.id, count=10, gtin="09521234543213")

    with pytest.raises(LabelTooSmall):
        service.order_labels(work, batch, first=1, last=10, paper="roll-15", output=Output(dpi=203))

    assert files(work) == []
    row = service.order_labels(
        work, batch, first=1, last=10, paper="roll-15", output=Output(dpi=300)
    )
    assert (row.file_format, row.dpi, row.counted) == ("pdf", 300, None)
