import csv

import pytest

from app.demo.load import OCOP_PRODUCTS
from core.former_places import named_province
from core.places import province_code_of


@pytest.mark.parametrize(
    ("written", "name", "is_former"),
    [
        ("TP.HCM", "Thành phố Hồ Chí Minh", False),
        ("Tp Hồ Chí Minh", "Thành phố Hồ Chí Minh", False),
        ("THÀNH PHỐ HÀ NỘI", "Hà Nội", False),
        ("Tỉnh Trà Vinh", "Trà Vinh", True),
        ("tinh dak lak", "Đắk Lắk", False),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", True),
        ("Thừa Thiên Huế", "Thừa Thiên Huế", True),
    ],
)
def test_a_province_is_known_however_it_is_written(
    written: str, name: str, *, is_former: bool
) -> None:
    found = named_province(written)

    assert found is not None
    assert (found.name, found.is_former) == (name, is_former)


def test_what_is_no_province_is_none() -> None:
    assert named_province("Atlantis") is None
    assert named_province("") is None


def test_merged_provinces_lie_where_the_published_list_says() -> None:
    with OCOP_PRODUCTS.open(encoding="utf-8", newline="") as file:
        pairs = {(row["province"], row["province_2025"]) for row in csv.DictReader(file)}

    assert len(pairs) > 40
    for former, present in pairs:
        found = named_province(former)
        assert found is not None, former
        assert found.code == province_code_of(present), former
