import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from tests.unit.traceability.log.books import KEY, ORIGIN, add
from tests.unit.traceability.log.serving import served
from tests.unit.traceability.log.stamps import (
    POLICY_TEXT,
    act_entry,
    batch_entry,
    cosigned,
    key_entry,
)
from traceability import audit
from traceability.log import sources
from traceability.log.auditing import _in_order, read_span
from traceability.log.checkpoints import Checkpoint
from traceability.log.errors import SourceFailed
from traceability.log.folder import FolderLog
from traceability.log.notes import SigningKey
from traceability.log.policy import policy_text
from traceability.log.sources import Folder

SIZE = 600


def entries() -> list[bytes]:
    found = [batch_entry(batch=f"B{number}", count=number + 1) for number in range(SIZE)]
    found[0] = key_entry()
    found[5] = act_entry(first=1, last=2)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    log = FolderLog(tmp_path / "log", origin=ORIGIN)
    add(log, entries()[:300])
    checkpoint = log.extend(entries()[300:], after=300)
    log.publish(cosigned(checkpoint))
    (tmp_path / "policy").write_text(POLICY_TEXT)
    return tmp_path / "log"


def audited(
    place: str | Path, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, dict[str, object]]:
    code = audit.main([str(place), *words])
    said = capsys.readouterr().out
    return code, said, json.loads(said.splitlines()[-1])


def test_a_whole_log_is_audited(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, summary = audited(folder, capsys, "--policy", str(folder.parent / "policy"))

    assert code == 0
    assert summary["kinds"] == {"batch": 598, "key": 1, "void": 1}
    assert summary["stamps"] == SIZE * (SIZE + 1) // 2 - 6 - 1
    assert summary["witnesses"] == ["province", "university"]
    assert (summary["ok"], summary["size"], summary["keys"]) == (True, SIZE, "given")
    assert said.splitlines()[0] == "2026-11-22T03:04:05Z  B1        2  L2611A  Trà Shan tuyết"
    assert "… 548 đợt tem nữa / more batches (--batches)\n" in said
    assert "Sổ khớp từ đầu đến cuối.\n" in said


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (batch_entry(key="0123456789abcdef"), "MakerKeyUnknown"),
        (batch_entry(signature="A" * 86 + "=="), "MakerSignatureWrong"),
    ],
)
def test_a_batch_its_maker_did_not_sign_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: bytes, error: str
) -> None:
    add(FolderLog(tmp_path, origin=ORIGIN), [key_entry(), batch_entry(), wrong])

    code, said, summary = audited(tmp_path, capsys)

    assert (code, summary["error"]) == (1, error)
    assert f"Không khớp: {error}: batch B7K3MQ9T2X" in said
    assert audited(tmp_path, capsys, "--tree-only")[0] == 0


def test_every_batch_is_listed_on_asking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = audited(folder, capsys, "--batches")

    assert code == 0
    assert said.count("  L2611A  Trà Shan tuyết\n") == 598
    assert "more batches" not in said


@pytest.mark.parametrize("zipped", [False, True])
def test_a_log_is_audited_at_its_address(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    zipped: bool,  # noqa: FBT001  # A column of the table.
) -> None:
    (folder / "policy").write_text(POLICY_TEXT)
    with served(folder, zipped=zipped) as url:
        code, _, summary = audited(url, capsys)

    assert code == 0
    assert summary["keys"] == "own"
    assert summary["size"] == SIZE


def test_an_empty_log_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(FolderLog(tmp_path, origin=ORIGIN), [])

    code, _, summary = audited(tmp_path, capsys)

    assert code == 0
    assert (summary["size"], summary["kinds"], summary["keys"]) == (0, {}, "none")


@pytest.mark.parametrize(
    "name",
    ["tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001", "checkpoint"],
)
def test_any_file_changed_by_a_bit_is_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = folder / name
    raw = bytearray(path.read_bytes())
    for place in (0, len(raw) // 2, len(raw) - 1):
        raw[place] ^= 1
        path.write_bytes(raw)

        code, _, summary = audited(folder, capsys, "--policy", str(folder.parent / "policy"))

        assert (code, summary["ok"]) == (1, False), place
        raw[place] ^= 1


def test_a_checkpoint_of_more_entries_than_there_can_be_decides_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "checkpoint").write_text(cosigned(Checkpoint(ORIGIN, 2**62, bytes(32))))

    code, _, summary = audited(folder, capsys)

    assert (code, summary["why"]) == (2, f"{2**62} entries are more than this program reads")


