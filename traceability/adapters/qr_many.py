"""The modules of many QR codes at once: error correction M, one version, one mask.

Addresses are alphanumeric; a signed one has two segments more: the bytes `?s=`, and 155 digits.

ISO/IEC 18004:2015, clause 7, step by step over a whole page of labels with numpy. A sheet's codes
differ in the serial alone, so one mask serves them all: the best of its first code. (A reader takes
any mask; the standard's choice costs eight times the work and wins nothing measurable here.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from qrcode.base import RSBlock, rs_blocks
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import length_in_bits, mask_func

from core import qr
from core.qr import MODE_8BIT_BYTE, MODE_ALPHA_NUM, MODE_NUMBER
from traceability.rules.signatures import SIGNATURE_QUERY

Bits = NDArray[np.uint8]  # One bit an element; a row each code.
Codewords = NDArray[np.uint8]  # One byte an element; a row each code.
Modules = NDArray[np.bool_]  # Codes × rows × columns, true is dark.

_FIELD_POLYNOMIAL: Final = 0x11D  # The field of 256 elements QR codes are made in (7.5.2).
_PADDING: Final = (0xEC, 0x11)  # 7.4.10
_TERMINATOR_BITS: Final = 4
_PAIR_BITS: Final = 11  # Two alphanumeric characters; a last single one takes six bits.
_SINGLE_BITS: Final = 6
_MODE_BITS: Final = 4
_BYTE_BITS: Final = 8
_DIGITS_BITS: Final = (0, 4, 7, 10)  # One, two, three decimal digits.


@dataclass(frozen=True, slots=True)
class Form:
    """What the codes of a sheet share."""

    version: int
    mask: int
    length: int  # Characters of each text, without its signature.
    digits: int = 0  # Of its signature.

    @property
    def size(self) -> int:
        """Modules on a side, without the quiet zone."""
        return 17 + 4 * self.version


def form_of(text: str) -> Form:
    """Give the form of a sheet by its first text: the smallest version, the best mask."""
    first = qr.code_of(segments_of(text))
    address, _, digits = text.partition(SIGNATURE_QUERY)
    mask = first.best_mask_pattern()
    return Form(version=first.version, mask=mask, length=len(address), digits=len(digits))


def segments_of(text: str) -> list[tuple[str, int]]:
    """Give an address as its code's segments, each in its mode; a signed one has three."""
    address, query, digits = text.partition(SIGNATURE_QUERY)
    segments = [(address, MODE_ALPHA_NUM), (query, MODE_8BIT_BYTE), (digits, MODE_NUMBER)]
    return [segment for segment in segments if segment[0]]


def modules_of(texts: Sequence[str], form: Form) -> Modules:
    """Give the modules of texts that all have the form's length and QR's 45 characters alone.

    Behind them each may carry its signature.
    """
    blocks = rs_blocks(form.version, ERROR_CORRECT_M)
    codewords = _interleaved(_data_codewords(texts, form, blocks), blocks)
    frame, rows, columns = _frame(form.version, form.mask)
    modules = np.repeat(frame[np.newaxis], len(texts), axis=0)
    bits = np.unpackbits(codewords, axis=1)
    spare = len(rows) - bits.shape[1]  # Remainder bits (7.6): zero before the mask.
    modules[:, rows, columns] = np.pad(bits, ((0, 0), (0, spare))).astype(np.bool_)
    return modules ^ _mask(form.version, form.mask)


def _data_codewords(texts: Sequence[str], form: Form, blocks: Sequence[RSBlock]) -> Codewords:
    """Mode, count, characters, terminator and padding, as bytes (7.4)."""
    parts = [text.partition(SIGNATURE_QUERY) for text in texts]
    assert all(len(address) == form.length for address, _, _ in parts)
    assert all(len(digits) == form.digits for _, _, digits in parts)
    capacity = sum(block.data_count for block in blocks)
    bits = _address_bits([address for address, _, _ in parts], form)
    if form.digits:
        digits = [digits for _, _, digits in parts]
        bits = np.hstack([bits, _query_bits(len(texts), form), _digits_bits(digits, form)])
    room = capacity * 8 - bits.shape[1]
    assert room >= 0, "the text is too long for its version"
    bits = np.pad(bits, ((0, 0), (0, min(_TERMINATOR_BITS, room))))
    codewords = np.packbits(bits, axis=1)  # Pads the last byte with zeros.
    padding = np.resize(np.array(_PADDING, dtype=np.uint8), capacity - codewords.shape[1])
    return np.hstack([codewords, np.tile(padding, (len(texts), 1))])


