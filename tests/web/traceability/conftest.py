import pytest
from flask import Flask

from tests.web.traceability.manage_cast import Cast


@pytest.fixture
def cast(app: Flask) -> Cast:
    return Cast(app)
