"""A copy of the log on a plain server of files, in a browser, with the application off."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.traceability.proofs import NO_ED25519
from tests.servers.static_files import served_folder
from tests.service.traceability.log.witnessed import any_proof, at_work, issue, three_witnesses
from traceability.exporting import export_log
from traceability.log.proofs import parse_stamp_proof
from traceability.log_place import log_place
from traceability.publishing import publish


@pytest.fixture
def proof(app: Flask, tmp_path: Path) -> Path:
    """The proof of a stamp, beside the copy of a log that is there no more."""
    with at_work(app, three_witnesses(tmp_path)):
        issue()
        publish()
        export_log(tmp_path / "copy")
        file = tmp_path / "a.tlog-proof"
        file.write_text(any_proof().text())
    shutil.rmtree(log_place().folder)
    return file


@pytest.fixture
def address(proof: Path) -> Iterator[str]:
    with served_folder(proof.parent / "copy") as url:
        yield url


def open_page(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_role("link", name="Kiểm bằng chứng").click()
    expect(page.get_by_role("heading", name="Kiểm bằng chứng của một con tem")).to_be_visible()
    return page


@pytest.mark.parametrize("prepared", ["", NO_ED25519], ids=["webcrypto", "library"])
def test_a_proof_is_checked_by_the_page_and_refused_after_one_letter(
    address: str, proof: Path, new_page: NewPage, prepared: str
) -> None:
    page = new_page()
    page.add_init_script(prepared)
    open_page(page, address)
    said = page.locator("#proof-result")

    serial = parse_stamp_proof(proof.read_text()).uri.rsplit("/", 1)[1]
    page.get_by_label("Số in trên con tem").fill(serial)
    page.get_by_role("button", name="Kiểm", exact=True).click()
    expect(said).to_contain_text("Hãy chọn tệp bằng chứng")
    page.get_by_label("Tệp bằng chứng").set_input_files(proof)
    page.get_by_role("button", name="Kiểm", exact=True).click()
    expect(said).to_contain_text("Khớp: bản ghi về tem này nằm trong sổ công khai đã khóa.")
    expect(said).to_contain_text("w1.example, w2.example, w3.example")
    expect(said).not_to_contain_text("Sau đó sổ ghi thêm")

    proof.write_text(proof.read_text().replace("\nindex 1\n", "\nindex 0\n"))
    page.get_by_label("Tệp bằng chứng").set_input_files(proof)
    page.get_by_role("button", name="Kiểm", exact=True).click()
    expect(said).to_contain_text("Tệp này không chứng minh được gì về con tem mang số ấy.")
    expect(said).not_to_contain_text("Khớp: bản ghi")
    expect(said.locator("dl")).to_have_count(0)


def test_a_pasted_proof_must_be_of_the_stamp_in_hand(
    address: str, proof: Path, new_page: NewPage
) -> None:
    page = open_page(new_page(width=1280), address)
    said = page.locator("#proof-result")
    serial = parse_stamp_proof(proof.read_text()).uri.rsplit("/", 1)[1]
    page.get_by_label("Hoặc dán nội dung của tệp").fill(proof.read_text().strip())

    page.get_by_label("Số in trên con tem").fill("7K3MQ-9T2XB-40G")
    page.get_by_role("button", name="Kiểm", exact=True).click()
    expect(said).to_contain_text("Không khớp")
    page.get_by_label("Số in trên con tem").fill(serial.lower())
    page.get_by_role("button", name="Kiểm", exact=True).click()

    expect(said).to_contain_text("Khớp: bản ghi")


def test_both_languages_link_each_other_and_nothing_leads_to_us(
    address: str, new_page: NewPage
) -> None:
    page = new_page(script=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)

    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="A copy of the public record")).to_be_visible()
    page.get_by_role("link", name="Check a proof", exact=True).click()
    expect(
        page.get_by_text("Where the browser runs no scripts, check by the command")
    ).to_be_visible()

    assert {url.startswith(f"{address}/") for url in asked} == {True}
