"""A scene as one HTML page, made with pyvis and made safe here.

pyvis leaves links to outside hosts in every mode, escapes no heading, and puts data into scripts.  So its `Network`
holds the nodes, arrows and options and renders them, but into this package's own template: vis-network (which pyvis
ships) stands in the page itself, all data stand in blocks of JSON, and the page's script puts them on the screen as
text only.  A Content-Security-Policy forbids everything but the page's scripts and the style sheet, which it names by
their hashes: a browser loads nothing from anywhere, and runs nothing that a document brought in.

The words behind the picture are most of a page.  They are written one fact at a time, and never stand in memory whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.romanize import typed
from kg.statements import XSD
from kg.view.svg import DARK

if TYPE_CHECKING:
    from kg.networks import Edge, Node
    from kg.quotes import Quote
    from kg.view.looks import Style
    from kg.view.scene import Arrow, Dot, Scene
    from kg.view.still import Row
    from kg.view.svg import Drawing

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS = (
    "words.js", "model.js", "labels.js", "vis.js", "webgl.js", "settle.js", "panel.js", "save.js", "state.js",
    "page.js",
)  # fmt: skip
"""The page's own scripts, in the order in which they stand in it."""
_FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
_BUNDLE = "web/dist/graph.js"
_JSON: dict[str, Any] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
"""Chinese as it is, not as \\uXXXX: half the size, and readable to whoever looks into the file."""
_DETAILS = "<!--details-->"
"""Where the words behind the picture stand in the page; no text of a document can have it, for there `<` is escaped."""


def html(scene: Scene, *, title: str) -> Iterator[str]:
    """The page piece by piece, with `\\n` as line ends."""
    before, _, after = _around(scene, title=title).partition(_DETAILS)
    yield before
    yield from _pieces(_details(scene))
    yield after


def _around(scene: Scene, *, title: str) -> str:
    """The page with `_DETAILS` in the place of the words behind the picture."""
    from jinja2 import DictLoader, Environment
    from markupsafe import Markup
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", heading=title)
    # Set as whole lists: `add_node` and `add_edge` look through all earlier ones each time.
    index = {dot.node.id: place for place, dot in enumerate(scene.dots)}
    network.nodes = [_vis_node(place, dot, scene, index) for place, dot in enumerate(scene.dots)]
    network.edges = [_vis_edge(arrow) for arrow in scene.arrows]
    network.options = _options()
    vis, style = _text("pyvis", _VIS), _text("kg.view", "assets/page.css")
    script = "".join(_text("kg.view", f"assets/{name}") for name in _SCRIPTS)
    # WebGL is for large graphs; a small one needs no second renderer in its page.
    web = bundle() if scene.summary else None
    network.templateEnv = Environment(
        loader=DictLoader({network.path: _text("kg.view", "assets/page.html")}),
        autoescape=True,
        keep_trailing_newline=True,
    )
    network.templateEnv.policies["json.dumps_kwargs"] = _JSON
    network.templateEnv.filters["parsed"] = json.loads
    network.templateEnv.globals.update(
        policy=_policy(scripts=(vis, web, script) if web else (vis, script), styles=(style,)),
        vis=Markup(vis),
        bundle=Markup(web) if web else "",
        script=Markup(script),
        style=Markup(style),
    )
    text: str = network.generate_html()
    return text


def still(drawing: Drawing, rows: tuple[Row, ...], *, title: str) -> str:
    """A page around a picture that stands still, with its table below; it needs no script at all."""
    from jinja2 import Environment
    from markupsafe import Markup

    style = _text("kg.view", "assets/still.css") + DARK
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(
        _text("kg.view", "assets/still.html")
    )
    return template.render(
        policy=_policy(scripts=(), styles=(style,)),
        title=title,
        style=Markup(style),
        svg=Markup(drawing.svg(standalone=False)),
        rows=rows,
        heads=("日期 date" if rows and rows[0].key[:1].isdigit() else "级别 rank",),
    )


def bundle() -> str | None:
    """What `make web` built of sigma and graphology; None where Node has not been at work."""
    file = files("kg").joinpath(_BUNDLE)
    return _text("kg", _BUNDLE) if file.is_file() else None


def _policy(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    def hashes(texts: tuple[str, ...]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
            for text in texts
        )

    run = hashes(scripts) or "'none'"
    return f"default-src 'none'; script-src {run}; style-src {hashes(styles)}; base-uri 'none'; form-action 'none'"


def _text(package: str, name: str) -> str:
    """A file that is to stand inside the page; HTML reads every line end as `\\n`, and so must its hash."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _options() -> dict[str, Any]:
    """How vis-network behaves; how its nodes and lines look, the page's script says, by kind and theme."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 0},
        "interaction": {
            "hover": True,
            "tooltipDelay": 150,
            "hideEdgesOnDrag": False,
            "keyboard": False,
            "selectConnectedEdges": False,
        },
        "nodes": {"font": {"face": _FONT}},
        "edges": {"font": {"face": _FONT}, "smooth": False, "selectionWidth": 0, "hoverWidth": 0.6},
    }


