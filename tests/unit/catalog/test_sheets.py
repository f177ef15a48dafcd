from datetime import date
from io import BytesIO

import pytest

from catalog.errors import ColumnsMissing, SheetTooLarge, UnreadableSheet
from catalog.service import Owner, PackRow, Refusal, Sheet, read_sheet
from catalog.sheets import MOST_LINES

HEADING = (
    "product_name,producer,producer_type,commune,district,province,province_2025,stars,group,"
    "recognised_year,decision,status,source\n"
)
LINE = (
    "Chè đinh,HTX chè Hảo Đạt,htx,xã Tân Cương,,Thái Nguyên,Thái Nguyên,5,thuc_pham,"
    "2025,377/QĐ-BNN-VPĐP (17/01/2025),recognised,https://example.org/a\n"
)
OWNER = Owner(7, "0123456789", "HTX chè Hảo Đạt")
FORM = "name,group,pack_content,pack_unit,price_vnd,gtin\n"


def sheet(*lines: str, heading: str = HEADING, owner: Owner | None = None) -> Sheet:
    return read_sheet(BytesIO("".join((heading, *lines)).encode()), owner=owner)


def test_a_published_line_says_who_where_and_what_was_decided() -> None:
    (row,) = sheet(LINE).rows

    assert row.key == "public|chè đinh|htx chè hảo đạt|19"
    assert not isinstance(row.producer, int)
    assert row.producer.kind == "cooperative"
    assert row.producer.place_published == "xã Tân Cương, Thái Nguyên"
    assert row.producer.former_province is None
    assert row.producer.commune_code is None
    assert row.is_published
    assert row.packs == ()
    assert row.recognition is not None
    assert row.recognition.stage == "recognised"
    assert row.recognition.stars == 5
    assert row.recognition.decided_on == date(2025, 1, 17)
    assert row.recognition.valid_until == date(2028, 1, 16)


def test_a_former_province_is_kept_as_published_beside_the_present_code() -> None:
    line = LINE.replace("Thái Nguyên,Thái Nguyên", "Bắc Kạn,Thái Nguyên")

    (row,) = sheet(line).rows

    assert not isinstance(row.producer, int)
    assert row.producer.former_province == "Bắc Kạn"
    assert row.producer.province_code == "19"


def test_only_a_recognised_line_has_an_end() -> None:
    for status, stage in (
        ("star_unknown", "recognised"),
        ("expired", "lapsed"),
        ("seed", "none"),
        ("council_graded", "filed"),
        ("anything", "filed"),
    ):
        (row,) = sheet(LINE.replace("recognised,", f"{status},")).rows
        assert row.recognition is not None
        assert row.recognition.stage == stage
        assert (row.recognition.valid_until is not None) == (stage == "recognised")


def test_a_line_without_a_producer_is_a_draft_of_nobody() -> None:
    (row,) = sheet(LINE.replace("HTX chè Hảo Đạt,htx", ",")).rows

    assert not row.is_published
    assert not isinstance(row.producer, int)
    assert row.producer.name == "Chưa rõ người làm ra (xã Tân Cương, Thái Nguyên)"
    assert row.producer.state == "draft"


def test_a_source_that_is_no_address_is_not_linked() -> None:
    (row,) = sheet(LINE.replace("https://example.org/a", "press report")).rows

    assert row.source_url is None


def test_a_bad_line_is_refused_alone_and_named() -> None:
    read = sheet(
        LINE.replace("thuc_pham", "food"),
        LINE.replace("Thái Nguyên,5", "Atlantis,5"),
        LINE.replace(",5,", ",6,"),
        LINE.replace("Chè đinh", " "),
        LINE.replace(",htx,", ",ship,"),
        LINE,
        LINE,
    )

    assert len(read.rows) == 1
    assert read.refusals == [
        Refusal(2, "group", "unknown_group"),
        Refusal(3, "province_2025", "unknown_province"),
        Refusal(4, "stars", "unknown_stars"),
        Refusal(5, "name", "empty"),
        Refusal(6, "producer_type", "unknown_kind"),
        Refusal(8, "name", "repeated"),
    ]


