from datetime import datetime

import pytest
from sqlalchemy import func, select

from core import clock
from core.audit import AuditEntry
from core.work import COMMAND, reading, transaction
from core.worker.jobs import run_next
from tests.makers import make_lot, make_person, make_practice, make_product
from tests.statements import counted_statements
from tests.web.api.program import Program
from tests.web.api.stamping import KINDS, issue, issued, new_lot
from tests.web.api.test_products import pages_of
from traceability import service
from traceability.api.shapes import MOST_RANGES, WholeStampBatch
from traceability.models import StampBatch
from traceability.queries import BatchCard, RangeCard
from traceability.rules import parse_serial
from traceability.service import PIECE


@pytest.fixture
def lot(program: Program) -> str:
    """A lot of 640 knives on sale."""
    return new_lot()


def batches() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampBatch)) or 0


def test_a_small_batch_is_there_at_once_and_its_job_says_so(program: Program, lot: str) -> None:
    answer = issue(program, lot, 100)

    assert answer.status_code == 202
    made = answer.json
    assert made == {
        "public_id": made["public_id"],
        "lot": lot,
        "count": 100,
        "state": "issued",
        "gtin": None,
        "issued_at": made["issued_at"],
        "stamps": {"printed": 100, "active": 0, "doubted": 0, "void": 0},
        "scratch": False,
        "job": {"state": "done", "done": 100, "total": 100, "detail": ""},
        "ranges": [
            {
                "first": 1,
                "last": 100,
                "state": "printed",
                "lot": lot,
                "from_at": made["issued_at"],
                "reason": None,
            }
        ],
        "next_range": None,
    }
    assert answer.location == f"/api/v1/stamps/batches/{made['public_id']}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert abs((datetime.fromisoformat(made["issued_at"]) - clock.now()).total_seconds()) < 60
    assert program.get(answer.location.removeprefix("/api/v1")).json == made


def test_a_large_batch_is_made_by_a_job_whose_progress_is_told(program: Program) -> None:
    path = issued(program, new_lot(declared=20_000), PIECE + 1)

    waiting = program.get(path).json
    too_early = program.get(f"{path}/stamps")
    activated = program.post(f"{path}/activate", {"first": 1, "last": 2})
    while run_next(KINDS):
        pass
    made = program.get(path).json

    assert (waiting["state"], waiting["ranges"]) == ("preparing", [])
    assert waiting["job"] == {"state": "waiting", "done": 0, "total": PIECE + 1, "detail": ""}
    assert (too_early.status_code, too_early.json["code"]) == (409, "batch_in_the_making")
    assert (activated.status_code, activated.json["code"]) == (409, "batch_in_the_making")
    assert (made["state"], made["job"]["state"]) == ("issued", "done")
    assert made["stamps"] == {"printed": PIECE + 1, "active": 0, "doubted": 0, "void": 0}


def test_a_batch_that_was_given_up_says_so_and_is_in_no_list(program: Program) -> None:
    path = issued(program, new_lot(declared=20_000), PIECE + 1)
    with transaction(by=COMMAND) as work:
        service.discard_batches(work, list(work.session.scalars(select(StampBatch.id))))

    assert program.get(path).json["state"] == "discarded"
    assert program.get(f"{path}/stamps").json["code"] == "batch_discarded"
    assert program.get("/stamps/batches").json == {"items": [], "next": None}


def test_more_than_is_left_is_refused_whole_with_what_is_left_and_leaves_a_trace(
    program: Program, lot: str
) -> None:
    issued(program, lot, 600)

    answer = issue(program, lot, 41)

    assert (answer.status_code, answer.json["code"]) == (409, "stamp_quota_exceeded")
    assert (answer.json["left"], answer.json["asked"]) == (40, 41)
    assert [one["field"] for one in answer.json["errors"]] == ["count"]
    assert batches() == 1
    with reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.refused)).one()
    assert entry.act == "issue_stamps"
    assert entry.details == {"asked": 41, "left": 40, "token": "phần mềm kế toán"}
    assert issue(program, lot, 40).status_code == 202


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": "100"}, "count"),
        ({"count": 1_000_001}, "count"),
        ({"count": 10**400}, "count"),
        ({"paper": "a3-1"}, "paper"),
        ({"lot": None}, "lot"),
        ({"product": "0000000000"}, "product"),
        ({"lot": 7}, "lot"),
    ],
)
def test_what_cannot_be_issued_stands_beside_its_field(
    fields: dict[str, object], field: str, program: Program, lot: str
) -> None:
    answer = program.post("/stamps", {"lot": lot, "count": 1, **fields})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert batches() == 0


def test_a_foreign_lot_an_unknown_one_and_one_of_a_practice_are_alike(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        foreign = make_lot(work).public_id
        learner = make_person(work, sign_in="lan@goc.example", name="Lan")
        practised = make_practice(work, person=learner)
        tried = make_lot(work, product=make_product(work, enterprise=practised)).public_id

    answers = [issue(program, one, 1) for one in (foreign, "0000000000", tried, "x")]

    assert [one.status_code for one in answers] == [404] * 4
    assert batches() == 0


def test_the_same_key_issues_once_also_while_the_lot_has_room_for_more(
    program: Program, lot: str
) -> None:
    first = issue(program, lot, 400, idempotency_key="K-1")
    again = issue(program, lot, 400, idempotency_key="K-1")
    other = issue(program, lot, 30, idempotency_key="K-1")

    assert (again.status_code, again.json, again.location) == (202, first.json, first.location)
    assert (other.status_code, other.json["code"]) == (409, "key_reused")
    assert batches() == 1


@pytest.mark.parametrize("count", [10, PIECE + 1])
def test_what_a_program_issues_is_recorded_with_its_token_also_when_a_job_makes_it(
    count: int, program: Program
) -> None:
    issued(program, new_lot(declared=20_000), count)
    while run_next(KINDS):
        pass

    with reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "issue_stamps")).one()
    assert entry.details == {"count": count, "token": "phần mềm kế toán"}


