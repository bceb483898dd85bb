// Keeps an open case room fresh: sections that nobody is using are exchanged, the others wait behind one
// quiet bar. Without script, or when the connection is refused, the page is simply as it was loaded.
(() => {
  const bar = document.querySelector("[data-events]");
  if (!bar || !window.EventSource) return;
  const changed = (field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT"
        ? [...field.options].some((option) => option.selected !== option.defaultSelected) &&
          [...field.options].some((option) => option.defaultSelected)
        : field.value !== field.defaultValue;
  const inUse = (part, fresh) =>
    part.contains(document.activeElement) ||
    [...part.querySelectorAll("input:not([type=hidden]),select,textarea")].some(changed) ||
    part.querySelectorAll("details[open]").length !== fresh.querySelectorAll("details[open]").length;
  const offer = () => {
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = "show";
    bar.replaceChildren("Something new happened: ", link);
  };
  let busy = false;
  const refresh = async () => {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const names = [];
      let waits = false;
      for (const part of document.querySelectorAll("[data-live]")) {
        const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
        if (!fresh || part.innerHTML === fresh.innerHTML) continue;
        if (inUse(part, fresh)) waits = true;
        else {
          part.replaceChildren(...fresh.childNodes);
          names.push(part.dataset.live);
        }
      }
      if (waits) offer();
      else if (names.length > 0) bar.textContent = `Updated just now: ${names.join(", ")}.`;
    } catch {
      offer();
    } finally {
      busy = false;
    }
  };
  const source = new EventSource(bar.dataset.events);
  source.addEventListener("changed", refresh);
  addEventListener("pagehide", () => source.close());
})();
