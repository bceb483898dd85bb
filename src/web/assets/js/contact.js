// What a script adds to the contact's page, each on its own; without it every part works by forms and links.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A ranked list moves at once, by its arrows and by dragging; the numbers follow the places.
  function renumber(list) {
    const { ranked, label } = list.dataset;
    const rows = all(":scope > li", list);
    rows.forEach((row, index) => {
      const place = index + 1;
      const input = row.querySelector("input");
      row.querySelector("b").textContent = String(place);
      input.name = `${ranked}.${place}`;
      input.setAttribute("aria-label", `${label} ${place}`);
      for (const button of all("[data-move]", row)) {
        const up = button.dataset.move === "up";
        button.value = String(up ? place : place + 1);
        button.disabled = up ? index === 0 : index === rows.length - 1;
        button.setAttribute("aria-label", `Move ${label.toLowerCase()} ${place} ${up ? "up" : "down"}`);
      }
    });
  }
  function addGrip(list, row) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.setAttribute("aria-hidden", "true");
    grip.textContent = "⠿";
    row.querySelector("b").after(grip);
    grip.addEventListener("pointerdown", (down) => {
      down.preventDefault();
      grip.setPointerCapture(down.pointerId);
      row.classList.add("moving");
      const move = (event) => {
        const over = document.elementFromPoint(list.getBoundingClientRect().left + 40, event.clientY);
        const other = over?.closest("[data-ranked] > li");
        if (!other || other === row || other.parentElement !== list) return;
        const rows = all(":scope > li", list);
        const [from, to] = [rows.indexOf(row), rows.indexOf(other)];
        // The others move around it: a row taken out of the page would lose the finger that holds it.
        if (to > from) row.before(...rows.slice(from + 1, to + 1));
        else row.after(...rows.slice(to, from));
        renumber(list);
      };
      const end = () => {
        row.classList.remove("moving");
        grip.removeEventListener("pointermove", move);
      };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("pointerup", end, { once: true });
      grip.addEventListener("pointercancel", end, { once: true });
    });
  }
  function enliven(root) {
    for (const list of all("[data-ranked]", root)) {
      list.classList.add("drags");
      for (const row of all(":scope > li", list)) addGrip(list, row);
      list.addEventListener("click", (event) => {
        const button = event.target.closest("[data-move]");
        if (!button) return;
        event.preventDefault();
        const row = button.closest("li");
        if (button.dataset.move === "up") row.previousElementSibling?.before(row);
        else row.nextElementSibling?.after(row);
        renumber(list);
        const again = button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button;
        again?.focus();
      });
    }
  }
  enliven(document);

  // A step opens in its place instead of on a page of its own.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-step]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const here = link.closest(".step");
    here.classList.add("waiting");
    try {
      const answer = await fetch(link.href, { credentials: "omit" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const opened = page.getElementById(here.id);
      if (!answer.ok || !opened?.matches("details")) throw new Error("no such step");
      here.replaceWith(document.adoptNode(opened));
      enliven(opened);
      opened.querySelector("summary")?.focus();
    } catch {
      // The plain way still works.
      location.assign(link.href);
    }
  });

  // A link to a folded place unfolds it here, so that nothing typed elsewhere on the page is lost.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="?open="]');
    if (!link || link.target || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const place = link.pathname === location.pathname && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    unfold(place);
    location.hash = link.hash;
  });
  function unfold(place) {
    for (let at = place.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }
  // On paper everything can be read; afterwards the page is as it was.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details.part:not([open]), details.run:not([open])");
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
  });

  // Resources that may answer, while the question is being written. Asking is never held up by it; what stands
  // there stays until something fits better.
  const box = document.querySelector("[data-suggest]");
  const question = box?.closest("form")?.querySelector("textarea");
  let waiting;
  question?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = question.value.trim();
      if (asked.length < 8) return;
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(asked.slice(0, 300))}`, {
          credentials: "omit",
        });
        if (answer.ok) show(await answer.json());
      } catch {
        // Offline: nothing is suggested.
      }
    }, 400);
  });
  function show(found) {
    if (found.length === 0) return;
    const line = document.createElement("p");
    line.append("May already be answered here: ");
    found.forEach(({ title, href, minutes }, index) => {
      const link = document.createElement("a");
      link.href = href;
      link.target = "_blank";
      link.rel = "noreferrer";
      link.textContent = title;
      line.append(index === 0 ? "" : ", ", link, ` (${minutes} min)`);
    });
    box.replaceChildren(line);
  }

  // The browser knows every time zone, so the page need not carry the list.
  const zones = document.querySelector("[data-zones]");
  for (const zone of zones ? (Intl.supportedValuesOf?.("timeZone") ?? []) : []) {
    const option = document.createElement("option");
    option.value = zone;
    zones.append(option);
  }

  // The menu closes after a choice, and shows where one is.
  const jump = document.querySelector(".jump");
  jump?.addEventListener("click", (event) => {
    if (event.target.closest("a")) jump.open = false;
  });
  const links = new Map(all(".toc a").map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(
    (entries) => {
      const entry = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entry) return;
      for (const [id, link] of links) {
        if (id === entry.target.id || entry.target.querySelector(`:scope > #${id}`))
          link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) seen.observe(section.closest("details") ?? section);
  }

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.querySelector("button").addEventListener("click", () => window.print());
  }
})();
