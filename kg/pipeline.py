"""The line: documents go in at one end, a graph comes out at the other.

    read → clean → annotate → extract ‖ resolve → reconcile → triples → store

Left of the bar one document at a time, in as many processes as asked for (`kg.processes`); right of it the whole corpus
(`kg.weigh`).  What was read in a document waits packed until all are read: corpora are larger than memories.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg import annotate, decisions, lexicon, ontology, patternfile, processes, reconcile, texts
from kg.annotate import Annotator, Rules, ordinary
from kg.clean import clean
from kg.errors import KGError, OntologyError
from kg.extract import extract, links, pairs, plausible
from kg.fingerprint import fingerprint
from kg.model import Annotated, Document, Extraction, Failure, Knowledge, Source
from kg.read import Parse, from_bytes, read
from kg.resolve import Names, Read
from kg.weigh import Build, counts, report, weigh
from kg.workspace import Corpus, Given, Workspace

__all__ = [
    "DEFAULTS",
    "Build",
    "Extractor",
    "Line",
    "Progress",
    "Result",
    "Settings",
    "build",
    "build_of",
    "collecting_seldom",
    "counts",
    "extracted",
    "from_bytes",
    "line",
    "report",
    "rules",
]

Progress = Callable[[int, str], None]
"""Called after each document with how many are done and its id."""

Extractor = Callable[[Annotated, Rules], Iterable[Extraction]]
"""What a document seems to say; where two extractions say the same, claims are made of both."""

_YOUNG = 100
"""Documents read between two looks for circles that the libraries of the line left in memory."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides how documents are read; looked up before the first document is."""

    ontology: str = "ai-models"
    annotator: str | None = None
    """A name of `kg.annotate.ANNOTATORS`; None takes `spacy` where the ontology's seeds have a trained pipeline, else
    `lexicon`."""
    model: str | None = None
    """A spaCy pipeline in the place of the shipped one: an installed package or a folder."""
    hanlp_model: str | None = None
    """A HanLP model in the place of the shipped one: a name of `hanlp.pretrained` or a folder."""
    lexicon: Path | None = None
    """A user's own names, as a TSV file."""
    workers: int = 1
    hide: float = 0.0
    """The share of the seeds' entities to leave out, for a measure."""
    on_conflict: str = "best"
    """What becomes of values that conflict: one of `kg.reconcile.ON_CONFLICT`."""
    extractors: tuple[Extractor, ...] = ()
    """A user's own, after ours; with several workers they are functions of a module, where a process can find them."""


DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Line:
    """The stages left of the bar, ready: what every document goes through."""

    rules: Rules
    annotator: Annotator
    name: str
    extractors: tuple[Extractor, ...] = ()

    def __call__(self, source: Source) -> tuple[Read, Annotated]:
        document = clean(source)
        annotated = self.annotator(document)
        own = (extraction for extractor in self.extractors for extraction in extractor(annotated, self.rules))
        found = (*extract(annotated, self.rules), *own)
        return Read(document, found, annotated.aliases, _unread(annotated, found), texts.marks(annotated)), annotated


def rules(settings: Settings, *, trained: bool = True) -> Rules:
    """The ontology, patterns and seeds of these settings; a mistake in any of them is a `KGError`.

    Without `trained`, they come without what was learned from the corpus: for those who train it anew.
    """
    loaded = ontology.load(settings.ontology)
    if settings.lexicon is not None and not settings.lexicon.is_file():
        raise OntologyError(f"{settings.lexicon}: no such file; a lexicon is a table of names, tab-separated")
    known = lexicon.load(loaded, own=settings.lexicon, hide=settings.hide)
    reconcile.check(loaded, settings.on_conflict)
    decisions.load(loaded)
    patterns = patternfile.load(loaded)
    if not trained:
        return Rules(loaded, patterns, known)
    seeds = loaded.seeds
    words = ordinary.load(seeds)
    return Rules(loaded, patterns, known, pairs.load(seeds), plausible.load(seeds), words, links.load(seeds))


def line(settings: Settings) -> Line:
    """The stages left of the bar for these settings."""
    known = rules(settings)
    name = settings.annotator or annotate.default(known)
    annotator = annotate.make(name, known, model=settings.model, hanlp_model=settings.hanlp_model)
    return Line(known, annotator, name, settings.extractors)


def build(
    inputs: Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    workspace: Workspace | None = None,
) -> Build:
    """Read the inputs and weigh what they say.

    A document that fails is in `knowledge.failures`, and the others are built.  With a `workspace`, what it remembers
    is not read again, and it remembers this build; the result is the same.  Raises `KGError` for wrong settings and for
    inputs that are not there.
    """
    return build_of(
        lambda parse: read(inputs, stdin=stdin, parse=parse), settings, progress=progress, workspace=workspace
    )


