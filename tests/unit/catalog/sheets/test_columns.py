import pytest

from catalog.sheets import guess, missing
from catalog.sheets.products import LOT_COLUMNS, PRODUCT_COLUMNS

DEMO = [
    *("product_name", "producer", "producer_type", "commune", "district", "province"),
    *("province_2025", "stars", "group", "recognised_year", "decision", "status", "source"),
]


def test_the_demo_s_own_columns_are_known() -> None:
    assert guess(DEMO, PRODUCT_COLUMNS) == {
        "name" if name == "product_name" else name: at for at, name in enumerate(DEMO)
    }


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        (
            (
                "STT;TÊN SẢN PHẨM (*);Chủ thể;Loại hình chủ thể;Xã/Phường;Huyện;Tỉnh/TP;Hạng sao;"
                "Nhóm sản phẩm;Năm công nhận;Số Quyết định;Trạng thái;Nguồn"
            ),
            (
                ";name;producer;producer_type;commune;district;province;stars;group;recognised_year;"
                "decision;status;source"
            ),
        ),
        (
            "Ten hang;Nganh hang;Quy cach dong goi;Gia ban (dong);Ma vach;Ghi chu",
            "name;group;pack_words;price_vnd;gtin;",
        ),
        (
            "Tên mặt hàng;Nhóm;Khối lượng tịnh;ĐVT;Đơn giá;Mô tả;Đơn vị sản xuất",
            "name;group;pack_content;pack_unit;price_vnd;summary;producer",
        ),
        (
            "Tỉnh (cũ);Tỉnh mới;Tên sản phẩm OCOP;Phân hạng;Nhóm ngành hàng",
            "province;province_2025;name;stars;group",
        ),
        ("name;group;pack_content;pack_unit;price_vnd;gtin",) * 2,
    ],
)
def test_columns_are_known_by_what_people_call_them(heading: str, fields: str) -> None:
    wanted = {name: at for at, name in enumerate(fields.split(";")) if name}

    assert guess(heading.split(";"), PRODUCT_COLUMNS) == wanted


def test_lots_have_columns_of_their_own() -> None:
    heading = "Tên hàng;Quy cách;Số lô;NSX;HSD;Số lượng"

    assert list(guess(heading.split(";"), LOT_COLUMNS)) != []
    assert guess(heading.split(";"), LOT_COLUMNS) == {
        "product": 0,
        "pack": 1,
        "code": 2,
        "made_on": 3,
        "best_before_on": 4,
        "declared_units": 5,
    }


def test_our_own_template_is_known_in_full() -> None:
    for columns in (PRODUCT_COLUMNS, LOT_COLUMNS):
        found = guess([column.words for column in columns], columns)
        assert found == {column.name: at for at, column in enumerate(columns)}


def test_what_must_be_said_is_missed_by_name() -> None:
    assert [column.name for column in missing({"name": 0}, PRODUCT_COLUMNS)] == ["group"]
