"""Goods as the API tells them: the names are those of the forms, amounts whole, ids public."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, Field

from catalog.queries import (
    EnteredCertificate,
    EnteredRecognition,
    LastLook,
    ListingChange,
    ManagedLot,
    ManagedPack,
    ProductPicture,
)
from catalog.queries import ManagedProduct as Stored
from catalog.rules import Group, ProductState


class Pack(BaseModel):
    """One way a product is measured out, with its maker's price."""

    public_id: str
    pack_content: int = Field(description="in pack_unit")
    pack_unit: str = Field(description="g, ml or piece")
    pack_words: str
    price_vnd: int | None
    is_illustrative: bool = Field(description="the price is an example, not its maker's")
    gtin: str | None
    size_words: str | None
    weight_g: int | None

    @classmethod
    def of(cls, pack: ManagedPack) -> Self:
        """The pack as it is stored."""
        return cls(
            public_id=pack.public_id,
            pack_content=pack.content,
            pack_unit=pack.base_unit,
            pack_words=pack.words,
            price_vnd=pack.price_vnd,
            is_illustrative=pack.is_illustrative,
            gtin=pack.gtin,
            size_words=pack.size_words,
            weight_g=pack.weight_g,
        )


class Variant(BaseModel):
    """A photo in one width: where its files are, on this site, for good."""

    width: int = Field(description="in pixels")
    webp: str
    jpeg: str


class Photo(BaseModel):
    """A photo of a product, as its maker sent it."""

    public_id: str
    subject: str = Field(description="gallery (the first is the cover), front, back, label …")
    alt: str
    state: str = Field(description="waiting, drawn or refused")
    variants: list[Variant] = Field(description="the smallest first; none until it is drawn")

    @classmethod
    def of(cls, shown: ProductPicture) -> Self:
        """The photo with the addresses of what was drawn of it."""
        picture = shown.picture
        return cls(
            public_id=picture.public_id,
            subject=shown.subject,
            alt=picture.alt,
            state=picture.state,
            variants=[
                Variant(width=each, webp=picture.url(each, "webp"), jpeg=picture.url(each, "jpg"))
                for each in picture.widths
                if picture.is_drawn
            ],
        )


class Product(BaseModel):
    """What an enterprise makes, with its Vietnamese words."""

    public_id: str
    name: str
    group: Group
    summary: str
    story: str
    state: ProductState
    submitted_at: datetime | None
    published_at: datetime | None
    packs: list[Pack]
    photos: list[Photo]
    reason: str = Field(description="why an officer returned it; empty unless it is returned")
    version: int

    @classmethod
    def of(
        cls, product: Stored, *, photos: Sequence[ProductPicture], look: LastLook | None
    ) -> Self:
        """The product as it is stored, with its photos and what its last `look` said."""
        came_back = product.state is ProductState.RETURNED
        return cls(
            public_id=product.public_id,
            name=product.name,
            group=Group(product.group),
            summary=product.summary,
            story=product.story,
            state=product.state,
            submitted_at=product.submitted_at,
            published_at=product.published_at,
            packs=[Pack.of(each) for each in product.packs],
            photos=[Photo.of(each) for each in photos],
            reason=look.reason if look and came_back else "",
            version=product.version,
        )


class Recognition(BaseModel):
    """What a maker says of an OCOP rank: it gives stars once `review` is `confirmed`."""

    public_id: str
    product: str
    stars: int | None
    score: str | None = Field(description="points with up to two decimals, as text")
    decision: str | None
    decided_on: date | None
    authority: str | None
    valid_until: date | None
    review: str = Field(description="waiting, confirmed or refused")
    refusal: str | None
    version: int

    @classmethod
    def of(cls, found: EnteredRecognition) -> Self:
        """The recognition as it was entered."""
        return cls(
            public_id=found.public_id,
            product=found.product_public_id,
            stars=found.stars,
            score=_points(found.score_hundredths),
            decision=found.decision,
            decided_on=found.decided_on,
            authority=found.authority,
            valid_until=found.valid_until,
            review=found.review,
            refusal=found.refusal,
            version=found.version,
        )


class Certificate(BaseModel):
    """A paper about a product, with its days."""

    public_id: str
    product: str
    name: str
    issuer: str
    number: str
    scope: str
    valid_from: date
    valid_until: date | None
    version: int

    @classmethod
    def of(cls, found: EnteredCertificate) -> Self:
        """The certificate as it was entered."""
        return cls(
            public_id=found.public_id,
            product=found.product_public_id,
            name=found.name,
            issuer=found.issuer,
            number=found.number,
            scope=found.scope,
            valid_from=found.valid_from,
            valid_until=found.valid_until,
            version=found.version,
        )


class Lot(BaseModel):
    """Goods made together."""

    public_id: str
    product: str
    pack: str | None
    code: str
    made_kind: str = Field(description="made, harvested, packed or caught")
    made_on: date
    best_before_on: date | None
    declared_units: int
    on_hold_since: date | None
    recalled_since: date | None = Field(description="called back since; see `…/recall`")
    is_sealed: bool = Field(
        description="it has stamps or was recalled, so it is changed and deleted no more"
    )
    version: int

    @classmethod
    def of(cls, lot: ManagedLot) -> Self:
        """The lot as it is stored."""
        return cls(
            public_id=lot.public_id,
            product=lot.product_public_id,
            pack=lot.pack_public_id,
            code=lot.code,
            made_kind=lot.made_kind,
            made_on=lot.made_on,
            best_before_on=lot.best_before_on,
            declared_units=lot.declared_units,
            on_hold_since=lot.on_hold_since,
            recalled_since=lot.recalled_since,
            is_sealed=lot.sealed_at is not None,
            version=lot.version,
        )


class ProposedCertificate(BaseModel):
    """A certificate that goods on sale shall show."""

    key: str
    name: str
    issuer: str
    number: str
    scope: str
    valid_from: date
    valid_until: date | None
    replaces: str | None = Field(description="what the paper whose place it takes is called")


class Change(BaseModel):
    """What goods on sale shall say once an officer has looked."""

    public_id: str
    state: str = Field(description="waiting or returned")
    name: str
    group: Group
    summary: str
    story: str
    certificates: list[ProposedCertificate]
    reason: str = Field(description="why an officer returned it")
    submitted_at: datetime
    version: int

    @classmethod
    def of(cls, change: ListingChange) -> Self:
        """The change as it waits."""
        return cls(
            public_id=change.public_id,
            state=change.state,
            name=change.proposed["name"],
            group=Group(change.proposed["group"]),
            summary=change.proposed["summary"],
            story=change.proposed["story"],
            certificates=[
                ProposedCertificate.model_validate(one, from_attributes=True)
                for one in change.certificates
            ],
            reason=change.reason,
            submitted_at=change.submitted_at,
            version=change.version,
        )


def _points(hundredths: int | None) -> str | None:
    """Hundredths of a point as the form reads them: 9564 is "95.64"."""
    return None if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"
