"""What a maker lacks, in plain words, the gravest first. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.queries import CaredMaker
from core.errors import sentence

Need = tuple[str, int]  # A sentence, and the count in its place.
LONG_AWAY = timedelta(days=30)  # A smith who sells looks in once a month.
SUBMITTED = sentence("Đang chờ đối chiếu")


@dataclass(frozen=True)
class MakerRow:
    """One maker of the list, with what is counted of it."""

    maker: CaredMaker
    figures: Mapping[str, int] = field(default_factory=dict)
    acts: int = 0  # Of its people and helpers, in the last 90 days.
    helped: int = 0  # Those of them done by a helper.
    until_at: datetime | None = None  # The last moment of a helper's consent.
    needs: Sequence[Need] = ()  # As `needs_of` found them.

    def of(self, figure: str) -> int:
        """A figure by its name; what nobody counted is 0."""
        return self.figures.get(figure, 0)

    @property
    def percent(self) -> int | None:
        """The share of acts done without a helper, in whole per cent; None without any act."""
        return 100 * (self.acts - self.helped) // self.acts if self.acts else None

    @property
    def needs_help(self) -> bool:
        """Whether somebody should look in: what waits for an officer alone does not count."""
        return any(words != SUBMITTED for words, _ in self.needs)


_STATES: Mapping[str, str] = {
    "suspended": sentence("Đang tạm dừng bán"),
    "returned": sentence("Hồ sơ gửi trả, chưa gửi lại"),
    "submitted": SUBMITTED,
    "draft": sentence("Hồ sơ chưa gửi cho xã"),
}
_COUNTED: tuple[tuple[str, str], ...] = (
    ("reports_open", sentence("%(count)s lời báo chưa xong")),
    ("listings_returned", sentence("%(count)s món gửi trả, chưa sửa")),
    ("papers_ending", sentence("%(count)s giấy hết hạn trong 90 ngày")),
    ("stamps_printed", sentence("%(count)s tem in chưa kích hoạt")),
)


def needs_of(row: MakerRow, *, now: datetime) -> list[Need]:
    """What a maker lacks: sentences with their counts."""
    maker, found = row.maker, []
    if maker.state in _STATES:
        found.append((_STATES[maker.state], 0))
    if maker.readers == 0:
        found.append((sentence("Chưa ai vào được Gốc"), 0))
    elif maker.last_sign_in_at is None or maker.last_sign_in_at < now - LONG_AWAY:
        found.append((sentence("Lâu chưa vào Gốc"), 0))
    if not row.of("listings_published"):
        found.append((sentence("Chưa có món nào đang bán"), 0))
    return found + [(words, row.of(name)) for name, words in _COUNTED if row.of(name)]


# By name: what stands first. Every order ends with the name, so that pages never overlap.
_ORDERS: Mapping[str, Callable[[MakerRow], object]] = {
    "name": lambda _row: 0,
    "need": lambda row: -len(row.needs),
    "sign_in": lambda row: _seconds(row.maker.last_sign_in_at),
    "own": lambda row: (row.percent is None, row.percent or 0),
    "listings": lambda row: -row.of("listings_published"),
    "papers": lambda row: -row.of("papers_ending"),
    "stamps": lambda row: -row.of("stamps_printed"),
    "reports": lambda row: -row.of("reports_open"),
}
ORDERS = tuple(_ORDERS)


def in_order(rows: Iterable[MakerRow], order: str) -> list[MakerRow]:
    """The rows as somebody asked for them."""
    place = _ORDERS[order]
    return sorted(rows, key=lambda row: (place(row), row.maker.sort_key, row.maker.id))


def _seconds(at: datetime | None) -> float:
    """Never stands before every moment."""
    return at.timestamp() if at is not None else 0.0
