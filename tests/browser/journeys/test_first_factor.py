"""A number in two hands: whoever adds a second step from the one is stopped from the other."""

from playwright.sync_api import Page, expect

from core import clock
from core.work import COMMAND, transaction
from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.page_table import prove_number
from tests.factors import code_at
from tests.makers import make_person


def come_in(page: Page, demo: Demo, name: str) -> None:
    page.goto(demo.url("/sign-in/code"))
    prove_number(page, name)
    page.goto(demo.url("/account"))


def test_the_owner_stops_the_second_step_of_whoever_took_the_number(
    demo: Demo, new_page: NewPage
) -> None:
    name = "mat.sim@goc.example"  # No password: codes are the only way in.
    with demo.app.app_context(), transaction(by=COMMAND) as work:
        make_person(work, sign_in=name, name="Mẫu – Hà")
    owner = new_page(width=360, script=False)
    stranger = new_page(width=1280, script=False, network="10.3.3.3")
    come_in(owner, demo, name)
    come_in(stranger, demo, name)

    stranger.goto(demo.url("/account/security/app"))
    secret = (stranger.text_content("details .serial") or "").replace(" ", "")
    stranger.fill("input[name=code]", code_at(clock.now(), secret=secret))
    stranger.press("input[name=code]", "Enter")
    stranger.wait_for_url("**/account/security")
    expect(stranger.get_by_text("Bước hai bạn vừa thêm đang chờ")).to_be_visible()

    owner.goto(demo.url("/account/devices"))
    owner.get_by_role("link", name="Không phải bạn? Xem và dừng lại").click()
    owner.get_by_role("button", name="Dừng lại, không phải tôi").click()
    expect(owner.get_by_text("Bước hai mới có hiệu lực")).to_have_count(0)
    owner.goto(demo.url("/account/devices"))
    owner.get_by_role("button", name="Thoát khỏi mọi máy khác").click()

    stranger.goto(demo.url("/account/security"))
    stranger.wait_for_url("**/sign-in?next=*")
    owner.goto(demo.url("/account/security"))
    expect(owner.get_by_text("Chưa đặt bước hai")).to_be_visible()
