from __future__ import annotations

import unicodedata

import pyoxigraph as ox
import pytest
import rdflib
from hand_built import HOSTILE, LONG
from hypothesis import given
from hypothesis import strategies as st

from kg import iri

NAMES = st.one_of(st.text(max_size=60), st.text(alphabet="ab_~x .:-/()28é\u0301云雀\u200f", max_size=60))


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("云雀", "云雀"),
        ("通义千问-7B", "通义千问-7B"),
        ("Qwen2.5", "Qwen2.5"),
        ("Yi 34B", "Yi_34B"),
        ("Yi_34B", "Yi~5F~34B"),
        ("a/b (c)", "a~2F~b_~28~c~29~"),
        (".hidden.", "~2E~hidden~2E~"),
        ("x:y", "x~3A~y"),
        ("\u200fabc", "~200F~abc"),
        ("\u3000", "~3000~"),
        ("\ufeffa", "~FEFF~a"),
        ("", "~~"),
        ("\ud800", "~D800~"),
        ("\U0001fffe", "~1FFFE~"),
    ],
)
def test_names_stay_readable(name: str, local: str) -> None:
    assert iri.local_name(name) == local
    assert iri.name(local) == name


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert iri.local_name("Cafe\u0301") == iri.local_name("Café")


def test_a_long_name_is_cut_and_stays_different() -> None:
    one, other = iri.local_name(LONG), iri.local_name(LONG + "长")
    assert one != other
    assert len(one) <= iri.LONGEST
    assert iri.name(one).endswith("…")
    assert LONG.startswith(iri.name(one)[:-1])


def test_a_name_that_looks_like_a_cut_one_is_another() -> None:
    cut = iri.local_name(LONG)
    assert iri.local_name(cut) != cut
    assert iri.local_name(iri.name(cut)) != cut


@given(NAMES, NAMES)
def test_no_two_names_share_an_iri(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (iri.local_name(one) == iri.local_name(other)) == same


@given(NAMES)
def test_a_name_comes_back_from_its_local_name(name: str) -> None:
    local = iri.local_name(name)
    assert iri.is_local(local)
    assert iri.local_name(iri.name(local)) == local or len(local) >= iri.LONGEST - 8
    if len(local) < iri.LONGEST - 40:
        assert iri.name(local) == unicodedata.normalize("NFC", name)


@given(NAMES)
def test_both_libraries_accept_the_iri_and_its_prefixed_name(name: str) -> None:
    local = iri.local_name(name)
    address = iri.iri(f"model:{local}")
    assert iri.entity_id(address) == f"model:{local}"
    assert ox.NamedNode(address).value == address
    prefixed = local.replace("~", "\\~")
    text = f"@prefix m: <https://kg.example.org/id/model/> . m:{prefixed} m:p <{address}> ."
    (quad,) = ox.parse(text, ox.RdfFormat.TURTLE)
    assert quad.subject == quad.object == ox.NamedNode(address)
    ((subject, _, object_),) = rdflib.Graph().parse(data=text, format="turtle")
    assert subject == object_ == rdflib.URIRef(address)
    assert subject.n3() == f"<{address}>"


def test_ids_and_iris_lead_to_each_other() -> None:
    assert iri.iri("org:alibaba") == "https://kg.example.org/id/org/alibaba"
    assert iri.iri("org:alibaba", "https://here.example/") == "https://here.example/id/org/alibaba"
    assert iri.entity_id("https://kg.example.org/id/org/alibaba") == "org:alibaba"
    assert iri.document("notes/2023 07.txt") == "https://kg.example.org/id/doc/notes~2F~2023_07.txt"


@pytest.mark.parametrize(
    "wrong", ["alibaba", "org:", "Org:x", "org:a b", f"model:{HOSTILE}", "org:a.", "org:a/b", "org:a\n"]
)
def test_what_is_no_id_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not an id"):
        iri.iri(wrong)


@pytest.mark.parametrize(
    "wrong", ["https://schema.org/name", "https://kg.example.org/id/org", "https://kg.example.org/id/a/b/c"]
)
def test_other_iris_have_no_id(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not the IRI"):
        iri.entity_id(wrong)
