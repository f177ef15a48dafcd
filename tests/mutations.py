"""The small faults `tests.mutants` tries: cosmic-ray's operators, and two that services need."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

Node: TypeAlias = Any  # Of parso, whose types say too little of their children.
REPLACED = {  # An operator by its nearest kin alone; others die of their types and prove nothing.
    "Add": ("Sub",),
    "Sub": ("Add",),
    "Mul": ("FloorDiv",),
    "Div": ("Mul",),
    "FloorDiv": ("Mul",),
    "Mod": ("Add",),
    "BitOr": ("BitAnd",),
    "BitAnd": ("BitOr",),
    "LShift": ("RShift",),
    "RShift": ("LShift",),
    "Eq": ("NotEq",),
    "NotEq": ("Eq",),
    "Lt": ("LtE", "GtE"),
    "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"),
    "GtE": ("Gt", "Lt"),
    "Is": ("IsNot",),
    "IsNot": ("Is",),
}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: where it lies and what it is."""

    line: int
    fault: str
    source: str

    @property
    def rank(self) -> str:
        """A fixed order without order: the first of it are a sample that stays the same."""
        return sha256(f"{self.fault}\n{self.source}".encode()).hexdigest()


class DropStatement(Operator):  # type: ignore[misc]  # cosmic-ray carries no types.
    """Leave out a call or a raise."""

    def mutation_positions(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """Where a statement is a call, or raises."""
        if node.type == "simple_stmt" and node.children[0].type in {"atom_expr", "raise_stmt"}:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, _index: int) -> Node:
        """Put nothing in its place."""
        node.children[0] = get_ast(node.children[0].get_first_leaf().prefix + "pass")
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """None: cosmic-ray asks for them in its own tests alone."""
        return ()


class DropCondition(DropStatement):
    """Leave out one condition of a query's `where`."""

    def mutation_positions(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """Each argument of a `.where(…)`."""
        for condition in _conditions(node):
            yield condition.start_pos, condition.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """Put `True` in its place: SQLAlchemy says `WHERE 1 = 1`."""
        condition = _conditions(node)[index]
        siblings = condition.parent.children
        siblings[siblings.index(condition)] = get_ast(" __import__('sqlalchemy').true()")
        return node


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines.

    Left out is what no test could or should see: annotations, the arguments of decorators
    (`frozen`, `slots`) and what does not compile.
    """
    tree = get_ast(source)
    operators = [get_operator(name) for name in sorted(operator_names())]
    found: list[Mutant] = []
    for operator in (*operators, DropStatement, DropCondition):
        if not operator.arguments() and _makes_sense(operator):
            found += _mutants(source, tree, operator)
    return sorted(found, key=lambda mutant: mutant.line)


def _makes_sense(operator: type[Operator]) -> bool:
    kind, _, change = operator.__name__.partition("Operator_")
    before, _, after = change.partition("_")
    if kind == "ReplaceUnary":
        return before == "Delete"
    return not change or after in REPLACED.get(before, ())


def _mutants(source: str, tree: Node, operator: type[Operator]) -> Iterator[Mutant]:
    positions = [
        position for node in ast_nodes(tree) for position in operator().mutation_positions(node)
    ]
    for occurrence, ((line, column), end) in enumerate(positions):
        if _is_declaration(tree.get_leaf_for_position((line, column))):
            continue
        if operator.__name__ == "RemoveDecorator" and "@dataclass" in source.splitlines()[line - 1]:
            continue  # Without it nothing can be made of the class: it dies, and proves nothing.
        mutated = mutate_code(source, operator(), occurrence)
        if mutated is not None and mutated != source and _compiles(mutated):
            yield Mutant(
                line, f"{operator.__name__} {_excerpt(source, line, column, end)}", mutated
            )


def _conditions(node: Node) -> list[Node]:
    if node.type != "trailer" or node.children[0].value != "(":
        return []
    before = node.get_previous_leaf()
    if before is None or before.value != "where":
        return []
    inside = node.children[1]
    arguments = inside.children[::2] if inside.type == "arglist" else [inside]
    return [each for each in arguments if each.type not in {"operator", "argument"}]


def _is_declaration(node: Node) -> bool:
    """Whether it is part of an annotation, of a decorator's arguments, or a star of parameters."""
    if node.parent.type in {"parameters", "argument", "star_expr"} and node.type == "operator":
        return True
    if node.parent.type == "decorator":
        return False  # The decorator itself.
    while node.parent is not None:
        parent = node.parent
        if parent.type in {"tfpdef", "decorator"}:
            return True
        if parent.type == "annassign" and node is parent.children[1]:
            return True
        if parent.type == "funcdef" and node is parent.annotation:
            return True
        node = parent
    return False


def _compiles(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _excerpt(source: str, line: int, column: int, end: tuple[int, int]) -> str:
    text = source.splitlines()[line - 1]
    stop = end[1] if end[0] == line else len(text)
    return f"[{text[column:stop]}] in {text.strip()}"
