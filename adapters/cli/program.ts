// Reads the command line and runs the command it names; loads only what that command needs.

import { existsSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { OperatorError } from "../../src/errors.ts";
import { INDEX_CHOICES } from "../../src/retrieval/index-choice.ts";
import { VERSION } from "../../src/version.ts";

/** Where `ask --as` can draw a reply for. */
const PLATFORMS = ["slack", "discord"];

/**
 * Runs one command to its end.
 * @param args what stands after the program's name
 * @returns the exit status
 * @throws OperatorError when arguments, environment or corpus are wrong
 */
export async function run(args: readonly string[]): Promise<number> {
  loadEnvironment();
  let status = 0;
  const program = createProgram((ended) => {
    status = ended;
  });
  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // --help and --version end this way too.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
  return status;
}

/** Longer than other functions: the list of commands, which is read as one. */
function createProgram(end: (status: number) => void): Command {
  const program = new Command("footnote")
    .description("Answers questions from your documents, with a source for every statement.")
    .version(VERSION, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText(
      "after",
      examples(
        'ask "How fast does a container start compared with a VM?"',
        "chat",
        "compare startup-time",
        "COMMAND --help",
      ),
    );

  const addTo = (parent: Command, usage: string, description: string, ...shown: readonly string[]): Command =>
    parent
      .command(usage)
      .description(description)
      .helpOption("-h, --help", "print this help")
      .option("--corpus <dir>", "folder of documents to answer from (default: $FOOTNOTE_CORPUS, else the built-in one)")
      .option("--strict", "refuse a folder of which a document can't be read, instead of leaving it out")
      .addHelpText("after", examples(...shown));
  const add = (usage: string, description: string, ...shown: readonly string[]): Command =>
    addTo(program, usage, description, ...shown);
  /** The same for what shows documents. */
  const addSeen = (usage: string, description: string, ...shown: readonly string[]): Command =>
    add(usage, description, ...shown).option(
      "--audience <names>",
      'see only what these may see, "" what everybody may (default: all documents)',
    );

  addSeen(
    "ask <question...>",
    "Answer one question.",
    'ask "How fast does a container start compared with a VM?"',
    'ask --json "Can Docker run Windows?"',
    'ask --why "Which is safer?"',
    'ask --corpus ./handbook "How many days off do I get?"',
  )
    .option("--json", "print the reply as JSON")
    .option("--why", "print what every stage decided instead of the reply")
    .addOption(new Option("--as <platform>", "print the request body that the platform would get").choices(PLATFORMS))
    .action(async (words: string[], options) => (await import("./ask.ts")).ask(words.join(" "), options));

  addSeen(
    "chat",
    "Ask one question after another; from a pipe, one a line.",
    "chat",
    "chat --corpus ./handbook --watch",
    "chat < questions.txt",
  )
    .option("--watch", "read the corpus again when a file of it changes")
    .action(async (options) => (await import("./chat.ts")).chat(options));

  addSeen(
    "compare [topic...]",
    "Show both sides of a topic, named by id, title or plain words.",
    "compare startup-time",
    "compare disk space",
    "compare --json security",
  )
    .option("--json", "print the reply as JSON")
    .action(async (words: string[], options) => (await import("./ask.ts")).compare(words.join(" "), options));

  addSeen("topics", "List what can be asked.", "topics", "topics --json")
    .option("--json", "print the list as JSON")
    .action(async (options) => (await import("./topics.ts")).topics(options));

  addSeen(
    "sources",
    "List the documents and where each came from, and what was not read.",
    "sources",
    "sources --corpus ./handbook",
    "sources --corpus ./handbook --text leave.md",
  )
    .option("--json", "print the list as JSON")
    .option(
      "--text <file>",
      "print what was read of one file, with its line numbers, or block numbers where it has no lines",
    )
    .action(async (options) => (await import("./sources.ts")).sources(options));

  add(
    "index",
    "Make the index of a corpus ahead of the first question; say where it is, how large, and what was not read.",
    "index --corpus ./handbook",
    "index --corpus ./handbook --index compact",
  )
    .option("--json", "print what was made as JSON")
    .addOption(
      new Option(
        "--index <kind>",
        "which index (default: $FOOTNOTE_INDEX, else auto); later commands use the same one only if FOOTNOTE_INDEX says so",
      ).choices(INDEX_CHOICES),
    )
    .action(async (options) => (await import("./index-corpus.ts")).indexCorpus(options));

  addSeen(
    "batch",
    'Answer JSON lines from stdin, {"id", "question", "after"?}, with JSON lines on stdout, {"id", "reply"}.',
    "batch < cases.jsonl > replies.jsonl",
  ).action(async (options) => end(await (await import("./batch.ts")).batch(options)));

  add(
    "check",
    "Check that the documents say what the corpus states; exit status 1 where they don't.",
    "check",
    "check --corpus ./handbook --json",
    "check --restated",
  )
    .option("--json", "print the report as JSON")
    .option("--restated", "list which lines of its page every passage restates")
    .action(async (options) => end(await (await import("./check.ts")).check(options)));

  add(
    "eval <cases>",
    "Judge the answers to a file of cases, one JSON object a line.",
    "eval cases.jsonl",
    "eval cases.jsonl --min 0.9",
    "eval cases.jsonl --expect right-ids.txt",
    "eval cases.jsonl --leave-one-out --json",
  )
    .option("--json", "print the report as JSON")
    .option("--min <share>", "exit with status 1 when a smaller share is right, 0 to 1")
    .option("--expect <ids>", "exit with status 1 when a case is not right whose id stands in this file, one a line")
    .option(
      "--leave-one-out",
      "also find every example question of the corpus without having learnt it; takes about a minute",
    )
    .action(async (file: string, options) => end(await (await import("./eval.ts")).evaluateFile(file, options)));

  add(
    "init <folder>",
    "Draft a faq.yaml and cases.jsonl for a folder of documents, which stay untouched.",
    "init ./handbook",
  ).action(async (folder: string, options) => (await import("./init.ts")).init(folder, options));

  add(
    "calibrate",
    "Fit on the corpus's own questions when to speak and when to stay silent; takes about a minute.",
    "calibrate --corpus ./handbook --write",
  )
    .option("--json", "print the report as JSON")
    .option("--write [file]", "write the result, to calibration.json of the corpus where no file is named")
    .action(async (options) => (await import("./calibrate.ts")).calibrateCorpus(options));

  addServe(add, end);
  addInbox(add, addTo, end);
  addState(program);
  addSlack(add, addTo, end);
  addDiscord(add, addTo, end);
  for (const command of withDescendants(program)) readable(command);
  return program;
}

/** Commands about what bots keep; they read no corpus. */
function addState(program: Command): void {
  const add = (parent: Command, usage: string, description: string, ...shown: readonly string[]): Command =>
    parent
      .command(usage)
      .description(description)
      .helpOption("-h, --help", "print this help")
      .addHelpText("after", examples(...shown));
  add(
    program,
    "backup <file>",
    "Write all that the bots keep to a new file, while they run.",
    "backup footnote-2026-01-31.db",
  ).action(async (file: string) => (await import("./state.ts")).backupState(file));
  add(
    program,
    "restore <file>",
    "Put what a backup holds into the database of the environment, SQLite or PostgreSQL.",
    "restore footnote-2026-01-31.db",
    "restore footnote-2026-01-31.db --replace",
  )
    .option("--replace", "delete first what the database holds")
    .action(async (file: string, options) => (await import("./state.ts")).restoreState(file, options));
  const privacy = add(
    program,
    "privacy",
    "Tell or delete all that is kept of one person.",
    "privacy export slack:T0123ABC:U0456DEF",
    "privacy delete discord:123456789012345678",
  );
  add(
    privacy,
    "export <person>",
    "Print all that is kept of a person as JSON.",
    "privacy export slack:T0123ABC:U0456DEF",
  ).action(async (person: string) => (await import("./state.ts")).exportPerson(person));
  add(
    privacy,
    "delete <whom>",
    "Delete all that is kept of a person, a workspace or a server.",
    "privacy delete slack:T0123ABC:U0456DEF",
    "privacy delete slack:T0123ABC",
    "privacy delete discord:server:123456789012345678",
  ).action(async (whom: string) => (await import("./state.ts")).forgetNamed(whom));
}

type Add = (usage: string, description: string, ...shown: readonly string[]) => Command;
type AddTo = (parent: Command, ...about: Parameters<Add>) => Command;

/** What becomes of questions that were not answered well. */
function addInbox(add: Add, addTo: AddTo, end: (status: number) => void): void {
  const inbox = add(
    "inbox",
    "List what was asked and not answered well, most asked first.",
    "inbox",
    "inbox --json",
    "inbox assign 3fa2c1 startup-time",
  )
    .option("--json", "print it as JSON")
    .option("--all", "also what was dealt with, and what is answered by now")
    // What stands behind a subcommand is the subcommand's.
    .enablePositionalOptions()
    .action(async (options) => (await import("./inbox.ts")).listInbox(options));
  addTo(inbox, "show <id>", "Show all that was asked alike, and what it gets now.", "inbox show 3fa2c1")
    .option("--json", "print it as JSON")
    .action(async (id: string, options) => (await import("./inbox.ts")).showGroup(id, options));
  const addFix = (usage: string, description: string, ...shown: readonly string[]): Command =>
    addTo(inbox, usage, description, ...shown)
      .option("--json", "print what was tried and done as JSON")
      .option("--cases <file>", "cases that must stay right (default: the corpus's own cases.jsonl)")
      .option("--words <question>", "teach this question instead of the words that were asked")
      .option("--force", "write it also where something gets worse, or nothing is mended");
  addFix(
    "assign <id> <topic>",
    "Add the words to a topic's examples in faq.yaml, unless a known question gets worse.",
    "inbox assign 3fa2c1 startup-time",
    "inbox assign 3fa2c1 startup-time --cases tests/cases.jsonl",
  ).action(async (id: string, topic: string, options) =>
    end(await (await import("./fix.ts")).assign(id, topic, options)),
  );
  addFix("new <id>", "Draft a topic with the nearest sentences as its statements.", "inbox new 3fa2c1").action(
    async (id: string, options) => end(await (await import("./fix.ts")).draftNew(id, options)),
  );
  addFix("outside <id>", "Teach that the documents do not answer it.", "inbox outside 3fa2c1").action(
    async (id: string, options) => end(await (await import("./fix.ts")).markOutside(id, options)),
  );
  addTo(inbox, "ignore <id>", "List it no more.", "inbox ignore 3fa2c1").action(async (id: string, options) =>
    (await import("./fix.ts")).ignoreGroup(id, options),
  );
  add("report", "Tell what was asked, answered and missed.", "report", "report --since 4w", "report --html week.html")
    .option("--since <time>", "days or weeks until now, or a first day: 7d, 4w, 2026-01-31", "7d")
    .option("--json", "print it as JSON")
    .option("--html [file]", "write it as one page of HTML, to standard output where no file is named")
    .action(async (options) => (await import("./report.ts")).report(options));
  addTo(inbox, "undo", "Take back what was done last.", "inbox undo").action(async () =>
    (await import("./fix.ts")).undo(),
  );
}

function addServe(add: Add, end: (status: number) => void): void {
  add(
    "serve",
    "Serve pages to ask and to read the documents on, and the same for programs, until it is stopped.",
    "serve",
    "serve --corpus ./handbook --port 8000",
    "serve --with slack",
  )
    .option(
      "--port <number>",
      "where to listen, 0 for any free port; on HOST, this machine alone where that is empty",
      "8080",
    )
    .addOption(new Option("--with <bot>", "run a bot in the same process").choices(PLATFORMS))
    .action(async (options) => end(await (await import("./serve.ts")).serve(options)));
}

function addSlack(add: Add, addTo: AddTo, end: (status: number) => void): void {
  const slack = add(
    "slack",
    "Run the Slack bot until it is stopped; .env.example lists its settings.",
    "slack",
    "slack doctor",
  ).action(async (options) => end(await (await import("../slack/main.ts")).run(options)));
  addTo(slack, "doctor", "Check tokens and scopes; exit status 1 where something is wrong.", "slack doctor")
    .option("--json", "print the findings as JSON")
    .action(async (options) => end(await (await import("./doctor.ts")).examineSlack(options)));
}

function addDiscord(add: Add, addTo: AddTo, end: (status: number) => void): void {
  const discord = add(
    "discord",
    "Run the Discord bot until it is stopped; .env.example lists its settings.",
    "discord",
    "discord register",
    "discord doctor",
  ).action(async (options) => end(await (await import("../discord/main.ts")).run(options)));
  addTo(discord, "register", "Put the bot's commands in place and print its invite link.", "discord register").action(
    async () => (await import("./register.ts")).registerDiscord(),
  );
  addTo(
    discord,
    "doctor",
    "Check token, permissions and commands; exit status 1 where something is wrong.",
    "discord doctor",
  )
    .option("--json", "print the findings as JSON")
    .action(async (options) => end(await (await import("./doctor.ts")).examineDiscord(options)));
}

/** A command's names, the program's first. */
const lineOf = (command: Command): string[] => [
  ...(command.parent === null ? [] : lineOf(command.parent)),
  command.name(),
];

const withDescendants = (command: Command): Command[] => [command, ...command.commands.flatMap(withDescendants)];

/** Makes what is wrong with the arguments one line that says where to look. */
function readable(command: Command): void {
  const name = lineOf(command).join(" ");
  command.configureOutput({ writeErr: () => {} }).exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    // A command of commands without one of them ends with its help, which is no message.
    if (error.code === "commander.missingArgument" || error.code === "commander.help")
      throw new OperatorError(`usage: ${name} ${command.usage()}`, `see ${name} --help for examples`);
    const what = error.message.replace(/^error: /, "").replace(/\s+/g, " ");
    throw new OperatorError(what, `see ${name} --help`);
  });
}

const examples = (...shown: readonly string[]): string =>
  `\nExamples:\n${shown.map((line) => `  footnote ${line}`).join("\n")}`;

/** Reads `.env` of the current folder, if there is one; variables that are set already win. */
function loadEnvironment(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Node calls every file that it can't open missing.
    if (code === "ENOENT" && !existsSync(".env")) return;
    const why = code === "ENOENT" ? "its permissions, or those of this folder, don't allow it" : message;
    throw new OperatorError(`.env can't be read: ${why}`, "mend or remove it");
  }
}
