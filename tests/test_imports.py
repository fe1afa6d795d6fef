"""Who may import whom, what the package shows, how fast it starts, and which words its code must not hold."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import ROOT, environment

import kg

PACKAGE = ROOT / "kg"

STAGES = {"read", "clean", "annotate", "extract", "resolve", "reconcile", "triples", "store"}
ENDS = {
    "conflicts",
    "diff",
    "evaluate",
    "explain",
    "export",
    "history",
    "query",
    "remote",
    "serve",
    "stats",
    "validate",
    "view",
}

MAY_IMPORT = {
    # Words that everybody uses.
    "errors": "",
    "iri": "",
    "model": "",
    "numerals": "",
    "statements": "errors",
    "languages": "model errors",
    "dates": "languages model numerals",
    "fonts": "",
    "romanize": "",
    "starter": "errors",
    "quantities": "languages model numerals",
    # What is known beforehand.
    "ontology": "errors iri model statements",
    "patterns": "",
    "patternfile": "errors languages ontology patterns",
    "lexicon": "errors iri languages model ontology",
    "corpus": "errors model ontology patterns",
    # The line, one document at a time.
    "read": "errors model",
    "clean": "dates errors languages model numerals",
    "annotate": "dates errors languages lexicon model ontology patterns quantities",
    "extract": "annotate dates errors languages lexicon model ontology patterns quantities",
    # The line, the whole corpus.
    "resolve": "annotate errors iri languages lexicon model ontology",
    "origins": "model",
    "decisions": "annotate dates errors model quantities",
    "reconcile": "annotate dates errors iri languages lexicon model ontology quantities",
    "header": "iri statements",
    "triples": "errors header iri model ontology statements",
    "turtle": "iri statements",
    "store": "errors iri model ontology triples turtle",
    # What reads a built graph.
    "graph": "errors iri model networks notebook ontology query statements store triples view",
    "sparql": "errors",
    "lookup": "errors iri statements",
    "query": "errors lookup notebook ontology sparql statements",
    "texts": "model",
    "record": "iri model query statements triples",
    "quotes": "iri model",
    "networks": "iri model ontology quotes statements",
    "tables": "errors lookup query statements triples turtle",
    "explain": "errors lookup model notebook query record statements tables",
    "history": "explain tables",
    "conflicts": "explain record tables triples",
    "diff": "errors header record statements store tables triples",
    "stats": "model query record statements tables",
    "export": "errors lookup model networks query record statements triples turtle",
    "validate": "errors lookup model ontology record statements store tables triples",
    "view": "errors fonts networks ontology quotes romanize statements",
    "notebook": "errors lookup networks",
    "report": "errors",
    "remote": "errors graph iri lookup ontology query sparql statements triples",
    "explore": "errors lookup model query record statements texts triples",
    "serve": "decisions errors explore graph iri lookup ontology query sparql statements store workspace",
    # Measures.
    "gold": "errors model ontology read",
    "matching": "errors gold model",
    "evaluate": "errors gold matching model",
    "claimlines": "model resolve",
    # Those that know the line.
    "packed": "clean dates",
    "fingerprint": "ontology",
    "workspace": "errors model packed resolve",
    "processes": "",
    "weigh": "annotate decisions model origins reconcile resolve workspace",
    "pipeline": "annotate clean decisions errors extract fingerprint lexicon model ontology patternfile processes read"
    " reconcile resolve texts weigh workspace",
    "output": "errors graph model ontology pipeline store texts view weigh workspace",
    "reliability": "",
    "measure": "claimlines errors evaluate gold model ontology pipeline reliability resolve",
    "trial": "corpus model pipeline reliability resolve train",
    "train": "annotate clean corpus errors extract gold languages lexicon matching model ontology patterns",
    "doctor": "annotate errors fonts ontology view",
    "commands": "claimlines conflicts diff doctor errors evaluate explain export graph history measure model"
    " ontology output pipeline query read reliability remote report serve starter stats tables train"
    " trial validate view",
    "__main__": "commands",
    "__init__": "",
}
"""For each module or folder of `kg`, what of `kg` it may import when it runs; imports for types alone are free."""

STAGES_OF_STAGES = {
    ("extract", "annotate"),  # an extractor reads what an annotator gives, by the rules that both were made with
    ("resolve", "annotate"),  # for those rules
    ("reconcile", "annotate"),  # for those rules
    ("store", "triples"),  # a store holds triples
}

HEAVY = {
    *("rdflib", "pyoxigraph", "pyshacl", "spacy", "igraph", "networkx", "numpy", "lxml", "trafilatura", "pypinyin"),
    *("hanlp", "torch", "transformers"),
    *("opencc", "hanlp_trie", "pypdf", "pyvis", "jinja2", "yaml", "charset_normalizer", "rich", "multiprocessing"),
    *("starlette", "uvicorn", "httpx"),
}

OF_THE_DOMAIN = ("大模型", "梯队", "GPT", "Qwen", "developedBy", "releasedOn", "parameterCount")
"""Words of one domain: they live in ontologies/ and seeds/."""


def modules() -> Iterator[tuple[str, Path]]:
    """(module or folder of `kg`, file)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if parts[0] != "data":
            yield parts[0].removesuffix(".py"), path


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run, at the top and inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        yield from imports(node)


