// What the search has found, as it is shown: dangers first, then the best in full, then the others by kind.
// Fetched with the engine, since nothing is found before.

import { element, wording } from "./page.js"

/** @typedef {import("./search-engine.js").Answer} Answer */
/** @typedef {import("./search-engine.js").Warning} Warning */

const word = wording("search-box")
/** How many answers are shown at once, and how many of them first, in full. */
const MOST = 12
const BEST = 3

export class SearchResults {
  /**
   * @param {import("./search-engine.js").SearchEngine} engine
   * @param {string} base leads to the first page
   * @param {boolean} hears whether danger can be heard; if not, help stands above every result
   */
  constructor(engine, base, hears) {
    this.engine = engine
    this.hears = hears
    this.base = base.replace(/\/$/, "")
  }

  /**
   * @param {Warning | undefined} danger
   * @param {Answer[]} answers the best first
   */
  shown(danger, answers) {
    const $rest = answers.length ? this.groups(answers.slice(0, MOST)) : [this.nothing()]
    if (!this.hears) return [this.section(word("danger"), "found__danger", ...this.numbers()), ...$rest]
    if (!danger) return $rest
    return [danger.strength === "sure" ? this.pinned(danger) : this.hinted(danger), ...$rest]
  }

  /**
   * A page that words of danger bring to the top.
   * @param {Answer} answer
   */
  pinned(answer) {
    const $card = this.section(word("danger"), "found__danger", this.entry("div", answer), ...this.numbers())
    $card.dataset.danger = "sure"
    return $card
  }

  /**
   * A quiet line, where the words may tell of danger.
   * @param {Answer} answer
   */
  hinted({ url, title }) {
    const $line = element("p", { className: "found__perhaps" }, `${word("perhaps")} `, this.link(url, title))
    $line.dataset.danger = "perhaps"
    return $line
  }

  /** The emergency number of each country, and the way to all others. */
  numbers() {
    const { help, emergency } = this.engine
    const numbers = emergency.map(([number, country]) => {
      const $call = element("a", { href: `tel:${number}` }, element("b", { textContent: number }), ` ${country}`)
      return element("li", {}, $call)
    })
    const more = help ? [element("p", {}, this.link(help.url, word("urgent")))] : []
    return [element("ul", { className: "found__numbers" }, ...numbers), ...more]
  }

  /**
   * The best first, in full; then the others by what they are.
   * @param {Answer[]} answers
   */
  groups(answers) {
    const best = this.list(answers.slice(0, BEST), true)
    /** @type {Map<string, Answer[]>} */
    const others = new Map()
    for (const answer of answers.slice(BEST)) {
      others.set(answer.group, [...(others.get(answer.group) ?? []), answer])
    }
    return [
      this.section(word("best"), "", best),
      ...[...others].map(([group, list]) => this.section(group, "", this.list(list, false))),
    ]
  }

  /**
   * @param {string} label
   * @param {string} className
   * @param {...Node} children
   */
  section(label, className, ...children) {
    const $label = element("p", { className: "found__label", textContent: label })
    const $section = element("section", { className }, $label, ...children)
    $section.setAttribute("aria-label", label)
    return $section
  }

  /**
   * @param {Answer[]} answers
   * @param {boolean} withGroup
   */
  list(answers, withGroup) {
    return element("ul", {}, ...answers.map((answer) => this.result(answer, withGroup)))
  }

  /**
   * An answer in rank order.
   * @param {Answer} answer
   * @param {boolean} withGroup
   */
  result(answer, withGroup) {
    const $entry = this.entry("li", answer, withGroup ? answer.group : "")
    $entry.querySelector("a")?.setAttribute("data-result", "")
    return $entry
  }

  /**
   * @param {"li" | "div"} tag
   * @param {Answer} answer
   * @param {string} [group]
   */
  entry(tag, { url, title, answer }, group) {
    const $title = element("p", { className: "found__title" }, this.link(url, title))
    if (group) $title.append(" ", element("span", { className: "found__group", textContent: group }))
    return element(tag, { className: "found__entry" }, $title, element("p", { textContent: answer }))
  }

  /**
   * @param {string} url relative to the first page
   * @param {string} textContent
   */
  link(url, textContent) {
    return element("a", { href: `${this.base}/${url}`, textContent })
  }

  nothing() {
    return this.section(word("begin"), "", this.list(this.engine.begin, false))
  }
}
