"""A team: opened by its area's officer, let in by a producer, its members felt one by one."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Consent, ConsentAsking, Enterprise, Person, Team, TeamMember
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_product,
    make_sign_in,
    make_team,
    make_team_member,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

MAIS_PHONE = "+84987654321"
WISH = {"scopes": ["listing", "lots"], "days": "30"}


class _Village:
    """Hà's smithy; Thảo, the province's officer; a team of hers with Minh and Dung; Mai."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with transaction(by=COMMAND) as work:
            self.smithy = make_enterprise(work)
            self.ha = make_person(work, sign_in="+84912345678", name="Hà")
            make_member(work, enterprise=self.smithy, person=self.ha)
            thao = make_person(work, sign_in="thao@goc.example", name="Thảo")
            make_officer(work, person=thao)
            self.minh = make_person(work, sign_in="minh@goc.example", name="Minh")
            self.dung = make_person(work, sign_in="dung@goc.example", name="Dung")
            mai = make_person(work, sign_in=MAIS_PHONE, name="Mai")
            self.team = make_team(work, opener=thao)
            make_team_member(work, team=self.team, person=self.minh)
            self.dung_in = make_team_member(work, team=self.team, person=self.dung)
            at = self.smithy
            keys = {"ha": make_sign_in(work, person=self.ha, enterprise=at, key="ha")}
            for one in (thao, self.minh, self.dung, mai):
                keys[one.name] = make_sign_in(work, person=one, key=one.name.encode().hex())
        self.page = f"/office/teams/{self.team.public_id}"
        self.producer = SignedIn(app, keys["ha"], for_enterprise=self.smithy.public_id)
        self.officer, self.mai = SignedIn(app, keys["Thảo"]), SignedIn(app, keys["Mai"])
        self.minhs, self.dungs = SignedIn(app, keys["Minh"]), SignedIn(app, keys["Dung"])

    def give(self) -> Consent:
        """Let the team act for the smithy in everything."""
        with transaction(by=COMMAND) as work:
            smithy = work.session.get_one(Enterprise, self.smithy.id)
            return make_consent(work, enterprise=smithy, helper=self.minh, team=self.team)

    def act(self, member: SignedIn) -> None:
        """Let a member act for the smithy from now on, by the switch."""
        answer = member.post("/manage/enterprise", {"enterprise": self.smithy.public_id})
        assert answer.status_code == 303
        member.for_enterprise = self.smithy.public_id

    def officer_elsewhere(self) -> SignedIn:
        """An officer of another province."""
        with transaction(by=COMMAND) as work:
            son = make_person(work, sign_in="son@goc.example", name="Sơn")
            make_officer(work, person=son, province_code="8")
            return SignedIn(self.app, make_sign_in(work, person=son, key="son"))


@pytest.fixture
def village(app: Flask) -> _Village:
    return _Village(app)


def _members() -> list[tuple[str, bool]]:
    """Who was ever asked, and whether they are in their team."""
    with reading() as session:
        rows = session.scalars(select(TeamMember).order_by(TeamMember.id))
        return [(one.name, bool(one.person_id) and one.ended_at is None) for one in rows]


def _acts() -> list[str]:
    with reading() as session:
        return sorted(session.scalars(select(AuditEntry.act)))


def _link() -> str:
    """The path in the SMS that went out."""
    with reading() as session:
        sent = session.scalars(select(Dispatch)).one()
    assert sent.target == MAIS_PHONE
    assert sent.words is not None
    assert sent.words.startswith("Goc: moi ban vao doi ")
    return "/teams/" + sent.words.partition("/teams/")[2]


def test_an_officer_opens_a_team_and_whom_the_sms_reaches_joins(village: _Village) -> None:
    new = {"name": "Bưu điện Phja Chang", "kind": "post_office", "area": "4"}
    opened = village.officer.post("/office/teams", new)
    asked = village.officer.post(opened.location, {"name": "chị Mai", "sign_in": "0987 654 321"})
    assert (opened.status_code, asked.status_code) == (303, 303)
    assert "Gốc đã gửi lời mời tới đó." in village.officer.get(opened.location).text

    link = _link()
    seen = village.mai.get(link)
    joined = village.mai.post("/teams/join", {"token": link.rpartition("/")[2]})

    assert "chị Mai được mời vào Bưu điện Phja Chang, Cao Bằng" in seen.text
    assert joined.location == "/help"
    assert "Bưu điện Phja Chang" in village.mai.get("/help").text
    assert "Cho Mai ra khỏi đội" in village.officer.get(opened.location).text
    assert _acts() == ["ask_into_team", "join_team", "open_team"]


