"""How time and memory grow with the number of claims, and what one changed document costs.

    python tests/benchmarks/scale.py [--documents 1000 3000 10000] [--annotator NAME] [--terse]

Synthetic documents of about ten claims each are built, one of them is changed, and the graph is built again; every
size in a process of its own.  They have 40 characters for each claim, as the documents in `tests/gold/tune` have, and
with `--terse` the 15 that the claims take.  Models and makers grow in number with the documents, and five models are
spoken of much more often than the others.  Seconds are of the processor, not of the clock, for other work to count
less; they mean nothing across machines, and on a busy one they vary by half.

What is compared: `write` is everything that a build writes (RDF, store, picture, report); `rdf` is the RDF and the
store alone, and `rdf/raw` sets it beside making the same quads in Python and having pyoxigraph dump them from its
store in the same three files.  `one changed` is the whole of the second build; `beyond` is what it takes beyond
writing, as a share of the first build.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline import Settings

WHO = "观众同事学生读者邻居司机店员朋友孩子老人客人工人编辑医生会计厨师"
DOES = "看着谈起想到记下拿来整理讨论等着翻开收好比较画出数完挑选听见修好"
WHAT = "屏幕表格笔记茶杯窗户地图车票雨伞照片账目椅子信件菜单灯光花盆钥匙"
"""Words of two characters each."""
FILLING = 6
"""Sentences in a document that claim nothing."""
SYLLABLES = "澄泓岚桐砚蓝枫澜澍瀚屿皓昱翎霁舟衡岳珞璟芃逸钧淳嵩"
POPULAR, SHARE = 5, 0.03
"""So many models are in this share of all sentences."""
WRONG = 0.1
"""The share of dates that contradict the others."""
STAGES = {
    "resolve": ("kg.resolve", "resolve"),
    "origins": ("kg.origins", "copies"),
    "reconcile": ("kg.reconcile", "reconcile"),
    "rdf": ("kg.store", "fill"),
    "write": ("kg.output", "write"),
}


def name(number: int) -> str:
    size = len(SYLLABLES)
    return "".join(SYLLABLES[number // size**place % size] for place in range(3))


def filling(chance: random.Random) -> str:
    """A sentence that claims nothing: 观众看着屏幕，邻居翻开账目……"""
    clauses = (
        (words[(at := 2 * chance.randrange(len(words) // 2)) : at + 2] for words in (WHO, DOES, WHAT)) for _ in range(6)
    )
    return "，".join(map("".join, clauses)) + "。"


def documents(number: int, *, terse: bool = False) -> Iterator[tuple[str, str]]:
    """(id, text) of synthetic documents, the same every time."""
    chance, beside = random.Random(1), random.Random(2)
    models = number // 3
    for at in range(number):
        sentences = []
        for _ in range(3):
            one = chance.randrange(models) if chance.random() > SHARE else chance.randrange(POPULAR)
            model, maker = name(one), f"{name(one * 7 % models)}科技"
            month, day = (
                (chance.randrange(12), chance.randrange(28)) if chance.random() < WRONG else (one % 12, one % 28)
            )
            size = f"参数量达{one % 50 * 10 + 70}亿"
            sentences.append(f"2023年{month + 1}月{day + 1}日，{maker}正式发布自主研发的“{model}”大模型，{size}。")
        sentences.append(f"业内认为，{maker}位列第{'一二三'[one % 3]}梯队。")
        sentences += [filling(beside) for _ in range(0 if terse else FILLING)]
        chance.shuffle(sentences)
        yield f"d{at:05}", f"---\npublished: 2024-0{at % 9 + 1}-1{at % 10}\n---\n" + "".join(sentences)


class Watch:
    """The seconds of the processor that the stages take."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    @contextlib.contextmanager
    def on(self, stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - began

    def watch(self) -> None:
        """Look at every stage from now on."""
        from importlib import import_module

        for stage, (module, function) in STAGES.items():
            found = import_module(module)
            setattr(found, function, self._watched(stage, getattr(found, function)))

    def _watched(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            with self.on(stage):
                return function(*arguments, **options)

        return watched


def raw(inputs: Path, folder: Path, settings: Settings) -> float:
    """The seconds for making all quads in Python, and for pyoxigraph's dump of the three files.

    What is to be written is weighed once more for that, of the remembered readings: a build does not keep it.
    """
    from pyoxigraph import DefaultGraph, RdfFormat, Store

    from kg import ontology, pipeline, store, triples, workspace

    with workspace.opened(folder) as memory:
        built = pipeline.build([str(inputs)], settings, workspace=memory)
    gc.collect()
    gc.freeze()  # what was just weighed is not walked again and again while quads are made
    began = time.process_time()
    known, loaded = built.knowledge, ontology.load(built.settings.ontology)
    number = sum(len(thing) for thing in triples.each_fact(known, loaded))
    number += sum(len(thing) for thing in triples.each_claim(known, loaded))
    quads = Store.read_only(str(store.place(folder)))
    assert number >= 1
    with tempfile.TemporaryDirectory() as place:
        quads.dump(f"{place}/kg.ttl", RdfFormat.TURTLE, from_graph=DefaultGraph())
        quads.dump(f"{place}/claims.ttl", RdfFormat.TURTLE, from_graph=triples.CLAIMS)
        quads.dump(f"{place}/kg.trig", RdfFormat.TRIG)
    return time.process_time() - began


def measure(number: int, annotator: str, *, terse: bool) -> dict[str, float]:
    """One size, in this process."""
    import kg
    from kg.pipeline import Settings

    settings = Settings(annotator=annotator)
    watch = Watch()
    watch.watch()
    with tempfile.TemporaryDirectory() as place:
        inputs, output = Path(place) / "in", Path(place) / "out"
        inputs.mkdir()
        for id, text in documents(number, terse=terse):
            (inputs / f"{id}.md").write_text(text, encoding="utf-8")
        with watch.on("full"):
            built = kg.build(inputs, output, settings)
        full = Counter(watch.seconds)
        claims = dict(built.counts)["claims"]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        plain = raw(inputs, output, settings)
        (inputs / "d00007.md").write_text("澄泓科技发布了“澄岚岚”大模型。", encoding="utf-8")
        watch.seconds.clear()
        with watch.on("full"):
            again = kg.build(inputs, output, settings)
        assert again.changes.changed == ("d00007",)
        size = sum(file.stat().st_size for file in output.iterdir() if file.is_file()) / 1e6
    beyond = watch.seconds["full"] - watch.seconds["write"]
    return {
        "documents": number,
        "claims": claims,
        "full s": full["full"],
        **{f"{stage} µs/claim": full[stage] / claims * 1e6 for stage in STAGES},
        "peak MB": peak,
        "files MB": size,
        "rdf/raw": full["rdf"] / plain,
        "one changed s": watch.seconds["full"],
        "of it write s": watch.seconds["write"],
        "beyond s": beyond,
        "beyond %": 100 * beyond / full["full"],
        "beyond and not the corpus %": 100
        * (beyond - sum(watch.seconds[stage] for stage in ("resolve", "origins", "reconcile")))
        / full["full"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 3000, 10_000])
    parser.add_argument("--annotator", default="spacy")
    parser.add_argument("--terse", action="store_true", help="nothing but claims in the documents")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(measure(given.one, given.annotator, terse=given.terse)))
        return
    rows = []
    for number in given.documents:
        command = [sys.executable, __file__, "--one", str(number), "--annotator", given.annotator]
        command += ["--terse"] if given.terse else []
        rows.append(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
        print(f"{number} documents measured", file=sys.stderr, flush=True)
    width = max(map(len, rows[0]))
    for what in rows[0]:
        print(what.ljust(width), *(f"{row[what]:>12,.1f}" for row in rows))


if __name__ == "__main__":
    main()
