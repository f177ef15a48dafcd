"""Dealers, hand-overs and print codes by the API."""

import pytest
from sqlalchemy import select, update

from accounts.token_scopes import TokenScope
from core.answers import KeptAnswer
from core.sealing import sealer
from core.work import VISITOR, reading, transaction
from core.worker.jobs import run_next
from tests.dealers import HAI_CHAU
from tests.makers import make_member, make_person
from tests.web.api.program import Program, forge, token_of
from tests.web.api.stamping import KINDS, issued, new_lot
from traceability import service
from traceability.models import PrintCode, StampDelivery
from traceability.rules import MOST_SMS_A_DAY
from traceability.service import NewDealer, print_codes


@pytest.fixture
def path(program: Program) -> str:
    """The path of a batch of ten stamps."""
    return issued(program, new_lot())


def new_dealer(phone: str = "0912345678") -> str:
    with transaction(by=VISITOR) as work:
        told = NewDealer("Tạp hóa Bình", phone, HAI_CHAU)
        return service.add_dealer(work, enterprise_id=forge(work).id, told=told).public_id


def with_scopes(program: Program, *scopes: TokenScope) -> Program:
    """A director of the forge with another token."""
    with transaction(by=VISITOR) as work:
        person, ours = make_person(work, sign_in="vi@goc.example"), forge(work)
        make_member(work, enterprise=ours, person=person)
        return Program(program.client, token_of(work, person, ours, scopes))


def labels_of(program: Program, path: str) -> str:
    [labels] = program.get(f"{path}/labels").json["items"]
    public_id: str = labels["public_id"]
    return public_id


def fetched(program: Program, path: str) -> int:
    """Fetch a file; the status of the answer."""
    headers = {"Authorization": f"Bearer {program.token}"}
    with program.client.get(f"/api/v1{path}", headers=headers) as answer:
        return answer.status_code


def test_stamps_are_handed_to_a_dealer_and_taken_back(program: Program, path: str) -> None:
    dealer = new_dealer()

    made = program.post(f"{path}/hand-over", {"dealer": dealer, "first": 2, "last": 6})
    twice = program.post(f"{path}/hand-over", {"dealer": dealer, "first": 6, "last": 7})
    where = made.location.removeprefix("/api/v1")
    shown = program.get(where).json
    back = program.post(f"{where}/take-back")

    assert made.status_code == 201
    assert made.json == shown | {"is_sms_sent": True}
    assert (shown["first"], shown["last"], shown["state"]) == (2, 6, "offered")
    assert (shown["dealer"], shown["batch"]) == (dealer, path.rsplit("/", 1)[1])
    assert (twice.status_code, twice.json["code"]) == (409, "stamps_with_dealer")
    assert (back.status_code, back.json["state"]) == (200, "taken_back")
    with reading() as session:
        assert len(session.scalars(select(StampDelivery)).all()) == 1


