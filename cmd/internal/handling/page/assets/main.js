// Everything together.
function refresh() {
	const v = view();
	drawChips(v.counts);
	layOut(v);
	drawStatus();
	drawTotals();
	writeAddress();
	if (open.site && !v.sites.includes(open.site)) closePane(false);
}

function listen() {
	const on = (id, event, field, read) => byId(id).addEventListener(event, (e) => {
		state[field] = read(e.target);
		refresh();
	});
	const value = (e) => e.value;
	const checked = (e) => e.checked;
	on("query", "input", "q", value);
	on("code", "input", "code", value);
	on("retry", "change", "retry", value);
	on("package", "change", "pkg", value);
	on("found", "change", "found", checked);
	on("untold", "change", "untold", checked);
	byId("filters").addEventListener("submit", (e) => e.preventDefault());
	byId("filters").addEventListener("reset", (e) => {
		e.preventDefault();
		Object.assign(state, { q: "", code: "", retry: "", pkg: "", found: false, untold: false, done: new Set() });
		fillFilters();
		refresh();
	});
	let asked = 0;
	byId("scroller").addEventListener("scroll", () => {
		asked ||= requestAnimationFrame(() => {
			asked = 0;
			drawRows();
		});
	});
	byId("matrix").addEventListener("click", matrixClick);
	byId("scroller").addEventListener("keydown", matrixKey);
	byId("matrix").addEventListener("focusin", (e) => {
		const cell = e.target.closest("[data-col]");
		if (cell) {
			active.row = Number(cell.dataset.row ?? cell.parentElement.dataset.row);
			active.col = Number(cell.dataset.col);
		}
	});
	document.addEventListener("keydown", (e) => {
		const typing = e.target.matches?.("input, select, textarea");
		if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
			e.preventDefault();
			byId("query").focus();
		} else if (e.key === "Escape" && open.site && !typing) {
			closePane(true);
		}
	});
	byId("totals").addEventListener("toggle", drawTotals);
	new ResizeObserver(() => {
		fit();
		drawRows();
	}).observe(byId("scroller"));
	addEventListener("hashchange", start);
	addEventListener("beforeprint", () => print(true));
	addEventListener("afterprint", () => print(false));
}

let totalsWereOpen = false;

// print lays all rows out, since paper does not scroll, and shows the totals.
function print(on) {
	printing = on;
	const totals = byId("totals");
	if (on) totalsWereOpen = totals.open;
	totals.open = on || totalsWereOpen;
	drawTotals();
	drawRows();
}

function start() {
	readAddress();
	drawSpaces();
	fillFilters();
	refresh();
}

if (data.loose.length) {
	byId("loose").hidden = false;
	byId("loose-list").append(...data.loose.map(finding));
}
if (data.spaces.length) {
	listen();
	start();
} else {
	document.body.classList.add("empty");
	byId("none").hidden = false;
	byId("none").textContent = "No call of this program can answer with a code that is known.";
}
