"""Woven bands: plain plaiting and counted threads that belong to no one people.

A band is seven rows of thread, 6 high; a row is a dash pattern that repeats every 32.
"""

_PERIOD = 32
_LEFT = -800  # A whole number of periods left of the cover: a wide box shows the band there too.
_TOP = 348
_THREAD = 6

# Lengths of thread and gap in turn, beginning with thread.
Row = tuple[int, ...]
Band = tuple[Row, ...]


def _alike(length: int, shift: int) -> Row:
    """Threads and gaps of one length, the first begun `shift` earlier."""
    if shift == 0:
        return length, length
    if shift <= length:
        return length - shift, length, shift, 0
    return 0, 2 * length - shift, length, shift - length


def _centred(length: int) -> Row:
    side = (_PERIOD - length) // 2
    return 0, side, length, side


def _pair(apart: int) -> Row:
    side = (_PERIOD - apart - 8) // 2
    return 0, side, 4, apart, 4, side


BANDS: tuple[Band, ...] = (
    tuple(_alike(8, row % 2 * 8) for row in range(7)),
    tuple(_alike(16, row * 4) for row in range(7)),
    tuple(_centred(length) for length in (4, 12, 20, 28, 20, 12, 4)),
    tuple(_pair(apart) for apart in (0, 8, 16, 24, 16, 8, 0)),
    tuple(_centred(length) for length in (4, 8, 12, 16, 20, 24, 28)),
    tuple(_pair(apart) for apart in (0, 4, 8, 12, 16, 20, 24)),
    tuple(_alike(16, row // 2 % 2 * 16) for row in range(7)),
    tuple((length, _PERIOD - length) for length in (4, 8, 12, 16, 20, 24, 28)),
    ((4, 4), (32, 0), _centred(8), _centred(16), _centred(8), (32, 0), (4, 4)),
)


def band_rows(band: Band) -> str:
    """Give the threads of a band as SVG paths."""
    rows = "".join(
        f'<path d="M{_LEFT} {_TOP + _THREAD * at}H1120"'
        f' stroke-dasharray="{" ".join(str(length) for length in row)}"/>'
        for at, row in enumerate(band)
    )
    return f'<g stroke="$g" stroke-width="{_THREAD}">{rows}</g>'
