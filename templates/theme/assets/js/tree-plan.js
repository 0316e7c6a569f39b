// A result: what to do first, the sections that apply, why it is this one, and what would have changed it.

import { button, element, wording } from "./page.js"
import { TreeCopy } from "./tree-copy.js"

/**
 * @typedef {{verb: "answered" | "ticked" | "unticked", question: string, labels: string[]}} Way
 *   answers to one question given otherwise
 *
 * @typedef {object} Walker what a plan is shown of, and who is told what a reader wants
 * @property {import("./tree-walk.js").TreeWalk} walk
 * @property {import("./tree-text.js").TreeText} text
 * @property {() => void} startAgain
 */

const word = wording("decision-tree")
const ENDS_SHOWN = 6
const WAYS_SHOWN = 2
const LABELS_SHOWN = 2
const APPLYING = "[data-section]:not([hidden])"

export class TreePlan {
  /**
   * @param {string} id
   * @param {HTMLElement} $section the outcome's text, which becomes the plan
   * @param {Walker} tree
   */
  constructor(id, $section, tree) {
    this.id = id
    this.$section = $section
    this.tree = tree
    this.copy = new TreeCopy($section)
    this.$urgency = $section.querySelector(".urgency")
    /** The label of the outcome itself. */
    this.$calmest = this.$urgency
    this.$first = $section.querySelector(".first ol")
    /** The first lines of the outcome's own sections, wherever they stand. */
    this.$lines = this.find("[data-first]")
    this.$reasons = element("div", { className: "outcome__reasons" })
    // Before the first link, which leads away from it.
    $section.querySelector(".first")?.append(element("p", { className: "outcome__stays", textContent: word("gone") }))
    const $stays = element("p", { className: "outcome__stays", textContent: word("stays") })
    const $again = button(word("again"), () => tree.startAgain(), "button button--quiet")
    const isOffered = "offersCopy" in $section.dataset
    const $kept = isOffered ? [] : [this.details(word("keep"), $stays, this.copy.$root)]
    for (const $details of $kept) $details.className = "outcome__kept"
    if (isOffered) $section.querySelector("[data-time]")?.before(this.copy.$root, $stays)
    $section.append(this.$reasons, ...$kept, $again)
    this.raise()
  }

  /** The plan is the page's only text now, so its headings go up one level. */
  raise() {
    const $title = this.$section.querySelector("h2")
    $title?.replaceWith(element("h1", { tabIndex: -1 }, ...$title.childNodes))
    for (const $heading of this.$section.querySelectorAll("[role=heading]")) {
      $heading.setAttribute("aria-level", String(Number($heading.getAttribute("aria-level")) - 1))
    }
  }

  /** @param {string} summary @param {...Node} $inside */
  details(summary, ...$inside) {
    return element("details", {}, element("summary", { textContent: summary }), ...$inside)
  }

  show() {
    this.moveShared()
    const applies = this.tree.walk.sections()
    for (const $part of this.find("[data-section]")) $part.hidden = !applies.includes($part.dataset.section ?? "")
    this.showFirst()
    for (const $time of this.find("[data-time]")) $time.hidden = !$time.querySelector(`${APPLYING} :is(${TreeCopy.SAYS})`)
    this.showUrgency()
    for (const $fold of this.$section.querySelectorAll("details")) $fold.open = false
    this.$reasons.replaceChildren(...this.reasons())
  }

  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  find(selector) {
    return this.$section.querySelectorAll(selector)
  }

  /** Help lines and sections that several plans have stand once, and go to the plan that is shown. */
  moveShared() {
    const { text, walk } = this.tree
    for (const $help of this.find("[data-help]")) {
      $help.replaceChildren(text.$help)
      this.showLines($help.dataset.help?.split(" ") ?? [])
    }
    for (const name of walk.tree.outcomes.get(this.id)?.sections.keys() ?? []) {
      const $part = text.$shared.get(name)
      if ($part) this.$section.querySelector(`[data-time="${$part.dataset.at}"]`)?.append($part)
    }
  }

  /** Of each country the lines of some kinds, in their order. @param {string[]} kinds */
  showLines(kinds) {
    for (const $country of /** @type {NodeListOf<HTMLElement>} */ (this.find(".country"))) {
      const $of = kinds.flatMap((kind) => [...$country.querySelectorAll(`[data-kind="${kind}"]`)])
      for (const $line of /** @type {NodeListOf<HTMLElement>} */ ($country.querySelectorAll(".line"))) {
        $line.hidden = !$of.includes($line)
      }
      $country.append(...$of)
      $country.hidden = !$of.length
    }
  }

