"""GLiNER2 as extractor: its spans become our actors, and only what can be verified stays.

The table runs against a stand-in with the interface of `gliner2.joint_ie` 2.1, so that it says
what a model would have to find. Tests marked *gliner* run the library itself over a model that
they build, with random weights and every score turned up: it finds relations everywhere, and
nothing of it may get past the checks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from actorgraph.extract.model.gliner import Gliner
from actorgraph.extract.model.proposal import ProposalExtractor
from actorgraph.extract.model.tally import Reason, Tally
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Extraction, Reference
from actorgraph.extract.text.document import Document
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.turtle import loaded_ontology

pytestmark = pytest.mark.model

TEXT = (
    "Omar Khalil killed Ali Reza in Paris on Friday. The army denied that Karim Haddad attacked "
    "Mira Ode. Daniel Moreno was ordered to arrest Sven Dahl. Peter Silva had been bumped off by "
    "Daniel Moreno."
)


@dataclass
class Entity:
    id: str
    type: str
    text: str
    start: int
    end: int
    confidence: float = 0.9


@dataclass
class Relation:
    type: str
    head: str
    tail: str
    confidence: float = 0.8


@dataclass
class Result:
    entities: list[Entity]
    relations: list[Relation]


@dataclass
class Schema:
    entities: dict[str, str | None] = field(default_factory=dict)
    relations: dict[str, dict[str, Any]] = field(default_factory=dict)

    def entity(self, name: str, description: str | None = None) -> Schema:
        self.entities[name] = description
        return self

    def relation(self, name: str, **options: Any) -> Schema:
        assert {*options["head"], *options["tail"]} <= self.entities.keys()
        self.relations[name] = options
        return self


@dataclass
class Config:
    optimizer: str


@dataclass
class Model:
    """Finds the relations it is told of, whenever it is asked for them."""

    told: list[tuple[str, str, str]]
    asked: list[Schema] = field(default_factory=list)

    def extract(self, text: str, schema: Schema, *, config: Config) -> Result:
        assert config.optimizer == "greedy"
        self.asked.append(schema)
        found = Result([], [])
        for relation, *names in self.told:
            if relation not in schema.relations:
                continue
            ends = []
            for name in names:
                start = text.index(name)
                ends.append(
                    Entity(f"e{len(found.entities)}", "Person", name, start, start + len(name))
                )
                found.entities.append(ends[-1])
            found.relations.append(Relation(relation, ends[0].id, ends[1].id))
        return found


Library = Callable[[list[tuple[str, str, str]]], Model]


@cache
def rules() -> RuleExtractor:
    return RuleExtractor()


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Library]:
    """The stand-in, and a folder that looks like a checkpoint."""
    (tmp_path / "config.json").write_text("{}")
    models: list[Model] = []

    class JointIE:
        @classmethod
        def from_pretrained(cls, path: str) -> Model:
            assert path == str(tmp_path)
            return models[-1]

    module = ModuleType("gliner2.joint_ie")
    module.JointIE = JointIE  # type: ignore[attr-defined]
    module.JointIEConfig = Config  # type: ignore[attr-defined]
    module.JointSchema = Schema  # type: ignore[attr-defined]
    module.compile_schema = lambda schema: schema  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner2", ModuleType("gliner2"))
    monkeypatch.setitem(sys.modules, "gliner2.joint_ie", module)

    def loaded(told: list[tuple[str, str, str]]) -> Model:
        models.append(Model(told))
        return models[-1]

    yield loaded


def read(path: Path, tally: Tally, text: str = TEXT) -> Extraction:
    extractor = ProposalExtractor(Gliner(path, rules().ontology), rules(), tally)
    (extraction,) = extractor.extractions([Document(text)])
    return extraction


TABLE: list[tuple[tuple[str, str, str], tuple[str, str, bool] | Reason]] = [
    # what the model finds, and how it is meant (polarity, certainty, plain) or why it is dropped
    (("killed", "Omar Khalil", "Ali Reza"), ("affirmed", "actual", True)),
    (("killed", "Khalil", "Reza"), ("affirmed", "actual", True)),
    (("killed", "Ali Reza", "Omar Khalil"), Reason.DIRECTION),
    (("killed", "Omar Khalil", "Mira Ode"), Reason.APART),
    (("killed", "killed", "Ali Reza"), Reason.ACTOR),
    (("killed", "on Friday", "Ali Reza"), Reason.ACTOR),
    (("killed", "Omar Khalil", "Paris"), Reason.TYPE),
    (("attacked", "Karim Haddad", "Mira Ode"), ("denied", "actual", False)),
    (("attacked", "army", "Mira Ode"), ("denied", "actual", False)),
    (("arrested", "Daniel Moreno", "Sven Dahl"), ("affirmed", "requested", False)),
    (("killed", "Daniel Moreno", "Peter Silva"), Reason.APART),  # each found where named first
    (("met_with", "Peter Silva", "Peter Silva"), Reason.SELF),
]


@pytest.mark.parametrize(("told", "expected"), TABLE)
def test_relations_are_read_as_the_text_means_them(
    library: Library,
    tmp_path: Path,
    told: tuple[str, str, str],
    expected: tuple[str, str, bool] | Reason,
) -> None:
    library([told])
    tally = Tally()
    extraction = read(tmp_path, tally)
    if isinstance(expected, Reason):
        assert not extraction.statements
        assert tally.dropped == {("gliner", expected): 1}
        return
    assert not tally.dropped
    (found,) = extraction.statements
    assert isinstance(found.subject, Reference)
    assert isinstance(found.object, Reference)
    assert found.relation == told[0]
    assert (found.subject.name.endswith(told[1]), found.object.name.endswith(told[2])) == (
        True,
        True,
    )
    assert (found.stance.polarity, found.stance.certainty, found.plain) == expected
    assert (found.extractor, found.rule) == ("gliner", f"gliner: {tmp_path.name}")
    assert 0 < found.confidence < 0.8


def test_only_classes_of_the_passage_and_relations_between_them_are_asked_for(
    library: Library, tmp_path: Path
) -> None:
    model = library([])
    read(tmp_path, Tally(), "Omar Khalil met Ali Reza.")
    ontology = rules().ontology
    asked = {name: options for schema in model.asked for name, options in schema.relations.items()}
    assert all(set(schema.entities) == {"Person"} for schema in model.asked)
    assert max(len(schema.relations) for schema in model.asked) <= 16
    assert set(asked) == {
        r.id
        for r in ontology.relations.values()
        if ontology.fits("Person", r.domain) and ontology.fits("Person", r.range)
    }
    assert asked["met_with"]["symmetric"] is True
    assert asked["killed"]["symmetric"] is False


def test_without_the_library_it_is_told_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "gliner2.joint_ie", None)
    with pytest.raises(ActorgraphError, match=r"pip install 'actorgraph\[gliner\]'"):
        Gliner(tmp_path, loaded_ontology())


def test_a_folder_without_model_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(ActorgraphError, match="is no GLiNER2 model"):
        Gliner(tmp_path / "fastino" / "model", loaded_ontology())


# The library itself ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def babbler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of 32 random dimensions that takes everything for an actor and a relation."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    gliner2 = pytest.importorskip("gliner2")
    tokenizers = pytest.importorskip("tokenizers")

    letters = [chr(ord("a") + i) for i in range(26)]
    special = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    pieces = [*special.values(), *letters, *(f"##{letter}" for letter in letters)]
    numbered = {piece: number for number, piece in enumerate(pieces)}
    words = tokenizers.Tokenizer(tokenizers.models.WordPiece(numbered, unk_token="[UNK]"))
    words.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    words.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=words, **{f"{name}_token": token for name, token in special.items()}
    )
    torch.manual_seed(0)
    encoder = transformers.BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=2048,
    )
    config = gliner2.ExtractorConfig(
        model_name="babbler",
        architecture="boundary",
        boundary_head={
            "boundary_dim": 16,
            "pair_dim": 16,
            "enable_records": False,
            "enable_abstention": False,
        },
    )
    model = gliner2.BoundaryExtractor(config, encoder_config=encoder, tokenizer=tokenizer)
    loud = ("relation_scorer.mlp.3.bias", "boundary_head.pair_scorer.compat_mix.bias")
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for name in loud:
            parameters[name].fill_(3.0)
    path = tmp_path_factory.mktemp("babbler")
    model.save_pretrained(str(path))
    return path


SHORT = "The army denied that Omar Khalil killed Ali Reza."


@pytest.mark.gliner
def test_a_model_that_babbles_says_nothing_that_cannot_be_defended(babbler: Path) -> None:
    tally = Tally()
    extraction = read(babbler, tally, SHORT)
    ontology = rules().ontology
    assert tally.dropped.total() > 10
    assert {reason for _, reason in tally.dropped} >= {Reason.ACTOR, Reason.DIRECTION}
    assert Reason.MALFORMED not in {reason for _, reason in tally.dropped}
    for statement in extraction.statements:
        relation = ontology.relations[statement.relation or ""]
        for end, classes in (
            (statement.subject, relation.domain),
            (statement.object, relation.range),
        ):
            assert isinstance(end, Reference)
            assert ontology.fits(end.type, classes)
            assert SHORT[end.start : end.end] == end.text
            assert statement.evidence.start <= end.start < end.end <= statement.evidence.end
        if "Ali Reza" in (statement.subject.name, statement.object.name):  # type: ignore[union-attr]
            assert not statement.plain


@pytest.mark.gliner
def test_the_library_gives_the_same_statements_every_time(babbler: Path) -> None:
    first, second = (read(babbler, Tally(), SHORT).statements for _ in range(2))
    assert first
    assert first == second


@pytest.mark.gliner
def test_a_checkpoint_that_cannot_be_loaded_is_told(babbler: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text((babbler / "config.json").read_text())
    with pytest.raises(ActorgraphError, match="cannot be loaded as GLiNER2 model"):
        Gliner(tmp_path, rules().ontology)


@pytest.mark.gliner
def test_the_key_is_that_of_the_weights(babbler: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(babbler, copy)
    key = Gliner(babbler, rules().ontology).key
    assert Gliner(copy, rules().ontology).key == key
    (copy / "note.txt").write_text("changed")
    assert Gliner(copy, rules().ontology).key != key
