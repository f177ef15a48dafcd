"""A copy of the log answers without us, and is never half of one."""

import errno
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from core.work import COMMAND, transaction
from tests.makers import make_lot, make_pack, make_product
from tests.servers.static_files import served_folder
from tests.service.traceability.log.witnessed import any_proof, at_work, issue, three_witnesses
from tests.unit.traceability.log.disks import Breaking, Killed
from traceability import audit, exporting
from traceability.export_pages import GUIDE, Facts
from traceability.exporting import export_log
from traceability.log.files import DiskFiles
from traceability.log.notes import sign_note
from traceability.log_errors import ExportAhead, ExportFolderTaken, ExportUnlike, LogNotPublished
from traceability.log_place import log_place
from traceability.publishing import publish, signing_key
from traceability.service import issue_stamps
from traceability.service.stamping_keys import new_stamping_key

NO_FAULT = 10**9


def test_strangers_audit_and_verify_from_a_copy_alone(app: Flask, tmp_path: Path) -> None:
    with at_work(app, three_witnesses(tmp_path)):
        issue(2)
        publish()
        proof = any_proof().text()
        done = export_log(tmp_path / "copy")
    shutil.rmtree(log_place().folder)
    (tmp_path / "a.tlog-proof").write_text(proof)

    with served_folder(tmp_path / "copy") as url:
        audited = _program(tmp_path / "copy", "audit", f"{url}/log", "--policy", "../log/policy")
    arguments = (str(tmp_path / "a.tlog-proof"), "--policy", "../log/policy")
    verified = _program(tmp_path / "copy", "verify", *arguments)
    (tmp_path / "a.tlog-proof").write_text(proof.replace("index 1\n", "index 3\n"))
    refused = _program(tmp_path / "copy", "verify", *arguments)

    assert (done.size, done.new) == (4, 4)
    said = json.loads(audited.stdout.splitlines()[-1])
    assert (audited.returncode, said["size"], said["kinds"]) == (0, 4, {"batch": 2, "key": 2})
    assert said["witnesses"] == ["w1.example", "w2.example", "w3.example"]
    assert verified.returncode == 0, verified.stdout
    assert refused.returncode == 1