def _address_bits(addresses: Sequence[str], form: Form) -> Bits:
    """Mode, count and characters of the alphanumeric segment (7.4.4)."""
    characters = np.frombuffer("".join(addresses).encode("ascii"), dtype=np.uint8)
    values = _values()[characters].reshape(len(addresses), form.length)
    assert values.min(initial=0) >= 0, "a character outside QR's alphanumeric set"
    even = form.length - form.length % 2
    pieces = [
        _head(MODE_ALPHA_NUM, form.length, form, len(addresses)),
        _bits(values[:, 0:even:2] * 45 + values[:, 1:even:2], _PAIR_BITS),
        _bits(values[:, even:], _SINGLE_BITS),
    ]
    return np.hstack(pieces)


def _query_bits(count: int, form: Form) -> Bits:
    """The segment of bytes between address and digits: the same in all codes (7.4.5)."""
    query = np.frombuffer(SIGNATURE_QUERY.encode("ascii"), dtype=np.uint8).astype(np.int16)
    written = _bits(query[np.newaxis], _BYTE_BITS).repeat(count, axis=0)
    return np.hstack([_head(MODE_8BIT_BYTE, len(query), form, count), written])


def _digits_bits(texts: Sequence[str], form: Form) -> Bits:
    """Mode, count and digits of the numeric segment: three digits a number of ten bits (7.4.3)."""
    characters = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8)
    digits = (characters - ord("0")).astype(np.int16).reshape(len(texts), form.digits)
    assert 0 <= digits.min() <= digits.max() <= 9, "a signature of digits alone"  # noqa: PLR2004 -- the largest digit.
    left = form.digits % 3
    threes = digits[:, : form.digits - left].reshape(len(texts), -1, 3)
    last = digits[:, form.digits - left :] @ (10 ** np.arange(left - 1, -1, -1, dtype=np.int16))
    return np.hstack(
        [
            _head(MODE_NUMBER, form.digits, form, len(texts)),
            _bits(threes @ np.array([100, 10, 1], dtype=np.int16), _DIGITS_BITS[3]),
            _bits(last[:, np.newaxis], _DIGITS_BITS[left]),
        ]
    )


def _head(mode: int, count: int, form: Form, codes: int) -> Bits:
    """A segment's mode and its count of characters, the same in all codes (7.4.1)."""
    width = length_in_bits(mode, form.version)
    head = [
        _bits(np.array([[mode]], dtype=np.int16), _MODE_BITS),
        _bits(np.array([[count]], dtype=np.int16), width),
    ]
    return np.hstack(head).repeat(codes, axis=0)


def _interleaved(data: Codewords, blocks: Sequence[RSBlock]) -> Codewords:
    """The blocks' codewords in turn, first those of data, then those of correction (7.6)."""
    starts = np.cumsum([0, *(block.data_count for block in blocks)])
    parts = [data[:, starts[at] : starts[at + 1]] for at in range(len(blocks))]
    corrections = [
        _correction(part, block.total_count - block.data_count)
        for part, block in zip(parts, blocks, strict=True)
    ]
    return np.hstack([_in_turn(parts), _in_turn(corrections)])


def _in_turn(parts: Sequence[Codewords]) -> Codewords:
    longest = max(part.shape[1] for part in parts)
    columns = [part[:, [at]] for at in range(longest) for part in parts if at < part.shape[1]]
    return np.hstack(columns)


def _correction(data: Codewords, count: int) -> Codewords:
    """Reed–Solomon: what each codeword adds to the remainder, by its place and value, summed up."""
    length = data.shape[1]
    added = _remainders(length, count)[np.arange(length), data]
    corrected: Codewords = np.bitwise_xor.reduce(added, axis=1)
    return corrected


