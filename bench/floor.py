"""The floor that pages are measured against: the least a Flask view can do for the same work.

| Path | Work |
|---|---|
| /page/{1..10000} | six SELECTs by key and a template of about 14 kB |
| /counted/{1..10000} | one UPDATE … RETURNING, committed, and the work of /page |
| /list/{1..400} | 24 rows, the total, counts by group, a template of about 15 kB |

Its figures mean nothing by themselves: only their ratio to the application's, served alike on the
same machine in the same minutes.
"""

import os
from typing import Any

from flask import Flask, abort
from jinja2 import Template
from sqlalchemy import Connection, Engine, Row, create_engine, text

from app.gateway import Gateway

PRODUCTS = 10_000
ROWS_A_PAGE = 24
TABLES = ("product", "producer", "lot", "certificate", "photo", "figure")
BODY = "Chè Shan tuyết hái tay trên núi cao, sao bằng chảo gang, sấy than hồng. " * 6
DATABASE = "GOC_BENCH_DATABASE_URL"

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>{{ rows[0].name }}</title></head><body><header>
{% for i in range(24) %}<a href="/list/{{ i + 1 }}">Nhóm hàng số {{ i + 1 }}</a> {% endfor %}
</header><main>{% for row in rows %}<section><h2>{{ row.name }}</h2><p>{{ row.body }}</p><dl>
{% for k in range(6) %}<dt>Mục {{ k }}</dt><dd>{{ row.name }}
{{ row.amount }} – {{ row.made_on }}</dd>{% endfor %}</dl></section>{% endfor %}</main><footer>
{% for i in range(60) %}<p><a href="/page/{{ i + 1 }}">Sản phẩm liên quan {{ i + 1 }}</a>
 của cùng một làng nghề</p>{% endfor %}</footer></body></html>"""
LIST = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Hàng</title></head>
<body><p>{{ total }}</p><aside>
{% for g in groups %}<a href="?g={{ g.part }}">Nhóm {{ g.part }} ({{ g.n }})</a> {% endfor %}
</aside><ul>{% for row in rows %}<li><h3><a href="/page/{{ row.id }}">{{ row.name }}</a></h3>
<p>{{ row.body }}</p><b>{{ row.amount }} ₫</b></li>{% endfor %}</ul></body></html>"""


def create_server() -> Gateway:
    """Build the floor as granian calls it: behind our gateway, like the application."""
    return Gateway(create_app())


def create_app() -> Flask:
    """Build the floor on the database of GOC_BENCH_DATABASE_URL."""
    app = Flask(__name__)
    engine = create_engine(os.environ[DATABASE])
    # Compiled once, with autoescape, as a template file would be.
    page, listing = app.jinja_env.from_string(PAGE), app.jinja_env.from_string(LIST)
    app.add_url_rule("/page/<int:number>", "page", lambda number: _page(engine, page, number))
    app.add_url_rule(
        "/counted/<int:number>", "counted", lambda number: _counted(engine, page, number)
    )
    app.add_url_rule("/list/<int:number>", "list", lambda number: _list(engine, listing, number))
    return app


def _page(engine: Engine, template: Template, number: int) -> str:
    with engine.connect() as connection:
        rows = _rows(connection, number)
    return template.render(rows=rows)


def _counted(engine: Engine, template: Template, number: int) -> str:
    with engine.begin() as connection:
        taken = text("UPDATE floor_stock SET units = units - 1 WHERE id = :i RETURNING units")
        if connection.execute(taken, {"i": number}).one_or_none() is None:
            abort(404)
        rows = _rows(connection, number)
    return template.render(rows=rows)


def _list(engine: Engine, template: Template, number: int) -> str:
    with engine.connect() as connection:
        listed = "SELECT id, name, body, amount FROM floor_product ORDER BY id LIMIT 24 OFFSET :o"
        rows = connection.execute(text(listed), {"o": (number - 1) * ROWS_A_PAGE}).all()
        counted = "SELECT part, count(*) AS n FROM floor_product GROUP BY part"
        groups = connection.execute(text(counted)).all()
    return template.render(rows=rows, groups=groups, total=sum(group.n for group in groups))


def _rows(connection: Connection, number: int) -> list[Row[Any]]:
    # A plain view writes its statements where it asks them: they are built for each request.
    columns = "id, name, body, amount, made_on"
    rows = [
        connection.execute(
            text(f"SELECT {columns} FROM floor_{table} WHERE id = :i"),  # noqa: S608  # Names are ours.
            {"i": number},
        ).one_or_none()
        for table in TABLES
    ]
    found = [row for row in rows if row is not None]
    if len(found) < len(rows):
        abort(404)
    return found


def fill(url: str) -> None:
    """Make the floor's tables and fill each with 10,000 rows."""
    engine = create_engine(url)
    numbers = range(1, PRODUCTS + 1)
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(
                text(
                    f"CREATE TABLE floor_{table} (id BIGINT PRIMARY KEY, name TEXT NOT NULL,"
                    " body TEXT NOT NULL, amount BIGINT NOT NULL, part INTEGER NOT NULL,"
                    " made_on TEXT NOT NULL)"
                )
            )
            insert = f"INSERT INTO floor_{table} VALUES (:i, :n, :b, :a, :p, :d)"  # noqa: S608  # Names are ours.
            connection.execute(text(insert), [_row(table, number) for number in numbers])
        connection.execute(
            text(
                "CREATE TABLE floor_stock"
                " (id BIGINT PRIMARY KEY, units BIGINT NOT NULL CHECK (units >= 0))"
            )
        )
        connection.execute(
            text("INSERT INTO floor_stock (id, units) VALUES (:i, 1000000)"),
            [{"i": i} for i in numbers],
        )
    engine.dispose()


def _row(table: str, number: int) -> dict[str, object]:
    name, amount = f"Sản phẩm {table} số {number}", number * 1000 % 500_000
    part = number % 6
    return {"i": number, "n": name, "b": BODY, "a": amount, "p": part, "d": "2026-11-21"}
