import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, inspect, select, update
from sqlalchemy.orm import Session

from core import clock
from core.audit import AuditEntry, record
from core.audit_chain import (
    Head,
    HeadFile,
    Proof,
    Report,
    check,
    head_file,
    init_audit_chain,
    proof_of,
    seal,
    sealing,
)
from core.audit_chain.digest import SAID
from core.work import COMMAND, By, reading, transaction


def act(*object_ids: int) -> None:
    with transaction(by=By("person", 7, 3, 5)) as work:
        for object_id in object_ids:
            record(
                work,
                act="issue_stamps",
                object_kind="lot",
                object_id=object_id,
                enterprise_id=3,
                because="lô “26‑11A”",
                count=40,
            )


def tamper(statement: Any) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(statement)


def checked(*noted: Head) -> Report:
    with reading() as session:
        return check(session, [*head_file(), *noted])


def entry_of(session: Session, number: int) -> AuditEntry:
    return session.scalars(select(AuditEntry).where(AuditEntry.number == number)).one()


def test_sealed_entries_are_numbered_in_order_and_each_carries_the_hash_before(app: Flask) -> None:
    act(11)
    act(12)
    act(13)

    seal()

    with reading() as session:
        one, two, three = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        assert [each.number for each in (one, two, three)] == [1, 2, 3]
        assert one.hash_before == "0" * 64
        assert (two.hash_before, three.hash_before) == (one.hash, two.hash)
        assert {each.object_id for each in (one, two, three)} == {11, 12, 13}
    report = checked()
    assert (report.sealed, report.waiting, report.faults) == (3, 0, [])
    assert report.head == Head(3, three.hash or "")


def test_what_is_written_later_goes_on_where_the_chain_ended(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "PIECE", 2)
    act(*range(5))
    seal()
    act(5)
    assert (checked().sealed, checked().waiting) == (5, 1)

    seal()

    report = checked()
    assert (report.sealed, report.waiting, report.heads_compared, report.faults) == (6, 0, 2, [])