def test_a_maker_watches_their_barcode_in_a_copy_alone(app: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    gtin = "08934563138165"
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        make_pack(work, product=product).gtin = gtin
        lot = make_lot(work, product=product)
        own = issue_stamps(work, lot_id=lot.id, count=3, gtin=gtin).public_id
        strange = issue_stamps(work, lot_id=lot.id, count=4, gtin=gtin).public_id
    publish()
    export_log(copy)
    shutil.rmtree(log_place().folder)
    (tmp_path / "known").write_text(f"{own}\n")
    watch = ("--policy", "../log/policy", "--gtin", gtin[1:], "--known", str(tmp_path / "known"))
    state = ("--state", str(tmp_path / "state"))

    first = _program(copy, "monitor", "../log", *watch, *state)
    again = _program(copy, "monitor", "../log", *watch, *state)

    told = [json.loads(line) for line in first.stdout.splitlines()]
    assert first.returncode == 1
    assert [one.get("finding") for one in told] == ["BatchNotAskedFor", None]
    assert (told[0]["batch"], told[0]["count"]) == (strange, 4)
    assert told[-1] == {"ok": False, "code": 1, "size": 3, "from": 0, "found": 1}
    assert again.returncode == 0, again.stdout
    assert "traceability.monitor" in (copy / "index.html").read_text()


def test_a_copy_lists_the_keys_of_printed_stamps_and_an_audit_confirms_them(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue()
    with transaction(by=COMMAND) as work:
        place = replace(log_place(), stamping_folder=tmp_path / "stamping")
        key = new_stamping_key(work, place).key
    publish()
    copy = tmp_path / "copy"
    export_log(copy)
    listed = json.loads((copy / "log/keys").read_text())["keys"]
    capsys.readouterr()

    confirmed = audit.main([str(copy / "log")])

    assert [(one["key"], one["index"]) for one in listed] == [(key, 2)]
    assert confirmed == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["stamping_keys"] == 1
    (copy / "log/keys").write_text('{"keys": []}')
    assert audit.main([str(copy / "log")]) == 1


def test_an_export_goes_on_from_the_older_one(app: Flask, tmp_path: Path) -> None:
    issue()
    publish()
    copy = tmp_path / "copy"
    export_log(copy)
    (copy / "robots.txt").write_text("")  # Whoever serves it may add to it.
    issue()
    publish()

    done, again = export_log(copy), export_log(copy)

    assert [(one.size, one.new) for one in (done, again)] == [(4, 2), (4, 0)]
    assert audit.main([str(copy / "log")]) == 0
    assert "có 4 dòng" in (copy / "index.html").read_text()
    assert "with 4 lines" in (copy / "index.en.html").read_text()
    assert not list(copy.rglob("*.new"))


def test_cosignatures_that_came_later_are_exported_without_new_entries(
    app: Flask, tmp_path: Path
) -> None:
    witnesses = three_witnesses(tmp_path)
    with at_work(app, witnesses[:1], asleep=witnesses[1:]):
        issue()
        publish()
        export_log(tmp_path / "copy")
        assert audit.main([str(tmp_path / "copy/log")]) == 2
    with at_work(app, witnesses):
        publish()

        assert export_log(tmp_path / "copy").new == 0

    assert audit.main([str(tmp_path / "copy/log")]) == 0


def test_nothing_is_exported_of_an_empty_log(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(LogNotPublished):
        export_log(tmp_path / "copy")

    assert not (tmp_path / "copy").exists()


def test_a_folder_of_other_things_is_left_alone(app: Flask, tmp_path: Path) -> None:
    issue()
    publish()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/thesis.odt").write_text("years of work")

    with pytest.raises(ExportFolderTaken):
        export_log(tmp_path / "copy")

    assert [one.name for one in (tmp_path / "copy").iterdir()] == ["thesis.odt"]


def test_the_log_is_not_exported_over_itself_beside_its_key(app: Flask, tmp_path: Path) -> None:
    issue()
    publish()
    assert log_place().key_file.parent == tmp_path

    with pytest.raises(ExportFolderTaken):
        export_log(tmp_path)

    assert not (tmp_path / "index.html").exists()


def test_an_older_or_another_log_is_exported_over_no_copy(app: Flask, tmp_path: Path) -> None:
    copy, folder = tmp_path / "copy", log_place().folder
    issue()
    publish()
    shutil.copytree(folder, tmp_path / "yesterday")
    issue()
    publish()
    export_log(copy)
    before = _files(copy)

    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "yesterday", folder)
    with pytest.raises(ExportAhead) as ahead:
        export_log(copy)
    assert (ahead.value.values["export"], ahead.value.values["log"]) == (4, 2)

    log = log_place().log
    log.publish(_signed(log.extend([b'{"another":1}', b'{"another":2}'], after=2).text()))
    with pytest.raises(ExportUnlike):
        export_log(copy)

    assert _files(copy) == before


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files beside the log instead of forty: each is written alike."""

    def two(facts: Facts) -> Iterator[tuple[str, bytes]]:
        yield "static/look.css", b"body {}"
        yield GUIDE, b"%d" % facts.size

    monkeypatch.setattr(exporting, "files_beside", two)


@pytest.mark.usefixtures("few_pages")
@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ("before", Killed()),
        ("half", OSError(errno.EIO, "Input/output error")),
        ("half", Killed()),
        ("after", Killed()),
    ],
    ids=["killed before", "error within", "killed within", "killed after"],
)
def test_a_fault_at_any_act_leaves_the_older_copy_or_the_longer_one(
    app: Flask, tmp_path: Path, how: str, fault: BaseException
) -> None:
    issue()
    publish()
    export_log(tmp_path / "older")
    issue()
    publish()
    acts = _acts(tmp_path / "older", tmp_path / "counted")
    assert acts > 20

    for at in range(1, acts + 1):
        copy = shutil.copytree(tmp_path / "older", tmp_path / "copy")
        with pytest.raises(type(fault)):
            export_log(copy, files=Breaking(DiskFiles(), at, how, fault))
        assert audit.main([str(copy / "log")]) == 0, at

        assert export_log(copy).size == 4
        assert audit.main([str(copy / "log")]) == 0, at
        shutil.rmtree(copy)


@pytest.mark.usefixtures("few_pages")
def test_a_first_export_that_was_killed_does_not_look_whole(app: Flask, tmp_path: Path) -> None:
    issue()
    publish()
    acts = _acts(None, tmp_path / "counted")

    for at in range(1, acts):
        copy = tmp_path / f"{at}"
        with pytest.raises(Killed):
            export_log(copy, files=Breaking(DiskFiles(), at, "half", Killed()))
        is_whole = (copy / GUIDE).exists()
        assert is_whole <= (audit.main([str(copy / "log")]) == 0), at

        assert export_log(copy).size == 2
        assert (copy / GUIDE).read_bytes() == b"2"


def test_the_command_says_how_much_is_new_and_refuses_in_one_sentence(
    app: Flask, tmp_path: Path
) -> None:
    command = ["log", "export", "--static", str(tmp_path / "copy")]
    refused = app.test_cli_runner().invoke(args=command)
    issue()
    publish()
    done = app.test_cli_runner().invoke(args=command)

    assert refused.exit_code == 1
    assert (
        refused.stderr
        == "Thư mục sổ công khai chưa có dòng nào, nên chưa có gì để xuất hay lấy lại.\n"
    )
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert (said["ok"], said["size"], said["new"]) == (True, 2, 2)


def _program(copy: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program that lies in the copy, with nothing of ours in reach."""
    command = [sys.executable, "-m", f"traceability.{name}", *arguments]
    return subprocess.run(
        command, cwd=copy / "programs", capture_output=True, text=True, check=False, env={}
    )


def _acts(older: Path | None, copy: Path) -> int:
    """How many acts on the disk an export takes."""
    if older is not None:
        shutil.copytree(older, copy)
    counting = Breaking(DiskFiles(), NO_FAULT, "before", Killed())
    export_log(copy, files=counting)
    return counting.done


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _signed(text: str) -> str:
    return sign_note(text, [signing_key(log_place())])
