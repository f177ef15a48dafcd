"""A producer lists a product, an officer publishes it, stamps are made, stuck on and checked."""

import itertools
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.people import sign_in, sign_in_by_form

OTHER_PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
STAMPS = 65
_numbers = itertools.count(1)


class Seller:
    """The smith at their own device, with a product of a name nobody else has."""

    def __init__(self, demo: Demo, page: Page) -> None:
        self.demo = demo
        self.page = page
        number = next(_numbers)
        self.name = f"Dao bầu số {number}"
        self.code = f"B26-{number}"
        sign_in_by_form(page, demo, "producer")

    def press(self, words: str) -> None:
        """Press a button or follow a link by its words."""
        button = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        button.or_(link).first.click()

    def list_product(self) -> None:
        """Add the product with its first pack and send it for checking."""
        self.page.goto(f"{self.demo.address}/manage/products/quick")
        self.page.fill("[name=name]", self.name)
        self.page.check("[name=group][value=thu_cong_my_nghe]")
        self.page.fill("[name=summary]", "Rèn tay từ nhíp xe.")
        self.page.locator("[name=pack_unit]").select_option("piece")
        self.page.fill("[name=pack_content]", "1")
        self.page.fill("[name=pack_words]", "con")
        self.page.fill("[name=price_vnd]", "250k")
        self.press("Lưu hàng")
        self.press("Gửi cán bộ xem")

    def declare_lot(self) -> None:
        """Declare a lot of as many units as stamps will be made."""
        self.page.goto(f"{self.demo.address}/manage/products")
        self.page.get_by_role("link", name=self.name).first.click()
        self.press("Khai lô")
        self.page.fill("[name=code]", self.code)
        self.page.fill("[name=made_on]", "1/11/2026")
        self.page.fill("[name=declared_units]", str(STAMPS))
        self.page.locator("main form.form button.btn").click()

    def issue_stamps(self, folder: Path) -> Path:
        """Issue all stamps of the lot; gives the file with the sheet."""
        self.press("Làm tem cho lô này")
        self.page.fill("[name=count]", str(STAMPS))
        self.press("Phát và vẽ tem")
        self.demo.work_off()
        sheet = self.page.locator("a[href*='/manage/labels/']").first
        sheet.wait_for()  # The page looks again by itself.
        with self.page.expect_download() as download:
            sheet.click()
        path = folder / "sheet.pdf"
        download.value.save_as(path)
        return path

    def activate(self) -> None:
        """Say at home that all stamps of the lot are stuck on."""
        self.page.goto(f"{self.demo.address}/manage")
        code = self.code.replace("-", "\u2011")
        task = self.page.locator("main li", has_text=f"{STAMPS} tem lô {code}?")
        task.get_by_role("button", name="Dán hết").click()
        expect(self.page.locator("main")).to_contain_text(f"{STAMPS} tem đã dán")


@pytest.fixture
def seller(demo: Demo, device: NewPage) -> Seller:
    """Lend the smith, signed in."""
    return Seller(demo, device(network="10.77.0.1"))


def test_goods_go_from_a_form_to_a_checked_stamp(
    demo: Demo, device: NewPage, seller: Seller, tmp_path: Path
) -> None:
    seller.list_product()
    _publish(demo, device(), seller.name)
    seller.declare_lot()
    codes = _decoded(seller.issue_stamps(tmp_path))
    assert len(set(codes)) == STAMPS
    assert all(code.startswith(f"{demo.address}/S/".upper()) for code in map(str.upper, codes))

    seller.activate()
    seller.press("Hoàn lại")
    assert "first_check" not in _verdict(device(network="10.78.0.1"), codes[0])
    seller.activate()

    _check_as_two_devices(device, codes[1])


def test_a_picture_of_a_stamp_is_read_and_something_wrong_reported(
    demo: Demo, device: NewPage, seller: Seller, tmp_path: Path
) -> None:
    seller.list_product()
    _publish(demo, device(), seller.name)
    seller.declare_lot()
    sheet = seller.issue_stamps(tmp_path)
    seller.activate()
    picture = tmp_path / "stamp.png"
    _picture(sheet).crop((0, 0, 700, 420)).save(picture)

    page = device(network="10.79.0.1")
    page.goto(f"{demo.address}/scan")
    page.set_input_files("input[name=picture]", picture)
    page.get_by_role("button", name="Kiểm ảnh").click()
    assert page.get_attribute("html", "data-verdict") == "first_check"
    page.fill("[name=text]", "Tem rách")
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page.locator("main")).to_contain_text("Số báo tin của bạn")
    seller.page.goto(f"{demo.address}/manage/reports")
    assert "Tem rách" in seller.page.inner_text("main")


def test_a_member_sees_the_cooperatives_lots_and_no_others(demo: Demo, device: NewPage) -> None:
    page = device()
    sign_in(page, demo, "packer")

    page.goto(f"{demo.address}/manage/lots")
    words = page.inner_text("main")
    assert "26‑11A" in words
    assert "D26‑11" not in words
    own = page.goto(demo.url("/manage/lots/{lot}"))
    other = page.goto(demo.url("/manage/lots/{waiting_lot}"))

    assert own is not None
    assert own.status == 200
    assert other is not None
    assert other.status == 404


def _publish(demo: Demo, page: Page, name: str) -> None:
    sign_in(page, demo, "commune")
    page.goto(f"{demo.address}/office/products")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("Người bán: có thật, đúng tên, liên lạc được").check()
    page.get_by_role("button", name="Đăng bán").click()
    demo.work_off()


def _decoded(sheet: Path) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(_picture(sheet))]


def _picture(sheet: Path) -> Image.Image:
    """The first page as a printer of 300 dots per inch draws it."""
    picture: Image.Image = pypdfium2.PdfDocument(sheet)[0].render(scale=300 / 72).to_pil()
    return picture


def _verdict(page: Page, url: str) -> str:
    page.goto(url)
    return page.get_attribute("html", "data-verdict") or ""


def _check_as_two_devices(device: NewPage, url: str) -> None:
    first, other = device(network="10.80.0.1"), device(network="10.81.0.1", agent=OTHER_PHONE)

    assert _verdict(first, url) == "first_check"
    first.reload()
    assert first.get_attribute("html", "data-verdict") == "first_check"
    assert _verdict(other, url) == "checked_before"
    expect(other.locator("h1")).to_contain_text("đã kiểm 1 lượt trước bạn")
    if "/checks/" in first.url:  # With script: what is reloaded is the result of then.
        first.reload()
        assert first.get_attribute("html", "data-verdict") == "first_check"


def test_with_script_the_address_bar_holds_the_result_to_share(
    demo: Demo, new_page: NewPage
) -> None:
    page = new_page(width=1280, network="10.82.0.1")

    assert _verdict(page, demo.url("/s/{stamp_share}")) == "first_check"
    page.wait_for_url("**/checks/*")
    friend = new_page(width=360, script=False, network="10.83.0.1")
    assert _verdict(friend, page.url) == "first_check"
    expect(friend.locator("main")).to_contain_text("Mở trang này không tính là một lần kiểm")