def build_of(
    sources: Callable[[Parse], Iterable[Source | Failure]],
    settings: Settings = DEFAULTS,
    *,
    progress: Progress | None = None,
    workspace: Workspace | None = None,
) -> Build:
    """As `build`, for any documents; they are asked for when the settings have been looked up, and given what parses
    files and remembers it."""
    with collecting_seldom():
        return _build(sources, settings, progress, workspace)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Without Python's own search for circles in memory: a corpus has millions of values and no circle, and walking
    through them again and again takes as long as the work.  `_build` looks among the young ones now and then.

    As a decorator it holds until the values of the call are gone, so that not even one walk goes through them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _build(
    sources: Callable[[Parse], Iterable[Source | Failure]],
    settings: Settings,
    progress: Progress | None,
    workspace: Workspace | None,
) -> Build:
    ready = line(settings)
    mark = _fingerprint(ready, settings) if workspace else b""
    names = Names(ready.rules)
    reads: dict[str, Callable[[], Read]] = {}
    """By document, what gives its reading, which takes ten times the room when it is unpacked."""
    found: dict[str, dict[str, int]] = {}
    failures: list[Failure] = []
    unread: list[Failure] = []
    failed: list[Given] = []
    corpus: dict[str, bytes] = {}
    waiting: deque[Given] = deque()

    def take(result: Result) -> None:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            read, found[read.document.id] = result
            names.add(read)
            reads[read.document.id] = lambda: read
        if progress:
            id = result.source if isinstance(result, Failure) else result[0].document.id
            progress(len(reads) + len(failures), id)

    def new() -> Iterator[Source]:
        """The documents that nobody remembers."""
        for source in sources(workspace.parsing(from_bytes, mark) if workspace else from_bytes):
            if isinstance(source, Failure):
                unread.append(source)
                take(source)
                continue
            given = workspace.given(source) if workspace else Given(source, b"")
            corpus[source.id] = given.content
            known = workspace.recall(given, mark) if workspace and not settings.extractors else None
            if known is not None:
                take(known)
            else:
                waiting.append(given)
                yield source

    with closing(_through(new(), ready, settings)) as results:
        for result in results:
            given = waiting.popleft()
            take(result)
            if isinstance(result, Failure):
                failed.append(given)
            elif workspace and not settings.extractors:  # what a user's function finds has no mark to know it by
                reads[given.source.id] = workspace.keep(given, mark, result)
            if not len(reads) % _YOUNG:
                gc.collect(0)
    worked = workspace.worked(mark) if workspace else {}
    in_order = (reads.pop(id)() for id in sorted(reads))
    built = weigh(in_order, names, failures, found, replace(settings, annotator=ready.name), worked)
    contents = tuple(sorted(corpus.items()))
    return replace(built, corpus=Corpus(contents, tuple(failed), tuple(unread), mark, built.corpus.worked))


def _fingerprint(ready: Line, settings: Settings) -> bytes:
    """What every reading of this line depends on besides its document."""
    return fingerprint(
        ready.rules.ontology,
        ready.name,
        models=(settings.model, settings.hanlp_model),
        lexicon=settings.lexicon,
        hide=settings.hide,
    )


def extracted(
    sources: Iterable[Source | Failure], settings: Settings = DEFAULTS
) -> Iterator[tuple[Knowledge, Document] | Failure]:
    """What each document says by itself, resolved and reconciled without the others, in the order of `sources`."""
    ready = line(settings)
    with closing(_through(sources, ready, settings)) as results:
        for result in results:
            if isinstance(result, Failure):
                yield result
            else:
                one, names = result[0], Names(ready.rules)
                names.add(one)
                yield weigh([one], names, [], {}, settings, {}).knowledge, one.document


Result = tuple[Read, dict[str, int]] | Failure


def _through(sources: Iterable[Source | Failure], ready: Line, settings: Settings) -> Generator[Result]:
    """Every source through the line, in order, in this process or in several."""
    if settings.workers > 1:
        return processes.mapped(partial(_worker, replace(settings, workers=1)), sources, settings.workers)
    return (_passed(ready, source) for source in sources)


def _worker(settings: Settings) -> Callable[[Source | Failure], Result]:
    """What a process of its own does with each source, by a line of its own."""
    return partial(_passed, line(settings))


def _passed(ready: Line, source: Source | Failure) -> Result:
    return source if isinstance(source, Failure) else _one(ready, source)


def _one(ready: Line, source: Source) -> Result:
    """One document through the line; what goes wrong inside is that document's failure and no other's."""
    try:
        result, annotated = ready(source)
    except KGError as error:
        return Failure(source.id, str(error))
    except Exception as error:  # a defect of ours must not cost the other documents; it is reported, with its place
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
        return Failure(
            source.id, f"a defect in the builder at {where}: {type(error).__name__}: {error}; please report it"
        )
    return result, dict(sorted(Counter(m.recognizer for m in annotated.mentions).items()))


def _unread(annotated: Annotated, found: tuple[Extraction, ...]) -> tuple[str, ...]:
    """Sentences that name something of a seed's or a sure kind, and of which nothing was extracted."""
    text = annotated.document.text
    told = bytearray(len(text))
    for extraction in found:
        told[extraction.span.start : extraction.span.end] = b"\1" * len(extraction.span)
    known = [m.span for m in annotated.mentions if any(r.entity for r in m.readings)]
    starts = [span.start for span in known]
    unread = []
    for sentence in annotated.sentences:
        inside = known[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        named = sum(sentence.covers(span) for span in inside)
        if named > 1 and 1 not in told[sentence.start : sentence.end]:
            unread.append(text[sentence.start : sentence.end])
    return tuple(unread)
