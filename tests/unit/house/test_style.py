"""The house's rules that no linter sees (docs/tour.md names them)."""

import ast
import re
from pathlib import PurePosixPath

import pytest

from tests.unit.house.source import ROOT, Module, calls, dotted, modules, tracked

LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
RANDOM = {"random", "secrets", "uuid"}


def test_functions_fit_a_screen_and_modules_an_hour() -> None:
    long = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    long += [each.path for each in modules() if len(each.text.splitlines()) > LONGEST_MODULE]

    assert long == []


def test_only_core_ends_a_transaction() -> None:
    found = [
        f"{module.path}:{line} {name}"
        for module in modules()
        for line, name in calls(module)
        if name.endswith((".commit", ".rollback")) and module.package != "core"
    ]

    assert found == []


def test_nobody_fetches_a_session_from_the_air() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node) == "db.session"
    ]

    assert found == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = [
        f"{module.path}:{line} {name}"
        for module in modules()
        for line, name in calls(module)
        if name in TIME and module.path != "core/clock.py"
    ]

    assert found == []


def test_services_queries_and_rules_are_handed_the_time() -> None:
    handed = ("queries", "service", "rules", "models")
    found = [
        f"{module.path}:{line} {name}"
        for module in modules()
        for line, name in calls(module)
        if name in {"clock.now", "clock.today", "now", "today"}
        and any(part.removesuffix(".py") in handed for part in module.path.split("/")[1:])
    ]

    assert found == []


def test_only_ids_draws_randomness() -> None:
    found = [
        f"{module.path}: {name}"
        for module in modules()
        for name in _imported(module)
        if name.split(".")[0] in RANDOM and module.path != "core/ids.py"
    ]

    assert found == []


def test_money_is_never_a_float() -> None:
    found = [
        f"{module.path}: {ast.unparse(node)}"
        for module in modules()
        for node in ast.walk(module.tree)
        if _is_float_money(node)
    ]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "price_vnd: float",
        "price_vnd: float | None = None",
        "def f(price_vnd: Optional[float]): ...",
        "def total_vnd() -> float: ...",
        "share = offer.price_vnd / 2",
        "share = (price_vnd * count) / 3",
        "share = 1 / (price_vnd + 1)",
        "share = round(sum_vnd) / 3",
        "price_vnd /= 2",
    ],
)
def test_every_way_to_make_money_a_float_is_seen(code: str) -> None:
    assert any(_is_float_money(node) for node in ast.walk(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["price_vnd: int | None", "share_vnd = price_vnd // 2", "ratio: float = width / 2"]
)
def test_whole_money_and_other_fractions_are_left_alone(code: str) -> None:
    assert not any(_is_float_money(node) for node in ast.walk(ast.parse(code)))


def test_docs_name_only_files_that_exist() -> None:
    known = {*tracked(), *(f"{parent}" for name in tracked() for parent in _parents(name))}
    missing = [
        f"{page}: {name}"
        for page in tracked()
        if page.endswith(".md") and not page.startswith("static/vendor/")
        for name in _files_named(page)
        if name.rstrip("/") not in known
    ]

    assert missing == []


def _imported(module: Module) -> list[str]:
    names = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


def _is_float_money(node: ast.AST) -> bool:
    """A `…_vnd` declared float, or anything of it divided by `/`: `//` and a rule round."""
    if isinstance(node, ast.AnnAssign | ast.arg):
        name = node.arg if isinstance(node, ast.arg) else dotted(node.target)
        kinds = {dotted(part) for part in ast.walk(node.annotation)} if node.annotation else set()
        return name.endswith("_vnd") and "float" in kinds
    if isinstance(node, ast.FunctionDef):
        kinds = {dotted(part) for part in ast.walk(node.returns)} if node.returns else set()
        return node.name.endswith("_vnd") and "float" in kinds
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
        return any(dotted(part).endswith("_vnd") for part in ast.walk(node))
    return False


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _files_named(page: str) -> list[str]:
    """Paths from the root in backquotes, and links from where the page stands."""
    text = (ROOT / page).read_text(encoding="utf-8")
    quoted = re.findall(r"`([\w./-]+\.(?:py|html|css|js|md|toml|txt|csv|po|sql))`", text)
    linked = re.findall(r"\]\(([\w./-]+)\)", text)
    here = PurePosixPath(page).parent
    return [name for name in quoted if "/" in name] + [str(here / name) for name in linked]
