"""Exit codes: stable, so that scripts can rely on them (docs/commands.md)."""

from __future__ import annotations

from enum import IntEnum

from ..ontologies.error import ActorgraphError


class ExitCode(IntEnum):
    """What the status of a run says."""

    OK = 0
    INCOMPLETE = 1  # done, but some documents failed, or some checks did not pass
    USAGE = 2  # wrong arguments or unusable input; nothing was done
    OUTPUT = 3  # the output cannot be written
    INTERNAL = 70  # a fault of actorgraph's own
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class OutputError(ActorgraphError):
    """The output cannot be written."""
