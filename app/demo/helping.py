"""The demo's helper: let in by the smith, as the contract says."""

from dataclasses import replace
from datetime import timedelta

from accounts import queries as queries_of_people
from accounts import service
from accounts.queries import Asked
from accounts.rules import Scope
from accounts.service import NewTeam, Wish
from app.demo.samples import SMITH
from catalog import queries
from catalog import service as catalog
from catalog.service import PackRow
from core.work import By, Work

HELPS_DAYS = 60
TEAM = "Đoàn thanh niên Phja Chang"
RAISED, RAISED_BY_VND = "dao thái rau", 10_000
ASKS = Wish((Scope.LOTS, Scope.STAMPS), days=30)
SCOPES = [Scope.LISTING, Scope.LOTS, Scope.STAMPS]


def let_help(work: Work, *, enterprise_id: int, helper_id: int, director_id: int) -> None:
    """Let the helper act for an enterprise, as its director did."""
    director = By("person", director_id, enterprise_id=enterprise_id)
    giving = replace(work, by=director)
    consent = service.store_consent(
        giving,
        enterprise_id=enterprise_id,
        helper_id=helper_id,
        scopes=SCOPES,
        until_at=work.now + timedelta(days=HELPS_DAYS),
    )
    helper = By("person", helper_id, enterprise_id=enterprise_id, consent_id=consent.id)
    earlier = work.now - timedelta(hours=2)  # So that the acts stand in the order they happened.
    _do_something(replace(work, by=helper, now=earlier), giving)


def _do_something(helping: Work, giving: Work) -> None:
    """A price the helper raised, and the director made what it was."""
    ids = queries.product_ids_named(
        helping.session, enterprise_id=giving.by.enterprise_id or 0, words=RAISED
    )
    for product in queries.managed_products(helping.session, ids)[:1]:
        stored = product.packs[0]
        raised = PackRow(
            stored.content,
            stored.base_unit,
            stored.words,
            (stored.price_vnd or 0) + RAISED_BY_VND,
            gtin=stored.gtin,
            size_words=stored.size_words,
            weight_g=stored.weight_g,
        )
        catalog.change_pack(helping, pack_id=stored.id, version=product.version, pack=raised)
        seen = (product.id, product.version)
        made = queries.revisions_at(giving.session, [seen])[seen]
        catalog.undo_revision(giving, revision_id=made.id)


def form_team(work: Work, *, officer_id: int, member_id: int, helped: tuple[int, int]) -> None:
    """The commune's youth team, led by its one member and let in by `helped`, a director there."""
    opening = replace(work, by=By("person", officer_id))
    new = NewTeam(TEAM, "youth", SMITH.province_code or "", SMITH.commune_code)
    team = queries_of_people.team(work.session, service.open_team(opening, new=new))
    assert team is not None, "just opened"
    asked = service.ask_into_team(opening, team_id=team.id, name="Minh", sign_in=None)
    service.join_team(replace(work, by=By("person", member_id)), public_id=asked)
    service.say_who_leads(opening, public_id=asked, leads=True)
    enterprise_id, director_id = helped
    service.store_consent(
        replace(work, by=By("person", director_id, enterprise_id=enterprise_id)),
        enterprise_id=enterprise_id,
        helper_id=member_id,
        team_id=team.id,
        scopes=[Scope.LOTS, Scope.ANSWERS],
        until_at=work.now + timedelta(days=HELPS_DAYS),
    )


def let_ask(work: Work, *, enterprise_id: int, name: str, helper_id: int) -> None:
    """Let the helper ask another enterprise, which has not answered yet."""
    asking = replace(work, by=By("person", helper_id))
    service.ask_consent(asking, of=Asked(name, enterprise_id), wish=ASKS, site="")