def test_a_maker_brings_only_what_is_theirs_and_as_drafts() -> None:
    read = sheet(LINE, LINE.replace("Hảo Đạt", "Khác"), owner=OWNER)

    (row,) = read.rows
    assert row.producer == 7
    assert not row.is_published
    assert row.key.startswith("0123456789|")
    assert read.refusals == [Refusal(3, "producer", "another_producer")]


def test_the_product_form_s_fields_are_a_layout_too() -> None:
    read = sheet("Chè búp,thuc_pham,200,g,120k,\n", heading=FORM, owner=OWNER)

    (row,) = read.rows
    assert row.key == "0123456789|chè búp"
    assert row.packs == (PackRow(200, "g", "200 g", 120_000),)
    assert not row.is_published


def test_amounts_prices_and_gtins_are_read_as_in_the_form() -> None:
    read = sheet(
        "A,thuc_pham,many,g,120k,\n",
        "B,thuc_pham,200,g,dear,\n",
        "C,thuc_pham,200,g,120k,12345678\n",
        heading=FORM,
        owner=OWNER,
    )

    assert read.rows == []
    assert [(each.line, each.column) for each in read.refusals] == [
        (2, "pack_content"),
        (3, "price_vnd"),
        (4, "gtin"),
    ]


def test_a_file_in_no_layout_is_refused_whole() -> None:
    for lines in ([], ["a,b\n", "1,2\n"], ['"a\n']):
        with pytest.raises(UnreadableSheet):
            sheet(*lines, heading="")


def test_a_file_without_a_column_that_must_be_is_refused_by_its_name() -> None:
    with pytest.raises(ColumnsMissing) as refused:
        sheet("A,thuc_pham,200,g,120k,\n", heading=FORM)

    assert refused.value.values == {"columns": "Người làm ra"}


def test_a_file_without_end_is_refused() -> None:
    form = [f"A{at},thuc_pham,1,g,120k,\n" for at in range(MOST_LINES)]

    assert MOST_LINES == 50_000
    with pytest.raises(SheetTooLarge, match=str(MOST_LINES)):
        sheet(*form, "B,thuc_pham,1,g,120k,\n", heading=FORM, owner=OWNER)


def test_lines_that_say_nothing_are_no_lines() -> None:
    (row,) = sheet("\n", ",,\n", LINE).rows

    assert row.words[0].name == "Chè đinh"


def test_neighbouring_lines_of_one_product_are_its_packs() -> None:
    read = sheet(
        "Chè búp,thuc_pham,200,g,120k,\n",
        "CHÈ BÚP,thuc_pham,500,g,280k,\n".replace("CHÈ BÚP", "Chè búp"),
        "Dao,thu_cong_my_nghe,1,cái,250k,\n",
        "Chè búp,thuc_pham,1,kg,500k,\n",
        heading=FORM,
        owner=OWNER,
    )

    assert [(row.words[0].name, [pack.content for pack in row.packs]) for row in read.rows] == [
        ("Chè búp", [200, 500]),
        ("Dao", [1]),
    ]
    assert read.refusals == [Refusal(5, "name", "repeated")]
    assert read.lines == {"0123456789|chè búp": 2, "0123456789|dao": 4}


def test_a_number_that_stands_twice_is_refused_where_it_comes_again() -> None:
    read = sheet(
        "A,thuc_pham,200,g,120k,8938505974194\n",
        "B,thuc_pham,200,g,120k,8938505974194\n",
        heading=FORM,
        owner=OWNER,
    )

    assert len(read.rows) == 1
    assert read.refusals == [Refusal(3, "gtin", "repeated")]


def test_the_least_columns_of_either_layout_are_enough() -> None:
    least = "product_name,producer,group,status,source"
    line = "Chè đinh,HTX A,thuc_pham,seed,báo"
    form = sheet(
        "Chè đinh,thuc_pham,200,g,150.000 đ\n",
        heading="name,group,pack_content,pack_unit,price_vnd\n",
        owner=OWNER,
    )

    assert sheet(f"{line}\n", heading=f"{least}\n").refusals == [
        Refusal(2, "province_2025", "unknown_province")
    ]
    (row,) = sheet(f"{line},Thái Nguyên\n", heading=f"{least},province\n").rows
    assert row.recognition is not None
    assert (row.recognition.stage, row.recognition.stars) == ("none", None)
    assert [row.packs[0].price_vnd for row in form.rows] == [150_000]
