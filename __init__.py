"""actorgraph: text about conflict in, a graph whose every edge leads to its sentence out."""

from __future__ import annotations

__version__ = "0.1.0"
