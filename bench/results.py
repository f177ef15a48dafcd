"""What a measurement says, and the table it goes into."""

import statistics
from dataclasses import dataclass
from pathlib import Path

PERFORMANCE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEADER = """\
| Work | Beside it | Median | Lowest to highest | Reach | |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Result:
    """One line of the table: a figure for each round, and what it is to reach."""

    work: str
    floor: str
    values: tuple[float, ...]
    reach: float
    at_least: bool = True  # Else at most.
    unit: str = ""  # Empty for a ratio.

    @property
    def median(self) -> float:
        """The figure of the table: no single round decides."""
        return statistics.median(self.values)

    @property
    def met(self) -> bool:
        """Whether the median reaches what it should."""
        return self.median >= self.reach if self.at_least else self.median <= self.reach

    @property
    def line(self) -> str:
        """The result as a line of the table."""
        sign = "≥" if self.at_least else "≤"
        cells = (
            self.work,
            self.floor,
            f"{self.median:.2f}{self.unit}",
            f"{min(self.values):.2f}–{max(self.values):.2f}",
            f"{sign} {self.reach:g}{self.unit}",
            "met" if self.met else "**not met**",
        )
        return f"| {' | '.join(cells)} |"


def table(results: list[Result]) -> str:
    """Give the whole table as Markdown."""
    return HEADER + "".join(f"{result.line}\n" for result in results)


def write_table(results: list[Result], page: Path = PERFORMANCE) -> None:
    """Put the table between the page's markers; what people wrote around it stays."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    assert end, f"{page.name} has lost its markers"
    page.write_text(f"{before}{BEGIN}\n{table(results)}{END}{after}")
