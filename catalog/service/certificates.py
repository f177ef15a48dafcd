"""Certificates as makers enter them: dated, corrected, removed; shown only while they hold."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, update

from catalog.errors import CertificateEndsEarly, PaperChanged
from catalog.events import PapersChanged
from catalog.models import Certificate
from core import audit
from core.outbox import announce
from core.work import Work


@dataclass(frozen=True)
class CertificateEntry:
    """What stands on the paper."""

    name: str
    issuer: str
    number: str
    scope: str
    valid_from: date
    valid_until: date | None


def add_certificate(
    work: Work,
    *,
    product_id: int,
    enterprise_id: int,
    entry: CertificateEntry,
    photo_id: int | None = None,
) -> Certificate:
    """Keep a certificate of a product.

    Raises:
        CertificateEndsEarly: it ends before it begins.
    """
    refuse_unfit(entry)
    certificate = Certificate(
        public_id=work.new_public_id(),
        product_id=product_id,
        enterprise_id=enterprise_id,
        photo_id=photo_id,
        **asdict(entry),
    )
    work.session.add(certificate)
    work.session.flush()
    _record(work, certificate, "add_certificate")
    return certificate


def change_certificate(
    work: Work,
    *,
    certificate_id: int,
    version: int,
    entry: CertificateEntry,
    photo_id: int | None = None,
) -> None:
    """Correct a certificate; a new photo takes the old one's place.

    Raises:
        PaperChanged: it is not as it was on the screen.
        CertificateEndsEarly: it ends before it begins.
    """
    refuse_unfit(entry)
    photo = {} if photo_id is None else {"photo_id": photo_id}
    certificate = work.session.scalars(
        update(Certificate)
        .where(Certificate.id == certificate_id, Certificate.version == version)
        .values(version=Certificate.version + 1, **asdict(entry), **photo)
        .returning(Certificate),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if certificate is None:
        raise PaperChanged(f"certificate {certificate_id} is not at {version}")
    _record(work, certificate, "change_certificate")


def remove_certificate(work: Work, *, certificate_id: int, version: int) -> None:
    """Remove a certificate.

    Raises:
        PaperChanged: it is not as it was on the screen.
    """
    certificate = work.session.scalars(
        delete(Certificate)
        .where(Certificate.id == certificate_id, Certificate.version == version)
        .returning(Certificate)
    ).one_or_none()
    if certificate is None:
        raise PaperChanged(f"certificate {certificate_id} is not at {version}")
    _record(work, certificate, "remove_certificate")


def refuse_unfit(entry: CertificateEntry) -> None:
    """Refuse a paper that cannot be true.

    Raises:
        CertificateEndsEarly: it ends before it begins.
    """
    if entry.valid_until is not None and entry.valid_until < entry.valid_from:
        raise CertificateEndsEarly("it ends before it begins")


def _record(work: Work, certificate: Certificate, act: str) -> None:
    assert certificate.product_id is not None, "makers enter papers of a product"
    audit.record(
        work,
        act=act,
        object_kind="product",
        object_id=certificate.product_id,
        enterprise_id=certificate.enterprise_id,
        certificate_id=certificate.id,
    )
    announce(work, PapersChanged(certificate.product_id, certificate.enterprise_id))
