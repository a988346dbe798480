// The totals as a table: for each code, how many calls do what.
function drawTotals() {
	if (!byId("totals").open) return;
	const s = space();
	const list = shown.columns.filter((c) => c !== rest).map((c) => [c, count(shown.sites, c)]).filter(([, n]) => total(n));
	const used = outcomes.map((o, i) => i).filter((i) => !quiet.has(i) && list.some(([, n]) => n[i]));
	const head = el("tr", null, el("th", { scope: "col" }, "Code"), el("th", { scope: "col" }, "Class"), el("th", { scope: "col", class: "num" }, "Calls"),
		used.map((i) => el("th", { scope: "col", class: "num" }, el("span", { class: "key o-" + outcomes[i].id, "aria-hidden": "true" }, glyphs[outcomes[i].id]), outcomes[i].label)));
	const body = list.map(([c, n]) => el("tr", { title: sentence(s, c, n) },
		el("th", { scope: "row" }, codeName(s.codes[c])),
		el("td", null, s.codes[c].r || "permanent"),
		el("td", { class: "num" }, String(total(n))),
		used.map((i) => el("td", { class: n[i] ? "num" : "num zero" }, String(n[i]))),
	));
	byId("totals-table").replaceChildren(el("table", { class: "plain" }, el("thead", null, head), el("tbody", null, body)));
}

function drawStatus() {
	const { sites, all, code } = shown;
	let text = sites.length === all ? `${all} ${all === 1 ? "call" : "calls"}` : `${sites.length} of ${all} calls`;
	if (code === -2) text = `No code ${state.code.trim()} in ${space().title}`;
	else if (code !== undefined) text += ". " + sentence(space(), code, count(sites, code)) + ".";
	byId("status").textContent = text;
}
