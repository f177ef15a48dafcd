"""What the tables of accounts hold of people."""

from sqlalchemy import ColumnElement, select

from accounts.models import (
    AccountChange,
    Appointment,
    AreaTarget,
    BankAccount,
    Caretaker,
    Consent,
    ConsentAsking,
    Enterprise,
    EnterpriseReview,
    Erasure,
    GroupAct,
    Guiding,
    Invitation,
    MakerReminder,
    Membership,
    NameCase,
    Person,
    PlaceChange,
    Practice,
    PurposeConsent,
    Team,
    TeamMember,
    Training,
    TrainingLearner,
    TrainingStep,
)
from accounts.personal_entering import HASH, HELD_FOR_ENTERING, enterprise_of
from accounts.service.forgetting import NOBODY
from core import periods
from core.database import Base
from core.errors import sentence
from core.personal import NOW, Blank, Gone, Held, Subject

_COMPARED = "compared by officers at their next look; what it says is handed out where it stands"


def _team_of(table: type[Base]) -> dict[str, ColumnElement[str]]:
    own = table.__table__.columns["team_id"]
    return {"team": select(Team.name).where(Team.id == own).scalar_subquery()}


def _directed(subject: Subject) -> ColumnElement[bool]:
    return Enterprise.id.in_(subject.directs)


def _own_bank(subject: Subject) -> ColumnElement[bool]:
    return BankAccount.enterprise_id.in_(subject.keeps_books)


def _reviews_of_own(subject: Subject) -> ColumnElement[bool]:
    return EnterpriseReview.enterprise_id.in_(subject.directs)


def _learned(subject: Subject) -> ColumnElement[bool]:
    own = select(TrainingLearner.id).where(TrainingLearner.person_id == subject.person_id)
    return TrainingStep.learner_id.in_(own)


def _cases_of_own(subject: Subject) -> ColumnElement[bool]:
    return NameCase.enterprise_id.in_(subject.directs)


def _moves_of_own(subject: Subject) -> ColumnElement[bool]:
    return PlaceChange.enterprise_id.in_(subject.directs)


