"""What is on disk, what is declared and what is installed are the same: an editable install would hide it if not."""

from __future__ import annotations

from importlib.metadata import distribution

import pytest

SOURCE_ROOTS = ("plugins", "stories", "web")


@pytest.fixture(scope="session")
def on_disk(root) -> set[str]:
    packages = {path.parent for source in SOURCE_ROOTS for path in (root / source).glob("*/__init__.py")}
    return {"tale_core", *(package.relative_to(root).as_posix() for package in packages)}


def test_every_package_on_disk_is_declared_and_every_declared_one_exists(on_disk, project) -> None:
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == on_disk


def test_every_package_is_under_the_import_contracts(on_disk, project) -> None:
    names = {path.rpartition("/")[2] for path in on_disk}
    assert set(project["tool"]["importlinter"]["root_packages"]) == names


def test_every_source_root_holds_packages_only(root, tracked) -> None:
    for source in SOURCE_ROOTS:
        strays = [path for path in tracked if path.parent == root / source]
        assert not strays, "these would not be shipped"


def test_every_plugin_and_story_has_an_entry_point(on_disk, project) -> None:
    declared = project["project"]["entry-points"]
    for groups, source in ((("tale.transports", "tale.story_formats"), "plugins"), (("tale.stories",), "stories")):
        packages = {path.partition("/")[2] for path in on_disk if path.startswith(f"{source}/")}
        entries = [entry for group in groups for entry in declared[group].items()]
        assert {value for _, value in entries} == packages
        assert all(value == f"tale_{name}" for name, value in entries)


def test_the_installed_entry_points_are_the_declared_ones(project) -> None:
    declared = {
        (group, *entry) for group, names in project["project"]["entry-points"].items() for entry in names.items()
    }
    declared |= {("console_scripts", *entry) for entry in project["project"]["scripts"].items()}
    installed = {(entry.group, entry.name, entry.value) for entry in distribution("tale-core").entry_points}
    assert installed == declared, "install the checkout again"


def test_every_package_is_marked_as_typed_or_part_of_one_that_is(root) -> None:
    assert (root / "tale_core" / "py.typed").is_file()


def test_the_licence_is_the_one_that_is_declared(root, project) -> None:
    assert project["project"]["license"] == "MIT"
    assert (root / "LICENSE").read_text("utf-8").startswith("MIT License")
