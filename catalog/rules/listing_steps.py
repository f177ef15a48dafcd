"""The seven small screens on which a product is listed, and what is known after which. Pure."""

from enum import IntEnum

# What a draft is called until its maker types a name; it stands in lists like any other.
UNNAMED = "Hàng chưa đặt tên"


class ListingStep(IntEnum):
    """The screens in their order; a draft keeps the first that was not gone through yet."""

    PHOTOS = 1
    NAME = 2
    GROUP = 3
    PACKS = 4
    STORY = 5
    PAPERS = 6
    LOOK = 7

    @property
    def word(self) -> str:
        """Its part of the address."""
        return self.name.lower()

    @property
    def next(self) -> "ListingStep":
        """The screen after it; the last stays."""
        return ListingStep(min(self + 1, ListingStep.LOOK))

    @property
    def before(self) -> "ListingStep | None":
        """The screen before it."""
        return ListingStep(self - 1) if self > ListingStep.PHOTOS else None


def step_to_show(asked: ListingStep, reached: int | None) -> ListingStep:
    """The screen a draft may show: none beyond the first not gone through; None: all were."""
    return asked if reached is None else ListingStep(min(asked, reached))


def is_first_told(step: ListingStep, reached: int | None) -> bool:
    """Whether a draft says this for the first time: there is nothing before it to go back to."""
    return reached is not None and reached <= step


def story_of(answers: list[str]) -> str:
    """One text of the answers about the goods; questions left open leave no gap."""
    return "\n\n".join(answer for answer in answers if answer)
