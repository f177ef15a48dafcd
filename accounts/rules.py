"""Who may do what: one table (role × act) and one decision. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from accounts.turns import Level


class Act(StrEnum):
    """Everything a route can ask leave for."""

    # For an enterprise, on /manage.
    VIEW_MANAGE = "view_manage"
    EDIT_PRODUCT = "edit_product"
    EDIT_PAPERS = "edit_papers"
    SUBMIT_PRODUCT = "submit_product"
    DECLARE_LOT = "declare_lot"
    ISSUE_STAMPS = "issue_stamps"
    PRINT_LABELS = "print_labels"
    ACTIVATE_STAMPS = "activate_stamps"
    VOID_STAMPS = "void_stamps"
    MANAGE_DEALERS = "manage_dealers"
    LEAVE_ENTERPRISE = "leave_enterprise"
    READ_MEMBERS = "read_members"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_CONSENTS = "manage_consents"
    READ_HISTORY = "read_history"
    EDIT_ENTERPRISE = "edit_enterprise"
    MANAGE_BANK = "manage_bank"
    READ_REPORTS = "read_reports"
    ANSWER_REPORTS = "answer_reports"
    JUDGE_CASES = "judge_cases"
    RECALL_LOT = "recall_lot"
    PUBLISH_PRACTICE = "publish_practice"
    # For an area, on /office.
    VIEW_OFFICE = "view_office"
    PUBLISH_PRODUCT = "publish_product"
    RETURN_PRODUCT = "return_product"
    VERIFY_ENTERPRISE = "verify_enterprise"
    WITNESS_CONSENT = "witness_consent"
    SUSPEND_ENTERPRISE = "suspend_enterprise"
    CONFIRM_RECOGNITION = "confirm_recognition"
    HANDLE_REPORTS = "handle_reports"
    ORDER_RECALL = "order_recall"
    MANAGE_JOBS = "manage_jobs"
    MANAGE_OFFICERS = "manage_officers"
    MANAGE_NAMES = "manage_names"
    CARE_FOR_MAKERS = "care_for_makers"
    HOLD_TRAINING = "hold_training"
    MANAGE_TEAMS = "manage_teams"
    KEEP_TEAM = "keep_team"
    RESET_FACTORS = "reset_factors"
    # For oneself.
    SWITCH_ENTERPRISE = "switch_enterprise"
    JOIN_ENTERPRISE = "join_enterprise"
    ASK_CONSENT = "ask_consent"
    MANAGE_ACCOUNT = "manage_account"
    START_ENTERPRISE = "start_enterprise"
    PRACTISE = "practise"


class Role(StrEnum):
    """What somebody is: of an enterprise, its helper, who practises, or the holder of an office."""

    DIRECTOR = "director"
    SELLER = "seller"
    WAREHOUSE = "warehouse"
    ACCOUNTANT = "accountant"
    GROWER = "grower"
    HELPER = "helper"
    LEARNER = "learner"
    OFFICER = "officer"
    OPERATOR = "operator"


OFFICES = frozenset({Role.OFFICER, Role.OPERATOR})
# Anybody signed in, for themselves alone.
OWN_ACTS = frozenset(
    {
        Act.SWITCH_ENTERPRISE,
        Act.JOIN_ENTERPRISE,
        Act.ASK_CONSENT,
        Act.MANAGE_ACCOUNT,
        Act.START_ENTERPRISE,
        Act.PRACTISE,
    }
)
OFFICE_ACTS = frozenset(
    {
        Act.VIEW_OFFICE,
        Act.PUBLISH_PRODUCT,
        Act.RETURN_PRODUCT,
        Act.VERIFY_ENTERPRISE,
        Act.WITNESS_CONSENT,
        Act.SUSPEND_ENTERPRISE,
        Act.CONFIRM_RECOGNITION,
        Act.HANDLE_REPORTS,
        Act.ORDER_RECALL,
        Act.MANAGE_JOBS,
        Act.MANAGE_OFFICERS,
        Act.MANAGE_NAMES,
        Act.CARE_FOR_MAKERS,
        Act.HOLD_TRAINING,
        Act.MANAGE_TEAMS,
        Act.KEEP_TEAM,
        Act.RESET_FACTORS,
    }
)
ENTERPRISE_ACTS = frozenset(Act) - OFFICE_ACTS - OWN_ACTS
# Judging is never done by somebody who belongs to what is judged.
_OPERATING = frozenset({Act.MANAGE_JOBS, Act.MANAGE_OFFICERS, Act.RESET_FACTORS})
JUDGING_ACTS = (
    OFFICE_ACTS
    - _OPERATING
    - {Act.VIEW_OFFICE, Act.CARE_FOR_MAKERS, Act.HOLD_TRAINING, Act.MANAGE_NAMES}
    - {Act.MANAGE_TEAMS, Act.KEEP_TEAM}
)
# Of an office's acts those of a team's leader too, within the team and its area.
LEADER_ACTS = frozenset({Act.HOLD_TRAINING, Act.KEEP_TEAM})
# Since 6 July 2025 no commune recognises: 3 and 4 stars are the province's, 5 the ministry's.
PROVINCE_ACTS = frozenset({Act.CONFIRM_RECOGNITION, Act.MANAGE_NAMES})

_EVERY_MEMBER = frozenset({Act.VIEW_MANAGE, Act.READ_MEMBERS, Act.LEAVE_ENTERPRISE})
_STAMPS = frozenset({Act.ISSUE_STAMPS, Act.PRINT_LABELS, Act.ACTIVATE_STAMPS, Act.VOID_STAMPS})


class Scope(StrEnum):
    """A piece of work a producer can let a helper do. Money and members are in none."""

    LISTING = "listing"
    LOTS = "lots"
    STAMPS = "stamps"
    ANSWERS = "answers"


SCOPE_ACTS: Mapping[Scope, frozenset[Act]] = {
    Scope.LISTING: frozenset({Act.EDIT_PRODUCT, Act.EDIT_PAPERS, Act.SUBMIT_PRODUCT}),
    Scope.LOTS: frozenset({Act.DECLARE_LOT}),
    Scope.STAMPS: _STAMPS,
    Scope.ANSWERS: frozenset({Act.READ_REPORTS, Act.ANSWER_REPORTS}),
}
# What is left to a suspended enterprise: its people may look, leave, and end a helper's consent.
READING_ACTS = _EVERY_MEMBER | {Act.READ_REPORTS, Act.READ_HISTORY, Act.MANAGE_CONSENTS}

# Where somebody practises nothing reaches anybody else: no people, papers, money or officers.
_PRACTISING = frozenset({Act.PUBLISH_PRACTICE})
_TRIED_OUT = frozenset(
    {
        Act.VIEW_MANAGE,
        Act.EDIT_PRODUCT,
        Act.SUBMIT_PRODUCT,
        Act.DECLARE_LOT,
        Act.READ_HISTORY,
    }
)

TABLE: Mapping[Role, frozenset[Act]] = {
    Role.DIRECTOR: ENTERPRISE_ACTS - _PRACTISING,
    Role.SELLER: _EVERY_MEMBER
    | {
        Act.EDIT_PRODUCT,
        Act.EDIT_PAPERS,
        Act.SUBMIT_PRODUCT,
        Act.READ_REPORTS,
        Act.READ_HISTORY,
        Act.MANAGE_DEALERS,
    },
    Role.WAREHOUSE: _EVERY_MEMBER
    | _STAMPS
    | {Act.DECLARE_LOT, Act.READ_REPORTS, Act.READ_HISTORY, Act.ANSWER_REPORTS}
    | {Act.JUDGE_CASES, Act.MANAGE_DEALERS, Act.RECALL_LOT},
    Role.ACCOUNTANT: _EVERY_MEMBER | {Act.READ_REPORTS, Act.READ_HISTORY, Act.MANAGE_BANK},
    Role.GROWER: _EVERY_MEMBER,
    # At most: a helper's consent names which scopes.
    Role.HELPER: frozenset({Act.VIEW_MANAGE}).union(*SCOPE_ACTS.values()),
    Role.LEARNER: _TRIED_OUT | _STAMPS | _PRACTISING,
    Role.OFFICER: OFFICE_ACTS - _OPERATING,
    Role.OPERATOR: OFFICE_ACTS,
}


class Owned(Protocol):
    """Whatever may belong to an enterprise: every such row carries its id."""

    @property
    def enterprise_id(self) -> int | None:
        """Whose it is; None is nobody's."""


