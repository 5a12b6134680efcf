"""Small changes to a module, each at one place: a comparison, an operator, a number, a bound, a statement.

What cannot change a result is left out: docstrings, annotations, decorators, texts and what only type checkers read.
"""

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final

COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
PAIRS: Final = (
    ("min", "max"), ("nanmin", "nanmax"), ("minimum", "maximum"), ("fmin", "fmax"), ("argmin", "argmax"),
    ("idxmin", "idxmax"), ("cummin", "cummax"), ("any", "all"), ("floor", "ceil"), ("head", "tail"), ("ffill", "bfill"),
)  # fmt: skip
OTHERS: Final = {"sum": "max", "mean": "max", "median": "min", "cumsum": "cummax"}
TWINS: Final = OTHERS | dict(PAIRS) | {b: a for a, b in PAIRS}
SKIPPED: Final = frozenset({"annotation", "returns", "decorator_list", "type_params"})


@dataclass(frozen=True)
class Place:
    """A node, its line, where it hangs, and what may stand there instead."""

    parent: ast.AST
    field: str
    at: int | None
    node: ast.AST
    line: int
    choices: tuple[ast.AST, ...]

    def put(self, other: ast.AST) -> None:
        if self.at is None:
            setattr(self.parent, self.field, other)
        else:
            getattr(self.parent, self.field)[self.at] = other


def places(tree: ast.Module) -> list[Place]:
    """Every place of a module that can be changed, in the order of its text."""
    return list(_below(tree, 1, is_computed=False))


def mutated(source: str, number: int, choice: int) -> str:
    """The source with one choice made at one of its places."""
    tree = ast.parse(source)
    place = places(tree)[number]
    place.put(place.choices[choice])
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _below(node: ast.AST, line: int, *, is_computed: bool) -> Iterator[Place]:
    """Places below a node; ``is_computed`` in functions, outside of which there are only tables and types."""
    for field, value in ast.iter_fields(node):
        if field in SKIPPED:
            continue
        for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _said_only(child):
                continue
            here = getattr(child, "lineno", line)
            choices = tuple(_choices(child, is_computed=is_computed))
            if choices:
                yield Place(node, field, at, child, here, choices)
            inside = is_computed or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from _below(child, here, is_computed=inside)


def _said_only(node: ast.AST) -> bool:
    """Whether nothing is computed there: docstrings, imports, aliases of types, code for type checkers."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test).endswith("TYPE_CHECKING")
    if isinstance(node, ast.Assign):
        return any(ast.unparse(target).startswith("__") for target in node.targets)
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return text or isinstance(node, ast.Import | ast.ImportFrom)


def _choices(node: ast.AST, *, is_computed: bool) -> Iterator[ast.AST]:
    match node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() | ast.UnaryOp():
            yield from _operators(node, is_computed=is_computed)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Call(func=ast.Name(id=name)) if name in TWINS:
            yield _with(node, "func", ast.Name(TWINS[name], ast.Load()))
        case ast.Call(func=ast.Attribute(attr=name) as called) if name in TWINS:
            yield _with(node, "func", _with(called, "attr", TWINS[name]))
        case ast.Slice(lower=lower, upper=upper):
            yield from (_with(node, side, None) for side, bound in (("lower", lower), ("upper", upper)) if bound)
        case ast.comprehension(ifs=ifs):
            yield from (_with(node, "ifs", ifs[:at] + ifs[at + 1 :]) for at in range(len(ifs)))
        case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            yield _with(node, "test", ast.UnaryOp(ast.Not(), test))
        case ast.stmt() if is_computed:
            yield from _statements(node)


def _operators(node: ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp, *, is_computed: bool) -> Iterator[ast.AST]:
    """Other comparisons, `or` for `and` or one condition less, other arithmetic, no sign."""
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                for other in COMPARISONS[type(op)]:
                    yield _with(node, "ops", [*ops[:at], other(), *ops[at + 1 :]])
        case ast.BoolOp(op=op, values=values):
            yield _with(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
            for at in range(len(values)):
                left = values[:at] + values[at + 1 :]
                yield left[0] if len(left) == 1 else _with(node, "values", left)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.BinOp(left=left, right=right) if not _text(left) and not _text(right):
            yield from _arithmetic(node, is_computed=is_computed)


def _arithmetic(node: ast.BinOp, *, is_computed: bool) -> Iterator[ast.AST]:
    """Another operator; in functions, of a union or a common part each side alone (outside they are types)."""
    if isinstance(node.op, ast.BitAnd | ast.BitOr) and is_computed:
        yield from (node.left, node.right)
    elif type(node.op) in ARITHMETIC:
        yield _with(node, "op", ARITHMETIC[type(node.op)]())


def _text(node: ast.expr) -> bool:
    """Whether a side of an operator is text or a list, which nobody adds or subtracts."""
    said = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return said or isinstance(node, ast.JoinedStr | ast.List | ast.Tuple)


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    """Nothing in place of a statement that does something to what is there before; no value returned."""
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in _names(value):
            yield ast.Pass()


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    """The node with another field; what it holds it shares with the first, as only one of the two is ever used.

    A deep copy would follow what debuggers hang on nodes: all of a module, from the one node that stands for loading.
    """
    changed = copy(node)
    setattr(changed, field, value)
    return changed