def test_another_root_is_noticed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = FolderLog(folder.parent / "other", origin=ORIGIN)
    log = other.extend([*entries()[:-1], batch_entry()], after=0)
    (folder / "checkpoint").write_text(cosigned(log))

    code, _, summary = audited(folder, capsys)

    assert code == 1
    assert summary["why"] == "the entries lead to another root than the checkpoint says"


def test_an_entry_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(FolderLog(tmp_path, origin=ORIGIN), [*entries()[:258], b'{"v":1}'])

    code, _, summary = audited(tmp_path, capsys)

    assert code == 1
    assert summary["why"] == "entries from 256, 2: no kind, or no moment"


def test_a_log_that_another_key_signed_does_not_fit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = SigningKey.generate(KEY.name).verifying_key
    (folder.parent / "policy").write_text(policy_text(stranger, {}, 0))

    code, _, summary = audited(folder, capsys, "--policy", str(folder.parent / "policy"))

    assert (code, summary["why"]) == (1, "no known key signed this note")


def test_too_few_witnesses_decide_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = (folder / "checkpoint").read_text()
    (folder / "checkpoint").write_text(note[: note.rindex("— ")])

    code, said, summary = audited(folder, capsys, "--policy", str(folder.parent / "policy"))

    assert (code, summary["why"], summary["witnesses"]) == (2, "1 / 3", ["province"])
    assert "Chưa đủ nhân chứng: 1 / 3\n" in said


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/001", "tile/entries/002.p/88"])
def test_what_cannot_be_read_decides_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (folder / name).unlink()
    assert audited(folder, capsys)[0] == 2
    with served(folder) as url:
        assert audited(url, capsys)[0] == 2

    (folder / name).mkdir()
    assert audited(folder, capsys)[0] == 2


def test_places_that_are_no_log_decide_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (tmp_path / "missing", tmp_path, "http://127.0.0.1:1/log", "http://[/log"):
        assert audited(place, capsys)[0] == 2


def test_a_file_is_read_no_further_than_it_may_be_long(folder: Path) -> None:
    for zipped in (False, True):
        with served(folder, zipped=zipped) as url, sources.source_of(url).opened() as log:
            with pytest.raises(SourceFailed, match="too large"):
                log.read("tile/0/000", 8191)
            assert log.read("tile/0/000", 8192) == (folder / "tile/0/000").read_bytes()
            assert log.read("tile/0/007", 8192) is None
    with (
        sources.source_of(str(folder)).opened() as log,
        pytest.raises(SourceFailed, match="too large"),
    ):
        log.read("tile/0/000", 8191)


def test_a_server_that_never_ends_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "SILENCE_SECONDS", 0.2)
    with (
        served(folder, slow=True) as url,
        sources.source_of(url).opened() as log,
        pytest.raises(SourceFailed, match="timed out"),
    ):
        log.read("tile/0/000", 8192)


def test_many_bundles_are_read_by_many_processes(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traceability.log.auditing.SINGLE", 0)
    monkeypatch.setattr("traceability.log.auditing.SPAN", 1)

    summary = audited(folder, capsys)[2]
    assert (summary["stamps"], summary["makers"]) == (SIZE * (SIZE + 1) // 2 - 7, "signed")

    (folder / "tile/0/001").write_bytes(bytes(8192))
    assert audited(folder, capsys)[2]["why"] == "tile/0/001 is not that of its entries"


def test_half_a_zipped_file_is_no_file() -> None:
    whole = gzip.compress(b"x" * 1000)

    assert sources._gunzipped(whole, 1000) == b"x" * 1000
    assert len(sources._gunzipped(whole, 10)) == 11
    for wrong in (whole[:-1], b"no gzip", b""):
        with pytest.raises(SourceFailed):
            sources._gunzipped(wrong, 1000)


def test_a_process_that_is_killed_decides_nothing() -> None:
    class Dying(ThreadPoolExecutor):
        def map(self, *_words: object, **_more: object) -> NoReturn:
            raise BrokenProcessPool

    with Dying(1) as workers, pytest.raises(SourceFailed, match="was ended"):
        list(_in_order(workers, partial(read_span, source=Folder(Path())), []))
