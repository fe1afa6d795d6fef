"""The right of the bar: what all documents say together is weighed, counted and reported.

    resolve → origins → decisions → reconcile

Documents come one by one, and of each only what a graph and its report have is kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import decisions, origins, reconcile, resolve
from kg.model import Claim, Document, Failure, Knowledge
from kg.reconcile import Weighed
from kg.resolve import Names, Read
from kg.workspace import NOTHING, Corpus

if TYPE_CHECKING:
    from kg.pipeline import Settings


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted while a document was read, beside what it says."""

    found: dict[str, int]
    """How many mentions each recognizer found."""
    mentions: str
    """All of them, as `kg.texts.marks` writes them."""
    unread: tuple[str, ...]
    """Sentences with known names of which nothing was extracted."""


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: what is known, and what its report says."""

    knowledge: Knowledge
    weighed: Weighed
    noted: Mapping[str, Noted]
    """By document."""
    settings: Settings
    corpus: Corpus = NOTHING
    """What a workspace is to remember of its documents."""


def weigh(
    reads: Iterable[Read],
    names: Names,
    failures: list[Failure],
    found: Mapping[str, dict[str, int]],
    settings: Settings,
    worked: Mapping[bytes, bytes],
) -> Build:
    """What the documents say together, in the order of their ids, by `names`, which has those of all."""
    known = names.rules
    documents: list[Document] = []
    noted: dict[str, Noted] = {}

    def passing() -> Iterator[Read]:
        for read in reads:
            documents.append(read.document)
            noted[read.document.id] = Noted(found.get(read.document.id, {}), read.mentions, read.unread)
            yield read

    resolved = resolve.resolve(passing(), known, names)
    copies = origins.copies(documents, worked)
    passages = tuple((p.document, p.start, p.end, p.origin) for p in copies.passages)
    decided = decisions.apply(resolved.claims, resolved.entities, decisions.load(known.ontology), known)
    weighed = reconcile.reconcile(decided.claims, documents, copies.reposts, known, settings.on_conflict, passages)
    dropped = Counter((c.document, _why_dropped(c)) for c in weighed.claims if not c.accepted)
    knowledge = Knowledge(
        documents=tuple(documents),
        entities=decided.entities,
        claims=weighed.claims,
        facts=weighed.facts,
        merges=resolved.merges,
        origins=copies.reposts,
        passages=passages,
        failures=tuple(sorted(failures, key=lambda f: (f.source, f.message))),
        dropped=tuple((d, why, n) for (d, why), n in sorted(dropped.items())),
        decisions=decided.log,
    )
    return Build(knowledge, weighed, noted, settings, Corpus(worked=copies.worked))


def _why_dropped(claim: Claim) -> str:
    if claim.decision is not None:
        return f"rejected by {claim.decision.who}"
    return f"not asserted: {claim.stance}" if claim.stance != "asserted" else "confidence too low"


def counts(build: Build) -> dict[str, int]:
    """The numbers that the last lines of a build say."""
    known = build.knowledge
    return {
        "documents": len(known.documents),
        "claims": len(known.claims),
        "facts": len(known.facts),
        "conflicts": build.weighed.conflicts,
        "failures": len(known.failures),
    }


def report(build: Build) -> dict[str, Any]:
    """What `report.json` says: per document what was read, found, rejected and why, and what failed."""
    known = build.knowledge
    claims: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in known.claims:
        claims[claim.document][str(claim.stance)] += 1
    rejected: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for id, why, number in known.dropped:
        rejected[id].append({"reason": why, "count": number})
    repost = dict(known.origins)
    quotes: dict[str, set[str]] = {}
    for quoting, _, _, quoted in known.passages:
        quotes.setdefault(quoting, set()).add(quoted)
    return {
        "ontology": build.settings.ontology,
        "annotator": build.settings.annotator,
        "on_conflict": build.settings.on_conflict,
        "counts": counts(build),
        "documents": [
            {
                "id": d.id,
                "title": d.title,
                "published": d.published.value if d.published else None,
                "publisher": d.publisher,
                "url": d.url,
                "repost_of": repost.get(d.id),
                "quotes": sorted(quotes.get(d.id, ())),
                "characters": {"raw": len(d.raw), "cleaned": len(d.text)},
                "cleaning": [
                    {"code": n.code, "message": n.message, "count": n.count}
                    | ({"start": n.span.start, "end": n.span.end} if n.span else {})
                    for n in d.notes
                ],
                "mentions": build.noted[d.id].found,
                "claims": dict(sorted(claims[d.id].items())),
                "rejected": rejected[d.id],
                "unread": list(build.noted[d.id].unread),
            }
            for d in known.documents
        ],
        "merges": [{"name": m.name, "entity": m.entity, "reason": m.reason} for m in known.merges],
        "decisions": [
            {"claim": d.claim, "decision": d.verdict, "value": d.value, "who": d.who, "why": d.why, "applied": applied}
            for d, applied in known.decisions
        ],
        "failures": [{"source": f.source, "message": f.message} for f in known.failures],
    }
