from functools import cache

import pytest
from actorgraph.ontologies.ontology import KnownName, Ontology
from actorgraph.ontologies.turtle import loaded_ontology


@cache
def ontology() -> Ontology:
    return loaded_ontology()


@cache
def known() -> dict[str, KnownName]:
    return {name.id: name for name in ontology().known_names}


def spelled(text: str, type_: str) -> set[str]:
    """Ids of the known names of a class that may be written so."""
    return {n.id for n in ontology().names_of(type_) if text in (*n.names, *n.adjectives)}


def test_all_states_are_there_with_distinct_codes_and_items() -> None:
    countries = [c for c in ontology().names_of("Country") if c.iso or c.id == "kosovo"]
    assert len(countries) == 197  # 193 UN members, Kosovo, Palestine, Taiwan, Vatican City
    codes = [country.iso for country in countries if country.iso]
    assert len(set(codes)) == len(codes) == 196  # Kosovo has none in ISO 3166-1
    items = [item for country in countries for item in country.same_as]
    assert len(set(items)) == len(items) == 197


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("US", "united_states"), ("U.S.", "united_states"), ("Americans", "united_states"),
        ("UK", "united_kingdom"), ("Britain", "united_kingdom"), ("Britons", "united_kingdom"),
        ("UAE", "united_arab_emirates"), ("Emirati", "united_arab_emirates"), ("Iranians", "iran"),
        ("DRC", "democratic_republic_of_the_congo"), ("Nigerien", "niger"),
        ("Nigerian", "nigeria"), ("Burma", "myanmar"), ("Türkiye", "turkey"),
    ],
)  # fmt: skip
def test_a_state_is_known_by_its_abbreviations_and_people(text: str, country: str) -> None:
    assert spelled(text, "Country") == {country}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Washington", "united_states"), ("White House", "united_states"),
        ("Tehran", "iran"), ("Kremlin", "russia"),
        ("Moscow", "russia"), ("Downing Street", "united_kingdom"), ("Elysee", "france"),
        ("Kyiv", "ukraine"), ("Kiev", "ukraine"), ("Beijing", "china"), ("Riyadh", "saudi_arabia"),
    ],
)  # fmt: skip
def test_a_seat_of_power_stands_for_its_state(text: str, state: str) -> None:
    (seat,) = spelled(text, "Place") - {state}
    assert known()[seat].seat_of == state


def test_places_lie_in_places_and_no_chain_runs_in_a_circle() -> None:
    for name in ontology().known_names:
        seen = [name.id]
        while (above := known()[seen[-1]].located_in) is not None:
            assert ontology().is_a(known()[above].type, "Place"), (name.id, above)
            assert above not in seen, seen
            seen.append(above)


def test_names_of_peoples_across_borders_are_no_countries() -> None:
    assert not spelled("Kurdish", "Country")
    assert not spelled("Serb", "Country")
