"""The page's script comes to what the command comes to, whatever becomes of a proof."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import NewPage
from tests.browser.traceability.proofs import (
    FALLBACK,
    NO_ED25519,
    checked,
    open_script,
    outcome_in_python,
)
from tests.unit.traceability.log.books import KEY
from tests.unit.traceability.log.flipping import PARTS, bits_of, changed, proof_text
from tests.unit.traceability.log.stamps import (
    COUNT,
    POLICY_TEXT,
    WITNESSES,
    act_entry,
    batch_entry,
    stamp_proof,
)
from traceability.log.notes import SigningKey
from traceability.log.policy import policy_text
from traceability.log.proofs import StampProof, parse_stamp_proof

STEPS = ("stamp", "entry", "log", "maker", "later", "witnesses")
PROOFS = 25  # Of as many batches and logs; the parts of each are changed, 13 of them.


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield open_script(page)
    page.close()


@pytest.fixture
def old_page(new_page: NewPage) -> Page:
    """In a browser whose WebCrypto has no Ed25519."""
    page = new_page()
    page.add_init_script(NO_ED25519)
    return open_script(page)


def text_of(*arguments: object, **other: object) -> bytes:
    return stamp_proof(*arguments, **other).text().encode()  # type: ignore[arg-type]  # As `stamp_proof` takes them.


def files_with_one_bit_changed(count: int) -> list[bytes]:
    """Each part of `count` proofs changed in a bit, then `count` bits of one whole file."""
    draw = random.Random(20261122)  # noqa: S311  # Nobody guards anything with it.
    proofs = [parse_stamp_proof(proof_text(number)) for number in range(count)]
    wrong = [changed(proof, part, draw) for proof in proofs for part in PARTS]
    files = [proof.text().encode() for proof in wrong if proof is not None and _is_text(proof)]
    whole = proof_text(0)
    for bit in draw.sample(bits_of(whole), count):
        raw = bytearray(whole.encode())
        raw[bit // 8] ^= 1 << bit % 8
        files.append(bytes(raw))
    return files


def _is_text(proof: StampProof) -> bool:
    try:
        return all(one.entry.decode() for one in (proof.entry, *proof.keys))
    except UnicodeDecodeError:  # No file can hold it.
        return False


def test_good_proofs_are_proved_by_all_steps(page: Page) -> None:
    files = [text_of(index) for index in range(COUNT)]
    files += [proof_text(number).encode() for number in range(PROOFS)]

    found = checked(page, files)

    assert {(one.outcome, one.passed, one.why) for one in found} == {("proved", STEPS, "")}
    assert found[0].witnesses == ("province", "university")


def test_no_changed_bit_is_accepted_and_the_command_says_the_same(page: Page) -> None:
    files = files_with_one_bit_changed(PROOFS)

    said = [one.outcome for one in checked(page, files)]

    assert len(files) > 250
    assert "proved" not in said
    assert said == [outcome_in_python(file) for file in files]


def test_every_byte_of_a_file_counts(page: Page) -> None:
    whole = text_of(acts=[act_entry(first=4, last=4, reason="lost")])
    files = [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 5)
    ]

    said = [one.outcome for one in checked(page, files)]

    assert len(files) > 300
    assert "proved" not in said
    assert said == [outcome_in_python(file) for file in files]


def test_without_the_browsers_own_ed25519_the_library_finds_the_same(old_page: Page) -> None:
    loaded: list[str] = []
    old_page.on("request", lambda request: loaded.append(request.url))
    files = [text_of(), text_of(names=["union"]), *files_with_one_bit_changed(3)]

    said = [one.outcome for one in checked(old_page, files)]

    assert said[:2] == ["proved", "pending"]
    assert said == [outcome_in_python(file) for file in files]
    assert [url for url in loaded if url.endswith(FALLBACK)] != []


def test_the_library_is_not_loaded_where_it_is_not_needed(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))

    assert checked(page, [text_of()])[0].outcome == "proved"
    assert loaded == []


def test_a_library_of_other_bytes_is_not_run(old_page: Page) -> None:
    outcome = old_page.evaluate(
        "async ([file, policy, fallback]) =>"
        " (await stampProof.check(stampProof.utf8(file), policy, { fallback })).outcome",
        [
            text_of().decode(),
            POLICY_TEXT,
            {"src": f"/{FALLBACK}", "integrity": f"sha384-{'A' * 64}"},
        ],
    )

    assert outcome == "unable"


def test_too_few_witnesses_are_pending_and_never_proved(page: Page) -> None:
    alone = policy_text(KEY.verifying_key, {}, 0)
    files = [text_of(names=names) for names in ((), ("union",), ("union", "union"))]

    assert [one.outcome for one in checked(page, files)] == ["pending"] * 3
    assert checked(page, files)[1].witnesses == ("union",)
    assert checked(page, [text_of()], policy=alone)[0].outcome == "pending"


def test_a_key_that_signs_as_another_is_not_believed(page: Page) -> None:
    keys = {name: key.witness_key for name, key in WITNESSES.items()}
    stranger = SigningKey(KEY.name, bytes(32))
    policies = [
        policy_text(stranger.verifying_key, keys, 2),
        POLICY_TEXT.replace("+", "+0", 1),
        POLICY_TEXT.replace("group witnesses 2", "group witnesses 4"),
        f"{POLICY_TEXT}witness again {keys['union'].text}\n",
        "",
    ]

    for policy in policies:
        assert checked(page, [text_of()], policy=policy)[0].outcome == "mismatch", policy


def test_the_proof_of_another_stamp_is_a_mismatch(page: Page) -> None:
    file = text_of(3)

    assert checked(page, [file], serial="7k3m-q9t2-xb4o3")[0].outcome == "proved"
    assert checked(page, [file], serial="7K3MQ9T2XB404")[0].outcome == "mismatch"


def test_what_the_log_says_later_of_this_stamp_alone_is_given(page: Page) -> None:
    acts = [
        act_entry(first=1, last=2, reason="lost"),
        act_entry(first=4, last=5, reason="spoiled"),
        act_entry("correct", batch="OTHER"),
        act_entry("recall"),
    ]

    found = checked(page, [text_of(3, acts=acts)])[0]

    assert found.outcome == "proved"
    assert [(one["kind"], one.get("reason")) for one in found.later] == [
        ("void", "spoiled"),
        ("recall", None),
    ]


def test_an_entry_that_does_not_commit_to_the_stamp_is_refused(page: Page) -> None:
    entries = [
        batch_entry(count=0),
        batch_entry(count=9),
        batch_entry(v=2),
        batch_entry(kind="void"),
        batch_entry(root="00"),
        batch_entry().replace(b'"v":1', b'"v":1.0'),
    ]
    files = [text_of(entry=entry) for entry in entries]

    assert [one.outcome for one in checked(page, files)] == ["mismatch"] * len(files)
    assert [outcome_in_python(file) for file in files] == ["mismatch"] * len(files)
