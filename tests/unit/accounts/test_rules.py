from dataclasses import dataclass, replace

import pytest

from accounts.errors import EnterpriseSuspended, NoEnterprise, OwnEnterprise
from accounts.permissions import require
from accounts.rules import (
    ENTERPRISE_ACTS,
    JUDGING_ACTS,
    LEADER_ACTS,
    OFFICE_ACTS,
    OFFICES,
    OWN_ACTS,
    READING_ACTS,
    TABLE,
    Act,
    Ground,
    Lead,
    Member,
    Office,
    Role,
    Scope,
    Who,
)
from core.errors import NotAllowed, NotFound, SignInNeeded

OURS, THEIRS = 70_000, 80_000
MEMBER_ROLES = [role for role in Role if role not in OFFICES]


@dataclass(frozen=True)
class _Thing:
    enterprise_id: int


def _member(role: Role, enterprise_id: int = OURS, **more: object) -> Who:
    scopes = frozenset(Scope) if role is Role.HELPER else frozenset()
    member = replace(Member(enterprise_id, "E", "Mẫu", role, scopes=scopes), **more)  # type: ignore[arg-type]  # One keyword at most.
    return Who(1, "Hà", acting=member, memberships=(member,))


def _officer(province: str | None = "4", commune: str | None = None, **more: object) -> Who:
    return Who(2, "Lan", offices=(Office(1, Role.OFFICER, province, commune),), **more)  # type: ignore[arg-type]  # One keyword at most.


def test_the_acts_fall_into_three_kinds_without_overlap() -> None:
    assert set(Act) == ENTERPRISE_ACTS | OFFICE_ACTS | OWN_ACTS
    assert not ENTERPRISE_ACTS & OFFICE_ACTS
    assert JUDGING_ACTS < OFFICE_ACTS


@pytest.mark.parametrize("role", Role)
def test_members_and_officers_never_hold_each_others_acts(role: Role) -> None:
    assert TABLE[role] <= (OFFICE_ACTS if role in OFFICES else ENTERPRISE_ACTS)


def test_the_table_gives_each_role_what_its_work_needs() -> None:
    manage = {role: {str(act) for act in TABLE[role]} for role in Role}

    assert manage[Role.DIRECTOR] == {str(act) for act in ENTERPRISE_ACTS} - {"publish_practice"}
    assert manage[Role.LEARNER] == {
        "view_manage",
        "edit_product",
        "submit_product",
        "publish_practice",
        "declare_lot",
        "issue_stamps",
        "print_labels",
        "activate_stamps",
        "void_stamps",
        "read_history",
    }
    assert manage[Role.SELLER] == {
        "view_manage",
        "read_members",
        "leave_enterprise",
        "edit_product",
        "edit_papers",
        "submit_product",
        "manage_dealers",
        "read_reports",
        "read_history",
    }
    assert manage[Role.WAREHOUSE] == {
        "view_manage",
        "read_members",
        "leave_enterprise",
        "declare_lot",
        "read_reports",
        "read_history",
        "answer_reports",
        "judge_cases",
        "recall_lot",
        "issue_stamps",
        "manage_dealers",
        "print_labels",
        "activate_stamps",
        "void_stamps",
    }
    assert manage[Role.ACCOUNTANT] == {
        "view_manage",
        "read_members",
        "leave_enterprise",
        "read_reports",
        "read_history",
        "manage_bank",
    }
    assert manage[Role.GROWER] == {"view_manage", "read_members", "leave_enterprise"}
    assert "manage_members" not in manage[Role.HELPER] | manage[Role.SELLER]
    not_for_helpers = {"manage_consents", "read_history", "manage_bank", "edit_enterprise"}
    assert not not_for_helpers & manage[Role.HELPER]
    assert manage[Role.OPERATOR] - manage[Role.OFFICER] == {
        "manage_jobs",
        "manage_officers",
        "reset_factors",
    }


@pytest.mark.parametrize("act", sorted(Act))
def test_nobody_may_do_anything_without_signing_in(act: Act) -> None:
    with pytest.raises(SignInNeeded):
        require(None, act)


@pytest.mark.parametrize("act", sorted(ENTERPRISE_ACTS))
@pytest.mark.parametrize("role", MEMBER_ROLES)
def test_a_member_does_what_the_role_includes_and_only_to_ones_own(role: Role, act: Act) -> None:
    who = _member(role)

    with pytest.raises(NotFound):
        require(who, act, _Thing(THEIRS))
    if act in TABLE[role]:
        require(who, act)
        require(who, act, _Thing(int(str(OURS))))  # Equal, and not the same object.
    else:
        with pytest.raises(NotAllowed):
            require(who, act, _Thing(OURS))


@pytest.mark.parametrize(
    ("scope", "acts"),
    [
        (Scope.LISTING, {"edit_product", "edit_papers", "submit_product"}),
        (Scope.LOTS, {"declare_lot"}),
        (Scope.STAMPS, {"issue_stamps", "print_labels", "activate_stamps", "void_stamps"}),
        (Scope.ANSWERS, {"read_reports", "answer_reports"}),
    ],
)
def test_a_helper_does_what_the_consent_names_and_nothing_else(
    scope: Scope, acts: set[str]
) -> None:
    who = _member(Role.HELPER, scopes=frozenset({scope}))

    for act in ENTERPRISE_ACTS:
        if act in acts | {"view_manage"}:
            require(who, act, _Thing(OURS))
        else:
            with pytest.raises(NotAllowed):
                require(who, act, _Thing(OURS))


