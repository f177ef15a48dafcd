"""The body of add-checkpoint is read exactly as c2sp.org/tlog-witness writes it."""

import pytest

from traceability.log.witness.refusals import MalformedRequest
from traceability.log.witness.requests import AddCheckpoint, parse_request

HASH = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw="
NOTE = (
    "example.com/behind-the-sofa\n20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— k AA==\n"
)
MOST = f"{HASH}\n" * 63
MANY = f"{HASH}\n" * 64
EXAMPLE = (  # Of the specification.
    f"old 20852014\n{HASH}\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
    "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
    f"/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n{NOTE}"
)


def test_the_example_of_the_specification_is_read_and_written_again() -> None:
    read = parse_request(EXAMPLE.encode())

    assert read.old_size == 20852014
    assert len(read.path) == 4
    assert read.note == NOTE
    assert read.body() == EXAMPLE.encode()


def test_a_first_request_has_no_hashes() -> None:
    assert parse_request(f"old 0\n\n{NOTE}".encode()) == AddCheckpoint(0, (), NOTE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n\n",
        b"old 1",
        b"old 1\n",
        f"old 01\n\n{NOTE}".encode(),
        f"old -1\n\n{NOTE}".encode(),
        f"old +1\n\n{NOTE}".encode(),
        f"old  1\n\n{NOTE}".encode(),
        f"old ١\n\n{NOTE}".encode(),
        f"old 9223372036854775808\n\n{NOTE}".encode(),
        f"old\n\n{NOTE}".encode(),
        f"OLD 1\n\n{NOTE}".encode(),
        f"old 1\r\n\r\n{NOTE}".encode(),
        f"old 1\n{HASH[:-1]}\n\n{NOTE}".encode(),
        f"old 1\n{HASH} \n\n{NOTE}".encode(),
        f"old 1\nAAAA\n\n{NOTE}".encode(),
        f"old 1\n{HASH[:-2]}x=\n\n{NOTE}".encode(),
        f"old 1\n{MANY}\n{NOTE}".encode(),
        b"old 1\n\n\xff\xfe",
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedRequest) as refused:
        parse_request(body)

    assert refused.value.status == 400


def test_sixty_three_hashes_are_taken() -> None:
    read = parse_request(f"old 1\n{MOST}\n{NOTE}".encode())

    assert len(read.path) == 63