CHANGES: dict[str, Callable[[], Any]] = {
    "act": lambda: "void_stamps",
    "refused": lambda: True,
    "object_kind": lambda: "batch",
    "object_id": lambda: 99,
    "enterprise_id": lambda: None,
    "by_kind": lambda: "worker",
    "by_person_id": lambda: 8,
    "by_enterprise_id": lambda: 4,
    "by_consent_id": lambda: None,
    "details": lambda: {"count": 41},
    "at": clock.now,
    "day": lambda: clock.today().replace(year=2020),
    "public_id": lambda: "0000000000",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_entry_is_found_whatever_was_changed(app: Flask, column: str) -> None:
    act(1, 2, 3)
    seal()

    tamper(update(AuditEntry).where(AuditEntry.number == 2).values({column: CHANGES[column]()}))

    (fault,) = checked().faults
    assert fault.startswith("Entry 2 (")
    assert fault.endswith(") was changed.")


def test_every_column_is_in_the_hash_or_is_the_seal_itself() -> None:
    columns = {column.key for column in inspect(AuditEntry).columns}

    assert columns == {*SAID, "day", "public_id", "at", "number", "hash_before", "hash"}


def test_a_deleted_entry_is_found(app: Flask) -> None:
    act(*range(6))
    seal()

    tamper(delete(AuditEntry).where(AuditEntry.number == 2))
    assert checked().faults == ["Entry 2 is missing."]

    tamper(delete(AuditEntry).where(AuditEntry.number.in_((3, 5))))
    assert checked().faults == ["Entries 2 to 3 are missing.", "Entry 5 is missing."]


def test_a_deleted_entry_whose_number_another_took_is_found(app: Flask) -> None:
    act(1, 2, 3)
    seal()

    tamper(delete(AuditEntry).where(AuditEntry.number == 2))
    tamper(update(AuditEntry).where(AuditEntry.number == 3).values(number=2))

    follows, changed, cut = checked().faults
    assert follows == "Entry 2 does not follow entry 1."
    assert changed.endswith("was changed.")
    assert cut == "Entry 3, kept as a head, is not in the chain: its end was cut off."


def test_two_swapped_entries_are_found(app: Flask) -> None:
    act(1, 2, 3)
    seal()

    for number, other in ((2, 9), (3, 2), (9, 3)):
        tamper(update(AuditEntry).where(AuditEntry.number == number).values(number=other))

    faults = checked().faults
    assert "Entry 2 does not follow entry 1." in faults
    assert sum(fault.endswith("was changed.") for fault in faults) == 2
    assert "Entry 3 is not the one kept as a head." in faults


def test_a_cut_tail_is_found_by_the_head_kept_beside(app: Flask) -> None:
    act(1, 2, 3)
    seal()

    tamper(delete(AuditEntry).where(AuditEntry.number >= 2))

    report = checked()
    assert report.faults == ["Entry 3, kept as a head, is not in the chain: its end was cut off."]
    assert report.head is not None
    assert report.head.number == 1


def test_a_cut_tail_is_still_found_when_new_entries_grew_over_it(app: Flask) -> None:
    act(1, 2, 3)
    seal()
    tamper(delete(AuditEntry).where(AuditEntry.number == 3))
    act(4, 5)

    seal()

    assert checked().faults == ["Entry 3 is not the one kept as a head."]


def test_a_chain_worked_out_anew_is_found_by_a_head_somebody_noted(
    app: Flask, tmp_path: Path
) -> None:
    act(1, 2)
    seal()
    with reading() as session:
        noted = Head(2, entry_of(session, 2).hash or "")
    init_audit_chain(app, heads=tmp_path / "other")  # The file went as well.
    anew = {"number": None, "hash": None, "hash_before": None}
    tamper(update(AuditEntry).values(object_id=77, **anew))
    sealing._seal_some()

    assert checked().faults == []
    assert checked(noted).faults == ["Entry 2 is not the one kept as a head."]


def test_the_seal_of_one_entry_says_whether_it_still_holds(app: Flask) -> None:
    act(1)
    with reading() as session:
        assert proof_of(session.scalars(select(AuditEntry)).one()) is Proof.WAITING
    seal()
    with reading() as session:
        assert proof_of(entry_of(session, 1)) is Proof.HOLDS

    tamper(update(AuditEntry).values(object_id=2))

    with reading() as session:
        assert proof_of(entry_of(session, 1)) is Proof.BROKEN


def test_a_head_is_kept_once_and_a_line_cut_short_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    heads = HeadFile(path)
    one, two = Head(1, "ab" * 32), Head(2, "cd" * 32)
    assert list(heads) == []

    heads.keep(one)
    heads.keep(one)
    with path.open("a") as file:
        file.write('{"number": 2, "ha')
    heads.keep(two)

    assert list(heads) == [one, two]
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_kept_of_an_empty_chain(app: Flask) -> None:
    seal()

    assert list(head_file()) == []
    assert checked() == Report()


def command(app: Flask, *words: str) -> tuple[int, dict[str, Any], str]:
    done = app.test_cli_runner().invoke(args=["audit", "check", *words])
    summary = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    return done.exit_code, summary, done.stderr


def test_the_command_ends_in_zero_only_when_the_chain_is_true(app: Flask) -> None:
    act(1, 2)
    seal()
    act(3)

    code, said, faults = command(app)

    with reading() as session:
        head = f"2:{entry_of(session, 2).hash}"
    summary = {"sealed": 2, "waiting": 1, "head": head, "heads_compared": 1}
    assert (code, faults) == (0, "")
    assert said == {"ok": True, **summary, "faults": 0}

    tamper(update(AuditEntry).where(AuditEntry.number == 2).values(object_id=9))

    code, said, faults = command(app)

    assert code == 1
    assert said == {"ok": False, **summary, "faults": 1}
    assert faults.endswith("was changed.\n")


def test_the_command_takes_a_head_noted_elsewhere(app: Flask) -> None:
    act(1)
    seal()
    _, said, _ = command(app)

    assert command(app, "--head", said["head"])[0] == 0
    code, _, faults = command(app, "--head", "4:" + "ab" * 32)
    assert code == 1
    assert faults == "Entry 4, kept as a head, is not in the chain: its end was cut off.\n"
    for unreadable in ("4", "x:" + "ab" * 32, "0:" + "ab" * 32, "4:ab", "4:" + "xy" * 32):
        assert command(app, "--head", unreadable)[0] == 2


def test_the_check_reads_a_long_chain_in_pieces(
    app: Flask, monkeypatch: pytest.MonkeyPatch, statements: Callable[[], list[str]]
) -> None:
    monkeypatch.setattr("core.audit_chain.checking.PIECE", 4)
    act(*range(10))
    seal()
    before = len(statements())

    report = checked()

    assert (report.sealed, report.faults) == (10, [])
    reads = [each for each in statements()[before:] if each.startswith("SELECT")]
    assert len(reads) == 4  # Three pieces and the count of what waits.
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 10
