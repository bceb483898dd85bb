// While somebody writes a draft: line numbers, the linter as they type, and the mail of the step they are in.
// Everything here also works by saving, without this script.
const box = document.querySelector(".editor");
const area = box?.querySelector("textarea");
const form = area?.form;
if (box && area && form) {
  const TYPED_FOR_MS = 450;
  const result = document.querySelector("#lint-result");
  const live = document.querySelector("#live");
  const words = document.querySelector("#live-words");
  const holder = document.querySelector("#live-frame");
  let steps = [];
  let asked = 0;
  let timer = 0;
  let shown = "";

  const gutter = document.createElement("pre");
  gutter.className = "gutter";
  gutter.setAttribute("aria-hidden", "true");
  const frame = document.createElement("div");
  frame.className = "numbered";
  area.before(frame);
  frame.append(gutter, area);

  const numberLines = () => {
    const count = area.value.split("\n").length;
    if (gutter.childElementCount === 0 && gutter.dataset.count === String(count)) return;
    gutter.dataset.count = String(count);
    gutter.textContent = Array.from({ length: count }, (_, line) => line + 1).join("\n");
  };
  const follow = () => {
    gutter.scrollTop = area.scrollTop;
  };
  const lineAt = (offset) => area.value.slice(0, offset).split("\n").length;

  const goTo = (line, column) => {
    const before = area.value.split("\n").slice(0, line - 1);
    const at = before.reduce((sum, text) => sum + text.length + 1, 0) + Math.max(0, column - 1);
    area.focus();
    area.setSelectionRange(at, at);
    const height = Number.parseFloat(getComputedStyle(area).lineHeight);
    area.scrollTop = Math.max(0, (line - 6) * height);
    follow();
    preview();
  };

  const body = (more) => {
    const sent = new URLSearchParams({ csrf: form.elements.csrf.value, source: area.value, ...more });
    return sent;
  };

  const check = async () => {
    asked += 1;
    const mine = asked;
    const answer = await fetch(box.dataset.check, { method: "POST", body: body({}) }).catch(() => null);
    // An answer that was overtaken by more typing is old news.
    if (mine !== asked || !answer?.ok) return;
    const said = await answer.json();
    result.innerHTML = said.html;
    steps = said.steps;
    shown = "";
    preview();
  };

  const stepHere = () => {
    const line = lineAt(area.selectionStart);
    return steps.findLast((step) => step.line <= line);
  };

  /** A fresh frame each time: a frame that is sent elsewhere adds a page to the history, and Back would break. */
  const preview = () => {
    const step = stepHere();
    live.hidden = step === undefined;
    if (step === undefined || shown === step.key + asked) return;
    shown = step.key + asked;
    words.textContent = step.key;
    const next = document.createElement("iframe");
    next.name = `live-${Date.now()}`;
    next.title = `The mail of the step ${step.key}`;
    next.setAttribute("sandbox", "");
    const post = document.createElement("form");
    post.method = "post";
    post.action = box.dataset.preview;
    post.target = next.name;
    post.hidden = true;
    for (const [name, value] of body({ step: step.key })) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      post.append(field);
    }
    next.addEventListener("load", () => {
      for (const old of holder.querySelectorAll("iframe")) if (old !== next) old.remove();
      post.remove();
    });
    holder.append(next);
    document.body.append(post);
    post.submit();
  };

  area.addEventListener("input", () => {
    numberLines();
    clearTimeout(timer);
    timer = setTimeout(() => void check(), TYPED_FOR_MS);
  });
  area.addEventListener("scroll", follow, { passive: true });
  area.addEventListener("click", preview);
  area.addEventListener("keyup", (event) => {
    if (event.key.startsWith("Arrow") || event.key.startsWith("Page")) preview();
  });
  result.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line), Number(link.dataset.column));
  });
  // Unsaved words are not lost by a wrong click; the form's own buttons leave in peace.
  const saved = area.value;
  let leaving = false;
  form.addEventListener("submit", () => {
    leaving = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && area.value !== saved) event.preventDefault();
  });

  numberLines();
  void check();
}
