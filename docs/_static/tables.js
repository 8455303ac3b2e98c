// Tables of more than a few rows can be sorted by a click on a heading, and filtered.
document.addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll("article table")) {
    const body = table.tBodies[0];
    if (!table.tHead || !body || body.rows.length < 8) continue;
    const text = (row, column) => row.cells[column].textContent.trim();
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      heading.tabIndex = 0;
      heading.setAttribute("role", "button");
      heading.title = "sort";
      const sort = () => {
        const descending = heading.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) =>
          text(a, column).localeCompare(text(b, column), "en", { numeric: true }));
        body.append(...(descending ? rows.reverse() : rows));
      };
      heading.addEventListener("click", sort);
      heading.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(); });
    });
    const filter = document.createElement("input");
    filter.type = "search";
    filter.className = "table-filter";
    filter.placeholder = `filter ${body.rows.length} rows`;
    filter.setAttribute("aria-label", "filter the table");
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/);
      for (const row of body.rows) {
        const content = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => content.includes(word));
      }
    });
    const wrapper = table.closest(".table-wrapper") ?? table;
    wrapper.before(filter);
  }
});
