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
  const list = listBelow(form, input);
  let timer;
  let asked = 0;
  const look = async () => {
    const typed = input.value;
    const turn = ++asked;
    const questions = typed.trim().length < 2 ? [] : await questionsFor(form, typed);
    // What was typed since is asked for already.
    if (turn === asked) list.show(questions.filter((one) => one !== typed));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, SUGGEST_AFTER_MS);
  });
  input.addEventListener("blur", () => list.show([]));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.choose(1);
    else if (event.key === "ArrowUp") list.choose(-1);
    else if (event.key === "Escape" && list.isOpen()) list.show([]);
    else if (event.key !== "Enter" || !list.takeChosen()) return;
    event.preventDefault();
  });
}

async function questionsFor(form, typed) {
  const home = new URL(form.action.replace(/widget$/, ""), location.href);
  try {
    const response = await fetch(`${new URL("api/suggest", home)}?${new URLSearchParams({ typed })}`);
    return response.ok ? (await response.json()).suggestions : [];
  } catch {
    // Without the network there is nothing to suggest; the form still works.
    return [];
  }
}

/** The list of options below a box: what is taken from it is asked. */
function listBelow(form, input) {
  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", role: "listbox", hidden: true });
  list.setAttribute("aria-label", "Questions that are answered");
  form.append(list);
  const say = (name, value) => input.setAttribute(name, value);
  say("role", "combobox");
  say("aria-autocomplete", "list");
  say("aria-controls", list.id);
  say("aria-expanded", "false");
  let chosen = -1;

  const take = (question) => {
    input.value = question;
    show([]);
    form.requestSubmit();
  };
  const optionOf = (question, at) => {
    const option = document.createElement("li");
    Object.assign(option, { id: `suggestion-${at}`, role: "option", textContent: question });
    option.setAttribute("aria-selected", "false");
    // Before the box loses its focus.
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(question);
    });
    return option;
  };
  const show = (questions) => {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...questions.map(optionOf));
    list.hidden = questions.length === 0;
    say("aria-expanded", String(!list.hidden));
  };
  return {
    show,
    isOpen: () => !list.hidden,
    choose(step) {
      const options = [...list.children];
      if (options.length === 0) return;
      chosen = chosen < 0 && step < 0 ? options.length - 1 : (chosen + step + options.length) % options.length;
      for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === chosen));
      say("aria-activedescendant", options[chosen].id);
    },
    takeChosen() {
      const question = list.children[chosen]?.textContent;
      if (question === undefined) return false;
      take(question);
      return true;
    },
  };
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
