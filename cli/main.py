"""The command line: one command a module, one line for an error, one status for scripts."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from .. import __version__
from ..graph.shard import UnwritableError
from ..ontologies.error import ActorgraphError
from . import (
    build,
    diff,
    explain,
    extract,
    inventory,
    judge,
    ontology,
    query,
    reconcile,
    remove,
    review,
    version,
    warnings,
    why,
)
from .progress import warn
from .status import ExitCode, OutputError

COMMANDS = {
    "build": build,
    "extract": extract,
    "explain": explain,
    "ontology": ontology,
    "query": query,
    "why": why,
    "warnings": warnings,
    "review": review,
    "judge": judge,
    "reconcile": reconcile,
    "remove": remove,
    "diff": diff,
    "status": inventory,
    "version": version,
}

_EXIT_CODES = """exit codes:
  0 done   1 done, but some documents failed or checks did not pass   2 wrong usage or input
  3 output cannot be written   70 internal fault   130 interrupted"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code (`status.ExitCode`)."""
    arguments = _parser().parse_args(argv)
    _use_utf8()
    try:
        status = COMMANDS[arguments.command].run(arguments)
        sys.stdout.flush()
        return int(status)
    except (OutputError, UnwritableError) as error:
        return _failed(error, ExitCode.OUTPUT)
    except ActorgraphError as error:
        return _failed(error, ExitCode.USAGE)
    except KeyboardInterrupt:
        return _failed("interrupted; unfinished files were not kept", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; let nothing try to flush to it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.PIPE_CLOSED)
    except Exception:  # a fault of ours: everything for the report, and an own status
        traceback.print_exc()
        return _failed("this is a fault of actorgraph; please report it", ExitCode.INTERNAL)


def _failed(reason: object, code: ExitCode) -> int:
    line = " ".join(str(reason).split())
    warn(line if code == ExitCode.INTERRUPTED else f"error: {line}")
    return int(code)


def _use_utf8() -> None:
    """JSON and names are UTF-8, whatever the terminal's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="actorgraph",
        description="Turns text about conflict and politics into a knowledge graph "
        "in which every edge leads to its sentence.",
        epilog=f"example:\n  actorgraph build news/ -o out\n\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"actorgraph {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=f"{module.HELP[0].upper()}{module.HELP[1:]}.",
            epilog=module.EXAMPLE,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
    return parser
