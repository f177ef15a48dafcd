from datetime import date

from catalog.service.decisions import Decision, read_decision


def read(
    text: str, *, stars: int | None = 4, province: str = "Vĩnh Phúc", district: str = ""
) -> Decision:
    return read_decision(text, stars=stars, province=province, district=district)


def test_a_ministry_s_decision_names_the_ministry_of_its_day() -> None:
    assert read("377/QĐ-BNN-VPĐP (17/01/2025)") == Decision(
        "377/QĐ-BNN-VPĐP", date(2025, 1, 17), 2025, "Bộ Nông nghiệp và Phát triển nông thôn"
    )
    assert read("2361/QĐ-BNNMT (26/6/2025)") == Decision(
        "2361/QĐ-BNNMT", date(2025, 6, 26), 2025, "Bộ Nông nghiệp và Môi trường"
    )


def test_a_committee_s_decision_names_province_or_city() -> None:
    assert read("385/QĐ-UBND (17/02/2021)").authority == "UBND tỉnh Vĩnh Phúc"
    assert (
        read("3500/QĐ-UBND (03/11/2021)", province="Đà Nẵng").authority == "UBND thành phố Đà Nẵng"
    )
    assert read("1850/QĐ-UBND-HC (07/12/2020)", province="Đồng Tháp").authority == (
        "UBND tỉnh Đồng Tháp"
    )


def test_districts_recognised_three_stars_between_two_decisions_of_the_government() -> None:
    district = "huyện Yên Mô"
    for day, authority in (
        ("23/02/2023", "UBND tỉnh Vĩnh Phúc"),
        ("24/02/2023", "UBND huyện Yên Mô"),
        ("05/7/2025", "UBND huyện Yên Mô"),
        ("06/7/2025", "UBND tỉnh Vĩnh Phúc"),
    ):
        said = read(f"5/QĐ-UBND ({day})", stars=3, district=district)
        assert said.authority == authority, day
    assert read("5/QĐ-UBND (24/02/2023)", stars=4, district=district).authority == (
        "UBND tỉnh Vĩnh Phúc"
    )
    assert read("5/QĐ-UBND (24/02/2023)", stars=3).authority is None


def test_a_year_alone_gives_neither_day_nor_authority() -> None:
    assert read("4261/QĐ-UBND (2021, đợt 2)") == Decision("4261/QĐ-UBND", None, 2021)
    assert read("2310 (đợt 2 năm 2021)") == Decision("2310", None, 2021)
    assert read("38/QĐ-UBND") == Decision("38/QĐ-UBND")


def test_what_is_no_decision_gives_nothing() -> None:
    for text in ("", "  ", "()", "(2021)"):
        assert read(text) == Decision()
    assert read("9/QĐ-UBND (31/02/2021)") == Decision("9/QĐ-UBND", None, 2021)
    assert read("9 (01/02/2021)") == Decision("9", date(2021, 2, 1), 2021)


def test_a_district_recognised_up_to_three_stars_and_only_where_stars_are_known() -> None:
    day, district = "5/QĐ-UBND (01/03/2024)", "huyện Yên Mô"

    authorities = [read(day, stars=stars, district=district).authority for stars in (1, 3, 4, None)]

    assert authorities == [
        "UBND huyện Yên Mô",
        "UBND huyện Yên Mô",
        "UBND tỉnh Vĩnh Phúc",
        "UBND tỉnh Vĩnh Phúc",
    ]


def test_a_province_published_as_a_city_is_called_so_once() -> None:
    said = read("5/QĐ-UBND (01/03/2021)", province="Thành phố Hồ Chí Minh")

    assert said.authority == "UBND Thành phố Hồ Chí Minh"


def test_an_issuer_nobody_knows_is_no_authority() -> None:
    assert read("12/QĐ-SNN (01/03/2021)").authority is None
