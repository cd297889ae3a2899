"""A link: the reason why two members are one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Why two document entities (or document events) became one.

    `left` and `right` are ids of members, left the smaller; `score` is in [0, 1]; `evidence` says
    in words what speaks for it. Rules: judgement; for entities known_name, same_name,
    same_name_and_context, spelling, spelling_and_context, spelling_and_country, initials, acronym,
    surname, only_name;
    for events same_patient_once, same_patient_and_day, same_agents_and_day,
    same_agent_place_and_day, same_description_place_and_day, same_participants_and_issue,
    same_participants_and_recent_day, same_patient_in_document.
    """

    left: str
    right: str
    rule: str
    score: float
    evidence: tuple[str, ...] = ()
