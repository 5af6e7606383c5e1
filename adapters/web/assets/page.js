// Makes pages that work without it a little better: questions suggested while typing, addresses copied, the lines of a
// link found.

const SUGGEST_AFTER_MS = 120;

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);
for (const link of document.querySelectorAll("a[data-copy]")) copyable(link);
nameLines();
focusOnSlash();

/** A combobox as https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ has it. */
function suggest(form) {
  const input = form.querySelector("input[name=q]");
  const api = new URL("api/suggest", new URL(form.action.replace(/widget$/, ""), location.href));
  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", role: "listbox", hidden: true });
  list.setAttribute("aria-label", "Questions that are answered");
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  }))
    input.setAttribute(name, value);

  let chosen = -1;
  let timer;
  let asked = 0;

  const show = (questions) => {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(
      ...questions.map((question, at) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `suggestion-${at}`, role: "option", textContent: question });
        option.setAttribute("aria-selected", "false");
        // Before the box loses its focus.
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(question);
          form.requestSubmit();
        });
        return option;
      }),
    );
    list.hidden = questions.length === 0;
    input.setAttribute("aria-expanded", String(questions.length > 0));
  };
  const take = (question) => {
    input.value = question;
    show([]);
  };
  const choose = (at) => {
    const options = [...list.children];
    if (options.length === 0) return;
    chosen = (at + options.length) % options.length;
    for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === chosen));
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };
  const look = async () => {
    const typed = input.value;
    const turn = ++asked;
    if (typed.trim().length < 2) return show([]);
    api.search = new URLSearchParams({ typed });
    try {
      const response = await fetch(api);
      if (!response.ok || turn !== asked) return;
      const { suggestions } = await response.json();
      show(suggestions.filter((one) => one !== typed));
    } catch {
      // Without the network there is nothing to suggest; the form still works.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, SUGGEST_AFTER_MS);
  });
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape" && !list.hidden) show([]);
    else if (event.key === "Enter" && chosen >= 0) {
      take(list.children[chosen].textContent);
      form.requestSubmit();
    } else return;
    event.preventDefault();
  });
}

function copyable(link) {
  if (navigator.clipboard === undefined) return;
  link.setAttribute("role", "button");
  const words = link.textContent;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(link.href).then(
      () => {
        link.textContent = "Copied";
      },
      () => location.assign(link.href),
    );
    setTimeout(() => {
      link.textContent = words;
    }, 1500);
  });
}

/** A server never hears of what stands behind the #: a link of a version is asked for again with its line. */
function nameLines() {
  const address = new URL(location.href);
  const [, line] = /^#L(\d+)$/.exec(address.hash) ?? [];
  if (line === undefined || !address.searchParams.has("v") || address.searchParams.has("lines")) return;
  address.searchParams.set("lines", line);
  location.replace(address);
}

function focusOnSlash() {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") !== null) return;
    const input = document.querySelector("input[name=q]");
    if (input === null) return;
    event.preventDefault();
    input.focus();
  });
}