  /** Every first line goes back to its section, and those that are to be done first to the head of the plan. */
  showFirst() {
    const { text, walk } = this.tree
    const sections = [...(walk.tree.outcomes.get(this.id)?.sections.keys() ?? [])]
    const own = [...this.$lines]
    const lines = new Map(
      sections.map((name) => [name, text.$first.get(name) ?? own.filter(($line) => $line.dataset.first === name)]),
    )
    this.$first?.replaceChildren()
    for (const [name, $lines] of lines) this.find(`[data-section="${name}"] .plan__do`)[0]?.prepend(...$lines)
    this.$first?.append(...walk.firstLines().map(([name, place]) => lines.get(name)?.[place] ?? ""))
  }

  /** A section can make the plan more urgent; then its label stands at the head. */
  showUrgency() {
    const rank = this.tree.walk.urgency()
    const $label = this.find(`${APPLYING} .urgency[data-rank="${rank}"]`)[0] ?? this.$calmest
    const $head = /** @type {HTMLElement} */ ($label?.cloneNode(true))
    this.$urgency?.replaceWith($head)
    this.$urgency = $head
    const isHigh = $head.matches(".urgency--high")
    this.$section.querySelector(isHigh ? ".first" : ".worse")?.after(...this.find("[data-help]"))
  }

  reasons() {
    const { text, walk } = this.tree
    const others = walk.othersThan(this.id)
    const decided = walk.walked().path.filter((id) => others.some(({ question }) => question === id))
    const $decided = decided.map((id) => {
      const labels = text.labels(id, walk.answers[id])
      return element("li", {}, `${text.title(id)} `, element("b", { textContent: labels }))
    })
    const $others = this.ends(others).map(([to, ways]) => {
      const $ways = ways.map((way) => element("li", { textContent: this.inWords(way) }))
      return element("li", {}, element("b", { textContent: text.title(to) }), element("ul", {}, ...$ways))
    })
    return [
      this.details(word("why"), element("p", { textContent: word("decided") }), element("ul", {}, ...$decided)),
      ...($others.length ? [this.details(word("instead"), element("ul", {}, ...$others))] : []),
    ]
  }

  /**
   * The outcomes that one other answer would have led to, the nearest first, each with its ways.
   * @param {import("./engine.js").Change[]} others
   * @returns {[string, Way[]][]}
   */
  ends(others) {
    /** By outcome, then by what would be done otherwise. @type {Map<string, Map<string, Way>>} */
    const ends = new Map()
    for (const { question, chosen, to } of others) {
      if (!this.tree.walk.tree.outcomes.get(to)?.isOffered) continue
      const ways = ends.get(to) ?? new Map()
      const { verb, label } = this.otherwise(question, chosen)
      const way = ways.get(`${verb} ${question}`) ?? { verb, question, labels: [] }
      way.labels.push(`“${label}”`)
      ends.set(to, ways.set(`${verb} ${question}`, way))
    }
    return [...ends].slice(0, ENDS_SHOWN).map(([to, ways]) => [to, [...ways.values()].slice(0, WAYS_SHOWN)])
  }

  /**
   * One answer given otherwise: what would be done, and the answer's label.
   * @param {string} id
   * @param {string[]} chosen
   * @returns {{verb: Way["verb"], label: string}}
   */
  otherwise(id, chosen) {
    const { text, walk } = this.tree
    const given = walk.answers[id]
    const added = chosen.find((option) => !given.includes(option))
    const label = text.label(id, added ?? given.find((option) => !chosen.includes(option)) ?? "")
    if (!walk.tree.questions.get(id)?.many) return { verb: "answered", label }
    return { verb: added ? "ticked" : "unticked", label }
  }

  /** @param {Way} way */
  inWords({ verb, question, labels }) {
    const answers = labels.slice(0, LABELS_SHOWN).join(` ${word("or")} `)
    const more = labels.length > LABELS_SHOWN ? ` ${word("orMore")}` : ""
    const fill = { question: this.tree.text.title(question), answers: answers + more }
    if (verb === "answered") return word("answered", fill)
    return verb === "ticked" ? word("ticked", fill) : word("unticked", fill)
  }
}
