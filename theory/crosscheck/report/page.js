// Show the claims of the sources and verdicts that are ticked, all if none is, and with all words.
document.documentElement.classList.add("js");
const form = document.querySelector("form");
const claims = [...document.querySelectorAll("section")].map((section) => ({
  section,
  link: document.querySelector(`nav a[href="#${section.id}"]`),
  text: section.textContent.toLowerCase(),
}));
function filter() {
  const chosen = new FormData(form);
  const words = chosen.get("words").toLowerCase().split(/\s+/);
  const ticked = (name, value) => !chosen.has(name) || chosen.getAll(name).includes(value);
  let shown = 0;
  for (const { section, link, text } of claims) {
    const { source, verdict } = section.dataset;
    const fits = ticked("source", source) && ticked("verdict", verdict)
      && words.every((word) => text.includes(word));
    section.hidden = link.hidden = !fits;
    shown += fits;
  }
  for (const group of document.querySelectorAll("nav details")) {
    group.hidden = !group.querySelector("a:not([hidden])");
  }
  form.querySelector("output").value = `${shown} of ${claims.length} claims`;
}
if (innerWidth < 640) for (const group of document.querySelectorAll("nav details")) group.open = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
// A link to a claim that is filtered out shows all claims again.
window.addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.hidden) {
    form.reset();
    setTimeout(() => target.scrollIntoView());
  }
});
filter();
