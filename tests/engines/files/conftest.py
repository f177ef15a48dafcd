"""The stores of files: a folder, and a bucket of a real server."""

from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest

from core.files import Files, FolderFiles, S3Files, S3Place
from tests.servers import addresses
from tests.servers.seaweed import KEY, SECRET


@pytest.fixture(scope="session")
def endpoint() -> str:
    """Give the address of the S3-compatible server."""
    return addresses.address_of(addresses.S3)


@pytest.fixture(scope="session")
def bucket(endpoint: str) -> S3Place:
    """A bucket of these tests' own: the server has no room for one of each test."""
    place = S3Place(f"goc-{uuid4().hex[:12]}", endpoint)
    with closing(client_of(place)) as client:
        client.create_bucket(Bucket=place.bucket)
    return place


@pytest.fixture
def place(bucket: S3Place, monkeypatch: pytest.MonkeyPatch) -> S3Place:
    """The bucket, empty, and our keys to it in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with closing(client_of(bucket)) as client:
        for each in client.list_objects_v2(Bucket=bucket.bucket).get("Contents", ()):
            client.delete_object(Bucket=bucket.bucket, Key=each["Key"])
    return bucket


def client_of(place: S3Place) -> Any:
    """The library's own client, to look behind the port."""
    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET}
    return boto3.client("s3", endpoint_url=place.endpoint, region_name="us-east-1", **keys)


@pytest.fixture(params=["folder", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """Each adapter in turn, empty."""
    if request.param == "folder":
        return FolderFiles(tmp_path / "files")
    return S3Files(request.getfixturevalue("place"))
