from core.places import commune_name, communes, province_code_of, province_name, provinces


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    assert len(provinces()) == 34
    assert len(communes()) == 3321


def test_a_province_is_found_with_and_without_its_kind() -> None:
    assert province_code_of("Huế") == province_code_of("thành phố huế") == "46"
    assert province_code_of("Thành phố Hồ Chí Minh") == province_code_of("Hồ Chí Minh") == "79"
    assert province_code_of("Vĩnh Phúc") is None


def test_names_are_those_people_say() -> None:
    assert province_name("46") == "Huế"
    assert province_name("79") == "Thành phố Hồ Chí Minh"
    assert province_name("999") == province_name(None) == ""
    assert commune_name("00070") == "Phường Hoàn Kiếm"
