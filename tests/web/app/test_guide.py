"""The guide: every step on its page, every picture there and small, the book the same."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from app.guide import CHAPTERS, Chapter, Shot
from tests import guide

SHOTS = [step.shot for one in CHAPTERS for step in one.steps if step.shot is not None]
_CHAPTERS = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.name)


def test_the_guide_names_every_chapter(client: FlaskClient) -> None:
    page = client.get("/guide").text

    for one in CHAPTERS:
        assert f'<a href="/guide/{one.name}">{one.title}</a>' in page


@_CHAPTERS
def test_a_chapter_has_every_step_in_both_languages(chapter: Chapter, client: FlaskClient) -> None:
    page = client.get(f"/guide/{chapter.name}").text
    english = client.get(f"/guide/{chapter.name}?lang=en").text

    assert chapter.title in page
    for step in chapter.steps:
        assert step.words in page
        assert step.words not in english
    assert page.count("<li><p>") == len(chapter.steps)


@_CHAPTERS
def test_sentences_are_short_enough_to_be_read_aloud(chapter: Chapter) -> None:
    for step in chapter.steps:
        assert len(step.words.split()) <= 22, step.words


def test_a_chapter_nobody_wrote_is_not_there(client: FlaskClient) -> None:
    assert client.get("/guide/nothing").status_code == 404


@pytest.mark.parametrize("shot", SHOTS, ids=lambda one: one.name)
def test_every_picture_is_there_small_and_as_large_as_the_page_says(shot: Shot) -> None:
    path: Path = guide.PICTURES / f"{shot.name}.webp"

    assert path.stat().st_size <= guide.MOST_BYTES
    with Image.open(path) as picture:
        assert picture.size == (guide.WIDTH, guide.HEIGHT)


def test_every_picture_is_of_a_page_of_the_table_and_none_is_left_over() -> None:
    assert {one.name for one in SHOTS} == set(guide.TAKEN)
    assert {path.stem for path in guide.PICTURES.glob("*.webp")} == set(guide.TAKEN)
    assert all(taken.line for taken in guide.TAKEN.values())


def test_the_book_says_what_the_pages_say() -> None:
    assert guide.BOOK.read_text(encoding="utf-8") == guide.book(CHAPTERS)
