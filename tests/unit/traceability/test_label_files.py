import csv
import re
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from core import gs1
from tests.unit.traceability.test_sheets import GTIN, batch_of, decoded
from traceability import rules
from traceability.adapters.label_files import count_labels, write_labels
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_words import Batch
from traceability.adapters.outputs import Output
from traceability.adapters.papers import PAPERS

ROLLS = sorted(key for key in PAPERS if PAPERS[key].is_roll)
FIELD = re.compile(r"\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([^^]*)\^FS")
REPEATS = {letter: at for at, letter in enumerate("GHIJKLMNOPQRSTUVWXY", 1)} | {
    letter: 20 * at for at, letter in enumerate("ghijklmnopqrstuvwxyz", 1)
}


def file_of(batch: Batch, paper: str, file_format: str, dpi: int = 300) -> bytes:
    written = BytesIO()
    output = Output(file_format, dpi)
    write_labels(written, batch, paper, output, on_page=lambda _done, _whole: None)
    return written.getvalue()


def addresses(batch: Batch) -> list[str]:
    texts = rules.serial_texts(batch.serials)
    return sorted(gs1.stamp_uri(batch.base_url, batch.gtin14, text) for text in texts)


def row_of(data: str, digits: int, above: str) -> tuple[str, str]:
    """One row of a picture as a printer unpacks it, and what is left of the data."""
    if data[0] == ":":
        return above, data[1:]
    row, count = "", 0
    while len(row) < digits:
        sign, data = data[0], data[1:]
        if sign == ",":
            return row.ljust(digits, "0"), data
        if sign in REPEATS:
            count += REPEATS[sign]
        else:
            row, count = row + sign * (count or 1), 0
    return row, data


def printed(zpl: str) -> list[Image.Image]:
    """What a label printer burns, a picture for each format."""
    pages = []
    for label in re.findall(r"\^XA(.*?)\^XZ", zpl, re.DOTALL):
        width, height = (int(side) for side in re.findall(r"\^(?:PW|LL)(\d+)", label))
        page = Image.new("L", (width, height), 255)
        for x, y, total, same, across, data in FIELD.findall(label):
            rows: list[str] = []
            left = data
            while left:
                row, left = row_of(left, 2 * int(across), rows[-1] if rows else "")
                rows.append(row)
            assert total == same == str(len(rows) * int(across))
            dots = np.unpackbits(
                np.frombuffer(bytes.fromhex("".join(rows)), dtype=np.uint8)
            ).reshape(len(rows), -1)
            page.paste(Image.fromarray(np.where(dots, 0, 255).astype(np.uint8)), (int(x), int(y)))
        pages.append(page)
    return pages


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("paper", ROLLS)
def test_what_a_label_printer_burns_is_read_back(paper: str, dpi: int) -> None:
    batch = batch_of(7, demo=True)
    zpl = file_of(batch, paper, "zpl", dpi)
    pages = printed(zpl.decode("ascii"))

    assert len(pages) == -(-7 // PAPERS[paper].columns)
    assert sorted(decoded(pages)) == addresses(batch)
    assert count_labels(BytesIO(zpl), "zpl") == 7


def test_a_label_printer_burns_the_same_modules_as_a_pdf_has() -> None:
    batch = batch_of(1, gtin14=GTIN)
    plan = plan_labels(batch, "roll-20", Output("zpl", 203))
    (modules,) = plan.modules(rules.serial_texts(batch.serials))
    (page,) = printed(file_of(batch, "roll-20", "zpl", 203).decode("ascii"))

    side = plan.form.size * plan.module
    corner = (plan.code_x, plan.code_y, plan.code_x + side, plan.code_y + side)
    dots = np.array(page.crop(corner)) == 0
    expected = modules.repeat(plan.module, axis=0).repeat(plan.module, axis=1)
    assert plan.module == 3
    assert (dots == expected).all()


def test_commands_stay_small_and_are_plain_letters() -> None:
    zpl = file_of(batch_of(20, gtin14=GTIN, name="Chè Shan tuyết"), "roll-30", "zpl", 300)

    assert zpl.isascii()
    assert len(zpl) / 20 < 10_000


def test_pictures_come_one_a_label_with_a_list_of_what_each_says() -> None:
    batch = batch_of(53, gtin14=GTIN)
    content = file_of(batch, "roll-25", "png", 300)

    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        lines = list(csv.DictReader(archive.read("danh-sach.csv").decode("utf-8-sig").splitlines()))
        pictures = [Image.open(BytesIO(archive.read(line["tep"]))) for line in lines]
    assert len(names) == 54
    assert {picture.size for picture in pictures} == {(295, 295)}
    assert {round(picture.info["dpi"][0]) for picture in pictures} == {300}
    read = decoded([picture.convert("L") for picture in pictures])
    assert read == [line["dia_chi"] for line in lines]
    assert sorted(read) == addresses(batch)
    assert lines[0]["so_tem"].replace(" ", "") in lines[0]["tep"]
    assert count_labels(BytesIO(content), "png") == 53


@pytest.mark.parametrize("file_format", ["pdf", "svg", "zpl", "png"])
def test_a_label_lost_from_a_file_is_noticed(file_format: str) -> None:
    whole = file_of(batch_of(12), "roll-20", file_format)
    short = file_of(batch_of(11), "roll-20", file_format)

    assert count_labels(BytesIO(whole), file_format) == 12
    assert count_labels(BytesIO(short), file_format) == 11


@pytest.mark.parametrize("file_format", ["pdf", "svg", "zpl", "png"])
def test_the_same_batch_gives_the_same_file(file_format: str) -> None:
    batch = batch_of(5)

    assert file_of(batch, "roll-20", file_format) == file_of(batch, "roll-20", file_format)
