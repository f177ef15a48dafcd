"""A proof checked by itself: on our page, and on the same page kept as a file, without network."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.traceability.proofs import NO_ED25519
from tests.unit.traceability.log.stamps import POLICY_TEXT, act_entry, stamp_proof, uri_of
from traceability.publishing import publish

SERIAL = uri_of(3).rpartition("/")[2]
FITS = "Khớp: bản ghi về tem này nằm trong sổ công khai đã khóa."


@pytest.fixture(scope="module")
def kept(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as a visitor's browser saved it."""
    with demo.app.app_context():
        publish()
    path = tmp_path_factory.mktemp("kept") / "verify.html"
    path.write_bytes(demo.app.test_client().get("/log/verify.html").data)
    return path


def give(page: Page, proof: bytes, *, serial: str = SERIAL, policy: str = POLICY_TEXT) -> None:
    """Fill the form in with a chosen file, and send it."""
    page.get_by_label("Số in trên con tem").fill(serial)
    page.get_by_label("Tệp bằng chứng").set_input_files(
        {"name": "stamp.tlog-proof", "mimeType": "text/plain", "buffer": proof}
    )
    page.get_by_text("Kiểm theo những khóa này").click()
    page.get_by_label("Khóa của sổ").fill(policy)
    page.get_by_role("button", name="Kiểm", exact=True).click()


def outcome(page: Page) -> str:
    result = page.locator("#proof-result[data-outcome]")
    result.wait_for()
    return result.get_attribute("data-outcome") or ""


def good_proof() -> bytes:
    return stamp_proof(3, acts=[act_entry(first=4, last=4, reason="lost")]).text().encode()


def test_a_good_proof_is_told_with_what_the_log_says_of_it(
    new_page: NewPage, demo: Demo, kept: Path
) -> None:
    page = new_page()
    page.goto(demo.url("/log/verify"))
    assert "quorum" in page.locator("#policy").input_value()  # The log's own keys, until edited.

    give(page, good_proof())

    expect(page.get_by_text(FITS)).to_be_visible()
    told = page.locator("#proof-result").inner_text()
    assert "Trà Shan tuyết" in told
    assert "province, university" in told
    assert "void (2026-11-23T00:00:00Z)" in told


def test_a_pasted_proof_of_another_number_does_not_fit(
    new_page: NewPage, demo: Demo, kept: Path
) -> None:
    page = new_page()
    page.goto(demo.url("/log/verify"))
    page.get_by_label("Hoặc dán").fill(good_proof().decode())

    page.get_by_label("Số in trên con tem").fill("7K3MQ9T2XB404")
    page.get_by_role("button", name="Kiểm", exact=True).click()

    assert outcome(page) == "mismatch"
    expect(page.get_by_text("Tệp này không chứng minh được gì")).to_be_visible()
    assert page.get_by_text("Trà Shan tuyết").count() == 0


def test_without_a_file_it_says_what_to_do(new_page: NewPage, demo: Demo, kept: Path) -> None:
    page = new_page()
    page.goto(demo.url("/log/verify"))

    page.get_by_label("Số in trên con tem").fill(SERIAL)
    page.get_by_role("button", name="Kiểm", exact=True).click()

    expect(page.get_by_text("Hãy chọn tệp bằng chứng")).to_be_visible()


@pytest.mark.parametrize("library", [False, True], ids=["own", "library"])
def test_the_kept_file_checks_without_network(
    new_page: NewPage, kept: Path, *, library: bool
) -> None:
    page = new_page()
    if library:
        page.add_init_script(NO_ED25519)
    page.context.set_offline(True)
    wrong = good_proof().replace(b"index 7", b"index 6")
    page.goto(kept.as_uri())

    give(page, wrong)
    assert outcome(page) == "mismatch"

    page.reload()
    give(page, good_proof())
    assert outcome(page) == "proved"


def test_without_script_the_page_names_the_command(
    new_page: NewPage, demo: Demo, kept: Path
) -> None:
    page = new_page(script=False)
    page.goto(demo.url("/log/verify"))

    expect(page.get_by_text("python -m traceability.verify FILE")).to_be_visible()
    assert page.get_by_role("button", name="Kiểm", exact=True).count() == 0