def test_somebody_is_asked_into_a_team_once(village: _Village) -> None:
    wish = {"name": "chị Mai", "sign_in": "0987654321"}
    assert village.officer.post(village.page, wish).status_code == 303

    for sign_in in ("+84 987 654 321", "dung@goc.example"):
        again = village.officer.post(village.page, {"name": "ai đó", "sign_in": sign_in})
        assert again.status_code == 422
        assert "Người này đã ở trong đội, hoặc đã được mời." in again.text
        assert f'value="{sign_in}"' in again.text

    assert _members() == [("Minh", True), ("Dung", True), ("chị Mai", False)]
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Dispatch)) == 1


def test_who_is_in_a_team_and_joins_again_by_a_link_is_in_it_once(village: _Village) -> None:
    village.officer.post(village.page, {"name": "ai đó"})
    link = village.officer.get(village.page).text.partition("readonly>")[2].partition("<")[0]

    joined = village.dungs.post("/teams/join", {"token": link.rpartition("/")[2]})

    assert joined.location == "/help"
    assert _members() == [("Minh", True), ("Dung", True), ("ai đó", False)]


def test_an_officer_of_another_area_neither_sees_nor_touches_the_team(village: _Village) -> None:
    stranger = village.officer_elsewhere()
    member = village.dung_in.public_id

    answers = [
        stranger.get(village.page),
        stranger.post(village.page, {"name": "chị Mai"}),
        stranger.post(f"{village.page}/end"),
        stranger.post(f"/office/team-members/{member}/end"),
    ]

    assert [one.status_code for one in answers] == [404, 404, 404, 404]
    assert village.team.public_id not in stranger.get("/office/teams").text
    assert _members() == [("Minh", True), ("Dung", True)]


def test_no_team_is_opened_where_the_officer_has_no_office(village: _Village) -> None:
    refused = village.officer.post("/office/teams", {"name": "X", "kind": "youth", "area": "8"})
    country = village.officer.post("/office/teams", {"name": "X", "kind": "youth", "area": ""})

    assert (refused.status_code, country.status_code) == (422, 422)
    assert "Xin chọn một trong các mục có sẵn." in refused.text
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Team)) == 1


def test_asked_in_the_teams_name_every_page_names_team_and_person(village: _Village) -> None:
    wish = {**WISH, "producer": "0912345678", "team": village.team.public_id}
    asked = village.minhs.post("/help", wish)
    pair = village.minhs.get(asked.location).text.partition('class="pair">')[2][:2]
    answering = f"/manage/helpers/{asked.location.rpartition('/')[2]}"
    asking = village.producer.get(answering).text
    assert "Đoàn thanh niên, Cao Bằng xin làm giúp trên Gốc. Người hỏi: Minh" in asking
    with reading() as session:
        words = session.scalars(select(Dispatch.words)).one() or ""
    assert words.startswith("Goc: Doan thanh nien, Cao Ban (Minh) xin giup")

    village.producer.post(answering, {"pair": pair})
    village.act(village.dungs)  # Another member than who asked.
    with transaction(by=COMMAND) as work:
        smithy = work.session.get_one(Enterprise, village.smithy.id)
        product = make_product(work, enterprise=smithy, state="draft")
    edit = f"/manage/products/{product.public_id}/edit"
    fields = {"name": "Dao mới", "group": "thu_cong_my_nghe", "version": "1"}
    village.dungs.post(edit, fields)

    bar = village.dungs.get("/manage/products").text
    assert "thay mặt Đoàn thanh niên" in bar
    assert "Đoàn thanh niên, Cao Bằng (Minh)" in village.producer.get("/manage/helpers").text
    acts = village.producer.get("/manage/acts").text
    assert "<strong>Dung</strong>" in acts
    assert '<span class="meta">Đoàn thanh niên, Cao Bằng</span>' in acts


def test_nobody_asks_in_the_name_of_a_team_they_are_not_in(village: _Village) -> None:
    wish = {**WISH, "producer": "0912345678", "team": village.team.public_id}
    refused = village.mai.post("/help", wish)

    assert refused.status_code == 422
    assert "Bạn không còn trong đội này. Xin chọn lại." in refused.text
    with reading() as session:
        assert session.scalars(select(ConsentAsking)).all() == []


def test_nobody_asks_their_own_enterprise_in_a_teams_name(village: _Village) -> None:
    with transaction(by=COMMAND) as work:
        smithy = work.session.get_one(Enterprise, village.smithy.id)
        make_member(work, enterprise=smithy, person=village.minh, role="seller")

    wish = {**WISH, "producer": "0912345678", "team": village.team.public_id}
    refused = village.minhs.post("/help", wish)

    assert refused.status_code == 422
    assert "Bạn đã là người của đơn vị này rồi, không cần hỏi." in refused.text
    with reading() as session:
        assert session.scalars(select(ConsentAsking)).all() == []