def test_a_commune_confirms_no_recognition_a_province_and_the_country_do() -> None:
    ground = Ground(OURS, "4", "1")

    for commune in ("1", "2"):
        with pytest.raises(NotAllowed):
            require(_officer("4", commune), Act.CONFIRM_RECOGNITION, ground)
    require(_officer("4"), Act.CONFIRM_RECOGNITION, ground)
    require(_officer(None), Act.CONFIRM_RECOGNITION, ground)
    with pytest.raises(NotFound):
        require(_officer("5"), Act.CONFIRM_RECOGNITION, ground)


def test_a_suspended_enterprise_is_left_its_pages_and_its_reports() -> None:
    assert {Act.VIEW_MANAGE, Act.READ_REPORTS} <= READING_ACTS
    assert READING_ACTS.isdisjoint({Act.EDIT_PRODUCT, Act.DECLARE_LOT, Act.ISSUE_STAMPS})


@pytest.mark.parametrize("act", sorted(TABLE[Role.DIRECTOR]))
def test_a_suspended_enterprise_looks_and_changes_nothing(act: Act) -> None:
    who = _member(Role.DIRECTOR, is_suspended=True)

    if act in READING_ACTS:
        require(who, act, _Thing(OURS))
    else:
        with pytest.raises(EnterpriseSuspended):
            require(who, act, _Thing(OURS))


def test_a_suspended_enterprise_tells_a_role_without_the_act_so_first() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(_member(Role.GROWER, is_suspended=True), Act.EDIT_PRODUCT)

    assert not isinstance(refusal.value, EnterpriseSuspended)


def test_whose_enterprise_is_acted_for_counts_and_not_where_else_one_belongs() -> None:
    ours = Member(OURS, "A", "Mẫu A", Role.GROWER)
    theirs = Member(THEIRS, "B", "Mẫu B", Role.DIRECTOR)
    who = Who(1, "Hà", acting=ours, memberships=(ours, theirs))

    with pytest.raises(NotFound):
        require(who, Act.EDIT_PRODUCT, _Thing(THEIRS))
    with pytest.raises(NotAllowed):
        require(who, Act.EDIT_PRODUCT, _Thing(OURS))


@pytest.mark.parametrize("act", sorted(ENTERPRISE_ACTS))
def test_somebody_of_no_enterprise_manages_nothing(act: Act) -> None:
    for who in (Who(1, "Mai"), _officer()):
        with pytest.raises(NoEnterprise):
            require(who, act, _Thing(OURS))


@pytest.mark.parametrize("act", sorted(OFFICE_ACTS))
@pytest.mark.parametrize("role", MEMBER_ROLES)
def test_no_member_holds_an_office(role: Role, act: Act) -> None:
    with pytest.raises(NotAllowed):
        require(_member(role), act)


@pytest.mark.parametrize(
    ("province", "commune", "ground", "covered"),
    [
        (None, None, Ground(OURS, None, None), True),
        (None, None, Ground(OURS, "4", "00070"), True),
        ("4", None, Ground(OURS, "4", None), True),
        ("4", None, Ground(OURS, "1", None), False),
        ("4", None, Ground(OURS, None, None), False),
        ("4", "01279", Ground(OURS, "4", "01279"), True),
        ("4", "01279", Ground(OURS, "4", "01280"), False),
        ("4", "01279", Ground(OURS, "4", None), False),
    ],
)
def test_an_officer_acts_within_the_area_alone(
    province: str | None, commune: str | None, ground: Ground, *, covered: bool
) -> None:
    who = _officer(province, commune)

    if covered:
        require(who, Act.PUBLISH_PRODUCT, ground)
    else:
        with pytest.raises(NotFound):
            require(who, Act.PUBLISH_PRODUCT, ground)


@pytest.mark.parametrize("act", sorted(OFFICE_ACTS))
def test_who_leads_a_team_trains_and_keeps_it_and_holds_no_office(act: Act) -> None:
    who = Who(1, "Minh", leads=(Lead(5, "4"),))

    if act in LEADER_ACTS:
        require(who, act)
    else:
        with pytest.raises(NotAllowed):
            require(who, act)
    with pytest.raises(NotAllowed):  # A team has no ground of its own.
        require(who, act, Ground(OURS, "4", None))


def test_a_leader_does_two_things_of_an_officers() -> None:
    assert {str(act) for act in LEADER_ACTS} == {"hold_training", "keep_team"}
    assert not LEADER_ACTS & JUDGING_ACTS


def test_an_office_that_lacks_the_act_does_not_lend_its_area() -> None:
    who = Who(3, "An", offices=(Office(1, Role.OFFICER), Office(2, Role.OPERATOR, "4")))

    require(who, Act.MANAGE_JOBS, Ground(OURS, "4", None))
    with pytest.raises(NotFound):
        require(who, Act.MANAGE_JOBS, Ground(OURS, "1", None))


def test_nobody_judges_an_enterprise_of_their_own() -> None:
    own = Member(OURS, "A", "Mẫu A", Role.GROWER)
    who = _officer(memberships=(own,))  # A member, even when not acting for it now.

    require(who, Act.VIEW_OFFICE, Ground(OURS, "4", None))
    for act in JUDGING_ACTS:
        with pytest.raises(OwnEnterprise):
            require(who, act, Ground(OURS, "4", None))
        require(who, act, Ground(THEIRS, "4", None))


def test_an_office_is_asked_about_a_ground_and_nothing_else() -> None:
    with pytest.raises(AssertionError):
        require(_officer(), Act.PUBLISH_PRODUCT, _Thing(OURS))


def test_anybody_signed_in_may_choose_whom_they_act_for() -> None:
    require(Who(1, "Mai"), Act.SWITCH_ENTERPRISE)


def test_one_acts_for_an_enterprise_or_for_none() -> None:
    assert _member(Role.SELLER).enterprise_id == OURS
    assert _officer().enterprise_id is None
