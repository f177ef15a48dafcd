import pytest
from flask import Flask

from tests.web.api.program import READING, Program, director_with


@pytest.fixture
def program(app: Flask) -> Program:
    """May do everything the director of the forge may."""
    return director_with(app)


@pytest.fixture
def reader(app: Flask) -> Program:
    """May read everything, and write nothing."""
    return director_with(app, READING)
