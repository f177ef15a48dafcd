"""The camera on /scan: opens at a tap, reads a code, and says plainly where it cannot."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, expect

from core import qr
from tests.browser.conftest import MOST_MILLISECONDS, NewPage
from tests.browser.demo import PHONE, Demo
from tests.servers import addresses
from tests.servers.chromium import FLAGS

SERIAL = "7K3MQ9T2XB40G"  # Well formed, never issued: scanning it counts on nobody's stamp.
WIDTH, HEIGHT, FRAMES = 640, 480, 2
OPEN, CLOSE, TORCH = "Quét bằng máy ảnh", "Tắt máy ảnh", "Đèn pin"
REFUSALS = {
    "NotAllowedError": "Máy ảnh chưa được phép mở.",
    "NotFoundError": "Không mở được máy ảnh",
    "NotReadableError": "Không mở được máy ảnh",
}
# A browser with a reader of its own, which finds what `found` says in every picture.
NATIVE = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["aztec", "qr_code"]; }
  async detect() { %s }
};
"""
TORCH_OF_THE_CAMERA = """
MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
MediaStreamTrack.prototype.applyConstraints = async (wish) => {
  document.documentElement.dataset.torch = wish.advanced[0].torch;
};
"""


@pytest.fixture(scope="module")
def filmed(
    browser: Browser, demo: Demo, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser whose camera films a stamp, as a hand holds it: small, askew, not quite sharp."""
    film = tmp_path_factory.mktemp("film") / "stamp.y4m"
    film.write_bytes(_film(f"{demo.address}/s/{SERIAL}".upper()))
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    path = addresses.address_of(addresses.CHROMIUM)
    one = browser.browser_type.launch(executable_path=path, args=[*FLAGS, *camera])
    yield one
    one.close()


@pytest.fixture
def page(filmed: Browser) -> Iterator[Page]:
    """A phone's page in that browser, under the policy its headers state."""
    context = filmed.new_context(
        viewport={"width": 360, "height": 800}, user_agent=PHONE, locale="vi-VN"
    )
    page = context.new_page()
    page.set_default_timeout(MOST_MILLISECONDS)
    yield page
    context.close()


def test_a_stamp_held_before_the_camera_leads_to_its_page(page: Page, demo: Demo) -> None:
    page.goto(demo.url("/scan"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("button", name=OPEN).click()
    page.wait_for_url(f"**/s/{SERIAL}*")

    assert "typed" not in page.url
    assert any(url.endswith("/static/vendor/qr-0.7.0/decode.js") for url in asked)


def test_nothing_is_opened_or_loaded_before_a_tap(page: Page, demo: Demo) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => { throw new Error('opened'); }"
    )

    page.goto(demo.url("/scan"), wait_until="networkidle")

    assert not [url for url in asked if "/vendor/qr" in url]
    assert page.locator("video").is_hidden()
    assert page.get_by_role("status").inner_text() == ""


def test_the_browser_s_own_reader_is_taken_where_there_is_one(page: Page, demo: Demo) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(NATIVE % "return [{ rawValue: 'https://abc.vn/gift' }];")
    page.goto(demo.url("/scan"))

    page.get_by_role("button", name=OPEN).click()

    expect(page.get_by_text("Mã này dẫn tới abc.vn").first).to_be_visible()
    assert not [url for url in asked if "/vendor/qr" in url]


def test_a_reader_that_has_nothing_behind_it_gives_way_to_ours(page: Page, demo: Demo) -> None:
    page.add_init_script(NATIVE % "throw new DOMException('', 'NotSupportedError');")
    page.goto(demo.url("/scan"))

    page.get_by_role("button", name=OPEN).click()

    page.wait_for_url(f"**/s/{SERIAL}*")


def test_a_code_that_is_no_address_is_refused_with_its_sentence(page: Page, demo: Demo) -> None:
    page.add_init_script(NATIVE % "return [{ rawValue: 'WIFI:S:nha;T:WPA;P:12345678;;' }];")
    page.goto(demo.url("/scan"))

    page.get_by_role("button", name=OPEN).click()

    expect(page.get_by_text("Số tem này thiếu hoặc nhầm chữ")).to_be_visible()
    expect(page.get_by_role("button", name=OPEN)).to_be_visible()


@pytest.mark.parametrize("how", ["close", "hide"])
def test_closed_or_hidden_the_camera_goes_off(page: Page, demo: Demo, how: str) -> None:
    page.add_init_script(NATIVE % "return [];")
    page.goto(demo.url("/scan"))
    page.get_by_role("button", name=OPEN).click()
    expect(page.get_by_role("status")).to_contain_text("Đưa mã vuông")
    page.evaluate("window.track = document.querySelector('video').srcObject.getTracks()[0]")
    assert page.evaluate("track.readyState") == "live"

    if how == "close":
        page.get_by_role("button", name=CLOSE).click()
    else:
        page.evaluate(
            "Object.defineProperty(document, 'hidden', { value: true });"
            " document.dispatchEvent(new Event('visibilitychange'))"
        )

    assert page.evaluate("track.readyState") == "ended"
    assert page.locator("video").is_hidden()
    assert page.get_by_role("button", name=OPEN).is_enabled()


def test_the_torch_is_offered_where_the_camera_has_one(page: Page, demo: Demo) -> None:
    page.add_init_script(NATIVE % "return [];" + TORCH_OF_THE_CAMERA)
    page.goto(demo.url("/scan"))
    page.get_by_role("button", name=OPEN).click()
    torch = page.get_by_role("button", name=TORCH)

    torch.click()
    expect(torch).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.dataset.torch") == "true"

    torch.click()
    expect(torch).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("document.documentElement.dataset.torch") == "false"


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refused_or_missing_camera_is_said_and_the_other_ways_stay(
    new_page: NewPage, demo: Demo, name: str
) -> None:
    page = new_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia ="
        f" () => Promise.reject(new DOMException('', '{name}'));"
    )
    page.goto(demo.url("/scan"))

    page.get_by_role("button", name=OPEN).click()

    expect(page.get_by_role("status")).to_contain_text(REFUSALS[name])
    assert page.get_by_role("button", name=OPEN).is_enabled()
    expect(page.get_by_role("button", name="Kiểm tem")).to_be_visible()
    expect(page.get_by_role("button", name="Kiểm ảnh")).to_be_visible()


def test_a_browser_that_gives_pages_no_camera_says_where_to_go(
    new_page: NewPage, demo: Demo
) -> None:
    page = new_page()
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.goto(demo.url("/scan"))

    page.get_by_role("button", name=OPEN).click()

    expect(page.get_by_role("status")).to_contain_text("trong Zalo hay Facebook")
    expect(page.get_by_role("button", name="Kiểm tem")).to_be_visible()


def test_a_reader_that_does_not_load_is_said(page: Page, demo: Demo) -> None:
    page.route("**/vendor/qr-*/**", lambda route: route.abort())
    page.goto(demo.url("/scan"))

    page.get_by_role("button", name=OPEN).click()

    expect(page.get_by_role("status")).to_contain_text("Mạng yếu")
    assert page.locator("video").is_hidden()


def test_without_script_nothing_of_the_camera_shows(new_page: NewPage, demo: Demo) -> None:
    page = new_page(script=False)

    page.goto(demo.url("/scan"))

    assert page.get_by_text(OPEN).is_hidden()
    expect(page.get_by_role("button", name="Kiểm tem")).to_be_visible()


def _film(text: str) -> bytes:
    """Two frames of a QR code on a grey table, as raw video (YUV4MPEG2)."""
    code = Image.open(BytesIO(qr.png(text))).convert("L").resize((230, 230))
    table = Image.new("L", (WIDTH, HEIGHT), 150)
    table.paste(
        code.rotate(8, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC), (190, 100)
    )
    luma = np.asarray(table.filter(ImageFilter.GaussianBlur(0.8))).tobytes()
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F30:1 Ip A1:1 C420mpeg2\n".encode()
    return head + (b"FRAME\n" + luma + grey) * FRAMES
