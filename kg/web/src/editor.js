// The SPARQL editor of YASGUI, for the page that `kg serve` shows.  Nothing it does by itself reaches another host:
// its completers of prefixes and properties, which ask servers elsewhere, and its own keys that send a query are left
// out; the page gives the words and does the asking.
import Yasqe from "@triply/yasqe";
import "@triply/yasqe/build/yasqe.min.css";

Yasqe.defaults.persistenceId = null;
Yasqe.defaults.persistencyExpire = 0;
Yasqe.defaults.showQueryButton = false;
Yasqe.defaults.createShareableLink = undefined;
Yasqe.defaults.autocompleters = ["variables"];
Yasqe.defaults.resizeable = false;
for (const key of ["Ctrl-Enter", "Cmd-Enter", "Ctrl-S"]) delete Yasqe.defaults.extraKeys[key];

const MOST = 30;
let words = [];

/** The words that begin with what is typed, then those that have it inside, by name or by what they are called. */
function completed(text) {
  const wanted = text.trim().toLowerCase();
  const place = ([word, name]) => {
    const [one, other] = [word.toLowerCase(), name.toLowerCase()];
    if (one.startsWith(wanted)) return 0;
    if (one.slice(one.indexOf(":") + 1).startsWith(wanted) || other.startsWith(wanted)) return 1;
    return one.includes(wanted) || (!other.includes("/") && other.includes(wanted)) ? 2 : 3;
  };
  return words.map((one) => [place(one), one]).filter(([at]) => at < 3).sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, one]) => one[0]);
}

/** The word that the cursor stands behind: Chinese too, which is no token of SPARQL. */
function typed(yasqe) {
  const { line, ch } = yasqe.getCursor();
  const ahead = yasqe.getLine(line).slice(0, ch);
  const string = /[\p{L}\p{N}_:-]*$/u.exec(ahead)[0];
  return { string, start: ch - string.length, end: ch, before: ahead.slice(0, ch - string.length).slice(-1) + string.slice(0, 1).replace(/\D/, "") };
}

Yasqe.registerAutocompleter({
  name: "kg-words",
  bulk: false,
  autoShow: true,
  isValidCompletionPosition: (yasqe) => {
    const { string, before } = typed(yasqe);
    return !/comment|string|atom/.test(yasqe.getTokenTypeAt(yasqe.getCursor()) ?? "") && !/[?$"'<\d]/.test(before) && /\p{L}[\p{L}:]|\p{Script=Han}/u.test(string) && !/^[A-Z]+$/.test(string);
  },
  preProcessToken: (yasqe, token) => {
    const { string, start, end } = typed(yasqe);
    return { ...token, string, start, end, from: { ch: start }, to: { ch: end } };
  },
  get: (yasqe, token) => (token ? completed(token.string).filter((word) => word !== token.string) : []),
  postprocessHints: (yasqe, hints) => hints.map((hint) => {
    const name = words.find(([word]) => word === hint.text)?.[1];
    return { ...hint, displayText: name ? `${hint.text}  ${name}` : hint.text };
  }),
}, true);

window.KGEditor = {
  /** An editor inside `parent`.  `known` are completed while somebody types: [["ai:tier", "所属梯队"], …]. */
  make(parent, text, known, changed) {
    words = known;
    const yasqe = new Yasqe(parent, { value: text, lineWrapping: true });
    yasqe.on("change", () => changed(yasqe.getValue()));
    return {
      get: () => yasqe.getValue(),
      set: (value) => yasqe.setValue(value),
      focus: () => yasqe.focus(),
      refresh: () => yasqe.refresh(),
    };
  },
};
