"""A stamp's page checks its own proof, adds what it found, and never changes the verdict."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.traceability.proofs import NO_ED25519
from tests.unit.traceability.log.stamps import AT, WITNESSES
from traceability.log.cosignatures import cosign
from traceability.log.notes import add_lines, split_note
from traceability.log.policy import parse_policy, policy_text
from traceability.publishing import publish

PROVED = "Máy của bạn đã tự kiểm: số tem này đúng là nằm trong sổ đã khóa."
PENDING = "chưa đủ nhân chứng ký để khóa"
MISMATCH = "Bằng chứng của trang này không khớp với sổ"
AWAY = "Mạng yếu, chưa tải được bằng chứng"
UNABLE = "Máy này không tự kiểm được bằng chứng."


@pytest.fixture(scope="module")
def published(demo: Demo) -> Demo:
    """The demo with its log published; no witness has signed it."""
    with demo.app.app_context():
        publish()
    return demo


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def watched(page: Page, *, signers: tuple[str, ...], flipped: int | None = None) -> None:
    """Let witnesses cosign what the server gives; `flipped`: the byte of the proof that differs."""

    def policy(route: Route) -> None:
        log = parse_policy(route.fetch().text()).logs[0]
        keys = {name: key.witness_key for name, key in WITNESSES.items()}
        route.fulfill(body=policy_text(log, keys, 2), content_type="text/plain")

    def proof(route: Route) -> None:
        text = route.fetch().text()
        said, _ = split_note(text.partition("\n\n")[2])
        raw = bytearray(
            add_lines(text, [cosign(said, WITNESSES[name], AT) for name in signers]).encode()
        )
        if flipped is not None:
            raw[flipped] ^= 1
        route.fulfill(body=bytes(raw), content_type="text/plain")

    page.route("**/log/policy", policy)
    page.route("**/s/*/proof", proof)


def open_stamp(page: Page, demo: Demo) -> None:
    page.goto(demo.url("/s/{stamp_many}"))


def test_a_proof_that_fits_is_said_below_the_verdict(page: Page, published: Demo) -> None:
    watched(page, signers=("province", "union"))
    open_stamp(page, published)

    expect(page.get_by_text(PROVED)).to_be_visible()
    assert page.locator("html").get_attribute("data-proof") == "proved"
    assert page.locator("html").get_attribute("data-verdict") == "checked_before"
    assert page.get_by_role("alert").count() == 0


def test_a_past_result_checks_its_proof_too(page: Page, published: Demo) -> None:
    watched(page, signers=("province", "union"))
    page.goto(published.url("{past_check}"))

    expect(page.get_by_text(PROVED)).to_be_visible()


def test_too_few_witnesses_are_said_and_nothing_is_called_proved(
    page: Page, published: Demo
) -> None:
    watched(page, signers=("union",))
    open_stamp(page, published)

    expect(page.get_by_text(PENDING)).to_be_visible()
    assert page.get_by_text(PROVED).count() == 0


def test_one_changed_byte_is_said_loudly_with_what_to_do(page: Page, published: Demo) -> None:
    watched(page, signers=("province", "union"), flipped=300)
    page.goto(published.url("/s/{stamp_many}"))

    alarm = page.get_by_role("alert")
    expect(alarm).to_contain_text(MISMATCH)
    expect(alarm.get_by_role("link", name="Tải bằng chứng")).to_be_visible()
    assert "Tem có trong sổ" in page.locator("h1").inner_text()  # The verdict's words stay.
    assert page.get_by_text(PROVED).count() == 0


def test_another_stamps_proof_is_a_mismatch(page: Page, published: Demo) -> None:
    watched(page, signers=("province", "union"))
    page.route(
        f"**/s/{published.samples['stamp_many']}/proof",
        lambda route: route.fulfill(
            response=route.fetch(url=published.url("/s/{stamp_once}/proof"))
        ),
    )
    open_stamp(page, published)

    expect(page.get_by_role("alert")).to_contain_text(MISMATCH)


def test_without_the_browsers_ed25519_the_page_finds_the_same(page: Page, published: Demo) -> None:
    page.add_init_script(NO_ED25519)
    watched(page, signers=("province", "union"))
    open_stamp(page, published)

    expect(page.get_by_text(PROVED)).to_be_visible()


def test_without_web_crypto_the_servers_word_stays(page: Page, published: Demo) -> None:
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined });")
    watched(page, signers=("province", "union"))
    open_stamp(page, published)

    expect(page.get_by_text(UNABLE)).to_be_visible()


def test_a_lost_network_leaves_the_servers_word_and_is_tried_again(
    page: Page, published: Demo
) -> None:
    watched(page, signers=("province", "union"))
    page.route("**/log/policy", lambda route: route.abort())
    open_stamp(page, published)
    expect(page.get_by_text(AWAY)).to_be_visible()

    page.unroute("**/log/policy")
    watched(page, signers=("province", "union"))
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.get_by_text(PROVED)).to_be_visible()


def test_a_script_of_other_bytes_is_not_run(page: Page, published: Demo) -> None:
    watched(page, signers=("province", "union"))
    page.route(
        "**/traceability/proof_page.js*",
        lambda route: route.fulfill(
            body="document.title = 'taken'", content_type="text/javascript"
        ),
    )
    open_stamp(page, published)

    expect(page.get_by_text("Đợt tem này đã công bố trong sổ công khai")).to_be_visible()
    assert page.title() != "taken"


def test_without_script_the_servers_statement_and_the_download_stay(
    new_page: NewPage, published: Demo
) -> None:
    page = new_page(script=False)
    open_stamp(page, published)

    expect(page.get_by_text("Đợt tem này đã công bố trong sổ công khai")).to_be_visible()
    assert page.get_by_text(MISMATCH).count() == 0
    page.get_by_text("Xem kỹ hơn").click()
    expect(page.get_by_role("link", name="Tải bằng chứng")).to_be_visible()
