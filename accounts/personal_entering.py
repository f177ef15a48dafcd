"""What the ways in hold of people: sign-ins, factors, links, codes, tokens."""

from sqlalchemy import ColumnElement, select

from accounts.models import (
    ApiToken,
    Enterprise,
    EnterpriseDevice,
    Factor,
    LinkedIdentity,
    PasswordLink,
    PhoneUser,
    Proof,
    RecoveryCode,
    SecondStep,
    SignIn,
    TrustedDevice,
)
from core.database import Base
from core.errors import sentence
from core.personal import Gone, Held

HASH = "a hash: whoever has it could try what it is of"


def enterprise_of(table: type[Base]) -> dict[str, ColumnElement[str]]:
    """The name of the enterprise a row is about, as it is handed out beside its columns."""
    own = table.__table__.columns["enterprise_id"]
    return {"enterprise": select(Enterprise.name).where(Enterprise.id == own).scalar_subquery()}


HELD_FOR_ENTERING = (
    Held(
        SignIn,
        sentence("Các lần đăng nhập của bạn"),
        people=("person_id",),
        shown=("device", "created_at", "expires_at", "ended_at"),
        inner={"key_hash": HASH, "browser_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        EnterpriseDevice,
        sentence("Máy bạn đã dùng để làm cho một đơn vị"),
        people=("person_id",),
        shown=("device", "since_at", "known_at", "seen_at", "ended_at"),
        inner={"browser_hash": HASH},
        also=enterprise_of(EnterpriseDevice),
        erasing=Gone(),
    ),
    Held(
        Factor,
        sentence("Bước hai khi đăng nhập của bạn"),
        people=("person_id",),
        shown=("kind", "name", "added_at", "last_used_at"),
        inner={"sealed": "whoever reads it could make the app's codes"},
        erasing=Gone(),
    ),
    Held(
        LinkedIdentity,
        sentence("Danh tính điện tử bạn đã gắn"),
        people=("person_id",),
        shown=("issuer", "linked_at"),
        inner={"subject_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        RecoveryCode,
        sentence("Mã dự phòng của bạn"),
        people=("person_id",),
        shown=("made_at", "used_at"),
        inner={"code_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        SecondStep,
        sentence("Các lần bạn gõ bước hai"),
        people=("person_id",),
        shown=("expires_at", "used_at"),
        inner={"token_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        TrustedDevice,
        sentence("Máy không hỏi lại bước hai"),
        people=("person_id",),
        shown=("expires_at",),
        inner={"token_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        PasswordLink,
        sentence("Đường dẫn đặt mật khẩu đã cấp cho bạn"),
        people=("person_id",),
        shown=("expires_at", "used_at"),
        inner={"token_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        ApiToken,
        sentence("Khóa bạn đã tạo cho phần mềm"),
        people=("person_id",),
        shown=("name", "scopes", "created_at", "expires_at", "last_used_on", "ended_at"),
        inner={"token_hash": HASH},
        also=enterprise_of(ApiToken),
        erasing=Gone(),
    ),
    Held(
        PhoneUser,
        sentence("Điện thoại bạn dùng chung"),
        people=("person_id",),
        shown=("phone", "since_at", "locked_until"),
        inner={"pin_hash": HASH},
        erasing=Gone(),
    ),
    Held(
        Proof,
        sentence("Mã một lần bạn đã xin"),
        people=("person_id",),
        numbers=("target",),
        shown=("purpose", "target", "asked_at", "proved_at"),
        inner={"token_hash": HASH, "code_hash": HASH},
        erasing=Gone(),
    ),
)
