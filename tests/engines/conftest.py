"""The real servers of engine tests."""

import pytest

from tests.servers import addresses


@pytest.fixture(scope="session")
def search_url() -> str:
    """Give the address of the shared Elasticsearch; name indices for the test and drop them."""
    return addresses.address_of(addresses.SEARCH)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Give the URL of a PostgreSQL server in which databases may be made."""
    return addresses.address_of(addresses.DATABASE)
