"""What a JPEG makes its decoder hold, read from its markers. Pure.

ITU-T T.81, B.1 and B.2: segments, the frame header (SOF) and the scan header (SOS).
"""

START_OF_SCAN = 0xDA
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # Without DHT, JPG and DAC.
IN_ONE_PASS = frozenset({0xC0, 0xC1})  # Baseline and extended sequential, Huffman.
BYTES_A_COEFFICIENT = 2
LONGEST_HEADER = 1_000  # Segments; a real picture has some twenty.


def coefficient_bytes(content: bytes) -> int:
    """The bytes of coefficients held until the last scan is read: 0 where one scan has it all.

    A progressive picture, and one whose first scan lacks a colour, is held whole whatever scale
    is asked for. What we cannot follow counts as the worst: four colours, nothing left out.
    """
    frame, at = b"", 2
    kind = 0
    for _ in range(LONGEST_HEADER):
        while content[at : at + 2] == b"\xff\xff":  # Fill bytes: B.1.1.2.
            at += 1
        if content[at : at + 1] != b"\xff" or at + 4 > len(content):
            break
        marker, body = content[at + 1], content[at + 4 : at + 2 + _two(content, at + 2)]
        if marker == START_OF_SCAN:
            whole = kind in IN_ONE_PASS and body[:1] == frame[5:6]
            return 0 if whole else _held(frame)
        if marker in FRAMES:
            frame, kind = body, marker
        at += 2 + _two(content, at + 2)
    return _held(frame)


def _held(frame: bytes) -> int:
    if len(frame) < 6:  # noqa: PLR2004  # The fixed part of a frame header: B.2.2.
        return 2**63
    pixels = _two(frame, 1) * _two(frame, 3)
    shares = [(byte >> 4) * (byte & 15) for byte in frame[7 : 6 + 3 * frame[5] : 3]]
    across = max((byte >> 4 for byte in frame[7 : 6 + 3 * frame[5] : 3]), default=1)
    down = max((byte & 15 for byte in frame[7 : 6 + 3 * frame[5] : 3]), default=1)
    return BYTES_A_COEFFICIENT * pixels * sum(shares) // max(across * down, 1)


def _two(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 2], "big")
