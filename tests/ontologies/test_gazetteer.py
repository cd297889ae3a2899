"""A user's table of names: what it adds, and what it is refused for."""

from __future__ import annotations

from pathlib import Path

import pytest
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import KnownName, Ontology
from actorgraph.ontologies.turtle import loaded_ontology
from actorgraph.ontologies.validation import ontology_problems

from .test_turtle import SMALL, written

WD = "http://www.wikidata.org/entity/"


def loaded(folder: Path, table: str, name: str = "names.csv") -> Ontology:
    path = folder / name
    path.write_text(table, encoding="utf-8")
    return loaded_ontology([written(folder, SMALL)], [path])


def known(ontology: Ontology, label: str) -> KnownName:
    (found,) = [k for k in ontology.known_names if k.label == label]
    return found


def test_a_row_is_a_known_name(tmp_path: Path) -> None:
    table = (
        "name,aliases,type,country,wikidata,geonames,iri,latitude,longitude,notes\n"
        '"Velm, Old",Velm Town| Old Velm ,city,FD,,12345,https://x.example/v,-3.5,40.25,"a\nb"\n'
        "Sand Host,,Group,Freedonia,Q77,,,,,\n"
    )
    ontology = loaded(tmp_path, table)
    town = known(ontology, "Velm, Old")
    assert town.type == "City"
    assert town.names == ("Velm, Old", "Old Velm", "Velm Town")
    assert (town.located_in, town.point) == ("freedonia", (-3.5, 40.25))
    assert town.same_as == ("https://sws.geonames.org/12345/", "https://x.example/v")
    host = known(ontology, "Sand Host")
    assert (host.id, host.type, host.located_in) == ("name_sand_host", "Group", "freedonia")
    assert host.same_as == (WD + "Q77",)


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_separators_and_byte_order_mark(tmp_path: Path, separator: str) -> None:
    table = "\ufeff" + "Name,TYPE,aliases\nSand Host,group,SH|Hosts\n".replace(",", separator)
    assert known(loaded(tmp_path, table), "Sand Host").names == ("Sand Host", "Hosts", "SH")


def test_a_known_name_is_added_to(tmp_path: Path) -> None:
    ontology = loaded(tmp_path, "name,aliases,wikidata,type\nFRD,The Free Land,Q1,\n")
    land = known(ontology, "Freedonia")
    assert land.names == ("Freedonia", "FRD", "The Free Land")
    assert land.same_as == (WD + "Q1",)
    assert not ontology_problems([written(tmp_path, SMALL)], [tmp_path / "names.csv"])


def test_one_name_of_two_classes_is_two(tmp_path: Path) -> None:
    ontology = loaded(tmp_path, "name,type\nSand Host,Group\nSand Host,Person\nSand Host,Group\n")
    found = [k for k in ontology.known_names if k.label == "Sand Host"]
    assert sorted((k.id, k.type) for k in found) == [
        ("name_sand_host", "Group"),
        ("name_sand_host_person", "Person"),
    ]


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = ["Sand Host,Group,Q77,SH", "Velm,City,,", "Sand Host,,,Hosts"]
    head = "name,type,wikidata,aliases\n"
    one = loaded(tmp_path, head + "\n".join(rows))
    two = loaded(tmp_path, head + "\n".join((rows[1], rows[0], rows[2])))
    assert one.known_names == two.known_names


def test_the_hash_tells_tables_apart(tmp_path: Path) -> None:
    one = loaded(tmp_path, "name,type\nSand Host,Group\n")
    two = loaded(tmp_path, "name,type\nSand Hosts,Group\n")
    assert one.hash != two.hash


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "line 1: no column name"),
        ("label,type\nX,City\n", "line 1: no column name"),
        ("name,name\nX,Y\n", "line 1: two columns 'name'"),
        ("name,typ\nX,City\n", "line 1: column 'typ' is probably meant to be 'type'"),
        ("name,type\nX,City\n,City\n", "line 3: no name"),
        ("name,type\nX,Citty\n", "line 2: the type 'Citty' is no class .* perhaps city"),
        ("name,type\n\n\nX,\n", "line 4: 'X' has no type"),
        ("name,type,country\nX,City,Nowhere\n", "line 2: the country 'Nowhere' is not known"),
        ("name,type,wikidata\nX,City,7\n", "line 2: '7' is no id of wikidata"),
        ("name,type,geonames\nX,City,abc\n", "line 2: 'abc' is no id of geonames"),
        ("name,type,iri\nX,City,my thing\n", "line 2: 'my thing' is no IRI"),
        ("name,type,latitude\nX,City,12\n", "line 2: latitude '12', longitude ''"),
        ("name,type,latitude,longitude\nX,City,95,3\n", "line 2: latitude '95'"),
        ("name,type,latitude,longitude\nX,City,nan,3\n", "line 2: latitude 'nan'"),
        ("name,type\nX,City,Y,Z\n", "line 2: 4 cells, and the first line names 2"),
        ('name,type\n"X,City\n', "line 2: not valid CSV"),
        ("name,wikidata\nFreedonia,Q2\n", "line 2: Freedonia is .*Q1 already, not .*Q2"),
        ("name,type,aliases\nX,City,Y\nZ,City,\nQ,City,X|Z\n", "line 4: .* several known names"),
    ],
)
def test_what_cannot_be_used_is_told_by_line(tmp_path: Path, table: str, reason: str) -> None:
    with pytest.raises(ActorgraphError, match=f"names.csv, {reason}"):
        loaded(tmp_path, table)


def test_another_country_is_another_place(tmp_path: Path) -> None:
    table = "name,type,country,aliases\nOrvia,Country,,OV\nGlorytown,City,Orvia,\n"
    with pytest.raises(ActorgraphError, match="line 3: Glorytown is known to be of freedonia"):
        loaded(tmp_path, table)


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(b"name,type\nX,City\nV\xe9lm,City\n")
    with pytest.raises(ActorgraphError, match=r"names\.csv, line 3: not UTF-8"):
        loaded_ontology([written(tmp_path, SMALL)], [path])


def test_turtle_has_points_too(tmp_path: Path) -> None:
    geo = "<http://www.w3.org/2003/01/geo/wgs84_pos#%s>"
    more = f":velm a :City ; rdfs:label 'Velm'@en ; {geo % 'lat'} 1.5 ; {geo % 'long'} -2 ."
    ontology = loaded_ontology([written(tmp_path, SMALL + more)])
    assert known(ontology, "Velm").point == (1.5, -2.0)
    half = f":velm a :City ; rdfs:label 'Velm'@en ; {geo % 'lat'} 1.5 ."
    with pytest.raises(ActorgraphError, match="velm needs geo:lat and geo:long"):
        loaded_ontology([written(tmp_path, SMALL + half)])
