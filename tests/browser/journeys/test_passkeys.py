"""A passkey in a real browser: made, shown on the way in, counted, removed."""

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.page_table import prove_new_account

_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})
    return session, added["authenticatorId"]


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("input[name=sign_in]", name)
    page.fill("input[name=password]", "demo-goc")
    page.press("input[name=password]", "Enter")


def test_a_passkey_is_made_and_opens_the_second_step_and_nothing_else_does(
    demo: Demo, new_page: NewPage
) -> None:
    # A passkey belongs to a name; an address of numbers can have none.
    address = demo.address.replace("127.0.0.1", "localhost")
    page = new_page(width=360)
    session, authenticator = with_authenticator(page)
    page.goto(f"{address}/sign-up")
    name = prove_new_account(page)

    page.goto(f"{address}/account/security/passkey")
    page.fill("input[name=name]", "Máy của Hà")
    page.get_by_role("button", name="Tạo khóa trên máy này").click()
    page.wait_for_url("**/account/security/codes")
    page.goto(f"{address}/account/security")
    expect(page.get_by_text("Máy của Hà")).to_be_visible()

    sign_in(page, address, name)
    page.wait_for_url("**/sign-in/second")
    page.get_by_role("button", name="Dùng khóa trên máy").click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/account/security")
    expect(page.get_by_text("dùng lần cuối")).to_be_visible()

    # Another device has the password and no passkey: it stays outside.
    stranger = new_page(width=360)
    with_authenticator(stranger)
    sign_in(stranger, address, name)
    stranger.wait_for_url("**/sign-in/second")
    stranger.get_by_role("button", name="Dùng khóa trên máy").click()
    expect(stranger.get_by_text("Máy chưa mở được khóa")).to_be_visible()
    stranger.goto(f"{address}/account")
    stranger.wait_for_url("**/sign-in?next=*")

    # A copy of the passkey whose count lags behind is known by it.
    [credential] = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})[
        "credentials"
    ]
    stolen = {**credential, "signCount": 0}
    copied, other = with_authenticator(new_thief := new_page(width=360))
    copied.send("WebAuthn.addCredential", {"authenticatorId": other, "credential": stolen})
    sign_in(new_thief, address, name)
    new_thief.wait_for_url("**/sign-in/second")
    new_thief.get_by_role("button", name="Dùng khóa trên máy").click()
    expect(new_thief.locator("#code-error")).to_contain_text("Khóa trên máy chưa khớp")


def test_without_script_the_page_leads_to_an_app(demo: Demo, new_page: NewPage) -> None:
    page = new_page(width=360, script=False)
    page.goto(demo.url("/sign-up"))
    prove_new_account(page)

    page.goto(demo.url("/account/security/passkey"))

    expect(page.get_by_role("button", name="Tạo khóa trên máy này")).not_to_be_visible()
    page.get_by_role("link", name="Thêm ứng dụng tạo mã").click()
    expect(page.get_by_role("heading", name="Thêm ứng dụng tạo mã")).to_be_visible()