@dataclass(frozen=True)
class Ground:
    """An enterprise and where it lies: what officers are asked about."""

    enterprise_id: int
    province_code: str | None
    commune_code: str | None


@dataclass(frozen=True)
class Office:
    """An appointment: a role in a commune, a province, or (without codes) the whole country."""

    id: int
    role: Role
    province_code: str | None = None
    commune_code: str | None = None
    is_deputy: bool = False  # Stands in for somebody absent, for some days.

    @property
    def level(self) -> Level:
        """How large its area is."""
        if self.commune_code is not None:
            return Level.COMMUNE
        return Level.PROVINCE if self.province_code is not None else Level.COUNTRY

    def may(self, act: Act) -> bool:
        """Whether such an office does such an act anywhere: a commune's does no province's."""
        return act in TABLE[self.role] and not (act in PROVINCE_ACTS and self.commune_code)

    def covers(self, ground: Ground) -> bool:
        """Whether the ground lies in this area. An unknown place is the country's alone."""
        return self.reaches(ground.province_code, ground.commune_code)

    def reaches(self, province_code: str | None, commune_code: str | None) -> bool:
        """Whether a place lies in this area; a whole province lies in no commune."""
        return self.province_code in {None, province_code} and (
            self.commune_code in {None, commune_code}
        )