def test_a_hand_over_says_that_no_sms_goes_out(
    program: Program, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealer = new_dealer()
    said = [
        program.post(f"{path}/hand-over", {"dealer": dealer, "first": at, "last": at}).json
        for at in range(1, MOST_SMS_A_DAY + 2)
    ]
    other = new_dealer("0912345679")
    monkeypatch.setattr("traceability.api.deliveries.has_carrier", lambda _target: False)
    nowhere = program.post(f"{path}/hand-over", {"dealer": other, "first": 9, "last": 9})

    assert [each["is_sms_sent"] for each in said] == [True] * MOST_SMS_A_DAY + [False]
    assert [each["state"] for each in said] == ["offered"] * (MOST_SMS_A_DAY + 1)
    assert (nowhere.status_code, nowhere.json["is_sms_sent"]) == (201, False)


def test_dealers_are_listed_without_their_numbers(program: Program) -> None:
    ids = sorted((new_dealer(), new_dealer("0912345679")))

    one = program.get("/dealers?limit=1").json
    rest = program.get(f"/dealers?limit=1&cursor={one['next']}").json

    assert [each["public_id"] for each in (*one["items"], *rest["items"])] == ids
    assert rest["next"] is None
    assert "phone" not in one["items"][0]


def test_a_dealer_nobody_knows_gets_nothing(program: Program, path: str) -> None:
    answer = program.post(f"{path}/hand-over", {"dealer": "7K3MQ9T2XB", "first": 1, "last": 2})

    assert answer.status_code == 404


def test_a_print_code_is_made_shown_passed_on_and_ended(program: Program, path: str) -> None:
    labels = labels_of(program, path)

    made = program.post(
        f"/stamps/labels/{labels}/codes", {"print_place": "UBND xã"}, idempotency_key="one"
    )
    again = program.post(f"/stamps/labels/{labels}/codes")
    where = made.location.removeprefix("/api/v1")
    passed = program.get(f"{where}/link").json
    ended = program.post(f"{where}/end")

    assert made.status_code == 201
    assert program.get(where).json == made.json | {"state": "ended"}
    assert (made.json["labels"], made.json["print_place"]) == (10, "UBND xã")
    assert again.json["public_id"] == made.json["public_id"]
    letters = passed["code"].replace("-", "")
    assert len(letters) == 6
    assert passed["address"] == f"https://goc.example/print/{letters}"
    assert ended.json["state"] == "ended"
    gone = program.get(f"{where}/link")
    assert (gone.status_code, gone.json["code"]) == (409, "print_code_not_open")
    with reading() as session:  # Nothing that is kept tells the letters.
        kept = session.scalars(select(KeptAnswer.location)).all()
    assert kept
    assert not any(letters in one or passed["code"] in one for one in kept)


def test_codes_in_the_way_of_another_are_named(
    program: Program, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_codes, "MOST_OPEN", 1)
    first = program.post(f"/stamps/labels/{labels_of(program, path)}/codes").json["public_id"]
    more = issued(program, new_lot("26-11B"))
    other = f"/stamps/labels/{labels_of(program, more)}/codes"

    refused = program.post(other)

    assert (refused.status_code, refused.json["code"]) == (409, "too_many_print_codes")
    assert refused.json["open_codes"] == [first]
    program.post(f"/stamps/print-codes/{first}/end")
    assert program.post(other).status_code == 201


def test_no_letters_are_passed_on_of_a_code_nobody_can_use(program: Program, path: str) -> None:
    made = program.post(f"/stamps/labels/{labels_of(program, path)}/codes").json["public_id"]
    with transaction(by=VISITOR) as work:
        work.session.execute(
            update(PrintCode).values(by_person_id=make_person(work, sign_in="di@goc.example").id)
        )

    link = program.get(f"/stamps/print-codes/{made}/link")

    assert (link.status_code, link.json["code"]) == (409, "print_code_not_open")


def test_what_the_clerk_said_is_told(program: Program, path: str) -> None:
    made = program.post(f"/stamps/labels/{labels_of(program, path)}/codes").json
    with transaction(by=VISITOR) as work:
        row = work.session.scalars(select(PrintCode)).one()
        token_hash = service.hash_of_browser("7" * 26, row.id, sealer())
        service.fetch_sheets(work, code_id=row.id, token_hash=token_hash)
        service.answer_print(
            work, code_id=row.id, token_hash=token_hash, spoiled_count=2, spoiled=((3, 4),)
        )

    told = program.get(f"/stamps/print-codes/{made['public_id']}").json

    assert (told["state"], told["spoiled_count"]) == ("answered", 2)
    assert told["spoiled"] == [{"first": 3, "last": 4}]
    again = program.post(f"/stamps/labels/{labels_of(program, path)}/codes")
    assert (again.status_code, again.json["code"]) == (422, "reprint_needs_reason")


def test_who_only_reads_stamps_learns_no_letters(program: Program, path: str) -> None:
    made = program.post(f"/stamps/labels/{labels_of(program, path)}/codes").json
    reader = with_scopes(program, TokenScope.READ_STAMPS)

    shown = reader.get(f"/stamps/print-codes/{made['public_id']}")
    link = reader.get(f"/stamps/print-codes/{made['public_id']}/link")

    assert shown.status_code == 200
    assert (link.status_code, link.json["scope"]) == (403, "stamps:write")


@pytest.mark.parametrize(("scratch", "status"), [(True, 403), (False, 200)], ids=["yes", "no"])
def test_files_with_scratch_codes_are_not_for_who_only_reads(
    program: Program, *, scratch: bool, status: int
) -> None:
    body = {"lot": new_lot(), "count": 3, "paper": "a4-25", "scratch": scratch}
    path = program.post("/stamps", body).location.removeprefix("/api/v1")
    while run_next(KINDS):
        pass
    file = f"/stamps/labels/{labels_of(program, path)}/file"
    reader = with_scopes(program, TokenScope.READ_STAMPS)

    assert [fetched(one, file) for one in (reader, program)] == [status, 200]


def test_stamps_are_issued_signed_in_one_step(program: Program) -> None:
    body = {"lot": new_lot(), "count": 3, "paper": "a4-25", "signed": True}
    made = program.post("/stamps", body)
    small = program.post("/stamps", {**body, "paper": "a4-15"})

    path = made.location.removeprefix("/api/v1")
    [labels] = program.get(f"{path}/labels").json["items"]

    assert made.status_code == 202
    assert labels["signed"] is True
    assert (small.status_code, small.json["code"]) == (422, "too_small_for_signature")


def test_a_scanned_signed_address_names_a_stamp(program: Program, path: str) -> None:
    [serial] = program.get(f"{path}/stamps?first=4&last=4").json["items"]
    signed = f"HTTPS://{'A' * 63}.GOC.EXAMPLE/01/09521234543213/21/{serial['serial']}?s={'7' * 155}"

    answer = program.post(f"{path}/void", {"first": signed, "last": 4, "reason": "spoiled"})

    assert (answer.status_code, answer.json["first"]) == (201, 4)
