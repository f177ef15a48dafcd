"""Every page there is: a new page is one line here, or is excused by name with the reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

from accounts.queries.demo import DEMO_PASSWORD
from core import clock, ids
from tests.browser.demo import CRASH
from tests.factors import code_at

Act = Callable[[Page], None]


@dataclass(frozen=True)
class PageLine:
    """One page: its endpoint, its path (names in braces are the demo's samples), who looks."""

    endpoint: str
    path: str
    sign_in: str = ""  # Before the @ of a demo person; empty for a visitor.
    act: Act | None = None  # What one does there to come to the page meant.
    status: int = 200

    @property
    def id(self) -> str:
        """The test's name."""
        return f"{self.sign_in}{self.path}{'+act' if self.act else ''}"


def _type_code(code: str) -> Act:
    def act(page: Page) -> None:
        page.fill("input[name=code]", code)
        page.press("input[name=code]", "Enter")
        page.wait_for_load_state()

    return act


def _sign_in_wrongly(page: Page) -> None:
    page.fill("input[name=sign_in]", "nobody@goc.example")
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def _report(page: Page) -> None:
    page.fill("textarea[name=text]", "Tem rách")
    page.locator("form[action$=report] button").click()
    page.wait_for_load_state()


def _open_second_person(page: Page) -> None:
    page.locator("main ul.rows a").nth(1).click()
    page.wait_for_load_state()


def _lost_number(page: Page) -> None:
    _open_second_person(page)
    page.locator("main a[href$='/number']").click()
    page.wait_for_load_state()


def _object_without_reason(page: Page) -> None:
    page.locator("button[name=answer][value=objects]").first.click()
    page.wait_for_load_state()


def _invite(page: Page) -> None:
    page.fill("input[name=name]", "chị Mai")
    _send_form(page)


def _open_invitation(page: Page) -> None:
    _invite(page)
    path = urlsplit(page.input_value("#link")).path
    page.goto(urlsplit(page.url)._replace(path=path, query="").geturl())


def _make_token(page: Page) -> None:
    page.fill("input[name=name]", "phần mềm kế toán")
    _send_form(page)


def _send_form(page: Page) -> None:
    page.locator("main form.form button.btn").first.click()
    page.wait_for_load_state()


def _send_stale(page: Page) -> None:
    """Send a form as if it had been drawn before somebody else's change."""
    page.locator("form[novalidate] input[name=version]").evaluate("field => field.value = '999'")
    page.fill("input[name=price_vnd]", "1.000")
    _send_form(page)


def _ask_to_be_guided(page: Page) -> None:
    if page.locator("input[name=helper]").count():  # Asked already, in another colour or language.
        page.fill("input[name=helper]", "helper@goc.example")
        _send_form(page)


def _begin_practice(page: Page) -> None:
    page.locator("main form[action='/practice'] button").click()
    page.wait_for_load_state()


def _ask_to_wipe(page: Page) -> None:
    _begin_practice(page)
    page.goto(urlsplit(page.url)._replace(path="/practice/wipe").geturl())


def _join_training(page: Page) -> None:
    page.locator("form[action='/practice/join'] button").click()
    page.wait_for_load_state()


def _send_unreadable_price(page: Page) -> None:
    page.fill("input[name=price_vnd_1]", "rẻ")
    _send_form(page)
    page.wait_for_selector("p.refusal")


def _ask_to_help(page: Page) -> None:
    page.fill("input[name=producer]", "0900 000 019")
    page.check("input[value=lots]")
    _send_form(page)


def _print_paper(page: Page) -> None:
    page.fill("input[name=producer]", "0900 000 019")
    page.check("input[value=lots]")
    _send_form(page)
    page.locator("form[action^='/help/paper/'] button").click()
    page.wait_for_load_state()


def _open_proof(page: Page) -> None:
    page.locator("a[href^='/manage/acts/proofs/']").first.click()
    page.wait_for_load_state()


def _open_asking(page: Page) -> None:
    page.locator("a[href^='/manage/helpers/']").first.click()
    page.wait_for_load_state()


def _start_helping(page: Page) -> None:
    page.locator("form[action='/manage/enterprise'] button").first.click()
    page.wait_for_load_state()


def _gather(page: Page) -> None:
    if page.locator("#download progress").count() == 0:  # The table is walked in two languages.
        page.locator("form[action$=download] button").click()
    page.wait_for_selector("#download progress")


def _add_nobody(page: Page) -> None:
    page.locator("section form.form button.btn").click()
    page.wait_for_load_state()


def _ask_for_code(page: Page, target: str = "0912 345 678") -> None:
    page.fill("input[name=sign_in]", target)
    page.press("input[name=sign_in]", "Enter")
    page.wait_for_url("**/code*")


def _code_on_page(page: Page) -> str:
    """The code of the newest message, read on the demo's page of messages as a visitor would."""
    page.goto(page.url.split("/code")[0].split("/account")[0] + "/demo/messages")
    newest = page.locator("ul.rows > li").first.locator("p").nth(1)  # Below what says to whom.
    found = re.search(r"\d{6}", newest.inner_text())
    assert found is not None
    return found[0]


def prove_number(page: Page, target: str) -> None:
    """Ask for a code where the page asks for a number or address, and type it."""
    _ask_for_code(page, target)
    typed_at, code = page.url, _code_on_page(page)
    page.goto(typed_at)
    page.fill("input[name=code]", code)
    page.press("input[name=code]", "Enter")
    page.wait_for_load_state()


def prove_new_account(page: Page) -> str:
    """Sign up, from its first page, as somebody nobody else is; gives the name to sign in by."""
    name = f"{ids.token().lower()}@factors.example"
    prove_number(page, name)
    page.fill("input[name=name]", "Hà")
    page.fill("input[name=password]", DEMO_PASSWORD)
    _send_form(page)
    return name


def _open_as_new(page_name: str) -> Act:
    """Sign up as somebody new, who has just shown who they are, and open a page of factors."""

    def act(page: Page) -> None:
        prove_new_account(page)
        page.goto(urlsplit(page.url)._replace(path=f"/account/security/{page_name}").geturl())

    return act


def _send_wrong_first_code(page: Page) -> None:
    _open_as_new("app")(page)
    page.fill("input[name=code]", "000000")
    _send_form(page)


def _add_app(page: Page) -> None:
    _open_as_new("app")(page)
    secret = (page.text_content("details .serial") or "").replace(" ", "")
    page.fill("input[name=code]", code_at(clock.now(), secret=secret))
    _send_form(page)


def _make_codes(page: Page) -> None:
    _add_app(page)
    page.locator("main form button").click()
    page.wait_for_load_state()


def _look_at_factors(page: Page) -> None:
    _make_codes(page)
    page.locator("main a[href='/account/security']").click()
    page.wait_for_load_state()


def _ask_to_remove_factor(page: Page) -> None:
    _look_at_factors(page)
    page.locator("main a[href$='/remove']").click()
    page.wait_for_load_state()


def _come_to_second_step(page: Page) -> None:
    _open_as_new("app")(page)
    name = re.search(r"otpauth://totp/[^:]+:([^%?]+)", page.content())
    assert name is not None
    secret = (page.text_content("details .serial") or "").replace(" ", "")
    page.fill("input[name=code]", code_at(clock.now(), secret=secret))
    _send_form(page)
    page.goto(urlsplit(page.url)._replace(path="/sign-in").geturl())
    page.fill("input[name=sign_in]", f"{name[1]}@factors.example")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/sign-in/second")


def _prove_new_number(page: Page) -> None:
    prove_number(page, "0913 345 678")


def _prove_known_address(page: Page) -> None:
    prove_number(page, "buyer@goc.example")


def _sign_in_on_shared_phone(page: Page) -> None:
    page.fill("input[name=sign_in]", "family@goc.example")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/sign-in/person")


def _ask_to_move(page: Page) -> None:
    page.fill("input[name=sign_in]", "0914 345 678")
    page.press("input[name=sign_in]", "Enter")
    page.wait_for_url("**/account/number/codes")


_ENTERED = {
    "recognitions": {
        "decision": "377/QĐ-UBND",
        "decided_on": "15/3/2026",
        "authority": "UBND tỉnh",
    },
    "certificates": {
        "name": "VietGAP",
        "issuer": "Vinacert",
        "number": "VG-01",
        "valid_from": "1/6/2026",
    },
}


def _enter_and_open(kind: str, then: str = "") -> Act:
    """Enter a paper, then open its form or what asks before it is removed."""

    def act(page: Page) -> None:
        for name, typed in _ENTERED[kind].items():
            page.fill(f"input[name={name}]", typed)
        if kind == "recognitions":
            page.check("input[name=stars][value='4']")
        _send_form(page)
        own = "[href$='/remove']" if then else ":not([href$='/remove'])"
        page.locator(f"main a[href^='/manage/{kind}/']{own}").first.click()
        page.wait_for_load_state()

    return act


def _act_on_several(button: int) -> Act:
    """Tick the first maker of the list and press one of the buttons below it."""

    def act(page: Page) -> None:
        page.check("input[name=maker] >> nth=0")
        page.locator("main fieldset button").nth(button).click()
        page.wait_for_load_state()

    return act


def _remind(page: Page) -> None:
    _act_on_several(0)(page)
    page.fill("input[name=words]", "Mời xem lại lô mới.")
    _send_form(page)


PUBLIC = (
    PageLine("home.home", "/"),
    PageLine("shelf.goods", "/products"),
    PageLine("shelf.goods", "/products?q=ca+phe+dak+lak&stars=unverified"),
    PageLine("shelf.goods", "/products?q=khongcogi&stars=5&province=66"),
    PageLine("shelf.goods", "/products?page=1000000000", status=404),
    PageLine("products.product", "{tea}"),
    PageLine("products.product", "{in_force}"),
    PageLine("products.product", "{unverified}"),
    PageLine("products.product", "{lapsed}"),
    PageLine("products.product", "{service}"),
    PageLine("makers.makers_list", "/producers"),
    PageLine("makers.maker", "{maker}"),
    PageLine("lots.lot", "/lots/{lot}"),
    PageLine("lots.lot", "/lots/{recalled_lot}"),
    PageLine("lots.lot", "/lots/{expired_lot}"),
    PageLine("resolver.resolve", "/01/09521000000179/10/CR-11?linkType=linkset"),
    PageLine("guide.home", "/guide"),
    PageLine("guide.chapter", "/guide/stamps"),
    PageLine("guide.chapter", "/guide/nothing", status=404),
    PageLine("texts.privacy", "/pages/privacy"),
    PageLine("texts.ranking", "/pages/ranking"),
    PageLine("texts.stamps", "/pages/stamps"),
    PageLine("figures.shown", "/pages/figures"),
    PageLine("log.shown", "/log"),
    PageLine("log.verify_page", "/log/verify"),
    PageLine("log_watch.shown", "/log/watch"),
    PageLine("scan.form", "/scan"),
    PageLine("offline.shell", "/scan/offline"),
    PageLine("print_codes.form", "/print"),
    PageLine("strips.code", "/test/0000"),
    PageLine("deliveries.asked", "/deliveries/{delivery}"),
    PageLine("dealer.shown", "/dealer"),
    PageLine("dealer.shown", "/dealer", "dealer"),
    PageLine("print_codes.code", "/print/{print_code}"),
    PageLine("sign_in.form", "/sign-in"),
    PageLine("codes.sign_up", "/sign-up"),
    PageLine("codes.sign_in", "/sign-in/code"),
    PageLine("codes.forgotten", "/password/forgotten"),
    PageLine("codes.form", "/sign-up", act=_ask_for_code),
    PageLine("sign_up.form", "/sign-up", act=_prove_new_number),
    PageLine("forgotten.form", "/password/forgotten", act=_prove_known_address),
    PageLine("who_is_using.form", "/sign-in", act=_sign_in_on_shared_phone),
    PageLine("components.components", "/ui"),
    PageLine("sent_messages.sent", "/demo/messages"),
)
ANSWERS = (
    PageLine("scan.form", "/scan", act=_type_code(""), status=422),
    PageLine("scan.form", "/scan", act=_type_code("123")),
    PageLine("scan.form", "/scan", act=_type_code("https://elsewhere.example/s/7K3MQ9T2XB40G")),
    PageLine("sign_in.form", "/sign-in", act=_sign_in_wrongly),
    PageLine("report.received", "/s/{stamp_first}", act=_report),
    PageLine("", "/nowhere", status=404),
    PageLine("", CRASH, status=500),
    PageLine("password.form", "/password/0000", status=404),
)
STAMPS = (
    *(
        PageLine("stamp.stamp", f"/s/{{stamp_{kind}}}")
        for kind in (
            "printed",
            "first",
            "once",
            "many",
            "doubted",
            "spoiled",
            "lost",
            "returned",
            "replaced",
            "faked",
            "expired",
            "held",
            "recalled",
        )
    ),
    PageLine("stamp.past_check", "{past_check}"),
    PageLine("stamp.stamp", "/s/7K3MQ9T2XB40G", status=404),
    PageLine("stamp.stamp", "/s/7K3MQ9T2XB40H", status=400),
)
ACCOUNT = (
    PageLine("account.home", "/account", "producer"),
    PageLine("privacy.home", "/account/privacy", "producer"),
    PageLine("privacy.home", "/account/privacy", "buyer", act=_gather),
    PageLine("privacy.ask_to_erase", "/account/privacy/erase", "producer"),
    PageLine("privacy.ask_to_erase", "/account/privacy/erase", "buyer", act=_send_form),
    PageLine("account.devices", "/account/devices", "producer"),
    PageLine("tokens.listed", "/account/tokens", "producer"),
    PageLine("tokens.listed", "/account/tokens", "buyer"),
    PageLine("tokens.listed", "/account/tokens", "coop", act=_make_token),
    PageLine("account.password", "/account/password", "producer"),
    PageLine("account_phone.shown", "/account/phone", "producer"),
    PageLine("account_phone.shown", "/account/phone", "producer", act=_add_nobody),
    PageLine("account_number.form", "/account/number", "producer"),
    PageLine("security.shown", "/account/security", "producer"),
    PageLine("identity.shown", "/account/identity", "producer"),
    PageLine("confirm.form", "/account/confirm?next=/account/security/app", "producer"),
    PageLine("factor_setup.app_form", "/sign-up", act=_open_as_new("app")),
    PageLine("factor_setup.app_form", "/sign-up", act=_send_wrong_first_code),
    PageLine("factor_setup.passkey_form", "/sign-up", act=_open_as_new("passkey")),
    PageLine("security.ask_codes", "/sign-up", act=_add_app),
    PageLine("security.ask_codes", "/sign-up", act=_make_codes),
    PageLine("security.shown", "/sign-up", act=_look_at_factors),
    PageLine("security.ask_to_remove", "/sign-up", act=_ask_to_remove_factor),
    PageLine("second.form", "/sign-up", act=_come_to_second_step),
    PageLine("account_number.codes", "/account/number", "producer", act=_ask_to_move),
)
MANAGE = (
    PageLine("registering.new", "/enterprises/new", "buyer"),
    PageLine("registering.shown", "/manage/enterprise", "producer"),
    PageLine("registering.shown", "/manage/enterprise", "newcomer"),
    PageLine("registering.particulars", "/manage/enterprise/particulars", "newcomer"),
    PageLine("own_place.form", "/manage/enterprise/place?q=quang+uyen", "newcomer"),
    PageLine("registering.phone", "/manage/enterprise/phone", "newcomer"),
    PageLine("own_bank.form", "/manage/enterprise/bank", "newcomer"),
    PageLine("manage.home", "/manage", "producer"),
    PageLine("manage.home", "/manage", "coop"),
    PageLine("manage_stamps.stamps", "/manage/stamps", "coop"),
    PageLine("manage_found_range.found", "/manage/stamps/range", "coop"),
    PageLine("manage_dealers.listed", "/manage/dealers", "coop"),
    PageLine("manage_dealers.shown", "/manage/dealers/{dealer}", "coop"),
    PageLine("manage_deliveries.ask", "/manage/stamps/{batch}/hand-over", "coop"),
    PageLine(
        "manage_stamps.stamps", "/manage/stamps?lot={waiting_lot}", "producer", act=_send_form
    ),
    PageLine("manage_stamps.find", "/manage/stamps/find?serial=123", "coop", status=422),
    PageLine("manage_batch.batch", "/manage/stamps/{batch}", "coop"),
    PageLine("manage_batch.batch", "/manage/stamps/{batch}?stamp={stamp_many}", "coop"),
    PageLine("manage_batch.batch", "/manage/stamps/{batch}?state=void", "coop"),
    PageLine("manage_stamps.stamps", "/manage/stamps?state=void", "coop"),
    PageLine("manage_print_codes.ask", "/manage/labels/{labels}/code", "coop"),
    PageLine("manage_print_codes.code", "/manage/print-codes/{open_code}", "coop"),
    PageLine("manage_print_codes.code", "/manage/print-codes/{spoiled_code}", "producer"),
    PageLine("manage_activation.ask", "/manage/stamps/activate?lot={waiting_lot}", "producer"),
    PageLine("manage_activation.act", "/manage/stamp-acts/{act}", "coop"),
    PageLine("manage_askings.listed", "/manage/activations", "coop"),
    PageLine("manage_askings.shown", "/manage/activations/{asking}", "coop"),
    PageLine("manage_activation.act", "/manage/stamp-acts/{void_act}", "coop"),
    PageLine("manage_void.ask", "/manage/stamps/{batch}/void", "coop"),
    PageLine("manage_losses.ask", "/manage/stamps/{batch}/spoiled", "coop"),
    PageLine("manage_losses.ask_lost", "/manage/stamps/{batch}/lost", "coop"),
    PageLine("manage_logo.shown", "/manage/stamps/logo", "coop"),
    PageLine("manage_rolls.ask", "/manage/stamps/rolls", "coop"),
    PageLine("manage_lots_of_stamps.ask_bind", "/manage/stamps/{batch}/bind", "coop"),
    PageLine("manage_lots_of_stamps.ask_bind", "/manage/stamps/{roll}/bind", "coop"),
    PageLine("manage_lots_of_stamps.ask_move", "/manage/stamps/{batch}/move?first=1", "coop"),
    PageLine("manage_alarms.alarms", "/manage/alarms", "coop"),
    PageLine("manage_alarms.alarms", "/manage/alarms", "producer"),
    PageLine("manage_alarms.alarm", "/manage/alarms/{alarm}", "coop"),
    PageLine("manage_alarms.alarm", "/manage/alarms/{answered_alarm}", "coop"),
    PageLine("check_maps.of_maker", "/manage/stamps/map", "coop"),
    PageLine("check_maps.of_maker", "/manage/stamps/map", "producer"),
    PageLine("check_maps.of_area", "/office/checks", "province"),
    PageLine("manage_reports.reports", "/manage/reports", "producer"),
    PageLine("manage_reports.reports", "/manage/reports", "coop"),
    PageLine("manage_reports.report", "/manage/reports/{report}", "producer"),
    PageLine("manage_cases.listed", "/manage/cases", "coop"),
    PageLine("manage_cases.listed", "/manage/cases?state=ended", "coop"),
    PageLine("manage_cases.shown", "/manage/cases/{case}", "coop"),
    PageLine("manage_cases.shown", "/manage/cases/{ended_case}", "coop"),
    PageLine("manage_cases.ask_conclusion", "/manage/cases/{case}/conclusion", "coop"),
    PageLine("manage_cases.ask_lift", "/manage/cases/{ended_case}/lift", "coop"),
    PageLine("manage_products.listed", "/manage/products", "coop"),
    PageLine("manage_products.quick", "/manage/products/quick", "coop"),
    PageLine("manage_products.quick", "/manage/products/quick", "coop", act=_send_form),
    PageLine("listing_photos.new", "/manage/products/new", "coop"),
    *(
        PageLine(
            f"listing_{part}.{screen}",
            f"/manage/products/{{draft_product}}/listing/{screen}",
            "coop",
        )
        for part, screen in (
            ("photos", "photos"),
            ("words", "name"),
            ("words", "group"),
            ("packs", "packs"),
            ("words", "story"),
            ("photos", "papers"),
            ("look", "look"),
        )
    ),
    PageLine(
        "listing_packs.packs",
        "/manage/products/{draft_product}/listing/packs",
        "coop",
        act=_send_unreadable_price,
    ),
    PageLine("listing_look.ask_to_discard", "/manage/products/{draft_product}/discard", "coop"),
    PageLine("manage_products.shown", "/manage/products/{product}", "coop"),
    PageLine("manage_products.words", "/manage/products/{waiting_product}/edit", "producer"),
    PageLine("manage_products.shown", "/manage/products/{waiting_product}", "producer"),
    PageLine("manage_photos.shown", "/manage/products/{product}/photos", "coop"),
    PageLine("manage_recognitions.listed", "/manage/products/{product}/papers", "coop"),
    PageLine("manage_recognitions.new", "/manage/products/{product}/recognitions", "coop"),
    PageLine(
        "manage_recognitions.new",
        "/manage/products/{product}/recognitions",
        "coop",
        act=_send_form,
    ),
    PageLine(
        "manage_recognitions.shown",
        "/manage/products/{product}/recognitions",
        "coop",
        act=_enter_and_open("recognitions"),
    ),
    PageLine(
        "manage_recognitions.ask_to_remove",
        "/manage/products/{product}/recognitions",
        "coop",
        act=_enter_and_open("recognitions", "/remove"),
    ),
    PageLine("manage_certificates.new", "/manage/products/{draft_product}/certificates", "coop"),
    PageLine(
        "manage_certificates.shown",
        "/manage/products/{draft_product}/certificates",
        "coop",
        act=_enter_and_open("certificates"),
    ),
    PageLine(
        "manage_certificates.ask_to_remove",
        "/manage/products/{draft_product}/certificates",
        "coop",
        act=_enter_and_open("certificates", "/remove"),
    ),
    PageLine("manage_changes.shown", "/manage/products/{product}/change", "coop"),
    PageLine("manage_changes.shown", "/manage/products/{changing_product}/change", "producer"),
    PageLine("manage_products.shown", "/manage/products/{changing_product}", "producer"),
    PageLine("manage_packs.new", "/manage/products/{draft_product}/packs", "coop"),
    PageLine("manage_packs.shown", "/manage/packs/{pack}", "coop"),
    PageLine("manage_packs.shown", "/manage/packs/{pack}", "coop", act=_send_stale),
    PageLine("manage_imports.index", "/manage/import", "coop"),
    PageLine("products_imports.shown", "/manage/product-imports/{product_import}", "coop"),
    PageLine("lots_imports.shown", "/manage/lot-imports/{lot_import}", "coop"),
    PageLine("members_imports.shown", "/manage/member-imports/{member_import}", "coop"),
    PageLine("manage_lots.listed", "/manage/lots", "coop"),
    PageLine("manage_lots.new", "/manage/lots/new?product={product}", "coop"),
    PageLine("manage_lots.new", "/manage/lots/new?product={product}", "coop", act=_send_form),
    PageLine("manage_lots.shown", "/manage/lots/{free_lot}", "coop"),
    PageLine("manage_lots.shown", "/manage/lots/{lot}", "coop"),
    PageLine("manage_recalls.shown", "/manage/lots/{lot}/recall", "coop"),
    PageLine("manage_recalls.shown", "/manage/lots/{recalled_lot}/recall", "coop"),
    PageLine("manage_recalls.ask_lift", "/manage/lots/{recalled_lot}/recall/lift", "coop"),
    PageLine("manage_lots.edit", "/manage/lots/{free_lot}/edit", "coop"),
    PageLine("jobs.job", "/manage/jobs/{job}", "coop"),
    PageLine("manage_people.listed", "/manage/people", "coop"),
    PageLine("manage_devices.listed", "/manage/devices", "coop"),
    PageLine("manage_people.listed", "/manage/people?q=khongcoai", "grower"),
    PageLine("manage_people.roles", "/manage/roles", "packer"),
    PageLine("manage_people.new", "/manage/people/new", "coop"),
    PageLine("manage_people.new", "/manage/people/new", "coop", act=_send_form),
    PageLine("manage_people.shown", "/manage/people", "coop", act=_open_second_person),
    PageLine("manage_number.form", "/manage/people", "coop", act=_lost_number),
    PageLine("manage_people.invited", "/manage/people/new", "coop", act=_invite),
    PageLine("invitations.invitation", "/manage/people/new", "coop", act=_open_invitation),
    PageLine("helping.home", "/help", "helper"),
    PageLine("helping.home", "/help", "buyer", act=_send_form),
    PageLine("helping.asked", "/help", "buyer", act=_ask_to_help),
    PageLine("helping_paper.printed", "/help", "buyer", act=_print_paper),
    PageLine("help_makers.listed", "/help/makers", "helper"),
    PageLine("help_makers.listed", "/help/makers", "buyer"),
    PageLine("help_makers.ask_to_remind", "/help/makers", "helper", act=_act_on_several(0)),
    PageLine("help_makers.ask_to_extend", "/help/makers", "helper", act=_act_on_several(1)),
    PageLine("help_makers.ask_to_leave", "/help/makers", "helper", act=_act_on_several(2)),
    PageLine("guiding.shown", "/manage/guiding", "dealer"),
    PageLine("guiding.shown", "/manage/guiding", "dealer", act=_ask_to_be_guided),
    PageLine("guiding.shown", "/manage/guiding", "grower", act=_send_form),
    PageLine("help_guiding.listed", "/help/guiding", "helper"),
    PageLine("help_guiding.listed", "/help/guiding", "buyer"),
    PageLine("help_guiding.shown", "/help/guiding/{guiding}", "helper"),
    PageLine("practice.home", "/practice", "producer"),
    PageLine("practice.home", "/practice", "grower"),
    PageLine("practice.home", "/practice?code=12", "grower", act=_join_training, status=422),
    PageLine("manage.home", "/practice", "accountant", act=_begin_practice),
    PageLine("practice.ask_to_wipe", "/practice", "accountant", act=_ask_to_wipe),
    PageLine("manage_helpers.listed", "/manage/helpers", "producer"),
    PageLine("manage_helpers.listed", "/manage/helpers", "coop"),
    PageLine("manage_helpers.asked", "/manage/helpers", "coop", act=_open_asking),
    PageLine("manage.home", "/help", "helper", act=_start_helping),
    PageLine("manage_names.listed", "/manage/names", "coop"),
    PageLine("manage_names.listed", "/manage/names", "coop", act=_object_without_reason),
    PageLine("manage_names.listed", "/manage/names", "dealer"),
    PageLine("acts.listed", "/manage/acts", "producer"),
    PageLine("acts.listed", "/manage/acts", "dealer"),
    PageLine("act_proof.shown", "/manage/acts", "producer", act=_open_proof),
    PageLine("consents.asked", "/consents/0000", status=404),
    PageLine("", "/manage/stamps/{batch}", "producer", status=404),
)
OFFICE = (
    PageLine("office.home", "/office", "commune"),
    PageLine("office.home", "/office", "province"),
    PageLine("office.home", "/office", "operator"),
    PageLine("office_teams.listed", "/office/teams", "commune"),
    PageLine("office_teams.listed", "/office/teams", "province", act=_send_form),
    PageLine("office_teams.shown", "/office/teams/{team}", "commune"),
    PageLine("office_teams.shown", "/office/teams/{team}", "helper"),
    PageLine("teams.asked", "/teams/{team_link}"),
    PageLine("office_trainings.listed", "/office/trainings", "commune"),
    PageLine("office_trainings.listed", "/office/trainings", "province", act=_send_form),
    PageLine("office_trainings.shown", "/office/trainings/{training}", "commune"),
    PageLine("failures.listed", "/office/failures", "operator"),
    PageLine("failures.listed", "/office/failures", "operator", act=_send_form),
    PageLine("failures.listed", "/office/failures?state=dropped", "operator"),
    PageLine("office_products.queue", "/office/products", "commune"),
    PageLine("office_products.shown", "/office/products/{waiting_product}", "commune"),
    PageLine("office_products.queue", "/office/products?all=1", "province"),
    PageLine("office_names.listed", "/office/names", "province"),
    PageLine("office_names.listed", "/office/names", "operator", act=_send_form),
    PageLine("office_names.shown", "/office/names/{protected_name}", "province"),
    PageLine("office_products.shown", "/office/products/{asked_about}", "province"),
    PageLine("office_changes.shown", "/office/changes/{change}", "commune"),
    PageLine("office_makers.listed", "/office/makers", "commune"),
    PageLine("office_makers.listed", "/office/makers?sort=need&need=1", "province"),
    PageLine("office_makers.listed", "/office/makers", "province", act=_remind),
    PageLine("office_makers.ask_to_remind", "/office/makers", "commune", act=_act_on_several(0)),
    PageLine("office_makers.ask_to_remind", "/office/makers/remind", "commune", status=422),
    PageLine("office_makers.ask_to_hand_over", "/office/makers", "commune", act=_act_on_several(1)),
    PageLine("office_month.shown", "/office/month", "commune"),
    PageLine("office_month.shown", "/office/month?month=2026-10", "operator"),
    PageLine("office_month.targets", "/office/month/targets", "commune"),
    PageLine("office_people.listed", "/office/people", "operator"),
    PageLine("office_factors.listed", "/office/factors", "operator"),
    PageLine("office_factors.listed", "/office/factors", "operator", act=_send_form),
    PageLine("office_enterprises.queue", "/office/enterprises", "commune"),
    PageLine("office_moves.shown", "/office/moves/{move}", "operator"),
    PageLine("office_enterprises.shown", "/office/enterprises/{waiting_enterprise}", "commune"),
    PageLine(
        "office_directors.form", "/office/enterprises/{waiting_enterprise}/director", "commune"
    ),
    PageLine("office_directors.form", "/office/enterprises/{household}/director", "operator"),
    PageLine(
        "office_directors.form",
        "/office/enterprises/{household}/director",
        "operator",
        act=_send_form,
    ),
    PageLine("office_consents.shown", "/office/consents/{paper_consent}", "commune"),
    PageLine("office_recognitions.queue", "/office/recognitions", "province"),
    PageLine("office_recognitions.shown", "/office/recognitions/{recognition}", "province"),
    PageLine("office_reports.listed", "/office/reports", "commune"),
    PageLine("office_reports.report", "/office/reports/{report}", "commune"),
    PageLine("office_recalls.listed", "/office/recalls", "operator"),
    PageLine("office_recalls.shown", "/office/lots/{lot}/recall", "operator"),
    PageLine("office_recalls.ask_lift", "/office/lots/{recalled_lot}/recall/lift", "operator"),
    PageLine("office_cases.listed", "/office/cases", "operator"),
    PageLine("office_cases.shown", "/office/cases/{case}", "operator"),
    PageLine("office_cases.ask_conclusion", "/office/cases/{case}/conclusion", "operator"),
    PageLine("office_cases.ask_lift", "/office/cases/{ended_case}/lift", "operator"),
)
PAGES = (*PUBLIC, *ANSWERS, *STAMPS, *ACCOUNT, *MANAGE, *OFFICE)

NO_PAGES = {
    "manage_cases.paper": "a PDF",
    "office_cases.paper": "a PDF",
    "manage_logo.sample": "a picture",
    "log.checkpoint": "a signed note for programs",
    "log.policy": "keys for programs",
    "log.proof": "a file for programs",
    "log.tile": "hashes for programs",
    "log_watch.atom_feed": "a feed for programs",
    "log_watch.feed_in_json": "a feed for programs",
    "manage_stamps.watch": "leads to log_watch.shown",
    "log.verify_file": "log.verify_page as one file to keep",
    "check_maps.sheet_of_area": "a CSV",
    "check_maps.sheet_of_maker": "a CSV",
    "installing.manifest": "a name and icons for browsers",
    "offline.keys": "keys for the page's script",
    "offline.makers": "names for the page's script",
    "offline.worker": "a script",
    "own_place.matches": "the moving part of own_place.form",
    "guiding.now": "JSON for the page's script",
    "help_guiding.now": "JSON for the page's script",
    "health.healthz": "one word for machines",
    "health.metrics": "for Prometheus",
    "health.readyz": "JSON for machines",
    "language.choose": "leads back where one was",
    "identity.begin": "leads to the provider",
    "identity.come_back": "leads on; its refusals are looked at with a real provider",
    "openapi.spec": "JSON for machines",
    "jobs.progress": "the moving part of jobs.job",
    "privacy.progress": "the moving part of privacy.home",
    "privacy.download": "a zip file",
    "manage_batch.progress": "the moving part of manage_batch.batch",
    "manage_batch.sheets": "a PDF",
    "print_codes.test_strip": "a file",
    "print_codes.back": "leads back to print_codes.code",
    "dealer.back": "leads back to dealer.shown",
    "manage_reports.photo": "a picture",
    "office_reports.photo": "a picture",
    "manage_photos.paper": "a picture",
    "office_products.paper": "a picture",
    "office_consents.paper": "a picture",
    "office_directors.paper": "a picture",
    "account.paper": "a picture",
    "manage_helpers.paper": "a picture",
    "manage_photos.tile": "the moving part of manage_photos.shown",
    "photos.photo": "a picture",
    **dict.fromkeys(
        (
            f"{kind}_imports.{end}"
            for kind in ("products", "lots", "members")
            for end in ("export", "exported", "template")
        ),
        "a spreadsheet",
    ),
    "office_month.sheet": "a spreadsheet",
    "resolver_description.description": "JSON for machines",
    "figures.sheet": "a table as CSV",
    "sample_stamp.sample_stamp": "leads to the page of a sample stamp",
    "stamp.printed": "the same page as stamp.stamp, by the address of the square code",
    "static": "files",
    "listing_look.go_on": "leads to a screen of the listing",
    "uploads.places": "JSON for the page's script",
    "uploads.standing": "JSON for the page's script",
    "texts.robots": "for crawlers",
    "crash": "of these tests: a page that fails",
}