@lru_cache
def _remainders(length: int, count: int) -> NDArray[np.uint8]:
    """The remainder of each value at each place of a block: place, value, then `count` codewords.

    The remainder of a sum is the sum of the remainders, so those of single codewords suffice;
    and that of value 1 times the value is the value's.
    """
    products, generator = _products(), _generator(count)
    ones = np.eye(length, dtype=np.uint8)
    remainder = np.zeros((length, count), dtype=np.uint8)
    for column in ones.T:  # A shift register for all places at once.
        factor = column ^ remainder[:, 0]
        remainder = np.pad(remainder[:, 1:], ((0, 0), (0, 1)))
        remainder ^= products[factor[:, np.newaxis], generator]
    values = np.arange(256)[np.newaxis, :, np.newaxis]
    table: NDArray[np.uint8] = products[values, remainder[:, np.newaxis, :]]
    return table


def _bits(numbers: NDArray[np.int16], width: int) -> Bits:
    """Each number as `width` bits, the highest first."""
    shifts = np.arange(width - 1, -1, -1)
    spread = (numbers[:, :, np.newaxis] >> shifts) & 1
    return spread.reshape(len(numbers), -1).astype(np.uint8)


@lru_cache(maxsize=1)
def _values() -> NDArray[np.int16]:
    """The value of each byte as an alphanumeric character; −1 where it is none."""
    values = np.full(256, -1, dtype=np.int16)
    values[np.frombuffer(qr.ALPHANUMERIC.encode(), dtype=np.uint8)] = np.arange(45)
    return values


@lru_cache(maxsize=1)
def _products() -> NDArray[np.uint8]:
    """The multiplication table of the field."""
    powers = [1]
    for _ in range(254):
        doubled = powers[-1] << 1
        powers.append(doubled ^ _FIELD_POLYNOMIAL if doubled > 255 else doubled)  # noqa: PLR2004 -- a byte's largest.
    exponents = np.array(powers, dtype=np.uint8)
    logarithms = np.zeros(256, dtype=np.int64)
    logarithms[exponents] = np.arange(255)
    table: NDArray[np.uint8] = exponents[(logarithms[:, np.newaxis] + logarithms) % 255]
    table[0, :] = table[:, 0] = 0
    return table


@lru_cache
def _generator(count: int) -> NDArray[np.uint8]:
    """The generator polynomial of degree `count`, without its leading one: roots 2⁰ … 2ⁿ⁻¹."""
    products = _products()
    polynomial, root = np.array([1], dtype=np.uint8), 1
    for _ in range(count):
        polynomial = np.append(polynomial, 0) ^ np.append(0, products[root, polynomial])
        root = int(products[root, 2])
    return polynomial[1:].astype(np.uint8)


@lru_cache
def _frame(version: int, mask: int) -> tuple[Modules, NDArray[np.intp], NDArray[np.intp]]:
    """The modules every code of a version shares, and where data goes, in its order (7.7.3)."""
    drawn = QRCode(version=version, error_correction=ERROR_CORRECT_M)
    size = drawn.modules_count = 17 + 4 * version
    drawn.modules = [[None] * size for _ in range(size)]
    for corner in ((0, 0), (size - 7, 0), (0, size - 7)):
        drawn.setup_position_probe_pattern(*corner)
    drawn.setup_position_adjust_pattern()
    drawn.setup_timing_pattern()
    drawn.setup_type_info(test=False, mask_pattern=mask)
    if version >= 7:  # noqa: PLR2004 -- from version 7 on a code names its version (7.10).
        drawn.setup_type_number(test=False)
    places = [at for at in _zigzag(size) if drawn.modules[at[0]][at[1]] is None]
    rows, columns = np.array(places, dtype=np.intp).T
    frame = np.array([[bool(module) for module in row] for row in drawn.modules])
    return frame, rows, columns


@lru_cache
def _mask(version: int, mask: int) -> Modules:
    """Where the mask turns a module round: its pattern, on data alone."""
    frame, rows, columns = _frame(version, mask)
    turned = np.zeros_like(frame)
    pattern = mask_func(mask)
    turned[rows, columns] = [
        pattern(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    return turned


def _zigzag(size: int) -> list[tuple[int, int]]:
    """All places in the order of data: two columns at a time, up and down, from the right."""
    timing = 6  # The column of the vertical timing pattern is stepped over.
    rights = [*range(size - 1, timing, -2), *range(timing - 1, 0, -2)]
    places: list[tuple[int, int]] = []
    for turn, right in enumerate(rights):
        rows = range(size - 1, -1, -1) if turn % 2 == 0 else range(size)
        places.extend((row, column) for row in rows for column in (right, right - 1))
    return places
