import pytest

from catalog.rules import ListingStep, is_first_told, step_to_show, story_of


def test_the_screens_follow_each_other_and_the_last_stays() -> None:
    assert [step.word for step in ListingStep] == [
        "photos",
        "name",
        "group",
        "packs",
        "story",
        "papers",
        "look",
    ]
    assert ListingStep.PHOTOS.next is ListingStep.NAME
    assert ListingStep.LOOK.next is ListingStep.LOOK
    assert ListingStep.PHOTOS.before is None
    assert ListingStep.LOOK.before is ListingStep.PAPERS


@pytest.mark.parametrize(
    ("asked", "reached", "shown"),
    [
        (ListingStep.PACKS, 2, ListingStep.NAME),
        (ListingStep.PACKS, 4, ListingStep.PACKS),
        (ListingStep.NAME, 4, ListingStep.NAME),
        (ListingStep.LOOK, None, ListingStep.LOOK),
    ],
)
def test_no_screen_is_shown_beyond_the_first_that_waits(
    asked: ListingStep, reached: int | None, shown: ListingStep
) -> None:
    assert step_to_show(asked, reached) is shown


def test_a_screen_is_told_first_until_it_was_gone_through() -> None:
    assert is_first_told(ListingStep.GROUP, 3)
    assert is_first_told(ListingStep.GROUP, 2)
    assert not is_first_told(ListingStep.GROUP, 4)
    assert not is_first_told(ListingStep.GROUP, None)


def test_a_story_is_its_answers_without_gaps() -> None:
    assert story_of(["", "Ba đời.", "", "Sao củi."]) == "Ba đời.\n\nSao củi."
    assert story_of(["", "", "", ""]) == ""
