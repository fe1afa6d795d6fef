"""Train the entity recogniser of the shipped HanLP model on the annotated corpus.

As for spaCy's: every epoch reads every sentence once, with other names in it, and the sentences that are kept for
testing are scored once, at the end.  HanLP's own loop reads the same file in every epoch; this one takes its network,
its loss and its optimiser, and new sentences each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg import corpus
from kg.annotate import Rules
from kg.annotate.chain import Ints
from kg.annotate.embedding import Shapes
from kg.annotate.recurrent import RecurrentNames, threads
from kg.corpus import Sentence
from kg.errors import OntologyError
from kg.model import Span
from kg.train import Progress, Score, Trained, parts
from kg.train.substitution import Substitution

_CLAUSE = re.compile(r"[，,；;：:。！？!?、]\s*")
_STEEPEST = 5.0
"""The greatest norm of a gradient."""


@dataclass(frozen=True, slots=True)
class Course:
    """How training goes.  The defaults were chosen by F1 on the development cut."""

    epochs: int = 12
    characters: int = 1600
    """A batch holds about so many."""
    learn_rate: float = 0.003
    warmup: float = 0.1
    """The part of all steps in which the learn rate rises; then it falls to zero."""
    dropout: float = 0.4
    cut: float = 0.1
    """How often only a part of a sentence is read, from one clause to another: none is to be known by heart."""
    memory: float = 0.995
    """What is kept are the averages of the weights over the last steps; this is what each step leaves of the one
    before."""
    hidden: int = 96
    """The width of each direction of the recurrent layer."""
    embed: dict[str, Any] = field(default_factory=dict)
    """The measures of `Shapes`."""
    threads: int = 1
    """Another number of threads adds up in another order, and makes another model."""


def train(
    rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None, course: Course = Course()
) -> Trained:
    """Train, write the model into `folder` and score it.

    Raises OntologyError for a corpus that cannot be read or has too few sentences.
    """
    say = progress or (lambda line: None)
    divided = parts.split(corpus.read(rules.ontology, rules.patterns))
    chance = random.Random(seed)
    learning = list(divided.learning)
    substitution = Substitution(rules.ontology, learning, chance)
    learning = [s for s in learning if not substitution.hides(s.masked)]
    if not learning:
        raise OntologyError(f"{rules.ontology.seeds / 'corpus'}: no sentence to learn from")
    with threads(course.threads), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        np.random.seed(seed)
        component = RecurrentNames()
        component.shape(substitution.types, Shapes(**course.embed), hidden=course.hidden, dropout=course.dropout)
        steps = course.epochs * (sum(len(s.text) for s in learning) // course.characters + 1)
        optimizer = component.build_optimizer("adam", course.learn_rate)
        average = AveragedModel(component.model, multi_avg_fn=get_ema_multi_avg_fn(course.memory))  # type: ignore[no-untyped-call]
        rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps, course.warmup))
        for epoch in range(1, course.epochs + 1):
            chance.shuffle(learning)
            changed = [_part(substitution(s), chance, course.cut) for s in learning]
            total = 0.0
            for batch in parts.batches(changed, course.characters):
                total += _step(component, batch, optimizer)
                rates.step()
                average.update_parameters(component.model)
            say(f"epoch {epoch} of {course.epochs}: loss {total / len(changed):.3f}")
    component.model = average.module.eval()
    folder.mkdir(parents=True, exist_ok=True)
    component.save(str(folder))
    component.load_weights(str(folder))  # what is scored is what is shipped: half precision
    component.config["sharpness"] = sharpness(component, divided.development)
    component.save(str(folder))
    f1 = score(component, divided.development)[-1].f1
    say(f"development: F1 {f1:.3f}, scores times {component.config['sharpness']}")
    return Trained(folder, len(learning), score(component, divided.testing))


def _rate(done: float, warmup: float) -> float:
    """The learn rate, as a part of the highest, when this part of the steps is done."""
    return (done + 1e-3) / warmup if done < warmup else max(0.0, (1.05 - done) / (1.05 - warmup))


def _part(sentence: Sentence, chance: random.Random, odds: float) -> Sentence:
    """The sentence, or a part of it from one clause to another that cuts no name."""
    if chance.random() >= odds:
        return sentence
    ends = [m.end() for m in _CLAUSE.finditer(sentence.text)]
    places = [
        at
        for at in (0, *ends, len(sentence.text))
        if not any(m.span.start < at < m.span.end for m in sentence.mentions)
    ]
    start, end = sorted(chance.sample(sorted(set(places)), 2)) if len(set(places)) > 1 else (0, len(sentence.text))
    inside = [m for m in sentence.mentions if start <= m.span.start and m.span.end <= end]
    kept = tuple(replace(m, span=Span(m.span.start - start, m.span.end - start)) for m in inside)
    return replace(sentence, text=sentence.text[start:end], mentions=kept, relations=(), traps=())


def _step(component: RecurrentNames, batch: Sequence[Sentence], optimizer: Any) -> float:
    """One step of the weights; the loss of the batch."""
    batch = sorted(batch, key=lambda s: -len(s.text))
    component.model.train()
    optimizer.zero_grad()
    out, mask = component.feed_batch(component.batch([s.text for s in batch]))
    gold = torch.zeros(mask.shape, dtype=torch.int64)
    for number, sentence in enumerate(batch):
        gold[number, : len(sentence.text)] = torch.from_numpy(parts.tags(sentence, component.labels))
    loss = component.compute_loss(component.model.crf, out, gold, mask)
    (loss / len(batch)).backward()
    nn.utils.clip_grad_norm_(component.model.parameters(), _STEEPEST)
    optimizer.step()
    return float(loss.item())


def sharpness(component: RecurrentNames, sentences: Sequence[Sentence]) -> float:
    """What scores are to be multiplied with, so that the tags of these sentences are as likely as can be."""
    if not sentences:
        return 1.0
    scores, lengths, transitions = component.scores([s.text for s in sentences])
    gold: Ints = np.zeros(scores.shape[:2], dtype=np.int64)
    for number, sentence in enumerate(sentences):
        gold[number, : len(sentence.text)] = parts.tags(sentence, component.labels)
    return parts.sharpness(scores, lengths, gold, transitions)


def score(component: RecurrentNames, sentences: Sequence[Sentence]) -> tuple[Score, ...]:
    """How many of the names of these sentences are found, by class and for all."""
    return parts.scored(sentences, component.names([s.text for s in sentences]), component.labels)
