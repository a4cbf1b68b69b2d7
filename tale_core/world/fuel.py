"""A limit on what one turn may do, so that a rule that runs away is stopped.

Every rule that is asked, every telling and every action burns one unit; a loop inside a rule burns one a round when the
story's code was compiled through ``metered``, which puts a call of ``burn`` at the head of each loop and function.
No clock and no tracing is needed, and the same rule runs out at the same point on every machine.
"""

from __future__ import annotations

import ast
from contextvars import ContextVar

TURN = 200_000
"""Units that one turn may burn."""

METER = "__tale_burn__"
"""The name under which metered code finds ``burn`` in its module."""


class RanAway(RuntimeError):
    """Report a turn that burned all its fuel."""


class Fuel:
    """Count down what is left of one turn's allowance."""

    __slots__ = ("left",)

    def __init__(self, left: int = TURN) -> None:
        self.left = left

    def burn(self, units: int = 1) -> None:
        """Use up some units; raise RanAway when none are left."""
        self.left -= units
        if self.left < 0:
            raise RanAway("a turn burned all its fuel: a rule loops without an end")


CURRENT: ContextVar[Fuel | None] = ContextVar("fuel", default=None)
"""The fuel of the turn under way; none while a story is being loaded."""


def burn() -> None:
    """Use up one unit of the turn under way, if there is one."""
    fuel = CURRENT.get()
    if fuel is not None:
        fuel.burn()


def metered(tree: ast.Module) -> ast.Module:
    """Return the syntax tree with a call of ``burn`` at the head of each loop and function.

    The module that runs it needs ``burn`` under the name ``METER``.
    """
    _Meter().visit(tree)
    return ast.fix_missing_locations(tree)


class _Meter(ast.NodeTransformer):
    def visit_While(self, node: ast.While) -> ast.AST:
        return self._headed(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        return self._headed(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._headed(node)

    def _headed(self, node: ast.While | ast.For | ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        call = ast.Expr(ast.Call(ast.Name(METER, ast.Load()), [], []))
        at = 1 if isinstance(node, ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None else 0
        node.body.insert(at, ast.copy_location(call, node.body[0]))
        return node
