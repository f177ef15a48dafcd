"""Every journey is walked twice: on a small phone without script, at a desk with it."""

from functools import partial

import pytest

from tests.browser.conftest import NewPage

WAYS = {"phone": {"width": 360, "script": False}, "desk": {"width": 1280, "script": True}}


@pytest.fixture(params=WAYS)
def device(request: pytest.FixtureRequest, new_page: NewPage) -> NewPage:
    """Lend a maker of devices of one way: `device(network="10.2.2.2")`."""
    return partial(new_page, **WAYS[request.param])
