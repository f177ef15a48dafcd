import hashlib

import pytest

from app.assets.fetch import VendoredPackage, folder_of, manifest

PACKAGES = manifest()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.folder)
def test_committed_files_are_the_ones_of_the_manifest(package: VendoredPackage) -> None:
    folder = folder_of(package)

    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }

    assert found == {file.name: file.sha256 for file in package.files}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.folder)
def test_every_vendored_package_carries_a_licence_that_asks_for_nothing_back(
    package: VendoredPackage,
) -> None:
    assert package.licence in {"OFL-1.1", "0BSD", "MIT"}
    assert (folder_of(package) / "LICENSE").stat().st_size > 500
