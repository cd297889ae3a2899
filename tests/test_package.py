"""The package as users get it: every folder in it, nothing beside it, every public name there."""

import tomllib
from importlib import metadata
from pathlib import Path

import actorgraph
import pytest

ROOT = Path(__file__).parents[1]
IGNORED = {"tests", "build", "dist"}


def packages() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed: list[str] = tomllib.load(file)["tool"]["setuptools"]["packages"]
    return listed


def test_every_folder_with_an_init_is_in_the_wheel() -> None:
    found = {
        ".".join(["actorgraph", *path.parent.relative_to(ROOT).parts])
        for path in ROOT.rglob("__init__.py")
        if not IGNORED & set(path.relative_to(ROOT).parts)
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        and "site-packages" not in path.parts
    }
    assert found == set(packages())


def test_only_the_public_modules_lie_in_the_root() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("name", actorgraph.__all__)
def test_public_names_can_be_had(name: str) -> None:
    assert getattr(actorgraph, name) is not None


def test_names_and_homes_agree() -> None:
    assert sorted(actorgraph._HOMES) == list(actorgraph.__all__)
    with pytest.raises(AttributeError):
        _ = actorgraph.nonsense


def test_an_installed_package_holds_nothing_but_itself() -> None:
    # a RECORD is what an installer writes; a build leaves an egg-info in the checkout as well
    installed = [d for d in metadata.distributions(name="actorgraph") if d.read_text("RECORD")]
    files = [file for distribution in installed for file in distribution.files or []]
    if any("__editable__" in file.name for file in files):
        pytest.skip("installed in editable mode: there is no wheel to look into")
    tops = {file.parts[0] for file in files if file.parts[0] != ".."}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"actorgraph"}
    inside = {"/".join(file.parts[1:]) for file in files}
    wanted = {"py.typed", "ontologies/core.ttl", "exports/queries/killed.rq"}
    assert wanted <= inside
    assert not any(name.startswith("tests/") for name in inside)
