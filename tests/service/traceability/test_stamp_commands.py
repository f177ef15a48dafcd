import json

from flask import Flask
from sqlalchemy import func, select

from core.audit import AuditEntry
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_lot, make_pack, make_product
from traceability import queries, rules
from traceability.models import Stamp

GTIN = "09521234543213"


def lot(*, code: str = "26-11A", declared: int = 640, gtin: str | None = None) -> tuple[int, str]:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work))
        row = make_lot(work, product=product, code=code, declared=declared)
        pack = make_pack(work, product=product)
        pack.gtin, row.pack_id = gtin, pack.id
        return row.id, row.public_id


def stored() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Stamp)) or 0


def by_state(lot_id: int) -> dict[str, int]:
    with reading() as session:
        return queries.lot_stamps(session, [lot_id])[lot_id]


def test_issue_prints_each_serial_with_the_address_its_code_carries(app: Flask) -> None:
    lot_id, _ = lot()

    ran = app.test_cli_runner().invoke(args=["stamps", "issue", "--lot", "26-11A", "--count", "3"])

    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.exit_code == 0
    assert [sorted(line) for line in lines] == [["serial", "url"]] * 3
    assert all(rules.serial_text(rules.parse_serial(one["serial"])) for one in lines)
    assert [one["url"] for one in lines] == [
        f"HTTPS://GOC.EXAMPLE/S/{one['serial']}" for one in lines
    ]
    assert by_state(lot_id) == {"printed": 3}


def test_a_pack_with_a_gtin_is_addressed_by_a_digital_link(app: Flask) -> None:
    _, public_id = lot(gtin=GTIN)

    ran = app.test_cli_runner().invoke(
        args=["stamps", "issue", "--lot", public_id.lower(), "--count", "1"]
    )

    line = json.loads(ran.stdout)
    assert line["url"] == f"HTTPS://GOC.EXAMPLE/01/{GTIN}/21/{line['serial']}"


def test_a_lot_is_recalled_and_that_ended_with_a_reason_in_words(app: Flask) -> None:
    lot_id, public_id = lot()
    run = app.test_cli_runner().invoke
    of_lot = ["--lot", public_id]
    why = ["--reason", "residue", "--authority", "Sở Y tế Cao Bằng"]

    recalled = run(args=["stamps", "recall", *of_lot, *why])
    wordless = run(args=["stamps", "lift-recall", *of_lot, "--because", "done", "--why", " "])
    with reading() as session:
        going_on = queries.open_recall(session, lot_id)
    ended = run(args=["stamps", "lift-recall", *of_lot, "--because", "done", "--why", "Đã thu đủ."])

    assert (recalled.exit_code, ended.exit_code) == (0, 0)
    assert wordless.exit_code == 1
    assert wordless.stderr.startswith("Error: Xin ")
    assert going_on is not None
    assert json.loads(ended.stdout) == {"lot": public_id, "lifted": going_on.public_id}


def test_more_than_declared_is_one_sentence_on_stderr_and_a_trace(app: Flask) -> None:
    lot_id, public_id = lot(declared=2)

    ran = app.test_cli_runner().invoke(args=["stamps", "issue", "--lot", public_id, "--count", "3"])

    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert ran.stderr.splitlines() == [
        "Lô này chỉ còn 2 tem có thể phát; bạn xin 3. Chưa có tem nào được phát."
    ]
    assert stored() == 0
    with reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.object_id, entry.refused, entry.by_kind) == (lot_id, True, "command")


def test_a_code_that_two_lots_have_or_none_is_refused(app: Flask) -> None:
    lot()
    lot()

    for named in ("26-11A", "K-1"):
        ran = app.test_cli_runner().invoke(args=["stamps", "issue", "--lot", named, "--count", "1"])
        assert ran.exit_code == 1
        assert ran.stderr == f"Không có đúng một lô tên {named}. Xin ghi mã công khai của lô.\n"
    assert stored() == 0


def test_activate_reports_all_printed_stamps_of_the_lot_once(app: Flask) -> None:
    lot_id, public_id = lot()
    runner = app.test_cli_runner()
    for count in ("3", "4"):
        runner.invoke(args=["stamps", "issue", "--lot", public_id, "--count", count])

    first = runner.invoke(args=["stamps", "activate", "--lot", "26-11A"])
    second = runner.invoke(args=["stamps", "activate", "--lot", "26-11A"])

    assert (first.exit_code, json.loads(first.stdout)) == (
        0,
        {"lot": public_id, "activated": 7},
    )
    assert by_state(lot_id) == {"active": 7}
    assert second.exit_code == 1
    assert second.stderr == "Lô này không có tem nào đang chờ báo đã dán.\n"
