"""The HanLP component: what HanLP's own lacks is there, and what it saves is loaded by `hanlp.load`."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hanlp
import numpy as np
import pytest
import torch
from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
from hanlp.utils.span_util import InvalidTagSequence

from kg.annotate.chain import Found
from kg.annotate.embedding import Shapes
from kg.annotate.published import loaded
from kg.annotate.recurrent import RecurrentNames, threads
from kg.annotate.whitelist import Whitelist

TINY = Shapes(rows=(40,) * 9, width=6, mixed=12)
LABELS = ("Organization", "Person")

TEXTS = [
    "{o}发布了新的模型。",
    "{p}是{o}的创始人。",
    "昨天，{o}的{p}说，天气很好。",
    "{p}离开了{o}。",
    "{o}和{o}都没有回应。",
    "据{o}介绍，{p}已经到任。",
]
ORGANIZATIONS = ["青禾智能", "远帆科技", "墨川", "衡远智算", "乘风集团"]
PERSONS = ["林若水", "赵一鸣", "陈远", "何子川"]


def sentences(number: int) -> Iterator[tuple[str, list[str]]]:
    """Sentences with their tags: enough of a language to be learned in seconds."""
    chance = np.random.default_rng(3)
    for count in range(number):
        text, tags = "", []
        for piece in TEXTS[count % len(TEXTS)].replace("}", "{").split("{"):
            names = {"o": ORGANIZATIONS, "p": PERSONS}.get(piece)
            words = str(chance.choice(names)) if names else piece
            label = {"o": "Organization", "p": "Person"}.get(piece)
            text += words
            inner = [f"I-{label}"] * (len(words) - 2)
            tags += [f"B-{label}", *inner, f"E-{label}"] if label else ["O"] * len(words)
        yield text, tags


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Training and development sentences in HanLP's format."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, number in (("train.tsv", 48), ("dev.tsv", 12)):
        lines = ["".join(f"{c}\t{t}\n" for c, t in zip(text, tags, strict=True)) for text, tags in sentences(number)]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def fitted(component: RNNNamedEntityRecognizer, corpus: Path, folder: Path) -> float:
    """The F1 on the development sentences after HanLP's own training."""
    quiet = logging.getLogger("quiet")
    quiet.disabled = True
    with threads(1):
        return _fitted(component, corpus, folder, quiet)


def _fitted(component: RNNNamedEntityRecognizer, corpus: Path, folder: Path, quiet: logging.Logger) -> float:
    settings: dict[str, Any] = {"embed": 24, "rnn_hidden": 24, "drop": 0.1, "lr": 0.03, "batch_size": 8}
    component.fit(
        str(corpus / "train.tsv"), str(corpus / "dev.tsv"), str(folder), epochs=6, crf=True, tagging_scheme="IOBES",
        token_delimiter="", devices=-1, seed=1, logger=quiet, eval_trn=False, **settings,
    )  # fmt: skip
    dev = component.build_dataloader(str(corpus / "dev.tsv"), 8, False, None)
    component.model.eval()
    with torch.no_grad():
        _, metric = component.evaluate_dataloader(dev, component.build_criterion(), logger=quiet)
    return float(metric.score)


def test_the_random_field_must_run_along_the_characters(corpus: Path, tmp_path: Path) -> None:
    """HanLP's own runs across the batch: it learns nothing while its loss falls.  With the fix it learns."""
    assert fitted(RNNNamedEntityRecognizer(), corpus, tmp_path / "unfixed") < 0.3
    component = RecurrentNames()
    assert fitted(component, corpus, tmp_path / "fixed") > 0.9
    assert component.model.crf.batch_first is True


def tiny(**more: Any) -> RecurrentNames:
    torch.manual_seed(more.pop("seed", 1))
    component = RecurrentNames()
    component.shape(LABELS, TINY, hidden=8, dropout=0.1)
    component.model.eval()
    return component


def test_a_network_without_training_makes_names_all_the_same() -> None:
    """Whatever the scores are, the tags follow one another as they may: HanLP's decoder raises for such ones."""
    component = tiny()
    component.model.crf.reset_parameters()  # as HanLP has it: any tag may follow any
    texts = [text for text, _ in sentences(30)] + ["", "远", "e\u0301\u200b百度\u202e😀"]
    found = component.names(texts)
    assert any(found)
    for text, names in zip(texts, found, strict=True):
        ends = [0, *(at for name in names for at in (name.start, name.end)), len(text)]
        assert ends == sorted(ends)
        assert all(name.labels[0][0] in LABELS and name.start < name.end for name in names)
    with pytest.raises(InvalidTagSequence):
        RNNNamedEntityRecognizer.predict_data(component, [list(text) for text in texts[:30]], 8)


