"""A signed stamp is checked without a network, by what the browser kept at its last visit."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from core import gs1
from core.work import COMMAND, reading, transaction
from tests.browser.conftest import MOST_MILLISECONDS
from tests.browser.demo import PHONE, Demo
from tests.makers import make_enterprise, make_lot, make_product
from traceability import queries, rules, service
from traceability.adapters.outputs import Output
from traceability.log_place import log_place

GTINS = itertools.count(952_1234_54300)  # Of GS1's demonstrations; one GTIN has one maker.
MAKER = "Mẫu – Lò rèn Phúc Sen"
KEPT = "async () => Boolean(await caches.match('/log/keys')) && Boolean(await caches.match('{}'))"
OLD_BROWSER = "delete URL.canParse;"
NO_ED25519 = "crypto.subtle.importKey = async () => { throw new Error('no Ed25519'); };"


@dataclass(frozen=True)
class Signed:
    """Addresses of a stamp with a GTIN and of one without, as their codes say them."""

    with_gtin: str
    without: str
    key: str
    goods: str  # The first of the two without serial and signature.


@pytest.fixture
def signed(demo: Demo) -> Signed:
    """Two signed stamps and the key of both."""
    bare = f"0{next(GTINS)}"
    gtin = f"{bare}{gs1.check_digit(bare)}"
    with demo.app.app_context(), transaction(by=COMMAND) as work:
        maker = make_enterprise(work, name=MAKER)
        lot = make_lot(work, product=make_product(work, enterprise=maker))
        batch = service.issue_stamps(work, lot_id=lot.id, count=1, gtin=gtin)
        key = service.new_stamping_key(work, log_place()).key
        service.order_labels(
            work, batch, first=1, last=1, paper="a4-30", output=Output(signed=True)
        )
        (serial,) = queries.serials_to_print(work.session, batch.id, first=1, last=1)
        text = rules.serial_text(serial)
        with_gtin, without = (
            service.label_signer(work, log_place(), base_url=demo.address, gtin=of)(text)
            for of in (gtin, None)
        )
    goods = f"{demo.address}/01/{gtin}"
    own = f"{demo.address}/S/{text}?s={without}"
    return Signed(f"{goods}/21/{text}?s={with_gtin}", own, key, goods)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page, under the policy its headers state."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, user_agent=PHONE, locale="vi-VN"
    )
    page = context.new_page()
    page.set_default_timeout(MOST_MILLISECONDS)
    yield page
    context.close()


def keep(page: Page, demo: Demo, language: str = "vi") -> None:
    """Visit /scan with a network, then lose it."""
    page.goto("about:blank")  # The kept page loads itself anew as the network comes back.
    page.context.set_offline(False)
    page.goto(f"{demo.address}/scan?lang={language}", wait_until="networkidle")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function(KEPT.format(f"/scan/offline?lang={language}"))
    page.context.set_offline(True)


def comes_to(page: Page, address: str, outcome: str, words: str) -> None:
    page.goto(address)
    expect(page.locator(f"[data-outcome={outcome}]")).to_contain_text(
        words, timeout=MOST_MILLISECONDS
    )


def test_a_signed_stamp_is_checked_and_no_more_said_than_the_signature_says(
    page: Page, demo: Demo, signed: Signed
) -> None:
    keep(page, demo)

    comes_to(
        page,
        signed.with_gtin,
        "proved",
        f"Chữ ký trên tem đúng: số này do {MAKER} phát. Không có mạng nên chưa biết tem có bị chép,"
        " hủy, hay lô có bị thu hồi không.",
    )
    comes_to(page, signed.without, "unnamed", "số này có người làm phát qua Gốc.")


def test_one_digit_flipped_or_another_serial_is_not_proved(
    page: Page, demo: Demo, signed: Signed
) -> None:
    last = signed.with_gtin[-1]
    keep(page, demo)

    comes_to(page, signed.with_gtin[:-1] + ("1" if last == "0" else "0"), "unproved", "Khoan mua")
    digits = signed.with_gtin.partition("?")[2]
    comes_to(page, f"{signed.goods}/21/7K3MQ9T2XB40G?{digits}", "unproved", "Khoan mua")
    comes_to(page, signed.with_gtin.replace(digits, "s=" + "9" * 155), "unproved", "Khoan mua")


def test_an_unsigned_stamp_and_a_typed_number_say_what_can_be_done(
    page: Page, demo: Demo, signed: Signed
) -> None:
    keep(page, demo)

    comes_to(page, signed.with_gtin.partition("?")[0], "unsigned", "không có chữ ký")
    page.goto(f"{demo.address}/scan")
    page.get_by_label("Số tem").fill("7K3M Q9T2 XB40G")
    page.get_by_role("button", name="Kiểm tem").click()
    expect(page.locator("[data-outcome=typed]")).to_contain_text("chỉ kiểm được tem có chữ ký")
    page.get_by_label("Số tem").fill(signed.with_gtin.upper().replace("?S=", "?s="))
    page.get_by_role("button", name="Kiểm tem").click()
    expect(page.locator("[data-outcome=proved]")).to_contain_text(MAKER)
    page.get_by_label("Số tem").fill("https://elsewhere.example/s/7K3MQ9T2XB40G")
    page.get_by_role("button", name="Kiểm tem").click()
    expect(page.locator("[data-outcome=foreign]")).to_contain_text("elsewhere.example")


def test_a_form_sent_as_the_network_goes_is_answered_by_the_kept_page(
    page: Page, demo: Demo, signed: Signed
) -> None:
    keep(page, demo)

    page.get_by_label("Số tem").fill(signed.with_gtin[:100])
    page.evaluate(
        "address => { document.querySelector('[name=code]').maxLength = 2048;"
        " document.querySelector('[name=code]').value = address; }",
        signed.with_gtin,
    )
    page.get_by_role("button", name="Kiểm tem").click()

    expect(page.locator("[data-outcome=proved]")).to_contain_text(MAKER)


def test_a_revoked_key_vouches_for_nothing_once_the_phone_has_heard_of_it(
    page: Page, demo: Demo, signed: Signed
) -> None:
    keep(page, demo)
    with demo.app.app_context(), transaction(by=COMMAND) as work:
        service.end_stamping_key(work, key=signed.key, revoked=True)

    comes_to(page, signed.with_gtin, "proved", MAKER)  # It cannot know yet.
    keep(page, demo)
    comes_to(page, signed.with_gtin, "revoked", "đã bị thu hồi ngày")


def test_a_browser_without_ed25519_checks_by_the_library(
    page: Page, demo: Demo, signed: Signed
) -> None:
    page.add_init_script(NO_ED25519)
    keep(page, demo, language="en")

    comes_to(page, signed.with_gtin, "proved", f"The signature is right: {MAKER} issued")


def test_a_telephone_that_learned_no_canparse_checks_too(
    page: Page, demo: Demo, signed: Signed
) -> None:
    page.add_init_script(OLD_BROWSER)
    keep(page, demo)

    comes_to(page, signed.with_gtin, "proved", MAKER)


def test_a_code_that_is_no_address_of_the_web_leads_nowhere(
    page: Page, demo: Demo, signed: Signed
) -> None:
    keep(page, demo)

    page.goto(f"{demo.address}/scan")
    page.get_by_label("Số tem").fill("WIFI:S:Quán Lan;T:WPA;P:12345678;;")
    page.get_by_role("button", name="Kiểm tem").click()

    said = page.locator("[data-outcome=malformed]")
    expect(said).to_contain_text("không phải mã của một con tem")


def test_a_stamp_opened_through_the_worker_is_a_check_as_any_other(
    page: Page, demo: Demo, signed: Signed
) -> None:
    with demo.app.app_context(), transaction(by=COMMAND) as work:
        serial = rules.parse_serial(signed.without.partition("?")[0].rpartition("/")[2])
        stamp = queries.stamp_row(work.session, serial)
        assert stamp is not None
        service.activate_stamps(work, batch_id=stamp.batch_id, first=1, last=1)
    keep(page, demo)
    page.context.set_offline(False)

    page.goto(signed.with_gtin)

    assert page.evaluate("() => Boolean(navigator.serviceWorker.controller)")
    expect(page.locator("html[data-verdict=first_check]")).to_be_attached()
    with demo.app.app_context(), reading() as session:
        stamp = queries.stamp_row(session, serial)
    assert stamp is not None
    assert stamp.checks == 1


def test_nothing_is_kept_but_the_page_its_files_keys_and_names(
    page: Page, demo: Demo, signed: Signed
) -> None:
    keep(page, demo)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(signed.with_gtin)
    expect(page.locator("html[data-verdict]")).to_be_attached()  # The network wins.
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname))))"
        ".flat()"
    )

    own = [path for path in kept if not path.startswith("/static/")]
    assert sorted(own) == ["/log/keys", "/scan/makers", "/scan/offline"]
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(f"{demo.address}/products")
