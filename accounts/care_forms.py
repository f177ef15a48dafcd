"""What officers and helpers send about several makers at once."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from accounts.care_words import REMINDERS
from accounts.consent_rules import LONGEST_DAYS
from core.errors import sentence
from core.forms import Form, Unfit
from core.text.typed import Count, OneLine

MOST_AT_ONCE = 50  # A page of the list, and some: each is locked, written and told.
LONGEST_WORDS = 160  # As one SMS.

PublicId = Annotated[str, StringConstraints(max_length=20)]


class ChosenForm(Form):
    """The makers that were ticked."""

    maker: list[PublicId] = Field(default_factory=list)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.maker:
            raise Unfit(sentence("Xin đánh dấu ít nhất một cơ sở."), field="maker")
        if len(self.maker) > MOST_AT_ONCE:
            raise Unfit(
                sentence("Mỗi lần tối đa %(most)s cơ sở."), field="maker", most=MOST_AT_ONCE
            )
        return self


class RemindForm(ChosenForm):
    """What to remind of: a usual sentence or one's own words."""

    usual: Annotated[int, Count(at_least=1, at_most=len(REMINDERS))] | None = None
    words: Annotated[str, OneLine(at_most=LONGEST_WORDS)] = ""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if (self.usual is None) == (not self.words):
            raise Unfit(
                sentence("Xin chọn một câu có sẵn, hoặc tự viết một câu (không cả hai)."),
                field="words",
            )
        return self

    @property
    def said(self) -> str:
        """What the makers read, in Vietnamese."""
        return REMINDERS[self.usual - 1] if self.usual else self.words


class HandOverForm(ChosenForm):
    """Which officer looks after the makers from now, and what that officer should know."""

    officer: PublicId
    note: Annotated[str, OneLine(at_most=LONGEST_WORDS)] = ""


class ExtendForm(ChosenForm):
    """For how many days a helper asks to be let in."""

    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)]


class LeaveForm(ChosenForm):
    """Whom the producers may ask next, in the helper's own words."""

    words: Annotated[str, OneLine(at_most=LONGEST_WORDS)]


FIRST_YEAR, LAST_YEAR = 2026, 2099
MOST = 10**9

Target = Annotated[int, Count(at_most=MOST)] | None


class TargetsForm(Form):
    """What an area wants to reach in a year; an empty field is no target."""

    area: Annotated[str, StringConstraints(max_length=10)] = ""
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    makers: Target = None
    listings: Target = None
    ranks_in_force: Target = None
    stamps_active: Target = None
    trainings: Target = None

    @property
    def by_figure(self) -> dict[str, int | None]:
        """The targets by the names of their figures."""
        return {
            "makers": self.makers,
            "listings": self.listings,
            "ranks_in_force": self.ranks_in_force,
            "stamps_active": self.stamps_active,
            "trainings": self.trainings,
        }
