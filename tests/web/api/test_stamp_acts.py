import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Membership, Person
from core.audit import AuditEntry
from core.work import COMMAND, VISITOR, reading, transaction
from tests.askings import make_device
from tests.makers import make_batch
from tests.statements import counted_statements
from tests.web.api.program import Program, by_hand, forge
from tests.web.api.stamping import issued, new_lot, serials
from traceability import queries, service
from traceability.models import StampAct
from traceability.rules import Visit, grouped, parse_serial
from traceability.service.checking import Visitor


@pytest.fixture
def lot(program: Program) -> str:
    """A lot of 640 knives on sale."""
    return new_lot()


@pytest.fixture
def path(program: Program, lot: str) -> str:
    """The path of a batch of ten printed stamps."""
    return issued(program, lot, 10)


def states(program: Program, path: str) -> list[tuple[int, int, str]]:
    ranges = program.get(path).json["ranges"]
    return [(each["first"], each["last"], each["state"]) for each in ranges]


def acts() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampAct)) or 0


def check(serial: str) -> None:
    visitor = Visitor(Visit.PERSON, "a device", "a network")
    with transaction(by=VISITOR) as work:
        service.record_check(work, serial=parse_serial(serial), visitor=visitor)


def test_stamps_are_activated_by_their_numbers(program: Program, path: str, lot: str) -> None:
    answer = program.post(f"{path}/activate", {"first": 2, "last": 4})

    assert answer.status_code == 201
    done = answer.json
    assert done == {
        "public_id": done["public_id"],
        "batch": path.rsplit("/", 1)[1],
        "act": "activate",
        "lot": lot,
        "from_lot": None,
        "first": 2,
        "last": 4,
        "reason": None,
        "at": done["at"],
        "is_undone": False,
    }
    assert answer.location == f"/api/v1/stamps/acts/{done['public_id']}"
    assert program.get(answer.location.removeprefix("/api/v1")).json == done
    assert states(program, path) == [(1, 1, "printed"), (2, 4, "active"), (5, 10, "printed")]
    assert program.get(path).json["stamps"] == {"printed": 7, "active": 3, "doubted": 0, "void": 0}


def test_stamps_are_named_by_their_serials_too_however_these_are_written(
    program: Program, path: str
) -> None:
    written = serials(program, path)

    mixed = program.post(f"{path}/activate", {"first": grouped(written[2]).lower(), "last": 5})
    digits = program.post(f"{path}/activate", {"first": "6", "last": written[6]})

    assert [(one.json["first"], one.json["last"]) for one in (mixed, digits)] == [(3, 5), (6, 7)]


def test_cancelled_stamps_that_were_never_active_leave_their_place(
    program: Program, path: str, lot: str
) -> None:
    program.post(f"{path}/activate", {"first": 1, "last": 4})

    answer = program.post(f"{path}/void", {"first": 3, "last": 6, "reason": "spoiled"})

    assert (answer.status_code, answer.json["act"], answer.json["reason"]) == (
        201,
        "void",
        "spoiled",
    )
    assert program.get(path).json["stamps"] == {"printed": 4, "active": 2, "doubted": 0, "void": 4}
    refused = program.post("/stamps", {"lot": lot, "count": 633})
    assert refused.json["left"] == 632
    assert [one["reason"] for one in program.get(path).json["ranges"]] == [None, "spoiled", None]


@pytest.mark.parametrize("reason", [None, "", "stolen", 1])
def test_stamps_are_cancelled_for_a_reason_alone(
    reason: object, program: Program, path: str
) -> None:
    answer = program.post(f"{path}/void", {"first": 1, "last": 1, "reason": reason})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["reason"]
    assert acts() == 0