def test_an_officer_in_the_team_does_not_judge_whom_it_helps(village: _Village) -> None:
    village.give()
    with transaction(by=COMMAND) as work:
        make_officer(work, person=village.dung)

    judged = village.dungs.post(
        f"/office/enterprises/{village.smithy.public_id}/suspend", {"reason": "Bán hàng giả."}
    )

    assert judged.status_code == 403
    assert "Đây là đơn vị của chính bạn" in judged.text


def test_a_member_taken_out_is_refused_at_the_very_next_request(village: _Village) -> None:
    village.give()
    with transaction(by=COMMAND) as work:
        smithy = work.session.get_one(Enterprise, village.smithy.id)
        product = make_product(work, enterprise=smithy, state="draft")
    edit = f"/manage/products/{product.public_id}/edit"
    for one in (village.minhs, village.dungs):
        village.act(one)
        assert one.get(edit).status_code == 200

    village.officer.post(f"/office/team-members/{village.dung_in.public_id}/end")

    fields = {"name": "Dao khác", "group": "thu_cong_my_nghe", "version": "1"}
    seen, written = village.dungs.get("/manage/products"), village.dungs.post(edit, fields)
    assert (seen.status_code, written.status_code) == (403, 403)
    for page in (seen.text, written.text):
        assert "Bạn không còn trong đội Đoàn thanh niên, Cao Bằng" in page
    assert "Dao khác" not in village.producer.get("/manage/products").text
    assert village.minhs.get(edit).status_code == 200
    assert "Đoàn thanh niên" not in village.dungs.get("/help").text


def test_a_team_that_ended_helps_nobody_and_asks_nobody_in(village: _Village) -> None:
    village.give()
    village.act(village.dungs)
    village.officer.post(village.page, {"name": "chị Mai", "sign_in": MAIS_PHONE})
    link = _link()

    assert village.officer.post(f"{village.page}/end").location == "/office/teams"

    seen = village.dungs.get("/manage/products")
    assert seen.status_code == 403
    assert "Thảo đã kết thúc việc bạn giúp Mẫu – Lò rèn Hà lúc" in seen.text
    late = village.officer.post(village.page, {"name": "ai đó"})
    assert late.status_code == 409
    assert "Đội này đã thôi." in late.text
    assert village.mai.get(link).status_code == 409
    joined = village.mai.post("/teams/join", {"token": link.rpartition("/")[2]})
    assert joined.status_code == 409
    assert "Đội này đã thôi." in village.officer.get(village.page).text
    assert _members() == [("Minh", True), ("Dung", True), ("chị Mai", False)]


def test_what_was_asked_of_another_number_lets_nobody_else_in(village: _Village) -> None:
    village.officer.post(village.page, {"name": "chị Mai", "sign_in": MAIS_PHONE})
    token = _link().rpartition("/")[2]
    with transaction(by=COMMAND) as work:
        lan = make_person(work, sign_in="lan@goc.example", name="Lan")
        other = SignedIn(village.app, make_sign_in(work, person=lan, key="lan"))

    refused = other.post("/teams/join", {"token": token})
    made_up = other.post("/teams/join", {"token": token[:-1] + "x"})

    assert (refused.status_code, made_up.status_code) == (403, 409)
    assert other.get(f"/teams/{token[:-1]}x").status_code == 404
    assert _members() == [("Minh", True), ("Dung", True), ("chị Mai", False)]


def test_who_leaves_a_team_is_out_of_it_and_of_no_other(village: _Village) -> None:
    village.give()

    left = village.dungs.post(f"/help/teams/{village.team.public_id}/leave")
    again = village.dungs.post(f"/help/teams/{village.team.public_id}/leave")
    stranger = village.mai.post(f"/help/teams/{village.team.public_id}/leave")

    assert (left.status_code, again.status_code, stranger.status_code) == (303, 404, 404)
    assert _members() == [("Minh", True), ("Dung", False)]
    assert "Vào làm giúp" not in village.dungs.get("/help").text
    assert "Vào làm giúp" in village.minhs.get("/help").text


