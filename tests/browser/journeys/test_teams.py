"""A team, each at their own device: opened, joined, let in, felt at the very next request."""

from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.people import sign_in_by_form

TEAM = "Bưu điện Phja Chang"


def test_what_a_team_is_given_any_member_does_by_name_until_it_is_ended(
    demo: Demo, new_page: NewPage
) -> None:
    officer = new_page(width=1280, script=False)
    asking, acting = new_page(width=360, script=False), new_page(width=360, script=False)
    producer = new_page(width=360, script=False)
    people = {"commune": officer, "grower": asking, "buyer": acting, "dealer": producer}
    for name, browser in people.items():
        sign_in_by_form(browser, demo, name)

    # The officer opens a team and asks two people in; each joins by their own link.
    officer.goto(demo.url("/office/teams"))
    officer.fill("input[name=name]", TEAM)
    officer.check("input[name=kind][value=post_office]")
    officer.get_by_role("button", name="Mở đội", exact=True).click()
    officer.wait_for_url("**/office/teams/*")
    team = officer.url
    for name, browser in (("Mùi", asking), ("Bình", acting)):
        officer.goto(team)
        officer.fill("input[name=name]", name)
        officer.get_by_role("button", name="Mời", exact=True).click()
        browser.goto(officer.get_by_label(f"gửi cho {name}").input_value())
        browser.get_by_role("button", name="Tôi vào", exact=True).click()
        expect(browser.get_by_text(TEAM).first).to_be_visible()

    # One asks in the team's name; the pair on their screen is tapped on the producer's.
    asking.fill("input[name=producer]", "dealer@goc.example")
    asking.check("input[name=scopes][value=listing]")
    asking.get_by_role("radio", name=TEAM).check()
    asking.get_by_role("button", name="Hỏi", exact=True).click()
    pair = asking.locator("p.pair").inner_text()
    producer.goto(demo.url("/manage/helpers"))
    producer.get_by_role("link", name="Xem và trả lời").click()
    expect(producer.locator("main")).to_contain_text("Người hỏi: Mùi")
    producer.get_by_role("button", name=pair, exact=True).click()
    expect(producer.get_by_text("Bạn đã đồng ý")).to_be_visible()

    # The other acts, under a bar that names the team.
    acting.goto(demo.url("/help"))
    acting.get_by_role("button", name="Vào làm giúp Mẫu – Cửa hàng Quà Quê").click()
    expect(acting.locator("aside.helping")).to_contain_text(f"thay mặt {TEAM}")
    acting.goto(demo.url("/manage/products/quick"))
    acting.fill("input[name=name]", "Dao của đội")
    acting.check("input[name=group][value=thu_cong_my_nghe]")
    acting.fill("input[name=pack_content]", "1")
    acting.select_option("select[name=pack_unit]", "piece")
    acting.fill("input[name=pack_words]", "con")
    acting.fill("input[name=price_vnd]", "85.000")
    acting.locator("main form.form button.btn").last.click()
    acting.wait_for_url(lambda url: not url.endswith("/quick"))
    product = acting.url

    # The producer reads who did it and for which team, and ends it.
    producer.goto(demo.url("/manage/acts"))
    done = producer.locator("ul.rows > li", has_text="Dao của đội").first.inner_text()
    assert "Bình" in done
    assert TEAM in done
    producer.goto(demo.url("/manage/helpers"))
    producer.get_by_role("button", name=f"Cho {TEAM}").click()
    acting.goto(product)
    expect(acting.locator("main")).to_contain_text("đã kết thúc việc bạn giúp")