HELD = (
    Held(
        NameCase,
        sentence("Việc tên được bảo hộ: bạn trả lời, hoặc về tên của đơn vị bạn"),
        people=("answered_by_id",),
        where=_cases_of_own,
        shown=("said", "opened_at", "answer", "reason", "answered_at", "decided_at", "outcome"),
        kept=periods.LISTINGS,
    ),
    *HELD_FOR_ENTERING,
    Held(
        AccountChange,
        sentence("Thay đổi tài khoản đã xin"),
        people=("person_id",),
        shown=("kind", "reason", "asked_at", "due_at", "ended_at", "outcome"),
        inner={
            "value": "a hash of a password, a sealed factor, or a number proved by somebody",
            "heir_name": "another's name",
            "paper_id": "a paper with others' particulars: shown on one's own account",
        },
        erasing=Gone(),
    ),
    Held(
        AccountChange,
        sentence("Nơi bán bạn đã nhận thay theo giấy"),
        people=("heir_id",),
        shown=("heir_name", "asked_at", "ended_at"),
        erasing=Blank({"heir_id": None, "heir_name": NOBODY}),
    ),
    Held(
        AccountChange,
        sentence("Thay đổi bạn đã xin giúp người khác"),
        people=("asked_by_id",),
        shown=("kind", "asked_at", "outcome"),
        erasing=Blank({"asked_by_id": None}),
    ),
    Held(
        Invitation,
        sentence("Lời mời bạn đã nhận"),
        people=("accepted_by_id",),
        numbers=("sign_in",),
        shown=("name", "sign_in", "role", "created_at", "answer", "answered_at"),
        also=enterprise_of(Invitation),
        erasing=Gone(),
    ),
    Held(
        Invitation,
        sentence("Lời mời bạn đã gửi"),
        people=("created_by_id",),
        shown=("name", "role", "created_at", "answer", "answered_at"),
        also=enterprise_of(Invitation),
        kept=periods.INVITATIONS,
    ),
    Held(
        ConsentAsking,
        sentence("Lời hỏi để được làm giúp"),
        people=("helper_id", "sent_to_id", "decided_by_id"),
        typed=("asked_of",),
        shown=("asked_of", "scopes", "state", "asked_at", "printed_at", "until_at", "decided_at"),
        inner={"token_hash": HASH, "pairs": "whoever sees them could answer for another"},
        also=_team_of(ConsentAsking),
        erasing=Blank({"asked_of": NOBODY}),
        kept=periods.CONSENTS,
    ),
    Held(
        Consent,
        sentence("Lời đồng ý cho người khác làm giúp"),
        people=("helper_id", "decided_by_id", "witness_id", "ended_by_id"),
        shown=("scopes", "asked_at", "until_at", "decided_at", "ended_at"),
        also=enterprise_of(Consent) | _team_of(Consent),
        kept=periods.CONSENTS,
    ),
    Held(
        Guiding,
        sentence("Lần nhờ người chỉ"),
        people=("producer_id", "helper_id"),
        shown=("asked_at", "on_at", "until_at", "ended_at", "place", "field", "placed_at", "note"),
        inner={
            "pairs": "whoever sees them could answer for another",
            "note_field": "the name of a field",
        },
        kept=periods.GUIDINGS,
    ),
    Held(
        TeamMember,
        sentence("Đội bạn ở, hoặc được mời vào"),
        people=("person_id",),
        numbers=("sign_in",),
        shown=("name", "sign_in", "is_leader", "invited_at", "joined_at", "ended_at"),
        also=_team_of(TeamMember),
        erasing=Blank({"name": NOBODY, "sign_in": None, "ended_at": NOW}),
        kept=periods.ACTS,
    ),
    Held(
        TeamMember,
        sentence("Người bạn đã mời vào đội"),
        people=("invited_by_id",),
        shown=("invited_at", "ended_at"),
        also=_team_of(TeamMember),
        kept=periods.ACTS,
    ),
    Held(
        Team,
        sentence("Đội bạn đã mở, hoặc đã cho thôi"),
        people=("opened_by_id", "ended_by_id"),
        shown=("name", "kind", "province_code", "commune_code", "opened_at", "ended_at"),
        kept=periods.ACTS,
    ),
    Held(
        Practice,
        sentence("Lần bạn tập thử"),
        people=("person_id",),
        shown=("begun_at", "wipe_at", "ended_at"),
        kept=periods.PRACTICES,
    ),
    Held(
        Training,
        sentence("Buổi tập huấn bạn đã mở"),
        people=("trainer_id",),
        shown=("name", "held_on", "created_at", "closed_at"),
        kept=periods.ACTS,
    ),
    Held(
        TrainingStep,
        sentence("Việc bạn đã tập trong buổi tập huấn"),
        where=_learned,
        shown=("step", "at"),
        inner={"learner_id": "a number of ours"},
        kept=periods.TRAININGS,
    ),
    Held(
        TrainingLearner,
        sentence("Buổi tập huấn bạn đã dự"),
        people=("person_id",),
        shown=("joined_at",),
        kept=periods.TRAININGS,
    ),
    Held(
        Membership,
        sentence("Đơn vị bạn thuộc về"),
        people=("person_id",),
        shown=("role", "since_at", "ended_at"),
        also=enterprise_of(Membership),
        erasing=Blank({"ended_at": NOW}),
        kept=periods.LISTINGS,
    ),
    Held(
        Appointment,
        sentence("Chức vụ cán bộ của bạn"),
        people=("person_id",),
        shown=(
            "role",
            "province_code",
            "commune_code",
            "since_at",
            "ended_at",
            "starts_on",
            "until_on",
        ),
        erasing=Blank({"ended_at": NOW}),
        kept=periods.ACTS,
    ),
    Held(
        EnterpriseReview,
        sentence("Việc đối chiếu người bán: bạn làm, hoặc về đơn vị của bạn"),
        people=("officer_id",),
        where=_reviews_of_own,
        shown=("level", "outcome", "looked_at", "reason", "reviewed_at"),
        inner={"said": _COMPARED},
        also=enterprise_of(EnterpriseReview),
        kept=periods.LISTINGS,
    ),
    Held(
        PlaceChange,
        sentence("Lần xin đổi nơi làm của đơn vị"),
        people=("asked_by_id",),
        where=_moves_of_own,
        shown=("old_place", "new_place", "hamlet", "state", "reason", "submitted_at", "ended_at"),
        also=enterprise_of(PlaceChange),
        kept=periods.LISTINGS,
    ),
    Held(
        Caretaker,
        sentence("Cơ sở bạn trông nom, hoặc đã giao người trông nom"),
        people=("person_id", "given_by_id"),
        shown=("note", "since_at", "ended_at"),
        also=enterprise_of(Caretaker),
        kept=periods.ACTS,
    ),
    Held(
        MakerReminder,
        sentence("Lời nhắc gần nhất bạn gửi cho mỗi cơ sở"),
        people=("person_id",),
        shown=("reminded_at",),
        also=enterprise_of(MakerReminder),
        erasing=Gone(),
    ),
    Held(
        GroupAct,
        sentence("Việc bạn làm cho nhiều cơ sở một lúc"),
        people=("person_id",),
        shown=("act", "at"),
        inner={"went": "ids of enterprises", "left_out": "ids of enterprises, each with a reason"},
        erasing=Gone(),
    ),
    Held(
        AreaTarget,
        sentence("Chỉ tiêu bạn ghi cho địa bàn"),
        people=("person_id",),
        shown=("area", "year", "figure", "wanted", "entered_at"),
        kept=periods.ACTS,
    ),
    Held(
        Enterprise,
        sentence("Đơn vị bạn đứng đầu"),
        where=_directed,
        shown=(
            "public_id",
            "name",
            "kind",
            "place_published",
            "hamlet",
            "number",
            "phone",
            "phone_shown",
            "state",
            "created_at",
        ),
        kept=periods.LISTINGS,
    ),
    Held(
        BankAccount,
        sentence("Tài khoản ngân hàng của đơn vị"),
        where=_own_bank,
        shown=("bank", "number", "holder", "updated_at"),
        kept=periods.CONTRACTS,
    ),
    Held(
        PurposeConsent,
        sentence("Điều bạn đã đồng ý"),
        people=("person_id",),
        shown=("purpose", "version", "given_at", "withdrawn_at"),
        erasing=Blank({"withdrawn_at": NOW}),
        kept=periods.CONSENTS,
    ),
    Held(
        Erasure,
        sentence("Lần bạn xin xóa tài khoản"),
        people=("person_id",),
        shown=("asked_at", "due_at", "ended_at", "outcome"),
        inner={"closes": "ids of the enterprises that closed with the account"},
        kept=periods.ACTS,
    ),
    # Last: whatever points to the person has been dealt with.
    Held(
        Person,
        sentence("Tên, số điện thoại hoặc thư điện tử của bạn"),
        people=("id",),
        shown=("public_id", "sign_in", "name", "created_at"),
        inner={"password_hash": HASH},
        erasing=Blank({"sign_in": None, "name": NOBODY, "password_hash": None}),
    ),
)
NOT_PERSONAL = {
    "entitled_member.name_id": "which protected name",
    "name_case.name_id": "which protected name",
    "protected_name.name": "a mark or a village's name, as it is published",
    "area_month.figures": "sums of an area",
    "enterprise.phone_shown": "a yes or no",
    "enterprise.sort_key": "of the name",
}
