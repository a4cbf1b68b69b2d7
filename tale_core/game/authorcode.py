"""Running an author's ``rules.py``: its folder becomes a package of its own, so that relative imports work.

The code is metered as it is compiled (``tale_core.world.fuel``), so that a loop without an end stops a turn and not the
process; no compiled files are left in the author's folder.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from hashlib import blake2b
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from traceback import extract_tb
from types import CodeType, ModuleType
from typing import TypeVar

from tale_core.errors import StoryError
from tale_core.game.located import LARGEST, Mark
from tale_core.game.problems import TOP, Problems
from tale_core.world.fuel import CURRENT, METER, Fuel, RanAway, burn, metered

PREFIX = "tale_story_"

BUILDING = 5_000_000
"""Units of fuel for the code that is run while a story is loaded or a world is built."""

T = TypeVar("T")


def load_module(folder: Path, name: str) -> ModuleType:
    """Import ``name`` from the story's folder, freshly; whatever the author's code raises comes through."""
    folder = folder.resolve()
    package = PREFIX + blake2b(str(folder).encode(), digest_size=8).hexdigest()
    for known in [module for module in sys.modules if module == package or module.startswith(f"{package}.")]:
        del sys.modules[known]
    finder = next((finder for finder in sys.meta_path if isinstance(finder, _Finder)), None)
    if finder is None:
        finder = _Finder()
        sys.meta_path.insert(0, finder)
    finder.folders[package] = folder
    root = ModuleType(package)
    root.__path__ = []
    sys.modules[package] = root
    __import__(f"{package}.{name}")
    module: ModuleType = sys.modules[f"{package}.{name}"]
    return module


def guarded(run: Callable[[], T], problems: Problems, what: str, file: str = "rules.py") -> T | None:
    """Run author's code; note what it raises at the author's own line and return None.

    Catches SystemExit too: a story must not end the process that looks at it.
    """
    try:
        return fueled(run)
    except StoryError as error:
        problems.lines.extend(error.problems or [f"{file}:1:1: {error}"])
    except (Exception, SystemExit) as error:  # noqa: BLE001  (an author's code may raise anything)
        where, mark = _blamed(error, problems.folder, file)
        problems.add(where, mark, f"{what} raised {_described(error)}")
    return None


def fueled(run: Callable[[], T]) -> T:
    """Run code that builds a world; stop it with RanAway when it loops without an end."""
    token = CURRENT.set(Fuel(BUILDING))
    try:
        return run()
    finally:
        CURRENT.reset(token)


class _Finder(MetaPathFinder):
    """Find the modules of story folders; each folder is known by the name of its package."""

    def __init__(self) -> None:
        self.folders: dict[str, Path] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load a module of a story, None for all others."""
        del path, target
        package, _, rest = fullname.partition(".")
        folder = self.folders.get(package)
        if folder is None or not rest:
            return None
        base = folder.joinpath(*rest.split("."))
        for file, is_package in ((base.with_suffix(".py"), False), (base / "__init__.py", True)):
            if file.is_file():
                return ModuleSpec(fullname, _Source(file), origin=str(file), is_package=is_package)
        return None


class _Source(Loader):
    """Compile one file, metered."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def exec_module(self, module: ModuleType) -> None:
        """Run the file's code in the module."""
        module.__file__ = str(self._file)
        vars(module)[METER] = burn
        exec(self.get_code(module.__name__), vars(module))  # noqa: S102  (running the author's code is the point)

    def get_code(self, fullname: str) -> CodeType:
        """Return the file's code, as the standard library's tracebacks and tools ask for it."""
        del fullname
        if self._file.stat().st_size > LARGEST:
            raise ImportError(f"{self._file.name} is larger than {LARGEST} bytes: split it")
        source = self._file.read_bytes()
        return compile(metered(ast.parse(source, str(self._file))), str(self._file), "exec", dont_inherit=True)

    def get_source(self, fullname: str) -> str:
        """Return the file's text."""
        del fullname
        return self._file.read_text(encoding="utf-8")


def line_of(function: object, folder: Path) -> tuple[str, Mark]:
    """Return the file and line where a function of the story was defined."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return "rules.py", TOP
    return _relative(code.co_filename, folder) or "rules.py", Mark(code.co_firstlineno, 1)


def _blamed(error: BaseException, folder: Path, file: str) -> tuple[str, Mark]:
    """Return the innermost line of the story that led to the error."""
    if isinstance(error, SyntaxError) and error.filename is not None:
        found = _relative(error.filename, folder)
        if found:
            return found, Mark(error.lineno or 1, error.offset or 1)
    for frame in reversed(extract_tb(error.__traceback__)):
        found = _relative(frame.filename, folder)
        if found:
            return found, Mark(frame.lineno or 1, (frame.colno or 0) + 1)
    return file, TOP


def _relative(filename: str, folder: Path) -> str:
    path, root = Path(filename), folder.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


def _described(error: BaseException) -> str:
    if isinstance(error, RanAway):
        return "no error but did not end: is there a loop that never stops?"
    if isinstance(error, RecursionError):
        return "RecursionError: two functions call each other without an end"
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}"
    text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return f"{type(error).__name__}: {' '.join(text.split())}" if text else type(error).__name__
