import pytest

from core.places import communes, places_like, provinces


def found(typed: str) -> list[str]:
    return [
        f"{one.name}, {provinces()[one.province_code].name}"
        for one in places_like(typed, at_most=5)
    ]


@pytest.mark.parametrize(
    "typed", ["quang uyen", "Quảng Uyên", "QUANG  UYEN cao bang", "xa quang uyen", "quảng uy"]
)
def test_a_commune_is_found_without_diacritics_and_before_its_name_is_finished(typed: str) -> None:
    assert found(typed)[0] == "Xã Quảng Uyên, Cao Bằng"


def test_the_ones_that_begin_so_come_first_and_the_list_is_bounded() -> None:
    assert len(places_like("a", at_most=5)) == 5
    names = [one.name for one in places_like("hoan kiem", at_most=5)]
    assert names[0] == "Phường Hoàn Kiếm"


@pytest.mark.parametrize("typed", ["", "   ", "khong co xa nay", "🥭"])
def test_nothing_is_found_where_nothing_is_meant(typed: str) -> None:
    assert places_like(typed, at_most=5) == []


def test_every_commune_is_found_by_its_own_name_and_province() -> None:
    missed = [
        one.name
        for one in list(communes().values())[::97]
        if one not in places_like(f"{one.name} {provinces()[one.province_code].name}", at_most=12)
    ]

    assert missed == []
