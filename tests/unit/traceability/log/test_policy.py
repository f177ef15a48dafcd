import re

import pytest

from tests.unit.traceability.log.books import KEY
from traceability.log.errors import PolicyRefused
from traceability.log.notes import SigningKey
from traceability.log.policy import NO_QUORUM, parse_policy, policy_text

LOG = KEY.verifying_key
# Fixed keys: texts with them name tests, and every worker must collect the same ones.
KEYS = {name: SigningKey(f"{name}.example", name.encode() * 32).witness_key for name in "abcd"}
WITNESSES = "".join(f"witness {name} {key.text}\n" for name, key in KEYS.items())
TWO_LEVELS = f"""
# Of two kinds, both needed.
log {LOG.text} https://goc.example/log
{WITNESSES}
group\toffices  2 a b c
group others any d
  group both all offices others
quorum both
"""


@pytest.mark.parametrize(
    ("signers", "met"),
    [
        ("abd", True),
        ("abcd", True),
        ("bcd", True),
        ("abc", False),
        ("ad", False),
        ("d", False),
        ("", False),
    ],
)
def test_a_quorum_may_have_two_levels(signers: str, met: bool) -> None:  # noqa: FBT001  # A column of the table.
    policy = parse_policy(TWO_LEVELS)

    assert policy.is_met([KEYS[name] for name in signers]) is met
    assert policy.logs == (LOG,)


def test_one_witness_may_be_the_quorum() -> None:
    policy = parse_policy(f"{WITNESSES}quorum a\n")

    assert policy.is_met([KEYS["a"]])
    assert not policy.is_met([KEYS["b"], KEYS["c"], KEYS["d"]])


def test_a_key_that_signs_as_a_log_is_no_witness() -> None:
    witness = SigningKey.generate("w.example")
    policy = parse_policy(f"witness w {witness.witness_key.text}\nquorum w\n")

    assert not policy.is_met([witness.verifying_key])


def test_policies_are_written_to_be_read() -> None:
    text = policy_text(LOG, KEYS, 2)
    policy = parse_policy(text)

    assert text.splitlines()[-2:] == ["group witnesses 2 a b c d", "quorum witnesses"]
    assert policy.witnesses == KEYS
    assert policy.is_met([KEYS["a"], KEYS["d"]])
    assert parse_policy(policy_text(LOG, KEYS, 0)).quorum == NO_QUORUM
    with pytest.raises(PolicyRefused):
        policy_text(LOG, KEYS, 5)
    with pytest.raises(PolicyRefused):
        policy_text(LOG, {"hai chữ": KEYS["a"]}, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no quorum"),
        (WITNESSES, "no quorum"),
        ("quorum none\nquorum none\n", "line 2: a second quorum"),
        ("quorum a\n", "line 1: a is not named before"),
        ("quorum\n", "line 1: no such line"),
        ("quorum none none\n", "line 1: no such line"),
        ("trust me\n", "line 1: no such line"),
        (f"log {LOG.text} a b\n", "line 1: no such line"),
        (f"log {LOG.text}\nlog {LOG.text}\n", "line 2: a key twice"),
        (f"log {KEYS['a'].text}\n", "line 1: a key of another kind"),
        (f"witness a {LOG.text}\n", "line 1: a key of another kind"),
        ("witness a b\n", "line 1: an Ed25519 key has 32 bytes"),
        (f"{WITNESSES}witness e {KEYS['a'].text}\n", "line 5: a key twice"),
        (f"witness none {KEYS['a'].text}\n", "none is named twice"),
        (f"{WITNESSES}group a any b\n", "a is named twice"),
        (f"{WITNESSES}group g 3 a b\n", "needs some of its members"),
        (f"{WITNESSES}group g 0 a b\n", "needs some of its members"),
        (f"{WITNESSES}group g 01 a b\n", "not a decimal"),
        (f"{WITNESSES}group g any\n", "no such line"),
        (f"{WITNESSES}group g any e\n", "members are named before"),
        (f"{WITNESSES}group g 2 a a\n", "members are named before"),
        (f"{WITNESSES}group g any a\ngroup h any a\n", "stand in one group"),
        ("quorum none\r\n", "control characters"),
        ("#" * 100_001, "too large"),
    ],
)
def test_what_is_no_policy_is_refused(text: str, why: str) -> None:
    with pytest.raises(PolicyRefused, match=re.escape(why)):
        parse_policy(text)
