from pathlib import Path

import pytest

from traceability.rules import Request, StampState, Uncounted, Visit, uncounted_because, visit_kind

LINES = Path(__file__).with_name("user_agents.txt").read_text().splitlines()
AGENTS = [line.split("\t") for line in LINES if not line.startswith("#")]
SAFARI = next(agent for kind, agent in AGENTS if kind == "person")


@pytest.mark.parametrize(("kind", "agent"), AGENTS)
def test_people_in_browsers_and_apps_count_and_fetchers_do_not(kind: str, agent: str) -> None:
    assert visit_kind(Request("GET", agent)).value == kind


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_a_request_that_shows_nobody_a_page_does_not_count(method: str) -> None:
    assert visit_kind(Request(method, SAFARI)) is Visit.HEAD


@pytest.mark.parametrize(
    ("sec_purpose", "purpose"),
    [
        ("prefetch", ""),
        ("prefetch;prerender", ""),
        ("prefetch;anonymous-client-ip", ""),
        ("", "prefetch"),
        ("", "preview"),
        ("", "Prefetch"),
    ],
)
def test_what_a_browser_fetches_ahead_does_not_count(sec_purpose: str, purpose: str) -> None:
    request = Request("GET", SAFARI, sec_purpose=sec_purpose, purpose=purpose)

    assert visit_kind(request) is Visit.PREFETCH


@pytest.mark.parametrize(
    ("dest", "mode"),
    [("image", "no-cors"), ("iframe", "navigate"), ("script", "no-cors"), ("empty", "cors")],
)
def test_a_stamp_shown_inside_another_page_does_not_count(dest: str, mode: str) -> None:
    request = Request("GET", SAFARI, fetch_dest=dest, fetch_mode=mode)

    assert visit_kind(request) is Visit.EMBEDDED


def test_a_page_opened_by_itself_counts() -> None:
    request = Request("GET", SAFARI, fetch_dest="document", fetch_mode="navigate")

    assert visit_kind(request) is Visit.PERSON


def test_what_our_own_worker_passes_on_counts_and_what_a_page_of_ours_shows_does_not() -> None:
    ours = {"fetch_site": "same-origin", "fetch_mode": "same-origin"}
    passed_on = Request("GET", SAFARI, fetch_dest="empty", **ours)
    framed = Request("GET", SAFARI, fetch_dest="iframe", **ours)
    foreign = Request(
        "GET", SAFARI, fetch_dest="empty", fetch_mode="no-cors", fetch_site="cross-site"
    )

    assert visit_kind(passed_on) is Visit.PERSON
    assert visit_kind(framed) is Visit.EMBEDDED
    assert visit_kind(foreign) is Visit.EMBEDDED


def reason(  # A visit that counts, but for what the test says.
    visit: Visit = Visit.PERSON, state: StampState = StampState.ACTIVE, **held: bool
) -> Uncounted | None:
    flags = {"by_member": False, "by_officer": False, "same_device": False} | held
    return uncounted_because(visit=visit, state=state, **flags)


def test_a_persons_visit_to_an_active_stamp_counts() -> None:
    assert reason() is None


def test_each_reason_not_to_count_is_named_and_the_first_wins() -> None:
    assert reason(Visit.PREVIEW, StampState.VOID) is Uncounted.NOT_A_PERSON
    assert reason(state=StampState.PRINTED, by_member=True) is Uncounted.NOT_ACTIVE
    assert reason(state=StampState.VOID) is Uncounted.NOT_ACTIVE
    assert reason(by_member=True, same_device=True) is Uncounted.MEMBER
    assert reason(by_officer=True) is Uncounted.OFFICER
    assert reason(same_device=True) is Uncounted.SAME_DEVICE
