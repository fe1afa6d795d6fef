"""The second domain: it builds, validates and keeps its floor, and no code knows of either domain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import ROOT

import kg
from kg import measure, validate
from kg.pipeline import Settings

SEEDS = ROOT / "seeds" / "electric-cars"
GOLD = SEEDS / "gold"
FLOORS = json.loads((GOLD / "floor.json").read_text(encoding="utf-8"))
SETTINGS = Settings(ontology="electric-cars")


@pytest.fixture(scope="module")
def cars(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    folder = tmp_path_factory.mktemp("cars") / "output"
    built = kg.build([SEEDS / "documents"], folder, SETTINGS)
    assert not built.failures
    return kg.open(folder)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floor(name: str) -> None:
    documents = GOLD / name if name == "unseen" else SEEDS / "documents"
    found = measure.of_documents(GOLD / name, documents, SETTINGS)
    assert not found.failures
    for row, floor in FLOORS[name].items():
        reached = found.scores.row(row).f1
        assert reached >= floor, f"{name}, {row}: F1 is {reached:.4f}, the floor {floor}"
    assert found.scores.traps == 0


def test_the_chain_from_maker_to_car_to_date_to_segment(cars: kg.KnowledgeGraph) -> None:
    rows = [[None if cell is None else cell.value for cell in row] for row in cars.query("cars").rows]
    assert ["小米汽车", "小米SU7", "2024-03-28", "215900", "C级（中大型）"] in rows
    assert ["比亚迪", "海豚", "2021-08-29", "93800", "A0级（小型）"] in rows
    assert not validate.validate(cars)


def test_its_page_has_its_own_words(cars: kg.KnowledgeGraph) -> None:
    page = (cars.folder / "graph.html").read_text(encoding="utf-8")
    assert "车企" in page
    assert "上市日期" in page
    assert "梯队" not in page


@pytest.mark.parametrize("word", ["大模型", "梯队", "GPT", "Qwen", "developedBy", "releasedOn", "parameterCount",
                                  "海豚", "launchedOn", "startingPrice", "electric-cars"])  # fmt: skip
def test_no_code_knows_a_domain(word: str) -> None:
    for file in sorted((ROOT / "kg").rglob("*.py")):
        assert not re.search(word, file.read_text(encoding="utf-8")), file


def test_seeds_are_sorted_and_used() -> None:
    for table in sorted((SEEDS / "entities").glob("*.csv")):
        rows = table.read_text(encoding="utf-8").splitlines()[1:]
        ids = [row.partition(",")[0] for row in rows]
        assert ids == sorted(set(ids)), table


def test_the_other_folder_layout_is_that_of_the_first() -> None:
    first = {path.name for path in (ROOT / "ontologies" / "ai-models").iterdir()}
    assert {path.name for path in Path(ROOT / "ontologies" / "electric-cars").iterdir()} == first
