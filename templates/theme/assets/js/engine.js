// The decision tree's logic, without the page: what answers lead to, and what a change keeps.
// `generator/tree/walk.py` does the same; a test runs both over the same answers.

/**
 * The number of a fact, negative if it must not be so; or conditions that all hold, with a "|" before them if one
 * is enough and a "!" if the one must not hold. 0 is no condition, which is always true.
 * @typedef {number | any[]} Condition
 * @typedef {{id: string, to: string, facts: number[]}} Option `to` is empty where the routes decide
 * @typedef {{if: Condition, to: string}} Route
 * @typedef {{many: boolean, options: Option[], routes: Route[]}} Question
 * @typedef {{if: Condition, urgency: number, first: number}} Section
 *   `urgency` is a rank from 1, or 0 if it is the outcome's; `first` says how many lines a plan can begin with
 * @typedef {{isOffered: boolean, urgency: number, sections: Map<string, Section>}} Outcome
 * @typedef {{start: string, questions: Map<string, Question>, outcomes: Map<string, Outcome>, longest: number, most: Map<string, number>}} Tree
 *   `longest` says how many questions somebody is asked at most;
 *   `most` says of questions that lead to one another how many can follow each at most, itself included
 * @typedef {Record<string, string[]>} Answers chosen options by question
 * @typedef {{path: string[], at: string, facts: Set<number>}} Walk
 * @typedef {{question: string, chosen: string[], to: string}} Change `to` is empty if more would be asked
 */

/** More than three things are not done at once. */
const MOST_FIRST_LINES = 3

/**
 * The tree from the page's data. A step there is its place among questions and then outcomes; a fact is its
 * place, from 1, among flags and then the options of all questions.
 * @param {any} data
 * @returns {Tree}
 */
export function readTree(data) {
  /** @type {string[]} */
  const steps = [...data.questions, ...data.outcomes].map(([id]) => id)
  let facts = data.flags
  /** @param {any} question @returns {[string, Question]} */
  const readQuestion = ([id, options, ...routes]) => [
    id,
    {
      many: data.many.includes(steps.indexOf(id)),
      options: options.map((/** @type {any} */ [option, to, ...flags]) => {
        facts += 1
        return { id: option, to: steps[to] ?? "", facts: [facts, ...flags] }
      }),
      routes: routes.map((/** @type {any} */ [condition, to]) => ({ if: condition, to: steps[to] })),
    },
  ]
  const shares = Object.keys(data.shared)
  /**
   * @param {Condition[]} conditions
   * @param {number} file its place among outcomes and then files of shared sections
   * @param {string} prefix of the names
   * @returns {[string, Section][]}
   */
  const readSections = (conditions, file, prefix) =>
    conditions.map((condition, place) => {
      const urgency = data.urgency[file][place + 1] ?? 0
      return [`${prefix}${place}`, { if: condition, urgency, first: data.first[file][place] ?? 0 }]
    })
  /** @param {any} outcome @param {number} file @returns {[string, Outcome]} */
  const readOutcome = ([id, own, ...shared], file) => {
    const others = shared.flatMap((/** @type {string} */ name) =>
      readSections(data.shared[name], data.outcomes.length + shares.indexOf(name), `${name}/`),
    )
    const sections = new Map([...readSections(own, file, ""), ...others])
    return [id, { isOffered: !data.unoffered.includes(steps.indexOf(id)), urgency: data.urgency[file][0], sections }]
  }
  return {
    start: steps[0],
    questions: new Map(data.questions.map(readQuestion)),
    outcomes: new Map(data.outcomes.map(readOutcome)),
    longest: data.longest,
    most: new Map(Object.entries(data.most ?? {})),
  }
}

/**
 * Whether a condition is true of what is known.
 * @param {Condition} condition
 * @param {Set<number>} facts
 * @returns {boolean}
 */
export function holds(condition, facts) {
  return settled(condition, facts) ?? false
}

/**
 * Whether a condition is true of what is known, or undefined while answers that can still come decide it.
 * @param {Condition} condition
 * @param {Set<number>} facts
 * @param {Set<number>} [open] facts that can still become known
 * @returns {boolean | undefined}
 */
function settled(condition, facts, open) {
  if (!Array.isArray(condition)) {
    if (condition < 0) return opposite(settled(-condition, facts, open))
    return condition === 0 || facts.has(condition) || (open?.has(condition) ? undefined : false)
  }
  const kind = condition[0]
  const found = condition.filter((part) => typeof part !== "string").map((part) => settled(part, facts, open))
  if (kind === "!") return opposite(found[0])
  const decisive = kind === "|"
  if (found.includes(decisive)) return decisive
  return found.includes(undefined) ? undefined : !decisive
}

/** @param {boolean | undefined} truth */
function opposite(truth) {
  return truth === undefined ? undefined : !truth
}

/**
 * Where these options lead, given what is known with them.
 * @param {Question} question
 * @param {string[]} chosen
 * @param {Set<number>} facts
 * @returns {string | undefined}
 */
function step(question, chosen, facts) {
  const own = question.many ? undefined : question.options.find(({ id, to }) => to && chosen.includes(id))
  return (own ?? question.routes.find((route) => holds(route.if, facts)))?.to
}

/**
 * Follow answers from the start to an outcome or to the first unanswered question.
 * @param {Tree} tree
 * @param {Answers} answers
 * @returns {Walk}
 */
