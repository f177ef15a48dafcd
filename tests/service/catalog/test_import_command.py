import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, update

from accounts import service as accounts_service
from accounts.rules import Role
from catalog.models import Offer, Pack, Product
from catalog.sheets import write_table
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person

HEADING = (
    "product_name,producer,producer_type,commune,district,province,province_2025,stars,group,"
    "recognised_year,decision,status,source\n"
)
LINE = "Chè đinh,HTX chè Hảo Đạt,htx,,,Thái Nguyên,Thái Nguyên,5,thuc_pham,2025,,recognised,x\n"
FORM = "name,group,pack_content,pack_unit,price_vnd,gtin\nChè búp,thuc_pham,200,g,120k,\n"


@pytest.fixture
def people(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        operator = accounts_service.add_person(work, sign_in="op@goc.example", name="Op")
        accounts_service.appoint(work, person_id=operator, role=Role.OPERATOR)
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=make_person(work))
        make_person(work, sign_in="buyer@goc.example")


def run(app: Flask, file: Path, text: str, *arguments: str) -> Result:
    file.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["catalog", "import", str(file), *arguments])


def states() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Product.state).order_by(Product.id)))


@pytest.mark.usefixtures("people")
def test_an_operator_s_file_is_published_and_told_in_json(app: Flask, tmp_path: Path) -> None:
    text = HEADING + LINE + LINE.replace("thuc_pham", "food")

    first = run(app, tmp_path / "a.csv", text, "--as", "op@goc.example")
    again = run(app, tmp_path / "a.csv", text, "--as", "op@goc.example")

    assert first.exit_code == 0
    assert "line 3: group unknown_group" in first.stderr
    assert json.loads(first.stdout.splitlines()[-1]) == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
    }
    assert json.loads(again.stdout.splitlines()[-1])["unchanged"] == 1
    assert states() == ["published"]


@pytest.mark.usefixtures("people")
def test_a_member_s_file_makes_drafts_of_their_own(app: Flask, tmp_path: Path) -> None:
    answer = run(app, tmp_path / "a.csv", FORM, "--as", "ha@goc.example")

    assert answer.exit_code == 0, answer.stderr
    assert states() == ["draft"]


@pytest.mark.usefixtures("people")
def test_a_row_the_rules_forbid_is_refused_with_its_line_and_its_sentence(
    app: Flask, tmp_path: Path
) -> None:
    run(app, tmp_path / "a.csv", FORM, "--as", "ha@goc.example")
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Product).values(state="submitted"))

    answer = run(
        app, tmp_path / "a.csv", FORM.replace("thuc_pham", "do_uong"), "--as", "ha@goc.example"
    )

    assert "line 2: Lúc này chưa làm được việc này với mặt hàng." in answer.stderr
    assert json.loads(answer.stdout.splitlines()[-1]) == {
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
    }


@pytest.mark.usefixtures("people")
def test_a_workbook_with_columns_of_its_own_is_imported_as_a_csv(
    app: Flask, tmp_path: Path
) -> None:
    heading = ("Tên sản phẩm", "Nhóm", "Quy cách", "Giá bán")
    rows = [("Chè búp", "Thực phẩm", "hộp 200 g", "85k"), ("Dao", "Đồ sắt", "", "x")]
    with (tmp_path / "a.xlsx").open("wb") as file:
        write_table(file, heading, rows, kind="xlsx")

    answer = app.test_cli_runner().invoke(
        args=["catalog", "import", str(tmp_path / "a.xlsx"), "--as", "ha@goc.example"]
    )

    assert json.loads(answer.stdout.splitlines()[-1])["created"] == 1
    assert "line 3: group unknown_group" in answer.stderr
    with reading() as session:
        pack = session.scalars(select(Pack)).one()
        assert (pack.content, pack.base_unit, pack.words) == (200, "g", "hộp 200 g")
        assert session.scalars(select(Offer.price_vnd)).one() == 85_000


@pytest.mark.usefixtures("people")
def test_a_dry_run_keeps_nothing(app: Flask, tmp_path: Path) -> None:
    answer = run(app, tmp_path / "a.csv", HEADING + LINE, "--as", "op@goc.example", "--dry-run")

    assert json.loads(answer.stdout.splitlines()[-1])["created"] == 1
    assert states() == []


@pytest.mark.usefixtures("people")
def test_refusals_are_one_sentence_and_exit_1(app: Flask, tmp_path: Path) -> None:
    for text, sign_in, words in (
        (HEADING + LINE, "nobody@goc.example", "Không có ai đăng nhập bằng tên này."),
        (HEADING + LINE, "buyer@goc.example", "Bạn chưa thuộc người bán nào"),
        ("a,b\n", "op@goc.example", "Không đọc được tệp này."),
    ):
        answer = run(app, tmp_path / "a.csv", text, "--as", sign_in)
        assert answer.exit_code == 1, sign_in
        assert answer.stderr.startswith(words), answer.stderr
    (tmp_path / "b.csv").write_bytes(b"PK\x03\x04\xff\xfe")
    binary = app.test_cli_runner().invoke(
        args=["catalog", "import", str(tmp_path / "b.csv"), "--as", "op@goc.example"]
    )
    assert binary.exit_code == 1
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == 0