@pytest.mark.parametrize(
    ("first", "last", "fields"),
    [
        (0, 5, ["first"]),
        (-1, 5, ["first"]),
        (1, 11, ["last"]),
        (1, 10**400, ["last"]),
        (5, 4, ["last"]),
        (True, 5, ["first"]),
        (1.5, 5, ["first"]),
        ([1], {"a": 1}, ["first", "last"]),
        ("x", "7K3MQ9T2XB40G", ["first", "last"]),
        ("1" * 5_000, 5, ["first"]),
        (None, 5, ["first"]),
    ],
)
def test_what_names_no_stamp_of_the_batch_stands_beside_its_field(
    first: object, last: object, fields: list[str], program: Program, path: str
) -> None:
    answer = program.post(f"{path}/activate", {"first": first, "last": last})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == fields
    assert acts() == 0


def test_stamps_that_are_active_already_are_refused_whole(program: Program, path: str) -> None:
    program.post(f"{path}/activate", {"first": 3, "last": 3})

    answer = program.post(f"{path}/activate", {"first": 1, "last": 10})

    assert (answer.status_code, answer.json["code"]) == (409, "range_not_possible")
    assert (answer.json["first"], answer.json["last"]) == (1, 10)
    assert program.get(path).json["stamps"]["active"] == 1


def test_a_serial_of_another_batch_is_none_of_this_one(
    program: Program, path: str, lot: str
) -> None:
    [elsewhere] = serials(program, issued(program, lot, 1))

    answer = program.post(f"{path}/activate", {"first": elsewhere, "last": elsewhere})

    assert answer.status_code == 422
    assert acts() == 0


def test_a_lot_is_activated_but_for_what_is_left_over(
    program: Program, path: str, lot: str
) -> None:
    second = issued(program, lot, 5)
    program.post(f"{path}/void", {"first": 4, "last": 4, "reason": "spoiled"})

    answer = program.post(f"/lots/{lot}/stamps/activate", {"leftover": 2}, idempotency_key="A-1")
    again = program.post(f"/lots/{lot}/stamps/activate", {"leftover": 2}, idempotency_key="A-1")

    assert answer.status_code == 201
    done = [(one["batch"], one["first"], one["last"]) for one in answer.json["items"]]
    first_id, second_id = path.rsplit("/", 1)[1], second.rsplit("/", 1)[1]
    assert done == [(first_id, 1, 3), (first_id, 5, 10), (second_id, 1, 3)]
    assert (again.status_code, again.json) == (201, answer.json)
    assert program.get(second).json["stamps"] == {
        "printed": 2,
        "active": 3,
        "doubted": 0,
        "void": 0,
    }
    over = program.post(f"/lots/{lot}/stamps/activate", {"leftover": 2})
    assert (over.status_code, over.json["code"]) == (409, "nothing_to_activate")


def test_a_report_is_taken_back_whole_while_nobody_has_checked(
    program: Program, path: str, lot: str
) -> None:
    second = issued(program, lot, 5)
    done = program.post(f"/lots/{lot}/stamps/activate").json["items"]

    undone = program.post(f"/stamps/acts/{done[0]['public_id']}/undo")
    twice = program.post(f"/stamps/acts/{done[0]['public_id']}/undo")

    assert undone.status_code == 200
    assert [one["public_id"] for one in undone.json["items"]] == [one["public_id"] for one in done]
    assert {one["is_undone"] for one in undone.json["items"]} == {True}
    assert [states(program, one)[0][2] for one in (path, second)] == ["printed", "printed"]
    assert (twice.status_code, twice.json["code"]) == (409, "range_not_possible")


def test_what_is_cancelled_stays_cancelled(program: Program, path: str) -> None:
    done = program.post(f"{path}/void", {"first": 1, "last": 2, "reason": "lost"}).json

    answer = program.post(f"/stamps/acts/{done['public_id']}/undo")

    assert (answer.status_code, answer.json["code"]) == (409, "range_not_possible")
    assert program.get(path).json["stamps"] == {"printed": 8, "active": 0, "doubted": 0, "void": 2}


