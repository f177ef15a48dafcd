"""The house's rules that no linter sees (docs/tour.md names them)."""

import ast
import re
from pathlib import PurePosixPath

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
    """A `…_vnd` declared float, or divided with `/`: `//` and a rounding rule are ours."""
    if isinstance(node, ast.AnnAssign | ast.arg):
        name = node.arg if isinstance(node, ast.arg) else dotted(node.target)
        kind = dotted(node.annotation) if node.annotation else ""
        return name.endswith("_vnd") and kind == "float"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return any(dotted(side).endswith("_vnd") for side in (node.left, node.right))
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
