"""Where the services stand that `python -m tests.run` started, and what a test does without one."""

import os
import sys

import pytest

DATABASE = "GOC_TEST_DATABASE_URL"
SEARCH = "GOC_TEST_SEARCH_URL"
S3 = "GOC_TEST_S3_URL"
REDIS = "GOC_TEST_REDIS_URL"
CHROMIUM = "GOC_TEST_CHROMIUM"
GO_TOOLS = "GOC_TEST_GO_TOOLS"


def address_of(variable: str) -> str:
    """Give the service's address; without one the test is skipped by name, and with CI=true fails.

    `python -m tests.run FOLDER` starts what a folder needs.
    """
    address = os.environ.get(variable)
    if address:
        return address
    sentence = f"no {variable}: python -m tests.run starts what it needs"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
    sys.exit(sentence)  # Not reached: both calls above raise.
