from itertools import chain, repeat

from accounts import queries, service
from accounts.models import Enterprise
from accounts.service import NewEnterprise
from core.slugs import fresh_public_ids
from core.text.alphabet import sort_key
from core.work import Work
from tests.makers import make_enterprise

TEA = NewEnterprise(
    name="HTX chè Hảo Đạt",
    kind="cooperative",
    place_published="xã Tân Cương, Thái Nguyên",
    province_code="19",
    phone="0900000000",
)


def test_enterprises_are_entered_in_order_and_found_by_name_and_province(work: Work) -> None:
    ids = service.add_enterprises(work, [TEA, NewEnterprise("Lò Hà", "household", "Phúc Sen")])

    makers = queries.makers(work.session, ids)
    assert [makers[each].name for each in ids] == ["HTX chè Hảo Đạt", "Lò Hà"]
    found = queries.enterprise_ids_named(work.session, [sort_key(TEA.name)])
    assert found == {(sort_key(TEA.name), "19"): ids[0]}


def test_a_phone_is_shown_only_where_the_maker_agreed(work: Work) -> None:
    (hidden,) = service.add_enterprises(work, [TEA])
    maker = queries.makers(work.session, [hidden])[hidden]

    assert maker.phone is None
    assert maker.province == "Thái Nguyên"
    assert maker.slug.startswith("htx-che-hao-dat-")


def test_nothing_is_asked_or_entered_for_nothing(work: Work) -> None:
    assert service.add_enterprises(work, []) == []
    assert queries.makers(work.session, []) == {}


def test_a_taken_slug_key_is_never_drawn_twice(work: Work) -> None:
    taken = make_enterprise(work)
    draws = chain([taken.public_id, "AAAAAA0001", "AAAAAA0002"], repeat("BBBBBB0001"))
    work.new_public_id = lambda: next(draws)

    ids = fresh_public_ids(work, Enterprise.slug_key, 2)

    assert ids == ["AAAAAA0001", "BBBBBB0001"]


def test_a_new_enterprise_is_verified_real_and_in_its_first_version(work: Work) -> None:
    (id_,) = service.add_enterprises(work, [TEA])

    row = work.session.get_one(Enterprise, id_)
    assert (row.state, row.is_sample, row.phone_shown, row.version) == ("verified", False, False, 1)
    assert (row.slug_key, row.created_at) == (row.public_id[:6], work.now)
