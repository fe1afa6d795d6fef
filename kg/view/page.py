"""A scene as one HTML page, made with pyvis and made safe here.

pyvis leaves links to outside hosts in every mode, escapes no heading, and puts data into scripts.  So its `Network`
holds the nodes, arrows and options and renders them, but into this package's own template: vis-network (which pyvis
ships) stands in the page itself, all data stand in blocks of JSON, and the page's script puts them on the screen as
text only.  A Content-Security-Policy forbids everything but the two scripts and the style sheet, which it names by
their hashes: a browser loads nothing from anywhere, and runs nothing that a document brought in.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.networks import Edge, Node
    from kg.view.scene import Dot, Scene, Style

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'


def html(scene: Scene, *, title: str) -> str:
    """The page, with `\\n` as line ends."""
    from jinja2 import DictLoader, Environment
    from markupsafe import Markup
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", heading=title)
    # Set as whole lists: `add_node` and `add_edge` look through all earlier ones each time.
    network.nodes = [_vis_node(place, dot) for place, dot in enumerate(scene.dots)]
    network.edges = [_vis_edge(place, scene) for place in range(len(scene.arrows))]
    network.options = _options()
    vis, script, style = _text("pyvis", _VIS), _text("kg.view", "page.js"), _text("kg.view", "page.css")
    network.templateEnv = Environment(
        loader=DictLoader({network.path: _text("kg.view", "page.html")}), autoescape=True, keep_trailing_newline=True
    )
    # Chinese as it is, not as \uXXXX: half the size, and readable to whoever looks into the file.
    network.templateEnv.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    network.templateEnv.filters["parsed"] = json.loads
    network.templateEnv.globals.update(
        policy=_policy(scripts=(vis, script), styles=(style,)),
        vis=Markup(vis),
        script=Markup(script),
        style=Markup(style),
        details=_details(scene),
        scene=scene,
    )
    text: str = network.generate_html()
    return text


def _policy(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    def hashes(texts: tuple[str, ...]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
            for text in texts
        )

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _text(package: str, name: str) -> str:
    """A file that is to stand inside the page; HTML reads every line end as `\\n`, and so must its hash."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _options() -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 0},
        "interaction": {"hover": True, "tooltipDelay": 150, "hideEdgesOnDrag": False, "keyboard": False},
        "nodes": {
            "borderWidth": 2,
            "borderWidthSelected": 4,
            "font": {"face": _FONT, "size": 15, "color": "#1c2733", "strokeWidth": 4, "strokeColor": "#ffffff"},
        },
        "edges": {
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
            "smooth": False,
            "width": 1.6,
            "selectionWidth": 1,
            "hoverWidth": 0.6,
            "font": {"face": _FONT, "size": 10, "color": "#34495e", "strokeWidth": 4, "strokeColor": "#ffffff"},
        },
    }


def _vis_node(place: int, dot: Dot) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": place,
        "label": dot.label,
        "shape": dot.style.shape,
        "size": dot.size,
        "font": {"size": dot.font},
        "x": dot.x,
        "y": dot.y,
        "color": {
            "background": dot.style.colour,
            "border": "#ffffff",
            "highlight": {"background": dot.style.colour, "border": "#1c2733"},
            "hover": {"background": dot.style.colour, "border": "#1c2733"},
        },
    }
    if dot.node.is_value:
        found["color"] = {"background": "#f2f5f8", "border": dot.style.colour, "highlight": "#dfe7ef"}
        found["borderWidth"] = 1
        found["font"] = {"size": dot.font, "color": "#34495e", "strokeWidth": 0}
    return found


def _vis_edge(place: int, scene: Scene) -> dict[str, Any]:
    arrow = scene.arrows[place]
    found: dict[str, Any] = {
        "id": place,
        "from": arrow.source,
        "to": arrow.target,
        "color": {"color": arrow.style.colour, "highlight": "#1c2733", "hover": "#1c2733"},
    }
    if arrow.bend:
        found["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.2 * arrow.bend}
    return found


def _details(scene: Scene) -> dict[str, Any]:
    """What the page's script shows beside the picture; nodes and relations are named by their place in a list."""
    names = {node.id: place for place, node in enumerate(scene.names)}
    relations = {style.name: place for place, style in enumerate(scene.relations)}
    kinds = {style.name: style for style in scene.kinds}
    return {
        "dots": [names[dot.node.id] for dot in scene.dots],
        "arrows": [arrow.fact for arrow in scene.arrows],
        "names": [_name(node, kinds.get(node.type)) for node in scene.names],
        "relations": [dict(style.labels) | {"name": style.name} for style in scene.relations],
        "facts": [_fact(edge, names, relations) for edge in scene.facts],
        "starts": list(scene.starts),
    }


def _name(node: Node, style: Style | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "labels": [text for _, text in node.labels],
        "aliases": list(node.aliases),
        "type": [text for _, text in sorted(style.labels, reverse=True)] if style else [],
        "value": node.is_value,
    }


def _fact(edge: Edge, names: dict[str, int], relations: dict[str, int]) -> dict[str, Any]:
    return {
        "s": names[edge.source],
        "r": relations[edge.relation],
        "o": names[edge.target],
        "confidence": edge.confidence,
        "sources": edge.sources,
        "quotes": [
            {
                "text": quote.text,
                "document": quote.document,
                "title": quote.title,
                "publisher": quote.publisher,
                "published": quote.published,
                "url": quote.url,
            }
            for quote in edge.quotes
        ],
    }
