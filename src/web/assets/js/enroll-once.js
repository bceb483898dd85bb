// A step is sent once: a second press of the button does nothing until the answer is here. Without this
// script the server makes one row of two posts all the same.
const sent = new WeakSet();
addEventListener("submit", (event) => {
  if (!(event.target instanceof HTMLFormElement) || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});
// A page taken out of the browser's memory is a new try.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