def imported() -> Iterator[tuple[str, str, str]]:
    """(importing module, imported module, place) for every import between parts of `kg`."""
    for unit, path in modules():
        for node in imports(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module == "kg":
                names = [alias.name for alias in node.names if not alias.name.startswith("__")]
            elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg."):
                names = [node.module.split(".")[1]]
            elif isinstance(node, ast.Import):
                names = [alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kg.")]
            for name in names:
                if name != unit:
                    yield unit, name, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_import_is_allowed() -> None:
    wrong = [
        f"{where}: {unit} imports {name}" for unit, name, where in imported() if name not in MAY_IMPORT[unit].split()
    ]
    assert not wrong, "\n".join(wrong)


def test_the_table_names_what_there_is() -> None:
    units = {unit for unit, _ in modules()}
    assert units <= set(MAY_IMPORT), f"not in the table: {sorted(units - set(MAY_IMPORT))}"
    assert set(MAY_IMPORT) <= units, f"in the table, but gone: {sorted(set(MAY_IMPORT) - units)}"


def test_stages_do_not_import_one_another() -> None:
    between = {(unit, name) for unit, allowed in MAY_IMPORT.items() for name in allowed.split()}
    assert {(a, b) for a, b in between if a in STAGES and b in STAGES} == STAGES_OF_STAGES


def test_only_a_few_know_the_line() -> None:
    knowing = {unit for unit, allowed in MAY_IMPORT.items() if "pipeline" in allowed.split()}
    assert knowing == {"output", "measure", "trial", "commands"}


def test_ends_read_what_was_built() -> None:
    for end in ENDS:
        assert not set(MAY_IMPORT[end].split()) & (STAGES - {"store", "triples"}), end


def test_the_table_has_no_circles() -> None:
    done: set[str] = set()

    def visit(unit: str, above: tuple[str, ...]) -> None:
        assert unit not in above, " → ".join((*above, unit))
        if unit not in done:
            for name in MAY_IMPORT[unit].split():
                visit(name, (*above, unit))
            done.add(unit)

    for unit in MAY_IMPORT:
        visit(unit, ())


def test_each_foreign_library_is_imported_where_it_is_needed() -> None:
    """What reads documents must not need what draws pictures, and the other way round."""
    allowed = {
        "spacy": {"annotate", "train"},
        "pypdf": {"read"},
        "trafilatura": {"clean", "read"},
        "opencc": {"clean"},
        "pypinyin": {"clean", "explore", "romanize"},
        "igraph": {"view"},
        "pyvis": {"view"},
        "pyshacl": {"validate"},
        "rdflib": {"graph", "validate"},
        "hanlp_trie": {"annotate", "lexicon"},
        "hanlp": {"annotate"},
        "hanlp_common": {"annotate"},
        "torch": {"annotate", "train"},
        "starlette": {"serve"},
        "uvicorn": {"serve"},
        "httpx": {"remote"},
    }
    for unit, path in modules():
        for node in imports(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for library in {name.split(".")[0] for name in names} & set(allowed):
                assert unit in allowed[library], f"{path.relative_to(ROOT)}:{node.lineno} imports {library}"


def test_public_names() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_public_things_say_what_they_are() -> None:
    silent = []
    for _, path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            silent.append(str(path))
        for node in ast.iter_child_nodes(tree):
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node) and not _is_plain(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not silent, "\n".join(silent)


def _is_plain(node: ast.AST) -> bool:
    """A class of fields that say by their names what they are."""
    return isinstance(node, ast.ClassDef) and all(isinstance(part, ast.AnnAssign | ast.Expr) for part in node.body)


@pytest.mark.parametrize("word", OF_THE_DOMAIN)
def test_the_code_names_nothing_of_the_domain(word: str) -> None:
    assert not [str(path) for _, path in modules() if word in path.read_text(encoding="utf-8")]


def test_nothing_names_this_machine() -> None:
    files = [path for _, path in modules()] + [ROOT / name for name in ("Makefile", "CHANGELOG.md", "pyproject.toml")]
    found = [str(path) for path in files if re.search(r"/(?:home|work|root)/", path.read_text(encoding="utf-8"))]
    assert not found


@pytest.mark.parametrize("statement", ["import kg", "from kg.commands import commands; commands.main(['--help'])"])
def test_starting_imports_nothing_heavy(statement: str) -> None:
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=True)
    assert not {name for name in done.stderr.decode().split() if name in HEAVY}


@pytest.mark.parametrize("arguments", [["-c", "import kg"], ["-m", "kg", "--help"]])
def test_starting_is_quick(arguments: list[str]) -> None:
    assert _best_of_three(arguments) < 0.3


def test_import_is_no_slower_than_that_of_rdflib() -> None:
    assert _best_of_three(["-c", "import kg"]) < _best_of_three(["-c", "import rdflib"]) + 0.2


def _best_of_three(arguments: list[str]) -> float:
    """Seconds of work, which other work on the machine does not lengthen as it does the time that passes."""

    def once() -> float:
        before = os.times()
        subprocess.run([sys.executable, *arguments], capture_output=True, env=environment(), check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    return min(once() for _ in range(3))
