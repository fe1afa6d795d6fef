"use strict";
// What is seen, as a picture, a table or Turtle.  This is the one place that makes an address: of a blob of our own.
KG.save = (name, type, data) => {
  const link = document.createElement("a");
  const address = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }));
  link.setAttribute("download", name);
  link.setAttribute("href", address);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
KG.png = (canvas, background, name) => {
  const made = document.createElement("canvas");
  made.width = canvas.width;
  made.height = canvas.height;
  const context = made.getContext("2d");
  context.fillStyle = background;
  context.fillRect(0, 0, made.width, made.height);
  context.drawImage(canvas, 0, 0);
  made.toBlob((blob) => KG.save(name, "image/png", blob), "image/png");
};
// A cell that a spreadsheet would take for a formula is text.
KG.csv = (model, places) => {
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const { names, facts, relations, details } = model;
  const rows = [["subject", "relation", "object", "subject_id", "object_id", "confidence", "sources", "quote", "document", "publisher", "published", "url"]];
  for (const place of places) {
    const { s, r, o, c, n, q } = facts[place];
    const [doc, text] = q[0] || [];
    const about = doc === undefined ? {} : details.documents[doc];
    rows.push([names[s].label, relations[r].name, names[o].label, names[s].id, names[o].value ? "" : names[o].id, c, n, text, about.id, about.publisher, about.published, about.url]);
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
};
KG.turtle = (model, places) => {
  const { names, facts, relations, details } = model;
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  // Nothing that Turtle gives a meaning to may stand in an IRI or a text as it is.
  const hex = (char) => `\\u${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const iri = (text) => `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, hex)}>`;
  const text = (value) => `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/[\u0000-\u001f\u007f]/g, hex)}"`;
  const named = (name) => {
    if (name.iri) return iri(name.iri);
    const at = name.id.indexOf(":");
    return iri(`${details.base}id/${name.id.slice(0, at)}/${name.id.slice(at + 1)}`);
  };
  const object = (name) => (name.value ? (name.datatype ? `${text(name.label)}^^${iri(name.datatype)}` : text(name.label)) : named(name));
  const lines = [`@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .`, `@prefix xsd: <${XSD}> .`, `@prefix : ${iri(details.namespace)} .`, ""];
  const bySubject = new Map();
  const entities = new Set();
  for (const place of places) {
    const { s, r, o } = facts[place];
    if (!bySubject.has(s)) bySubject.set(s, []);
    bySubject.get(s).push(`${iri(details.namespace + relations[r].name)} ${object(names[o])}`);
    entities.add(s);
    if (!names[o].value) entities.add(o);
  }
  for (const at of [...entities].sort((a, b) => (names[a].id < names[b].id ? -1 : 1))) {
    const name = names[at];
    const said = [];
    if (name.kind) said.push(`a ${iri(details.namespace + name.kind)}`);
    for (const language of ["en", "zh"]) if (name[language]) said.push(`rdfs:label ${text(name[language])}@${language}`);
    said.push(...(bySubject.get(at) || []));
    if (said.length) lines.push(`${named(name)} ${said.join(" ;\n    ")} .`, "");
  }
  return lines.join("\n");
};