def test_batches_change_nothing() -> None:
    component = tiny()
    texts = [text for text, _ in sentences(12)]
    alone = [component.names([text])[0] for text in texts]
    for one, other in zip(component.names(texts), alone, strict=True):
        assert [(f.start, f.end, f.labels[0][0]) for f in one] == [(f.start, f.end, f.labels[0][0]) for f in other]
        for first, second in zip(one, other, strict=True):
            assert first.labels[0][1] == pytest.approx(second.labels[0][1], abs=0.002)


def test_what_is_saved_is_loaded_wherever_it_is_moved(tmp_path: Path) -> None:
    component = tiny()
    component.dict_whitelist = {"百度": "Organization"}
    (tmp_path / "a").mkdir()
    component.save(str(tmp_path / "a"))
    shutil.move(tmp_path / "a", tmp_path / "b")
    again = hanlp.load(str(tmp_path / "b"), devices=-1, verbose=False)
    assert type(again) is RecurrentNames
    assert again.labels == LABELS
    assert again.model.crf.batch_first is True
    assert again.dict_whitelist is not None
    assert dict(again.dict_whitelist.items()) == {"百度": "Organization"}
    text = "百度的林若水说ChatGPT很好。"
    halves = {name: weights.half().float() for name, weights in component.model.state_dict().items()}
    component.model.load_state_dict(halves)
    assert again.names([text]) == component.names([text])
    assert {p.name for p in (tmp_path / "b").iterdir()} == {"config.json", "vocabs.json", "model.pt"}
    config = json.loads((tmp_path / "b" / "config.json").read_text(encoding="utf-8"))
    assert config["classpath"] == "kg.annotate.recurrent.RecurrentNames"
    assert str(tmp_path) not in json.dumps(config)


def test_the_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "a-longer-name"):
        (tmp_path / name).mkdir()
        tiny().save(str(tmp_path / name))
    for file in ("config.json", "vocabs.json", "model.pt"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "a-longer-name" / file).read_bytes()


def test_it_answers_as_hanlp_s_recognisers_do() -> None:
    component = tiny()
    component.dict_whitelist = {"青禾智能": "Organization"}
    text = "青禾智能发布了"
    one = component(list(text))
    assert ("青禾智能", "Organization", 0, 4) in one
    assert component(text) == one
    assert component([list(text), list("天气")])[0] == one
    assert component([]) == []
    with pytest.raises(ValueError, match="reads characters"):
        component([["青禾", "智能"], ["天气"]])


def test_known_names_stand_whatever_the_network_says() -> None:
    component = tiny()
    component.dict_whitelist = {"青禾": "Organization", "青禾智能": "Organization", "GPT": "Person"}
    told = [Found(0, 2, (("Person", 0.9),)), Found(3, 6, (("Person", 0.9),)), Found(8, 9, (("Person", 0.9),))]
    found = component._with_known("青禾智能ChatGPT和GPT", told)
    assert [(f.start, f.end, f.labels) for f in found] == [
        (0, 4, (("Organization", 1.0),)),
        (8, 9, (("Person", 0.9),)),
        (12, 15, (("Person", 1.0),)),
    ]
    component.dict_whitelist = None
    assert component._with_known("青禾", told[:1]) == told[:1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ChatGPT4", []),
        ("GPT4", []),
        ("用GPT写", [("GPT", 1)]),
        ("GPT-4o", [("GPT", 1)]),
        ("GPT-4。", [("GPT-4", 2)]),
        ("GPT-4.5", [("GPT", 1)]),
        ("百度云和百度", [("百度云", 4), ("百度", 3)]),
        ("ＧＰＴ", []),
        ("", []),
    ],
)
def test_latin_names_end_where_their_letters_do(text: str, expected: list[tuple[str, int]]) -> None:
    names = Whitelist({"GPT": 1, "GPT-4": 2, "百度": 3, "百度云": 4})
    assert [(text[s:e], label) for s, e, label in names.tokenize(text)] == expected
    assert names.tokenize(list(text)) == names.tokenize(text)


def test_sharpness_changes_how_sure_it_is() -> None:
    component = tiny()
    text = "青禾智能发布了新的模型。"
    sharp = {}
    for by in (0.1, 3.0):
        component.config["sharpness"] = by
        scores, lengths, transitions = component.scores([text])
        sharp[by] = (scores * by).max() - (scores * by).min()
    assert sharp[0.1] < sharp[3.0]
    assert scores.shape == (1, len(text), 1 + 4 * len(LABELS))
    assert transitions.shape == (9, 9)
    assert lengths.tolist() == [len(text)]


def test_loading_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tiny().save(str(tmp_path))
    loaded(tmp_path, "the model")
    assert capfd.readouterr() == ("", "")
