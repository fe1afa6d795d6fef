"use strict";
// The column beside the picture: what is held about a node or a fact, in whose words.  Everything is set as text.
KG.element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};
// A very long name would push everything else away; the panel's heading shows all of it.
KG.brief = (text) => (text.length > 80 ? `${Array.from(text).slice(0, 79).join("")}…` : text);

KG.panel = (place, model, page) => {
  const { element, brief } = KG;
  const { names, facts, relations, details, kindOf } = model;
  const w = () => KG.words[page.state.lang];
  const named = (labels, fallback) => labels[page.state.lang] || labels.zh || labels.en || fallback;
  const relation = (fact) => named(relations[fact.r].labels, relations[fact.r].name);
  const kind = (name) => (kindOf.has(name.kind) ? named(kindOf.get(name.kind).labels, name.kind) : "");
  const label = (at) => model.label(at, page.state.lang);
  const action = (text, then, className = "") => {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", then);
    return made;
  };
  const button = (at) => (at < model.dots.length ? action(brief(label(at)), () => page.choose(at, true), "name") : element("span", "", brief(label(at))));
  const where = (doc) => {
    const { id, title, publisher, published } = details.documents[doc];
    return [title || id, publisher, published].filter(Boolean).join(" · ");
  };
  const quoted = ([doc, text, confidence], className = "quote") => {
    const made = element("div", className);
    made.append(element("q", "", text));
    const about = [where(doc)];
    if (confidence !== undefined) about.push(w().confidence(confidence.toFixed(2)));
    made.append(element("div", "quiet", about.join(" · ")));
    // No link: an address from a document is shown and never followed.
    if (details.documents[doc].url) made.append(element("div", "quiet url", details.documents[doc].url));
    return made;
  };
  const factBox = (at, self, everything) => {
    const fact = facts[at];
    const made = element("div", at === page.state.edge ? "fact chosen" : "fact");
    const line = element("div");
    if (fact.s !== self) line.append(button(fact.s), " ");
    line.append(element("span", "relation", `${relation(fact)} → `));
    line.append(fact.o === self ? element("b", "", brief(label(fact.o))) : button(fact.o));
    if (fact.x) line.append(" ", element("span", "badge", w().disputed));
    made.append(line);
    made.append(element("div", "quiet", `${w().sources(fact.n)} · ${w().confidence(fact.c.toFixed(2))}`));
    const most = everything ? fact.q.length : 3;
    fact.q.slice(0, most).forEach((quote) => made.append(quoted(quote)));
    if (fact.q.length > most) {
      const more = element("details");
      more.append(element("summary", "", w().more(fact.q.length - most)));
      fact.q.slice(most).forEach((quote) => more.append(quoted(quote)));
      made.append(more);
    }
    for (const [value, doc, text] of fact.x || []) {
      const known = model.idOf.has(value) ? label(model.idOf.get(value)) : value;
      made.append(element("div", "otherwise", w().otherwise(brief(known))), quoted([doc, text], "quote against"));
    }
    return made;
  };

  const welcome = () => {
    place.replaceChildren(element("h2", "", w().how), element("p", "", w().how1), element("p", "quiet", w().how2));
    if (!model.dots.length) return;
    place.append(element("h3", "", w().start));
    const list = element("ul");
    model.dots.filter((dot) => !model.isValue(dot.id)).slice(0, 8).forEach(({ id }) => {
      const item = element("li");
      item.append(button(id), " ", element("span", "quiet", kind(names[id])));
      list.append(item);
    });
    place.append(list);
  };
  const tools = (at) => {
    const row = element("div", "tools");
    const { state } = page;
    if (state.focus.length || state.at !== null) row.append(action(`← ${w().back}`, page.back));
    row.append(action(w().whole, () => page.whole()), action(w().focus, () => page.focus(at)), action(w().expand, () => page.expand(at)));
    row.append(action(state.pins.has(at) ? w().unpin : w().pin, () => page.pin(at)), action(w().hide, () => page.hide(at)), action(w().center, () => page.center(at)));
    return row;
  };
  const node = (at) => {
    const name = names[at];
    place.replaceChildren(tools(at), element("h2", "", label(at)));
    place.append(element("p", "quiet", name.value ? kind(name) : [kind(name), name.id].filter(Boolean).join(" · ")));
    const also = [...new Set([name.label, name.zh, name.en, ...(name.also || [])])].filter((text) => text && text !== label(at));
    if (also.length) place.append(element("p", "", `${w().aliases}${page.state.lang === "zh" ? "：" : ": "}${also.join(page.state.lang === "zh" ? "、" : ", ")}`));
    const own = model.factsOf[at].filter((fact) => facts[fact].s === at), pointing = model.factsOf[at].filter((fact) => facts[fact].s !== at);
    const listed = (title, list) => {
      if (!list.length) return;
      place.append(element("h3", "", `${title} ${list.length}`), ...list.slice(0, 60).map((fact) => factBox(fact, at, false)));
      if (list.length > 60) {
        const rest = element("details");
        rest.append(element("summary", "", w().rest(list.length - 60)));
        // Ten thousand boxes would stop the page, so they are made when somebody asks.
        rest.addEventListener("toggle", () => { if (rest.children.length === 1) rest.append(...list.slice(60, 1060).map((fact) => factBox(fact, at, false))); });
        place.append(rest);
      }
    };
    listed(w().facts_, own);
    listed(w().pointing, pointing);
    place.scrollTop = 0;
  };
  const edge = (at) => {
    const fact = facts[at];
    const row = element("div", "tools");
    row.append(action(`← ${w().back}`, page.back), action(w().whole, () => page.whole()));
    place.replaceChildren(row, element("h2", "", `${brief(label(fact.s))} — ${relation(fact)} → ${brief(label(fact.o))}`), factBox(at, null, true));
    place.scrollTop = 0;
  };
  const group = (at) => {
    const { hub, count } = model.groups[at];
    place.replaceChildren(element("h2", "", label(hub)), element("p", "quiet", w().members(count)));
    const list = element("ul");
    model.dots.filter((dot) => dot.k === at && !model.isValue(dot.id)).slice(0, 30).forEach(({ id }) => {
      const item = element("li");
      item.append(button(id), " ", element("span", "quiet", kind(names[id])));
      list.append(item);
    });
    const row = element("div", "tools");
    row.append(action(w().close, () => page.closeGroup(at)), action(w().open, () => page.openGroup(at)), action(w().whole, () => page.whole()));
    place.append(row, list);
  };
  const keys = () => {
    const list = element("dl", "keys");
    for (const [key, meaning] of w().keys) list.append(element("dt", "", key), element("dd", "", meaning));
    place.replaceChildren(element("h2", "", w().help), list, action(`← ${w().back}`, () => page.show()));
  };
  return { welcome, node, edge, group, keys, relation, kind, button };
};
