"""What public pages weigh on the way to the browser, from the answers it received."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.page_table import PUBLIC, STAMPS, PageLine

MOST_BYTES = 200_000
MOST_BYTES_BEFORE_PAINT = 30_000  # The page and its style sheets, as sent.
MOST_SCRIPT_BYTES = 15_000


@dataclass
class Weight:
    """Bytes received, heads of answers not counted."""

    everything: int = 0
    before_paint: int = 0
    script: int = 0

    def add(self, answer: Response) -> None:
        """Count one answer by what it is."""
        size = answer.request.sizes()["responseBodySize"]
        self.everything += size
        if answer.request.resource_type in {"document", "stylesheet"}:
            self.before_paint += size
        if answer.request.resource_type == "script":
            self.script += size


@pytest.mark.parametrize("line", [*PUBLIC, STAMPS[1]], ids=lambda line: line.id)
def test_a_public_page_is_light_enough_for_a_weak_signal(
    demo: Demo, new_page: NewPage, line: PageLine
) -> None:
    weight = _weigh(new_page(width=360), demo.url(line.path))

    assert 0 < weight.before_paint <= MOST_BYTES_BEFORE_PAINT
    assert weight.script <= MOST_SCRIPT_BYTES
    assert weight.before_paint < weight.everything <= MOST_BYTES


def _weigh(page: Page, url: str) -> Weight:
    answers: list[Response] = []

    def keep(answer: Response) -> None:  # Playwright takes no method of a built-in type.
        answers.append(answer)

    page.on("response", keep)
    page.goto(url)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # What waits to be seen, too.
    page.wait_for_load_state("networkidle")
    weight = Weight()
    for answer in answers:
        weight.add(answer)
    return weight
