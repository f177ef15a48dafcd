import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from catalog.models import Product, Recognition
from catalog.search import Notice, SearchRequest, behind, catch_up, find, mark_changed
from catalog.search.engines import FILE
from catalog.search.following import reindex
from core import clock
from core.work import COMMAND, transaction
from tests.makers import make_product


@pytest.fixture
def index(app: Flask) -> Iterator[Flask]:
    """The application without an index."""
    folder = app.config["SETTINGS"].instance
    for file in folder.glob(f"{FILE}*"):
        file.unlink()
    yield app
    for file in folder.glob(f"{FILE}*"):
        file.unlink()


def ids(q: str = "") -> tuple[int, ...]:
    return find(SearchRequest(q=q, today=clock.today())).ids


def listed(*names: str) -> list[int]:
    with transaction(by=COMMAND) as work:
        products = [make_product(work, name=name).id for name in names]
        mark_changed(work, products)
    return products


def test_before_the_worker_ran_a_search_says_that_there_is_no_index(index: Flask) -> None:
    listed("Mật ong rừng")

    found = find(SearchRequest(today=clock.today()))

    assert (found.ids, found.total, found.notice) == ((), 0, Notice.NO_INDEX)


def test_what_was_changed_is_found_after_catching_up_and_no_longer_once_withdrawn(
    index: Flask,
) -> None:
    honey, coffee = listed("Mật ong rừng", "Cà phê Khe Sanh")
    catch_up()
    assert ids("mat ong") == (honey,)

    with transaction(by=COMMAND) as work:
        work.session.get_one(Product, honey).state = "withdrawn"
        mark_changed(work, [honey])
    assert ids("mat ong") == (honey,), "not before the feed has it"
    catch_up()

    assert honey not in ids("mat ong")
    assert ids() == (coffee,)
    assert behind() == {"embedded": 0}


def test_stars_lapse_by_the_day_though_nothing_is_indexed_anew(index: Flask) -> None:
    (tea,) = listed("Chè móc câu")
    with transaction(by=COMMAND) as work:
        work.session.add(
            Recognition(
                product_id=tea,
                enterprise_id=work.session.get_one(Product, tea).enterprise_id,
                stage="recognised",
                stars=4,
                decision="385/QĐ-UBND",
                authority="UBND tỉnh Vĩnh Phúc",
                decided_on=date(2023, 11, 21),
            )
        )
        mark_changed(work, [tea])
    catch_up()
    last_day = date(2026, 11, 20)

    found = {
        (day, standing): find(SearchRequest(standings=(standing,), today=day)).ids
        for day in (last_day, last_day + timedelta(days=1), last_day)
        for standing in ("in_force", "4", "lapsed")
    }

    assert found == {
        (last_day, "in_force"): (tea,),
        (last_day, "4"): (tea,),
        (last_day, "lapsed"): (),
        (last_day + timedelta(days=1), "in_force"): (),
        (last_day + timedelta(days=1), "4"): (),
        (last_day + timedelta(days=1), "lapsed"): (tea,),
    }


def test_a_change_that_was_rolled_back_never_reaches_the_feed(index: Flask) -> None:
    (honey,) = listed("Mật ong rừng")
    catch_up()

    with transaction(by=COMMAND) as work:
        work.session.get_one(Product, honey).state = "withdrawn"
        mark_changed(work, [honey])
        work.session.rollback()

    catch_up()
    assert ids() == (honey,)


def test_a_lost_index_is_built_anew_from_the_feed(index: Flask) -> None:
    products = listed("Mật ong rừng", "Cà phê Khe Sanh")
    catch_up()
    (index.config["SETTINGS"].instance / FILE).unlink()

    catch_up()
    assert sorted(ids()) == products


def test_a_damaged_index_is_thrown_away_and_built_anew(index: Flask) -> None:
    products = listed("Mật ong rừng")
    catch_up()
    file = index.config["SETTINGS"].instance / FILE
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    file.write_bytes(b"no database" * 1_000)

    assert find(SearchRequest(today=clock.today())).notice is Notice.NO_INDEX
    catch_up()

    assert list(ids()) == products


def test_an_index_that_cannot_be_opened_for_writing_now_is_not_thrown_away(index: Flask) -> None:
    listed("Mật ong rừng")
    catch_up()
    file = index.config["SETTINGS"].instance / FILE
    before, inode = file.read_bytes(), file.stat().st_ino
    in_the_way = file.with_name(f"{file.name}-wal")
    in_the_way.mkdir()  # As on a full disk: what stands beside the file cannot be made.

    listed("Cà phê Khe Sanh")
    catch_up()
    assert (file.stat().st_ino, file.read_bytes()) == (inode, before)

    in_the_way.rmdir()
    catch_up()
    assert len(ids()) == 2


def test_an_index_of_another_database_is_not_continued(index: Flask) -> None:
    listed("Mật ong rừng")
    catch_up()
    file = index.config["SETTINGS"].instance / FILE
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("UPDATE state SET epoch = 'ANOTHER', revision = 1000")
    connection.execute("UPDATE fact SET product_id = 999")
    connection.close()

    catch_up()

    assert 999 not in ids()
    assert behind() == {"embedded": 0}


def test_a_follower_that_was_away_catches_up_from_where_it_stood(index: Flask) -> None:
    listed("Mật ong rừng")
    catch_up()
    listed("Cà phê Khe Sanh")
    listed("Chè Tân Cương")
    assert behind() == {"embedded": 0}, "nothing is sequenced yet"

    catch_up()

    assert len(ids()) == 3


def test_a_reindex_also_finds_what_nobody_announced(index: Flask) -> None:
    with transaction(by=COMMAND) as work:
        forgotten = make_product(work, name="Mật ong rừng").id
    catch_up()
    assert ids() == ()

    positions = reindex()

    assert ids() == (forgotten,)
    assert positions["embedded"].revision == 1


def test_the_command_names_each_index_and_its_revision(index: Flask) -> None:
    listed("Mật ong rừng")

    result = index.test_cli_runner().invoke(args=["search", "reindex"])

    assert (result.exit_code, result.output) == (0, "embedded: revision 1\n")