def test_a_leader_keeps_the_team_and_trains_in_its_area_alone(village: _Village) -> None:
    lead = f"/office/team-members/{village.dung_in.public_id}/leader"
    assert village.officer.post(lead).location == village.page
    assert "Thôi đội trưởng" in village.officer.get(village.page).text
    assert "Người trong đội" in village.dungs.get("/help").text

    asked = village.dungs.post(village.page, {"name": "chị Mai", "sign_in": MAIS_PHONE})
    village.mai.post("/teams/join", {"token": _link().rpartition("/")[2]})
    with reading() as session:
        mais = session.scalars(
            select(TeamMember.public_id).where(TeamMember.name == "chị Mai")
        ).one()
    village.dungs.post(f"/office/team-members/{mais}/end")
    training = {"name": "Dán tem", "held_on": "22/11/2026"}
    opened = village.dungs.post("/office/trainings", training | {"area": "4"})
    elsewhere = village.dungs.post("/office/trainings", training | {"area": "8"})

    assert asked.status_code == 303
    assert _members() == [("Minh", True), ("Dung", True), ("chị Mai", False)]
    assert village.dungs.get(opened.location).status_code == 200
    assert elsewhere.status_code == 422
    assert _acts() == [
        "ask_into_team",
        "join_team",
        "name_leader",
        "open_training",
        "remove_from_team",
    ]


def test_a_leader_does_nothing_else_of_an_officers(village: _Village) -> None:
    lead = f"/office/team-members/{village.dung_in.public_id}/leader"
    village.officer.post(lead)
    with transaction(by=COMMAND) as work:
        other = make_team(work, opener=village.minh)
    new = {"name": "Đội khác", "kind": "other", "area": "4"}

    refused = [
        village.dungs.get("/office"),
        village.dungs.get("/office/teams"),
        village.dungs.post("/office/teams", new),
        village.dungs.post(f"{village.page}/end"),
        village.dungs.post(lead),
        village.dungs.post(f"{lead}/end"),
        village.dungs.get("/office/makers"),
        village.dungs.get("/office/month"),
    ]
    himself = village.dungs.post(f"/office/team-members/{village.dung_in.public_id}/end")
    page = village.dungs.get(village.page).text

    assert {one.status_code for one in refused} == {403}
    assert village.dungs.get(f"/office/teams/{other.public_id}").status_code == 404
    assert himself.status_code == 403
    assert "Đội trưởng thì chỉ cán bộ cho ra được." in himself.text
    assert "Cho Minh ra khỏi đội" in page
    assert "Cho Dung ra khỏi đội" not in page
    assert "Cho đội thôi" not in page
    assert _members() == [("Minh", True), ("Dung", True)]


def test_who_leads_no_longer_is_refused_at_the_very_next_request(village: _Village) -> None:
    lead = f"/office/team-members/{village.dung_in.public_id}/leader"
    assert village.dungs.get("/office/trainings").status_code == 403
    village.officer.post(lead)
    assert village.dungs.get("/office/trainings").status_code == 200

    village.officer.post(f"{lead}/end")
    assert village.dungs.get(village.page).status_code == 403
    assert village.dungs.get("/office/trainings").status_code == 403

    village.officer.post(lead)
    village.officer.post(f"{village.page}/end")
    assert village.dungs.get("/office/trainings").status_code == 403
    assert _acts() == ["end_leader", "end_team", "name_leader", "name_leader"]


def test_pages_of_teams_ask_little_however_many_there_are(village: _Village) -> None:
    village.give()
    with transaction(by=COMMAND) as work:
        thao = work.session.get_one(TeamMember, village.dung_in.id).invited_by_id
        opener = work.session.get_one(type(village.minh), thao)
        for number in range(5):
            team = make_team(work, opener=opener)
            make_team_member(work, team=team, person=village.minh)
            other = make_enterprise(work, name=f"Lò {number}")
            make_consent(work, enterprise=other, helper=village.minh, team=team)
            smithy = work.session.get_one(Enterprise, village.smithy.id)
            make_consent(work, enterprise=smithy, helper=village.minh, team=team)
    pages = [
        (village.officer, "/office/teams", "Teams that help sellers", 4),
        (village.officer, village.page, "In the team", 5),
        (village.minhs, "/help", "Whom your teams help", 8),
        (village.producer, "/manage/helpers", "Helping you", 5),
    ]
    for browser, path, words, most in pages:
        with counted_statements() as asked:
            assert words in browser.get(f"{path}?lang=en").text
        assert len(asked) <= most, (path, len(asked), asked)


def test_an_officer_elsewhere_who_leads_the_team_names_no_leaders_and_ends_it_not(
    village: _Village,
) -> None:
    elsewhere = village.officer_elsewhere()
    with transaction(by=COMMAND) as work:
        son = work.session.scalars(select(Person).where(Person.name == "Sơn")).one()
        team = work.session.get_one(Team, village.team.id)
        make_team_member(work, team=team, person=son).is_leader = True
    lead = f"/office/team-members/{village.dung_in.public_id}/leader"

    assert elsewhere.get(village.page).status_code == 200
    answers = [elsewhere.post(path) for path in (lead, f"{lead}/end", f"{village.page}/end")]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert _acts() == []