def test_a_report_stands_once_somebody_has_checked(program: Program, path: str) -> None:
    done = program.post(f"{path}/activate", {"first": 1, "last": 10})
    check(serials(program, path)[4])

    answer = program.post(f"/stamps/acts/{done.json['public_id']}/undo")

    assert (answer.status_code, answer.json["code"]) == (409, "already_checked")
    assert program.get(path).json["stamps"]["active"] == 10


def test_each_act_is_recorded_with_the_token(program: Program, path: str) -> None:
    done = program.post(f"{path}/activate", {"first": 1, "last": 2}).json["public_id"]
    program.post(f"/stamps/acts/{done}/undo")
    program.post(f"{path}/void", {"first": 1, "last": 2, "reason": "lost"})

    with reading() as session:
        entries = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.act.in_(["activate_stamps", "undo_stamps", "void_stamps"]))
            .order_by(AuditEntry.at)
        ).all()
    assert [one.act for one in entries] == ["activate_stamps", "undo_stamps", "void_stamps"]
    told = {"first": 1, "last": 2, "token": "phần mềm kế toán"}
    assert [one.details for one in entries] == [told] * 3


def test_stamps_of_others_do_not_exist(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work)
        [serial] = queries.serials_at(work.session, batch.id, [1]).values()
        done = service.activate_stamps(work, batch_id=batch.id, first=1, last=2)
        lot_id = queries.batches_by_id(work.session, [batch.id])[batch.id].lot_id
    path = f"/stamps/batches/{batch.public_id}"

    answers = [
        program.get(path),
        program.get(f"{path}/stamps"),
        program.post(f"{path}/activate", {"first": 1, "last": 2}),
        program.post(f"{path}/void", {"first": 1, "last": 2, "reason": "lost"}),
        program.get(f"/stamps/acts/{done.public_id}"),
        program.post(f"/stamps/acts/{done.public_id}/undo"),
        program.get(f"{path}/labels"),
        program.post(f"{path}/labels", {"first": 1, "last": 2}),
    ]

    assert [one.status_code for one in answers] == [404] * len(answers)
    assert program.get("/stamps/batches").json["items"] == []
    assert lot_id
    assert serial
    assert acts() == 1


def test_who_may_not_stamp_by_role_does_not_by_a_program(app: Flask, program: Program) -> None:
    path = issued(program, new_lot(), 3)
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Membership)).one().role = "seller"

    answers = [
        program.post(f"{path}/activate", {"first": 1, "last": 1}),
        program.post(f"{path}/void", {"first": 1, "last": 1, "reason": "lost"}),
        program.get(f"{path}/stamps"),
    ]

    assert {(one.status_code, one.json["code"]) for one in answers} == {(403, "not_allowed")}
    assert program.get(path).status_code == 200
    assert acts() == 0


def test_an_act_asks_few_statements_however_many_stamps(program: Program) -> None:
    path = issued(program, new_lot(declared=2_000), 1_000)

    with counted_statements() as statements:
        assert program.post(f"{path}/activate", {"first": 1, "last": 900}).status_code == 201

    assert len(statements) <= 20


def test_a_young_token_asks_a_second_member_and_activates_nothing(
    program: Program, path: str
) -> None:
    with transaction(by=COMMAND) as work:  # Somebody of the forge has used a browser for long.
        person = work.session.get_one(Person, by_hand(work).person_id)
        make_device(work, enterprise=forge(work), person=person)

    answer = program.post(f"{path}/activate", {"first": 1, "last": 5})

    assert answer.status_code == 202
    assert (answer.json["state"], answer.json["act"]) == ("open", None)
    [asked] = answer.json["ranges"]
    assert (asked["batch"], asked["first"], asked["last"]) == (path.rsplit("/", 1)[1], 1, 5)
    assert program.get(answer.location.removeprefix("/api/v1")).json == answer.json
    assert states(program, path) == [(1, 10, "printed")]
    assert acts() == 0