export function walk(tree, answers) {
  /** @type {Walk} */
  const walked = { path: [], at: tree.start, facts: new Set() }
  for (;;) {
    const question = tree.questions.get(walked.at)
    const chosen = Object.hasOwn(answers, walked.at) && answers[walked.at]
    if (!question || !chosen || walked.path.includes(walked.at)) return walked
    const known = question.options.flatMap(({ id, facts }) => (chosen.includes(id) ? facts : []))
    const facts = new Set([...walked.facts, ...known])
    const onward = step(question, chosen, facts)
    if (!onward) return walked
    walked.path.push(walked.at)
    walked.at = onward
    walked.facts = facts
  }
}

/**
 * Give or change one answer. Later answers that still apply are kept; those that do not are named.
 * @param {Tree} tree
 * @param {Answers} answers
 * @param {string} id
 * @param {string[]} chosen
 * @returns {{answers: Answers, walked: Walk, dropped: string[]}}
 */
export function answer(tree, answers, id, chosen) {
  const given = { ...answers, [id]: chosen }
  const walked = walk(tree, given)
  const kept = Object.fromEntries(walked.path.map((asked) => [asked, given[asked]]))
  const dropped = Object.keys(given).filter((asked) => !Object.hasOwn(kept, asked))
  return { answers: kept, walked, dropped }
}

/**
 * The names of the sections that the plan has at the end of a walk.
 * @param {Tree} tree
 * @param {Walk} walked
 * @returns {string[]}
 */
export function sectionsOf(tree, walked) {
  return shown(tree, walked).map(([name]) => name)
}

/**
 * @param {Tree} tree
 * @param {Walk} walked
 * @returns {[string, Section][]}
 */
function shown(tree, walked) {
  const sections = [...(tree.outcomes.get(walked.at)?.sections ?? [])]
  return sections.filter(([, section]) => holds(section.if, walked.facts))
}

/**
 * The lines that the plan at the end of a walk begins with, at most three: those of more urgent sections first; of
 * these the line that the plan has for everybody, then those that the answers have chosen.
 * @param {Tree} tree
 * @param {Walk} walked
 * @returns {[string, number][]} of each the section's name, and its place among the first lines there
 */
export function firstLines(tree, walked) {
  const own = tree.outcomes.get(walked.at)?.urgency ?? 0
  const sections = shown(tree, walked)
  const lead = sections.find(([, section]) => section.if === 0 && section.first)
  const lines = sections.flatMap((named) => {
    const [name, { if: condition, urgency, first }] = named
    return Array.from({ length: first }, (_, place) => {
      const order = named === lead && place === 0 ? 0 : condition === 0 ? 2 : 1
      return /** @type {const} */ ([[name, place], 3 * (urgency || own) - order])
    })
  })
  lines.sort(([, one], [, other]) => other - one)
  return lines.slice(0, MOST_FIRST_LINES).map(([[name, place]]) => [name, place])
}

/**
 * How urgent the plan at the end of a walk is: as the outcome, or as its most urgent section if that is more.
 * @param {Tree} tree
 * @param {Walk} walked
 * @returns {number} a rank, from 1
 */
export function urgencyOf(tree, walked) {
  return Math.max(tree.outcomes.get(walked.at)?.urgency ?? 0, ...shown(tree, walked).map(([, { urgency }]) => urgency))
}

/**
 * Every single answer of a finished walk given otherwise, the others as they are, the last question first.
 * Where several may be ticked, each tick is set or taken away by itself.
 * @param {Tree} tree
 * @param {Answers} answers
 * @returns {Change[]}
 */
export function changes(tree, answers) {
  return walk(tree, answers).path.reverse().flatMap((id) => {
    const { many, options } = /** @type {Question} */ (tree.questions.get(id))
    const given = answers[id]
    const others = options.filter((option) => many || !given.includes(option.id))
    return others.map((other) => {
      const isChosen = (/** @type {Option} */ option) =>
        many ? given.includes(option.id) !== (option === other) : option === other
      const chosen = options.filter(isChosen).map((option) => option.id)
      const { at } = walk(tree, { ...answers, [id]: chosen })
      return { question: id, chosen, to: tree.outcomes.has(at) ? at : "" }
    })
  })
}

/**
 * The most questions that can still come, the one that a walk has come to included.
 * @param {Tree} tree
 * @param {Walk} walked
 * @returns {number}
 */
export function mostLeft(tree, { path, at, facts }) {
  const open = new Set()
  /** @type {Map<string, number>} */
  const known = new Map()
  /** @param {Route[]} routes */
  const possible = (routes) => {
    const found = []
    for (const route of routes) {
      const holds = settled(route.if, facts, open)
      if (holds !== false) found.push(route.to)
      if (holds) break
    }
    return found
  }
  /** @param {string} id */
  const collect = (id, seen = new Set(path)) => {
    const question = tree.questions.get(id)
    if (!question || seen.has(id)) return
    seen.add(id)
    for (const option of question.options) option.facts.forEach((fact) => open.add(fact))
    for (const { to } of [...question.options, ...question.routes]) collect(to, seen)
  }
  /** @param {string} id */
  const limit = (id) => tree.most.get(id) ?? Infinity
  /** @param {string} id @returns {number} */
  const most = (id) => {
    const question = tree.questions.get(id)
    if (!question) return 0
    if (!known.has(id)) {
      const targets = [...question.options.map(({ to }) => to), ...possible(question.routes)]
      // Nobody is asked a question twice.
      const onward = targets.filter((to) => to && !path.includes(to))
      // What holds in any case, for questions that lead back here.
      known.set(id, limit(id))
      known.set(id, Math.min(limit(id), 1 + Math.max(...onward.map(most))))
    }
    return /** @type {number} */ (known.get(id))
  }
  collect(at)
  const asked = path.length
  return Math.min(tree.longest - asked, most(at), ...path.map((id, place) => limit(id) - asked + place))
}
