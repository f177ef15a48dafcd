"""The month's report ("Báo cáo tháng"): which figures stand in it, in which order. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import sentence
from core.figures import Figures

FEWEST_SELLERS = 5  # Of fewer a total would tell what one household sold.
LONGEST_TEXT = 1_000  # Letters one pastes into a chat.


@dataclass(frozen=True)
class Kind:
    """A figure of the report: how it is called, and what of the year is held against a target."""

    name: str
    words: str
    adds_up: bool = True  # The year is the sum of its months; else it is as the month ended.
    has_target: bool = False


@dataclass(frozen=True)
class Line:
    """A figure this month, last month, and what the year has of its target."""

    kind: Kind
    number: int
    before: int
    target: int | None = None
    reached: int = 0

    @property
    def change(self) -> int:
        """How much more than last month."""
        return self.number - self.before

    @property
    def percent(self) -> int | None:
        """The share of the target reached, in whole per cent; None without a target to reach."""
        return 100 * self.reached // self.target if self.target else None


@dataclass(frozen=True)
class Counted:
    """The figures of a month, of the one before, and of the year up to the month's end."""

    month: Figures
    before: Figures
    year: Figures


PARTS: Sequence[tuple[str, Sequence[Kind]]] = (
    (
        sentence("Người làm ra"),
        (
            Kind("makers", sentence("Cơ sở được bán hàng"), adds_up=False, has_target=True),
            Kind("makers_new", sentence("Cơ sở mới vào Gốc")),
        ),
    ),
    (
        sentence("Mặt hàng"),
        (
            Kind("listings", sentence("Mặt hàng đang bán"), adds_up=False, has_target=True),
            Kind("listings_new", sentence("Mặt hàng mới đăng")),
        ),
    ),
    (
        sentence("Hạng OCOP"),
        (
            Kind("ranks_in_force", sentence("Hạng còn hiệu lực"), adds_up=False, has_target=True),
            Kind("ranks_unverified", sentence("Hạng cần xác minh"), adds_up=False),
            Kind("ranks_lapsed", sentence("Hạng đã hết hạn"), adds_up=False),
            Kind("ranks_filed", sentence("Hồ sơ đã nộp"), adds_up=False),
        ),
    ),
    (
        sentence("Tem"),
        (
            Kind("stamps_issued", sentence("Tem đã tạo")),
            Kind("stamps_active", sentence("Tem đã kích hoạt"), has_target=True),
            Kind("stamps_checked", sentence("Tem có người kiểm")),
        ),
    ),
    (
        sentence("Lời báo về tem"),
        (
            Kind("reports_new", sentence("Lời báo mới")),
            Kind("reports_closed", sentence("Lời báo đã xong")),
        ),
    ),
    (
        sentence("Trả lời hồ sơ"),
        (
            Kind("answers_before", sentence("Trả lời trước hạn")),
            Kind("answers_on", sentence("Trả lời đúng ngày hạn")),
            Kind("answers_after", sentence("Trả lời quá hạn")),
        ),
    ),
    (
        sentence("Tập huấn"),
        (Kind("trainings", sentence("Buổi tập huấn"), has_target=True),),
    ),
    (sentence("Bán hàng"), (Kind("sales_vnd", sentence("Doanh số (đồng)")),)),
)
TARGETED = tuple(kind for _, kinds in PARTS for kind in kinds if kind.has_target)


def told(figures: Figures) -> dict[str, int]:
    """What of the figures may be told: answers of both kinds together, sales of several alone."""
    found = dict(figures)
    for when in ("before", "on", "after"):
        both = [found.pop(f"{kind}_answers_{when}", None) for kind in ("maker", "listing")]
        known = [count for count in both if count is not None]
        if known:
            found[f"answers_{when}"] = sum(known)
    if found.pop("sellers", 0) < FEWEST_SELLERS:
        found.pop("sales_vnd", None)
    return found


def parts_of(counted: Counted, targets: Mapping[str, int]) -> list[tuple[str, list[Line]]]:
    """The report part by part; what nobody counts is left out, and so is a part without any."""
    month, before, year = told(counted.month), told(counted.before), told(counted.year)
    parts = []
    for words, kinds in PARTS:
        lines = [
            Line(
                kind,
                month[kind.name],
                before.get(kind.name, 0),
                targets.get(kind.name),
                (year if kind.adds_up else month).get(kind.name, 0),
            )
            for kind in kinds
            if kind.name in month
        ]
        if lines:
            parts.append((words, lines))
    return parts


def shortened(lines: Sequence[str]) -> str:
    """The lines that fit into one chat message, whole."""
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if len(longer) > LONGEST_TEXT:
            return text
        text = longer
    return text
