"use strict";
// What a reader sees, as one value, and the same as the part of the address behind `#`.
KG.state = (model) => {
  const fresh = () => ({
    at: null, edge: null, group: null, focus: [], hide: [], pins: new Map(), open: new Map(), types: [], relations: [], tiers: [], from: "", to: "",
    source: "", conflicts: false, layout: "force", groups: false, all: false, more: 0, lang: KG.language, theme: KG.theme,
  });
  const ids = (text) => text.split("~").filter(Boolean).map((id) => model.idOf.get(id)).filter((at) => at !== undefined && at < model.dots.length);
  const texts = (text) => text.split("~").filter(Boolean);
  const day = (text) => (/^\d{4}(-\d\d){0,2}$/.test(text) ? text : "");
  const read = (hash) => {
    const state = fresh();
    let text = hash.replace(/^#/, "");
    // `graph.html#org:acme` opens with that node chosen.
    if (text && !text.includes("=")) text = `at=${text}`;
    for (const part of text.split("&")) {
      const [name, raw = ""] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
      let value = raw;
      try {
        value = decodeURIComponent(raw);
      } catch (error) {
        if (!(error instanceof URIError)) throw error; // an address that is not encoded is taken as it stands
      }
      if (name === "at") [state.at = null] = ids(value);
      else if (name === "edge") {
        const [s, r, o] = value.split("~");
        const found = model.facts.findIndex((fact) => model.names[fact.s].id === s && model.relations[fact.r].name === r && model.names[fact.o].id === o);
        state.edge = found < 0 ? null : found;
      } else if (name === "focus") state.focus = ids(value);
      else if (name === "hide") state.hide = ids(value);
      else if (name === "types" || name === "relations") state[name] = texts(value);
      else if (name === "tiers") state.tiers = ids(value);
      else if (name === "from" || name === "to") state[name] = day(value);
      else if (name === "source") state.source = value;
      else if (name === "more") state.more = /^\d{1,3}$/.test(value) ? Number(value) : 0;
      else if (name === "conflicts" || name === "groups" || name === "all") state[name] = value === "1";
      else if (name === "layout" && ["force", "landscape"].includes(value)) state.layout = value;
      else if (name === "lang" && ["zh", "en"].includes(value)) state.lang = value;
      else if (name === "theme" && ["light", "dark"].includes(value)) state.theme = value;
      else if (name === "pins" || name === "open") {
        for (const one of texts(value)) {
          const [key, ...numbers] = one.split("@");
          const [at] = ids(key);
          const [x, y] = numbers.join("@").split(",").map(Number);
          if (at === undefined || !Number.isFinite(x)) continue;
          if (name === "pins" && Number.isFinite(y)) state.pins.set(at, { x, y });
          // A group is named by its hub.
          if (name === "open" && model.dots[at].k !== undefined) state.open.set(model.dots[at].k, x);
        }
      }
    }
    if (model.details.landscape === null) state.layout = "force";
    return state;
  };
  const written = (state) => {
    const id = (at) => model.names[at].id;
    const parts = {
      at: state.at === null ? "" : id(state.at), edge: "", focus: state.focus.map(id).join("~"), hide: state.hide.map(id).join("~"),
      pins: [...state.pins].map(([at, { x, y }]) => `${id(at)}@${Math.round(x)},${Math.round(y)}`).join("~"),
      open: [...state.open].filter(([, level]) => level >= 0).map(([group, level]) => `${id(model.groups[group].hub)}@${level}`).join("~"),
      types: state.types.join("~"), relations: state.relations.join("~"), tiers: state.tiers.map(id).join("~"), from: state.from, to: state.to,
      source: state.source, conflicts: state.conflicts ? "1" : "", groups: state.groups ? "1" : "", all: state.all ? "1" : "", more: state.more ? String(state.more) : "",
      layout: state.layout === "force" ? "" : state.layout, lang: state.lang === KG.language ? "" : state.lang, theme: state.theme === KG.theme ? "" : state.theme,
    };
    if (state.edge !== null) {
      const { s, r, o } = model.facts[state.edge];
      parts.edge = [id(s), model.relations[r].name, id(o)].join("~");
    }
    const safe = (text) => encodeURIComponent(text).replace(/%3A/g, ":").replace(/%40/g, "@").replace(/%2C/g, ",");
    return Object.entries(parts).filter(([, value]) => value).map(([name, value]) => `${name}=${safe(value)}`).join("&");
  };
  return { fresh, read, written };
};
KG.language = /^zh\b/i.test(navigator.language || "zh") ? "zh" : "en";
KG.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