@dataclass(frozen=True)
class Lead:
    """A team somebody leads, and the commune or province it works in."""

    team_id: int
    province_code: str
    commune_code: str | None = None


@dataclass(frozen=True)
class Member:
    """An enterprise somebody acts for, and as what; a helper by a consent, within its scopes."""

    enterprise_id: int
    enterprise_public_id: str
    enterprise_name: str
    role: Role
    is_suspended: bool = False
    consent_id: int | None = None
    scopes: frozenset[Scope] = frozenset()
    until_at: datetime | None = None  # A helper's consent, or a practice, ends then.
    team: str = ""  # In whose name one helps; empty: in one's own.

    @property
    def acts(self) -> frozenset[Act]:
        """What the person may do there while the enterprise is not suspended."""
        if self.role is not Role.HELPER:
            return TABLE[self.role]
        return frozenset({Act.VIEW_MANAGE}).union(*(SCOPE_ACTS[one] for one in self.scopes))


@dataclass(frozen=True)
class Who:
    """Somebody signed in: for whom they act now, and all they are."""

    person_id: int
    name: str
    acting: Member | None = None
    memberships: tuple[Member, ...] = ()
    offices: tuple[Office, ...] = field(default=())
    leads: tuple[Lead, ...] = ()
    is_changing: bool = False  # A new password or number of theirs waits; they can stop it.
    has_factor: bool = False
    confirmed_at: datetime | None = None  # When they last showed the strongest thing they have.

    @property
    def enterprise_id(self) -> int | None:
        """The enterprise acted for."""
        return self.acting.enterprise_id if self.acting else None

    def office_for(self, ground: Ground) -> Office:
        """The office by which the person looks at a place: the smallest area, one's own first."""
        return self.offices_for(ground)[0]

    def offices_for(self, ground: Ground) -> list[Office]:
        """All offices that cover a place: the smallest area first, of it one's own first."""
        covering = [one for one in self.offices if one.covers(ground)]
        return sorted(covering, key=lambda one: (list(Level).index(one.level), one.is_deputy))

    def belongs_to(self, enterprise_id: int) -> bool:
        """Whether the person is a member or helper there, acting for it or not."""
        return any(one.enterprise_id == enterprise_id for one in self.memberships)


class Decision(StrEnum):
    """The answer to "may they?"."""

    ALLOWED = "allowed"
    SIGN_IN_NEEDED = "sign_in_needed"
    NOT_FOUND = "not_found"  # It is somebody else's: as if it did not exist.
    NOT_ALLOWED = "not_allowed"
    NO_ENTERPRISE = "no_enterprise"
    SUSPENDED = "suspended"
    OWN_ENTERPRISE = "own_enterprise"  # One may not judge one's own.


def decide(who: Who | None, act: Act, thing: Owned | None = None) -> Decision:
    """Whether `who` may do `act`: to `thing`, or at all where no thing is named yet.

    The `thing` of an office's act is a Ground.
    """
    if who is None:
        return Decision.SIGN_IN_NEEDED
    if act in OWN_ACTS:
        return Decision.ALLOWED
    if act in OFFICE_ACTS:
        assert thing is None or isinstance(thing, Ground), "an office acts on a Ground"
        return _decide_for_office(who, act, thing)
    return _decide_for_enterprise(who, act, thing)


def _decide_for_enterprise(who: Who, act: Act, thing: Owned | None) -> Decision:
    if who.acting is None:
        return Decision.NO_ENTERPRISE
    if thing is not None and thing.enterprise_id != who.acting.enterprise_id:
        return Decision.NOT_FOUND
    if act not in who.acting.acts:
        return Decision.NOT_ALLOWED
    if who.acting.is_suspended and act not in READING_ACTS:
        return Decision.SUSPENDED
    return Decision.ALLOWED


def _decide_for_office(who: Who, act: Act, ground: Ground | None) -> Decision:
    offices = [one for one in who.offices if one.may(act)]
    if not offices:
        leads = act in LEADER_ACTS and bool(who.leads) and ground is None
        return Decision.ALLOWED if leads else Decision.NOT_ALLOWED
    if ground is None:
        return Decision.ALLOWED
    if not any(one.covers(ground) for one in offices):
        return Decision.NOT_FOUND
    if act in JUDGING_ACTS and who.belongs_to(ground.enterprise_id):
        return Decision.OWN_ENTERPRISE
    return Decision.ALLOWED