def _vis_node(place: int, dot: Dot, scene: Scene, index: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": place,
        "label": dot.label,
        **({"en": dot.english} if dot.english != dot.label else {}),
        "group": dot.style.name,
        "size": dot.size,
        "font": {"size": dot.font},
        "x": dot.x,
        "y": dot.y,
    }
    if dot.group is not None:
        found["k"] = dot.group
    if dot.lane is not None:
        found["u"], found["v"] = dot.lane
        found["d"] = scene.landscape.dates.get(dot.node.id, "")
        if dot.node.id in scene.landscape.makers:
            found["m"] = index[scene.landscape.makers[dot.node.id]]
    return found


def _vis_edge(arrow: Arrow) -> dict[str, Any]:
    found: dict[str, Any] = {"id": arrow.fact, "from": arrow.source, "to": arrow.target}
    if arrow.bend:
        found["bend"] = arrow.bend
    return found


def _pieces(details: dict[str, Any]) -> Iterator[str]:
    """The JSON of `details`; of a value that is an iterator one member at a time is made and written."""
    from jinja2.utils import htmlsafe_json_dumps

    between = "{"
    for key, value in sorted(details.items()):
        yield f'{between}"{key}":'
        if isinstance(value, Iterator):
            before = "["
            for member in value:
                yield f"{before}{htmlsafe_json_dumps(member, **_JSON)}"
                before = ","
            yield "[]" if before == "[" else "]"
        else:
            yield htmlsafe_json_dumps(value, **_JSON)
        between = ","
    yield "}"


def _details(scene: Scene) -> dict[str, Any]:
    """What the page's script shows beside the picture; nodes, relations and documents are named by their place."""
    names = {node.id: place for place, node in enumerate(scene.names)}
    relations = {style.name: place for place, style in enumerate(scene.relations)}
    quotes = (quote for edge in scene.facts for quote in (*edge.quotes, *(rival.quote for rival in edge.rivals)))
    documents = {document: place for place, document in enumerate(sorted({_document(quote) for quote in quotes}))}
    counts = {style.name: style.count for style in scene.lines}
    return {
        "base": scene.base,
        "namespace": scene.namespace,
        "counts": {"documents": scene.documents, "left": scene.left_out},
        "documents": [
            {key: value for key, value in zip(_ABOUT, document, strict=True) if value} for document in documents
        ],
        "names": (_name(node, scene.base) for node in scene.names),
        "kinds": [
            _style(style) | {"shape": style.shape, "count": style.count, "ordered": style.ordered, "value": style.value}
            for style in scene.kinds
        ],
        "relations": [_style(style) | {"count": counts.get(style.name, 0)} for style in scene.relations],
        "facts": (_fact(edge, names, relations, documents) for edge in scene.facts),
        "groups": [
            {"hub": group.hub, "count": group.count, "x": group.x, "y": group.y, "r": group.radius}
            for group in scene.groups
        ],
        "summary": scene.summary,
        "modularity": scene.modularity,
        "landscape": _landscape(scene, names),
    }


_ABOUT = ("id", "title", "publisher", "published", "url")


def _document(quote: Quote) -> tuple[str, str, str, str, str]:
    return quote.document, quote.title, quote.publisher, quote.published, quote.url


def _style(style: Style) -> dict[str, Any]:
    return {"name": style.name, "labels": dict(style.labels), "colour": style.colour}


def _landscape(scene: Scene, names: dict[str, int]) -> dict[str, Any] | None:
    lanes = scene.landscape
    if not lanes.places:
        return None
    return {
        "bands": [{"rank": band.rank or None, "top": band.top, "bottom": band.bottom} for band in lanes.bands],
        "ticks": [{"label": tick.label, "x": tick.x} for tick in lanes.ticks],
        "rules": list(lanes.rules),
        "signs": [{"y": y, "of": names[maker] if maker else None} for y, maker in lanes.signs],
        "undated": lanes.undated,
        "left": lanes.left,
        "right": lanes.right,
        "count": len(lanes.places),
        "part": bool(scene.summary),
    }


def _name(node: Node, base: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": node.id, "label": node.label, "kind": node.type}
    if node.is_value:
        return found | {"value": True, "datatype": "" if node.datatype == XSD + "string" else node.datatype}
    found.update({language: text for language, text in node.labels if language in {"zh", "en"}})
    if node.aliases:
        found["also"] = list(node.aliases)
    spellings = dict.fromkeys(text for _, text in node.labels) | dict.fromkeys(node.aliases)
    if keyed := dict.fromkeys(way for name in spellings for way in typed(name)):
        found["typed"] = " ".join(keyed)
    if node.iri != f"{base}id/{node.id.replace(':', '/', 1)}":
        found["iri"] = node.iri
    return found


def _fact(
    edge: Edge,
    names: dict[str, int],
    relations: dict[str, int],
    documents: dict[tuple[str, str, str, str, str], int],
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "s": names[edge.source],
        "r": relations[edge.relation],
        "o": names[edge.target],
        "c": edge.confidence,
        "n": edge.sources,
        "q": [[documents[_document(quote)], quote.text, quote.confidence] for quote in edge.quotes],
    }
    if edge.rivals:
        found["x"] = [[rival.value, documents[_document(rival.quote)], rival.quote.text] for rival in edge.rivals]
    return found
