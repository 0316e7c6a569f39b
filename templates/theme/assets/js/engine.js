// The decision tree's logic, without the page: what answers lead to, and what a change keeps.
// `generator/tree.py` does the same; a test runs both over the same answers.

/**
 * @typedef {{fact?: string, all?: Condition[], any?: Condition[], not?: Condition}} Condition
 * @typedef {{id: string, flags?: string[], next?: string}} Option
 * @typedef {{if?: Condition, to: string}} Route
 * @typedef {{many?: boolean, options: Option[], next?: Route[]}} Question
 * @typedef {{sections: (Condition | null)[]}} Outcome
 * @typedef {{start: string, questions: Record<string, Question>, outcomes: Record<string, Outcome>}} Tree
 * @typedef {Record<string, string[]>} Answers chosen options by question
 * @typedef {{path: string[], at: string, facts: Set<string>}} Walk
 */

/**
 * Whether a condition is true of what is known; no condition always is.
 * @param {Condition | null | undefined} condition
 * @param {Set<string>} facts
 * @returns {boolean}
 */
export function holds(condition, facts) {
  if (!condition) return true
  if (condition.all) return condition.all.every((part) => holds(part, facts))
  if (condition.any) return condition.any.some((part) => holds(part, facts))
  if (condition.not) return !holds(condition.not, facts)
  return facts.has(condition.fact ?? "")
}

/**
 * What becomes known when these options of a question are chosen.
 * @param {string} id
 * @param {Question} question
 * @param {string[]} chosen
 * @returns {string[]}
 */
function factsOf(id, question, chosen) {
  return question.options
    .filter((option) => chosen.includes(option.id))
    .flatMap((option) => [`${id}/${option.id}`, ...(option.flags ?? []).map((flag) => `*/${flag}`)])
}

/**
 * Where these options lead, given what is known with them.
 * @param {Question} question
 * @param {string[]} chosen
 * @param {Set<string>} facts
 * @returns {string | undefined}
 */
function step(question, chosen, facts) {
  const own = question.many
    ? undefined
    : question.options.find((option) => chosen.includes(option.id) && option.next)
  return own?.next ?? question.next?.find((route) => holds(route.if, facts))?.to
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
  while (Object.hasOwn(tree.questions, walked.at) && Object.hasOwn(answers, walked.at)) {
    const question = tree.questions[walked.at]
    const chosen = answers[walked.at]
    const facts = new Set([...walked.facts, ...factsOf(walked.at, question, chosen)])
    const onward = step(question, chosen, facts)
    if (!onward || walked.path.includes(walked.at)) break
    walked.path.push(walked.at)
    walked.at = onward
    walked.facts = facts
  }
  return walked
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
 * Which sections of an outcome apply, as places in its list.
 * @param {Tree} tree
 * @param {string} outcome
 * @param {Set<string>} facts
 * @returns {number[]}
 */
export function sectionsOf(tree, outcome, facts) {
  return tree.outcomes[outcome].sections.flatMap((condition, place) =>
    holds(condition, facts) ? [place] : [],
  )
}

/**
 * The most questions that can still come, this one included.
 * @param {Tree} tree
 * @param {string} id
 * @param {Map<string, number>} [known]
 * @returns {number}
 */
export function mostLeft(tree, id, known = new Map()) {
  const question = tree.questions[id]
  if (!question) return 0
  const found = known.get(id)
  if (found !== undefined) return found
  const targets = [...question.options.map((option) => option.next), ...(question.next ?? []).map((r) => r.to)]
  const most = 1 + Math.max(...targets.map((target) => (target ? mostLeft(tree, target, known) : 0)))
  known.set(id, most)
  return most
}
