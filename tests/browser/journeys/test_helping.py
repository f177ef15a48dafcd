"""A helper and a producer, each at their own device: ended and undone at the very next request."""

from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.people import sign_in_by_form


def test_the_end_and_the_undo_are_felt_on_the_other_device_at_once(
    demo: Demo, new_page: NewPage
) -> None:
    producer = new_page(width=360, script=False)
    helper = new_page(width=1280, script=False)
    sign_in_by_form(producer, demo, "dealer")
    sign_in_by_form(helper, demo, "grower")

    # Asked and answered: the pair on one screen is tapped on the other.
    helper.goto(demo.url("/help"))
    helper.fill("input[name=producer]", "dealer@goc.example")
    helper.check("input[name=scopes][value=listing]")
    helper.get_by_role("button", name="Hỏi", exact=True).click()
    pair = helper.locator("p.pair").inner_text()
    producer.goto(demo.url("/manage"))
    producer.get_by_role("link", name="Mùi xin làm giúp bạn").click()
    producer.get_by_role("button", name=pair, exact=True).click()
    expect(producer.get_by_text("Bạn đã đồng ý")).to_be_visible()

    # The helper lists a knife and changes its price.
    helper.goto(demo.url("/help"))
    helper.get_by_role("button", name="Vào làm giúp Mẫu – Cửa hàng Quà Quê").click()
    expect(helper.get_by_text("Bạn đang làm giúp Mẫu – Cửa hàng Quà Quê")).to_be_visible()
    helper.goto(demo.url("/manage/products/quick"))
    helper.fill("input[name=name]", "Dao nhờ giúp")
    helper.check("input[name=group][value=thu_cong_my_nghe]")
    helper.fill("input[name=pack_content]", "1")
    helper.select_option("select[name=pack_unit]", "piece")
    helper.fill("input[name=pack_words]", "con")
    helper.fill("input[name=price_vnd]", "85.000")
    helper.locator("main form.form button.btn").last.click()
    product = helper.url
    helper.locator("a[href^='/manage/packs/']").first.click()
    helper.fill("input[name=price_vnd]", "90.000")
    helper.locator("main form.form button.btn").first.click()
    expect(helper.get_by_text("90.000").first).to_be_visible()

    # Undone on the producer's phone, seen on the helper's next request.
    producer.goto(demo.url("/manage/acts"))
    producer.get_by_role("button", name="Trả lại như cũ").first.click()
    expect(producer.get_by_text("đã trả lại như cũ").first).to_be_visible()
    helper.goto(product)
    expect(helper.get_by_text("85.000").first).to_be_visible()
    helper.locator("a[href^='/manage/packs/']").first.click()

    # Ended on the producer's phone: the open form of the helper saves nothing.
    producer.goto(demo.url("/manage/helpers"))
    producer.get_by_role("button", name="Cho Mùi thôi giúp ngay").click()
    helper.fill("input[name=price_vnd]", "1.000")
    helper.locator("main form.form button.btn").first.click()
    expect(helper.locator("main")).to_contain_text("đã kết thúc việc bạn giúp")
    producer.goto(product)
    expect(producer.get_by_text("85.000").first).to_be_visible()
