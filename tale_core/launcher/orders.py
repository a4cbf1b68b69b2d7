"""What was typed after ``tale play`` and ``tale serve``, as an order and as a child process's environment. Light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tale_core.launcher.arguments import DEBUG, disabled

if TYPE_CHECKING:
    from tale_core.launcher.play import Order


def order_of(ctx: click.Context, *, no_plugin: tuple[str, ...], **settings: Any) -> Order:  # noqa: ANN401  (click's)
    """Return what the user asked for, of what click has parsed."""
    from tale_core.launcher.hosting import Hosting
    from tale_core.launcher.play import Order

    if "mode" in settings:
        of_host = {name: settings.pop(name) for name in Hosting.__struct_fields__}
        settings |= {"hosting": Hosting(**of_host), "open_browser": False}
    return Order(disabled=disabled(no_plugin), debug=ctx.meta.get(DEBUG, False), **settings)


def spelled(ctx: click.Context) -> dict[str, str]:
    """Return what was asked for as a child process's environment says it."""
    words: dict[str, str] = {}
    for parameter in ctx.command.params:
        value = ctx.params.get(parameter.name or "")
        if isinstance(parameter.envvar, str) and value is not None and value is not False and value not in ((), ""):
            words[parameter.envvar] = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return words
