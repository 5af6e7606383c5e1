// A true statement to falsehoods: one word or the order of its sides changed, by four ways in which restating goes wrong.

/** How a falsehood was made. */
export const WAYS = ["negation", "opposite", "sides", "strength"] as const;
export type Way = (typeof WAYS)[number];

/** Every falsehood that a way makes of a statement, without repetition; none where it does not apply. */
export function falsify(text: string, way: Way): readonly string[] {
  const made = MAKERS[way](text);
  return [...new Set(made)].filter((one) => one !== text);
}

/** What stands there and what takes its place. */
type Change = readonly [from: RegExp, to: string];

/** Each change at each place where it fits. */
const changes =
  (list: readonly Change[]) =>
  (text: string): string[] =>
    list.flatMap(([from, to]) =>
      [...text.matchAll(new RegExp(from, "g"))].map(({ index }) => {
        const here = new RegExp(from.source, `${from.flags}y`);
        here.lastIndex = index;
        return text.replace(here, to);
      }),
    );

const DROPPED: readonly Change[] = [
  [/\b(is|are|can|may|need|must|has|have) not\b/, "$1"],
  [/\bdo(?:es)? not /, ""],
  [/\bcannot\b/, "can"],
  [/\bnot at\b/, "at"],
  [/\b([Nn])o (?=[a-z])/, "some "],
  [/\bwithout\b/, "with"],
  [/\black(s?)\b/, "offer$1"],
  [/\badvises against\b/, "advises"],
  [/\bneed not\b/, "must"],
];

const PLURALS =
  "containers|machines|techniques|namespaces|cgroups|applications|tools|developers|people|users|hypervisors";
const ADDED: readonly Change[] = [
  [/\b(is|are|can|may|must|has|have)(?= [a-z])(?! not\b)/, "$1 not"],
  [
    /\b(need|take|share|start|make|use|give|cost|bring|build|let|run|suffer|depend|gain|get|restart|require|come|wrap|sit|look)s(?= [a-z])(?! of\b)/,
    "does not $1",
  ],
  [
    new RegExp(
      `\\b(${PLURALS}) (?=(?:need|share|use|make|start|isolate|take|perform|reach|rest|run|rely|protect|separate|mount|serve|come|lack)\\b)`,
      "i",
    ),
    "$1 do not ",
  ],
];

const PAIRS: readonly (readonly [string, string])[] = [
  ["faster", "slower"],
  ["fast", "slow"],
  ["quickly", "slowly"],
  ["quick", "slow"],
  ["lighter", "heavier"],
  ["light", "heavy"],
  ["lightweight", "heavyweight"],
  ["safer", "riskier"],
  ["safe", "unsafe"],
  ["more", "less"],
  ["fewer", "more"],
  ["cheaper", "costlier"],
  ["cheap", "expensive"],
  ["higher", "lower"],
  ["high", "low"],
  ["better", "worse"],
  ["best", "worst"],
  ["stronger", "weaker"],
  ["strong", "weak"],
  ["strongly", "weakly"],
  ["smaller", "larger"],
  ["small", "large"],
  ["easier", "harder"],
  ["strengthen", "weaken"],
  ["reduce", "increase"],
  ["reduces", "increases"],
  ["inside", "outside"],
  ["complete", "incomplete"],
  ["directly", "indirectly"],
  ["direct", "indirect"],
  ["same", "different"],
  ["similar", "dissimilar"],
  ["common", "rare"],
  ["close to", "far from"],
  ["advantage", "disadvantage"],
  ["possible", "impossible"],
  ["flexible", "rigid"],
  ["malicious", "benign"],
  ["simple", "complicated"],
  ["little", "much"],
  ["stop", "continue"],
  ["shrink", "grow"],
  ["visible", "invisible"],
  ["before", "after"],
  ["independent", "dependent"],
  ["untrusted", "trusted"],
  ["stable", "unstable"],
];
const OPPOSITES: readonly Change[] = PAIRS.flatMap(([one, other]): Change[] => [
  [new RegExp(`\\b${one}\\b`), other],
  [new RegExp(`\\b${other}\\b`), one],
]);

const STRONGER: readonly Change[] = [
  [/\b(?:usually|generally|often|typically|mostly)\b/, "always"],
  [/\b(?:usually|generally|often|basically|nearly|almost|fairly|quite) /, ""],
  [/\bmay\b/, "will"],
  [/\bcan(?= [a-z])(?! not)/, "must"],
  [/\bcan help to\b/, "is certain to"],
  [/\b[Ss]everal\b/, "all"],
  [/\b[Ss]ome(?= (?:people|resources|overhead))/, "all"],
  [/\b[Mm]ost\b/, "all"],
  [/\bMany\b|\bmany\b/, "all"],
  [/\b(?:nearly|almost) any\b/, "any"],
  [/\bnear-native\b/, "native"],
  [/\bnot all\b/, "none"],
  [/\bmuch less likely\b/, "never likely"],
  [/\b(?:very )?close to\b/, "identical to"],
  [/\b[Aa] few (?!seconds|minutes)/, "all "],
  [/\bcomes? in\b/, "always comes in"],
  [/\b(need|use|take|run|share)(s?)(?= (?!of)[a-z])/, "always $1$2"],
  [/\bcosts? little\b/, "costs nothing"],
  [/\bpossible\b/, "certain"],
  [/\blittle (?=[a-z])/, "no "],
];

const SIDES: readonly (readonly [string, string])[] = [
  ["Docker containers", "KVM virtual machines"],
  ["Docker container", "KVM virtual machine"],
  ["Containers", "Virtual machines"],
  ["Container", "Virtual machine"],
  ["containers", "virtual machines"],
  ["container", "virtual machine"],
  ["Docker", "KVM"],
];
const SIDE = new RegExp(
  `\\b(?:${SIDES.flat()
    .sort((a, b) => b.length - a.length)
    .join("|")})\\b`,
  "g",
);
const OTHER_SIDE = new Map(SIDES.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]));
const CONTRASTS = /\bthan\b|\bwhile\b|\bwhereas\b|\bbut\b|\bagainst\b|;/;
const SYMMETRIC = /\b(?:both|alike|combines?|and so can|differ\w*)\b/i;

/** Containers and virtual machines, or host and guest, change places. */
function swapSides(text: string): string[] {
  const names = text.match(SIDE) ?? [];
  const isBoth =
    names.some((name) => SIDES.some(([one]) => one === name)) &&
    names.some((name) => SIDES.some(([, other]) => other === name));
  const swapped = text.replace(SIDE, (name) => OTHER_SIDE.get(name) ?? name);
  const isContrast = isBoth && CONTRASTS.test(text) && !SYMMETRIC.test(text);
  const isRoom = /\bhost\b/.test(text) && /\bguest\b/.test(text);
  return [
    ...(isContrast ? [swapped] : []),
    ...(isRoom ? [text.replace(/\b(?:host|guest)\b/g, (word) => (word === "host" ? "guest" : "host"))] : []),
  ];
}

const MAKERS: Readonly<Record<Way, (text: string) => string[]>> = {
  negation: (text) => (changes(DROPPED)(text).length > 0 ? changes(DROPPED)(text) : changes(ADDED)(text)),
  opposite: changes(OPPOSITES),
  sides: swapSides,
  strength: changes(STRONGER),
};
