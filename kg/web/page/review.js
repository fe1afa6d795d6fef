// Deciding about a claim, where the server was started with --edit: the decision goes to decisions.csv.
import { h, valueText } from "./dom.js";
import { recall, remember, say, state } from "./words.js";

/** Buttons below a claim; nothing where the server takes no decisions. */
export function review(claim, of) {
  if (!state.site.edit) return null;
  const box = h("div", { class: "tools review" });
  for (const decision of ["accept", "reject", "correct"]) {
    box.append(h("button", { type: "button", class: decision, on: { click: () => box.replaceChildren(form(claim, of, decision, box)) } }, say(decision)));
  }
  return box;
}

function form(claim, of, decision, box) {
  const field = (name, text, needed = true) => h("input", { name, placeholder: say(name), "aria-label": say(name), value: text, required: needed, maxlength: 500 });
  const who = field("who", recall("kg-who") ?? "");
  const why = field("why", "");
  const right = decision === "correct" ? field("right", of.value.id ?? valueText(of.value)) : null;
  const said = h("span", { class: "error small", hidden: true });
  return h("form", { class: "tools", on: { submit: async (event) => {
    event.preventDefault();
    remember("kg-who", who.value);
    const response = await fetch("/api/decisions", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-KG-Token": state.site.edit },
      body: JSON.stringify({ claim: claim.id, decision, value: right ? right.value : "", who: who.value, why: why.value }),
    });
    const words = (await response.text()).trim();
    if (response.ok) box.replaceChildren(h("span", { class: "held" }, `✓ ${say(decision)} — ${say("decided")}`));
    else { said.hidden = false; said.textContent = words; }
  } } }, h("b", {}, say(decision)), right, who, why, h("button", {}, say("send")), said);
}
