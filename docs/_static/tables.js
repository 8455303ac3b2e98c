// Whether all words are in a text, or others that begin as they do: as list --about does.
const has = (text, words) => {
  const lower = text.toLowerCase();
  const close = lower.replace(/\s+/g, "");
  const beginnings = lower.match(/[a-z]+/g) ?? [];
  const beginning = (word) => /^[a-z]+$/.test(word) ? word.slice(0, Math.max(6, word.length - 4)) : word;
  return words.every((word) =>
    close.includes(word) || beginnings.some((it) => it.startsWith(beginning(word))));
};

// Tables of more than a few rows can be sorted by a click on a heading, and filtered. Where rows
// stand below each other, their cells say what they are.
document.addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll("article table")) {
    const body = table.tBodies[0];
    if (!table.tHead || !body) continue;
    const headings = [...table.tHead.rows[0].cells];
    for (const row of body.rows) {
      [...row.cells].forEach((cell, column) => { cell.dataset.label = headings[column].textContent; });
    }
    const cells = [...body.rows].flatMap((row) => [...row.cells]);
    if (body.rows.length < 12) {
      // A few short numbers are best seen side by side, on a phone too.
      if (headings.length > 2 && cells.every((cell) => cell.textContent.length < 40)) table.classList.add("compact");
      continue;
    }
    const text = (row, column) => row.cells[column].textContent.trim();
    headings.forEach((heading, column) => {
      heading.tabIndex = 0;
      heading.setAttribute("role", "button");
      heading.title = "sort";
      const sort = () => {
        const descending = heading.getAttribute("aria-sort") === "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) =>
          text(a, column).localeCompare(text(b, column), "en", { numeric: true }));
        body.append(...(descending ? rows.reverse() : rows));
      };
      heading.addEventListener("click", sort);
      heading.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(); });
    });
    const filter = document.createElement("div");
    filter.className = "table-filter";
    filter.innerHTML = '<input type="search" placeholder="find words" aria-label="find words"> <output></output>';
    const [input, output] = filter.children;
    const find = () => {
      const words = input.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !has(row.textContent, words);
        shown += !row.hidden;
      }
      output.value = `${shown} of ${body.rows.length} rows`;
    };
    input.addEventListener("input", find);
    find();
    (table.closest(".table-wrapper") ?? table).before(filter);
  }
});

// On the page that searches all others, the claims that have all the words.
document.addEventListener("DOMContentLoaded", () => {
  const found = document.querySelector("#claims-found");
  const words = (new URLSearchParams(location.search).get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (!found || !words.length) return;
  let shown = 0;
  for (const claim of found.querySelectorAll("li")) {
    claim.hidden = !has(claim.dataset.words, words);
    shown += !claim.hidden;
  }
  found.querySelector("summary").textContent = `${shown} ${shown === 1 ? "claim has" : "claims have"} all these words`;
  found.hidden = !shown;
  found.open = shown <= 12;
});
