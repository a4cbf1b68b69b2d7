"""Names of things: how they are looked up, how they sound, and what English makes of them in the plural."""

from __future__ import annotations

from functools import lru_cache

from tale_core.world.components import Actor, Name, Place
from tale_core.world.events import Role
from tale_core.world.store import World

_SOUNDS_LIKE_A_CONSONANT = ("uni", "use", "usu", "uti", "eu", "one", "once", "ure", "ura")
_SOUNDS_LIKE_A_VOWEL = ("hour", "honest", "honour", "heir")


@lru_cache(maxsize=4096)
def starts_with_vowel(word: str) -> bool:
    """Tell whether a word begins with the sound of a vowel ("hour", not "unicorn")."""
    low = word.lower()
    if low.startswith(_SOUNDS_LIKE_A_VOWEL):
        return True
    return low[:1] in "aeiou" and low != "" and not low.startswith(_SOUNDS_LIKE_A_CONSONANT)


def capital(text: str) -> str:
    """Return the text with its first letter in upper case and the others as they are."""
    return text[:1].upper() + text[1:]


def typed(name: Name) -> str:
    """Return a name as it stands in a command; commands are English whatever the story is told in."""
    return name.name if name.proper else f"the {name.name}"


def plural(name: str) -> str:
    """Return the plural of a noun phrase, by the regular rules and the commonest others."""
    if name.endswith(("s", "x", "z", "ch", "sh")):
        return f"{name}es"
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    for ending, other in (
        ("knife", "knives"),
        ("leaf", "leaves"),
        ("loaf", "loaves"),
        ("wolf", "wolves"),
        ("man", "men"),
    ):
        if name.endswith(ending):
            return name.removesuffix(ending) + other
    return f"{name}s"


def role_of(world: World, thing: str) -> Role:
    """Return what kind of thing it is to a renderer: an item, a person or a location."""
    shape = world.shape(thing)
    return "person" if Actor in shape else "location" if Place in shape else "item"
