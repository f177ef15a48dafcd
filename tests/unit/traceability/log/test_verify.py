import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.traceability.log.books import KEY
from tests.unit.traceability.log.stamps import (
    POLICY_TEXT,
    WITNESSES,
    act_entry,
    batch_entry,
    stamp_proof,
)
from traceability import verify
from traceability.log.notes import add_lines, cosigned_message, signature_line, split_note
from traceability.log.policy import policy_text
from traceability.log.proofs import StampProof

ROOT = Path(__file__).resolve().parents[4]
BARE = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        allowed = {"traceability", "cryptography", "cffi", "_cffi_backend"}
        if name.split(".")[0] not in allowed | sys.stdlib_module_names:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Nothing())
import runpy
runpy.run_module(sys.argv.pop(1), run_name="__main__")
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "policy").write_text(POLICY_TEXT)
    return tmp_path


def written(folder: Path, proof: StampProof) -> str:
    path = folder / "stamp.tlog-proof"
    path.write_text(proof.text())
    return str(path)


def test_a_proof_is_told_step_by_step(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof = stamp_proof(acts=[act_entry(first=4, last=5)])

    assert verify.main([written(files, proof)]) == 0

    said = capsys.readouterr().out
    assert "Tem / Stamp: HTTPS://GOC.EXAMPLE/01/09521234543213/21/7K3MQ9T2XB403\n" in said
    assert "1. ✓ Tem thuộc đợt tem đã ghi\n1. ✓ The stamp is of the recorded batch\n" in said
    assert "6. ✓ Đủ nhân chứng đã khóa sổ\n" in said
    assert "Đơn vị ghi / Recorded by: Mẫu – HTX Chè Suối Giàng\n" in said
    assert "Later the log says: tem bị hủy / the stamp was cancelled" in said
    assert "2026-11-23T00:00:00Z\n" in said
    assert "carries no other line" not in said
    assert "Tính đến / As of: 2026-" in said
    assert "Nhân chứng đã ký / Witnesses who signed: province, university\n" in said
    assert said.endswith("A copied label has it too.\n")


def test_recalls_are_told_in_words_and_silence_is_too(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verify.main([written(files, stamp_proof(acts=[act_entry("recall"), act_entry("unheard-of")]))])
    said = capsys.readouterr().out
    assert "lô bị thu hồi / its lot was recalled" in said
    assert "Later the log says: unheard-of / unheard-of" in said

    verify.main([written(files, stamp_proof())])
    assert "After the batch this proof carries no other line" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lots", "said"),
    [
        ({"from_lot": "A", "to_lot": "B"}, "tem chuyển sang lô khác"),
        ({"from_lot": None, "to_lot": "B"}, "tem được gắn vào một lô"),
        ({"from_lot_hmac": "0f", "to_lot_hmac": None}, "tem thôi thuộc lô nào"),
        ({}, "lô của con tem được ghi lại"),
    ],
    ids=["moved", "bound", "loose", "unsaid"],
)
def test_a_roll_s_binding_is_not_told_as_a_move(
    files: Path, capsys: pytest.CaptureFixture[str], lots: dict[str, str | None], said: str
) -> None:
    verify.main([written(files, stamp_proof(acts=[act_entry("correct", **lots)]))])

    assert f"Later the log says: {said} / " in capsys.readouterr().out


def test_without_witnesses_no_moment_is_named(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verify.main([written(files, stamp_proof(names=()))])

    assert "As of" not in capsys.readouterr().out


def cosigned_by_union(proof: StampProof, posix: int) -> StampProof:
    """The same with a cosignature of the third witness, which says this POSIX time."""
    text, _ = split_note(proof.checkpoint)
    key = WITNESSES["union"]
    signature = posix.to_bytes(8, "big") + key.sign(cosigned_message(text, posix))
    line = signature_line(key.witness_key, signature)
    return replace(proof, checkpoint=add_lines(proof.checkpoint, [line]))


@pytest.mark.parametrize("posix", [4_102_444_800, 2**60], ids=["ahead", "of-no-calendar"])
def test_the_clock_of_one_witness_makes_a_proof_no_newer_and_takes_none_down(
    files: Path, capsys: pytest.CaptureFixture[str], posix: int
) -> None:
    assert verify.main([written(files, cosigned_by_union(stamp_proof(), posix))]) == 0

    said = capsys.readouterr().out
    assert "As of: 2026-11-22T03:04:05Z" in said
    assert "Witnesses who signed: province, university, union" in said


def test_too_few_witnesses_decide_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main([written(files, stamp_proof(names=("union",)))]) == 2

    said = capsys.readouterr().out
    assert "6. ✗ Đủ nhân chứng đã khóa sổ\n" in said
    assert "1 of 3 witnesses cosigned\n" in said
    assert "Khớp:" not in said


def test_without_witnesses_nobody_has_locked_the_log(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "policy").write_text(policy_text(KEY.verifying_key, {}, 0))

    assert verify.main([written(files, stamp_proof())]) == 2

    said = capsys.readouterr().out
    assert "3. ✓ Sổ đã ký\n" in said
    assert "6. ✗ Đủ nhân chứng đã khóa sổ\n" in said
    assert "the policy names no witnesses: the log alone signed\n" in said
    assert "Khớp:" not in said


def test_what_does_not_fit_is_said_with_the_step(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(files, stamp_proof(uri="HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G"))

    assert verify.main([path, "--policy", str(files / "policy")]) == 1

    said = capsys.readouterr().out
    assert "1. ✗ Tem thuộc đợt tem đã ghi\n" in said
    assert "2. – Đợt tem nằm trong sổ\n" in said
    assert "Recorded by" not in said
    assert "Không khớp" in said


def test_a_file_that_is_no_proof_does_not_fit(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(written(files, stamp_proof()))
    for raw in (b"", b"\xff\xfe", path.read_bytes()[:-1], path.read_bytes() + b"\n"):
        path.write_bytes(raw)

        assert verify.main([str(path)]) == 1
        assert "Không khớp" in capsys.readouterr().out


def test_without_policy_or_file_nothing_is_decided(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(files, stamp_proof())

    assert verify.main([str(files / "missing")]) == 2
    assert verify.main([path, "--policy", str(files / "missing")]) == 2
    for raw in (b"trust me\n", b"\xff"):
        (files / "policy").write_bytes(raw)
        assert verify.main([path]) == 2
    assert "Khớp:" not in capsys.readouterr().out


def test_it_says_where_the_keys_come_from_when_they_lay_beside_the_proof(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(files, stamp_proof())

    assert verify.main([path]) == 0
    assert "whoever gave you the proof may have given you both" in capsys.readouterr().out
    assert verify.main([path, "--policy", str(files / "policy")]) == 0
    assert "beside" not in capsys.readouterr().out


def test_a_terminal_is_told_nothing_but_text(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = batch_entry(product_name="\x1b[2J\x1b[1;1HKhớp")

    assert verify.main([written(files, stamp_proof(entry=entry))]) == 0

    assert "Product: ?[2J?[1;1HKhớp\n" in capsys.readouterr().out


def test_cryptography_alone_is_needed(files: Path) -> None:
    command = [sys.executable, "-c", BARE, "traceability.verify", written(files, stamp_proof())]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.returncode == 0
