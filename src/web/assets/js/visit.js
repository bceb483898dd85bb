// Says once that this page was really on a screen for 15 seconds. Nothing depends on it: without
// script, or refused, the page works the same and only this small hint is missing.
(() => {
  const place = document.querySelector("[data-visit]");
  if (!place) return;
  let seconds = 0;
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    seconds += 1;
    if (seconds < 15) return;
    clearInterval(timer);
    const body = new URLSearchParams({ seconds: String(seconds), item: place.dataset.item ?? "" });
    fetch(place.dataset.visit, { method: "POST", body, credentials: "omit", keepalive: true }).catch(() => {
      // A lost hint is not worth a second try.
    });
  }, 1000);
})();