def test_batches_are_listed_to_the_end_of_all_lots_or_of_one(program: Program, lot: str) -> None:
    other = new_lot("26-11B")
    made = sorted(issued(program, lot, 2)[-10:] for _ in range(3))
    elsewhere = issued(program, other, 5)[-10:]

    pieces = list(pages_of(program, f"/stamps/batches?lot={lot}&limit=2"))
    everything = program.get("/stamps/batches").json["items"]

    assert pieces == [made[:2], made[2:]]
    assert {one["public_id"] for one in everything} == {*made, elsewhere}
    assert {one["lot"] for one in everything} == {lot, other}
    assert "ranges" not in everything[0]
    assert program.get("/stamps/batches?lot=0000000000").json["items"] == []
    assert program.get("/stamps/batches?lot=x").json["code"] == "question_malformed"


def test_the_stamps_of_a_batch_are_read_piece_by_piece_with_their_addresses(
    program: Program,
) -> None:
    path = issued(program, new_lot(declared=2_000), 1_500)

    first = program.get(f"{path}/stamps").json
    rest = program.get(f"{path}/stamps?first={first['next']}").json

    assert [one["number"] for one in first["items"]] == list(range(1, 1_001))
    assert first["next"] == 1_001
    assert [one["number"] for one in rest["items"]] == list(range(1_001, 1_501))
    assert rest["next"] is None
    stamp = first["items"][0]
    parse_serial(stamp["serial"])
    assert stamp == {
        "number": 1,
        "serial": stamp["serial"],
        "url": f"HTTPS://GOC.EXAMPLE/S/{stamp['serial']}",  # As the square code says it.
        "state": "printed",
    }
    serials = [one["serial"] for one in first["items"] + rest["items"]]
    assert len(set(serials)) == 1_500
    found = program.client.get(f"/s/{stamp['serial']}", headers={"Accept": "application/json"})
    assert (found.status_code, found.json and found.json["verdict"]) == (200, "not_activated")


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("first=3&last=5", [3, 4, 5]),
        ("first=9", [9, 10]),
        ("last=2", [1, 2]),
        ("first=10&last=99", [10]),
        ("first=11", []),
        ("first=5&last=4", []),
    ],
)
def test_a_piece_of_stamps_is_within_the_batch(
    question: str, numbers: list[int], program: Program, lot: str
) -> None:
    path = issued(program, lot, 10)

    answer = program.get(f"{path}/stamps?{question}").json

    assert [one["number"] for one in answer["items"]] == numbers
    assert answer["next"] is None


@pytest.mark.parametrize(
    "question", ["first=0", "first=x", "last=-1", "first=²", "last=1000001", "first="]
)
def test_a_piece_nobody_understands_is_refused(question: str, program: Program, lot: str) -> None:
    answer = program.get(f"{issued(program, lot, 10)}/stamps?{question}")

    assert (answer.status_code, answer.json["code"]) == (400, "question_malformed")


def test_who_reads_only_issues_nothing(reader: Program) -> None:
    answer = issue(reader, "0000000000", 1)

    assert (answer.status_code, answer.json["scope"]) == (403, "stamps:write")
    assert answer.json["code"] == "scope_missing"


def test_many_ranges_are_told_in_pieces() -> None:
    now = clock.now()
    card = BatchCard(
        1, "A" * 10, 1, 1, 1, 5_000, "issued", None, now, None, None, False, {"printed": 5_000}
    )
    ranges = [RangeCard(n, n, "printed", now, None, 1) for n in range(1, MOST_RANGES + 3)]

    first = WholeStampBatch.whole(card, lots={1: "L"}, job=None, ranges=ranges)
    rest = WholeStampBatch.whole(
        card, lots={1: "L"}, job=None, ranges=ranges, ranges_from=first.next_range or 0
    )

    assert [len(first.ranges), len(rest.ranges)] == [MOST_RANGES, 2]
    assert {first.lot, rest.ranges[0].lot} == {"L"}
    assert (first.next_range, rest.next_range) == (MOST_RANGES + 1, None)


def test_reading_costs_no_more_for_many_batches_or_stamps(program: Program, lot: str) -> None:
    paths = [issued(program, lot, 50) for _ in range(8)]

    budgets = {"/stamps/batches": 8, paths[0]: 8, f"{paths[0]}/stamps": 6}
    program.get("/stamps/batches")

    for path, most in budgets.items():
        with counted_statements() as statements:
            assert program.get(path).status_code == 200
        assert len(statements) <= most, path


def test_issuing_asks_few_statements_however_many_stamps(program: Program, lot: str) -> None:
    issue(program, lot, 1)

    with counted_statements() as statements:
        issue(program, lot, 500)

    # A dozen commit the batch to the log, two its goods' papers; one asks for recalls.
    # One asks before the transaction what the next stamps are made of.
    assert len(statements) <= 38  # The lock of papers is one on PostgreSQL.
