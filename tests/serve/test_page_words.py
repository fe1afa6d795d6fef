"""The words of the page: whole in both languages, and a Chinese sentence for every English one that a build writes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.model import Stance, Standing

PAGE = Path(kg.__file__).parent / "web" / "page"
PACKAGE = Path(kg.__file__).parent
_TEXT = r'"((?:[^"\\]|\\.)*)"'
HAN = re.compile(r"[\u3400-\u9fff]")


def words() -> dict[str, tuple[str, str]]:
    """Every key of the page's words with its Chinese and its English."""
    source = (PAGE / "words.js").read_text(encoding="utf-8")
    found = re.findall(rf'(?:"([\w ]+)"|(\w+)): \[{_TEXT},\s*{_TEXT}\]', source)
    return {quoted or bare: (chinese, english) for quoted, bare, chinese, english in found}


def sentences() -> dict[str, str]:
    """The English sentences with their Chinese."""
    source = (PAGE / "sentences.js").read_text(encoding="utf-8")
    pairs = re.findall(rf"(?:{_TEXT}|(\w+)): {_TEXT}", source)
    return {english or bare: chinese for english, bare, chinese in pairs}


def blank(sentence: str) -> str:
    """A sentence without what differs from case to case."""
    return re.sub(r"\{\w*\}", "{}", sentence)


def template(node: ast.expr) -> str | None:
    """The text of a string or f-string, its values as {}; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return blank(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def said(file: Path, function: str | None) -> Iterator[str]:
    """What a module, or one function of it, says in words: strings that are no documentation, error or pattern."""
    tree: ast.AST = ast.parse(file.read_text(encoding="utf-8"))
    if function is not None:
        tree = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function)
    silent: set[int] = set()
    for node in ast.walk(tree):
        documents = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if documents or (function is None and isinstance(node, ast.Raise)):
            silent.update(id(inner) for inner in ast.walk(node))
        if isinstance(node, ast.JoinedStr):
            silent.update(id(inner) for inner in ast.walk(node) if inner is not node)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in silent:
            text = template(node)
            if text and re.search(r"[a-z}] [a-z{]", text) and not re.search(r"[\\\[]", text):
                yield text


def notes() -> Iterator[str]:
    """The messages of everything that reading and cleaning note."""
    for file in sorted([*(PACKAGE / "clean").rglob("*.py"), *(PACKAGE / "read").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                at = {"Note": 1, "_removed": 3}.get(node.func.id)
                text = template(node.args[at]) if at is not None and len(node.args) > at else None
                if text is not None:
                    yield text


def test_every_word_is_there_in_both_languages() -> None:
    known = words()
    assert len(known) > 150
    asked = set[str]()
    for file in PAGE.glob("*.js"):
        source = file.read_text(encoding="utf-8")
        asked.update(re.findall(r'\bsay\("([\w ]+)"', source))
    assert asked - known.keys() == set()
    neutral = {"board", "sparql", "other", "whose", "and", "semicolon"}
    for key, (chinese, english) in known.items():
        assert HAN.search(chinese) or key in neutral, key
        assert not HAN.search(english) or key in neutral, key
        assert sorted(re.findall(r"\{\w+\}", chinese)) == sorted(re.findall(r"\{\w+\}", english)), key


def test_every_class_and_stance_has_words() -> None:
    assert {one.value for one in Standing} | {one.value for one in Stance} <= words().keys()


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("reconcile/case.py", None),
        ("reconcile/classes.py", None),
        ("reconcile/winner.py", None),
        ("weigh.py", "_why_dropped"),
        ("serve/decisions.py", "read"),
    ],
)
def test_every_reason_has_its_chinese(name: str, function: str | None) -> None:
    known = {blank(sentence) for sentence in sentences()}
    found = set(said(PACKAGE / name, function))
    assert found
    assert found - known == set()


def test_every_note_of_reading_and_cleaning_has_its_chinese() -> None:
    known = {blank(sentence) for sentence in sentences()}
    found = set(notes())
    assert len(found) > 20
    assert found - known == set()


def test_sentences_are_whole() -> None:
    found = sentences()
    assert len(found) > 60
    for english, chinese in found.items():
        assert HAN.search(chinese), english
        assert sorted(re.findall(r"\{\w\}", chinese)) == sorted(re.findall(r"\{\w\}", english)), english
