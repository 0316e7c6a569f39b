// The tree's text as the page has it: a section for each question and outcome, and what they are called.

import { wording } from "./page.js"

const word = wording("decision-tree")

export class TreeText {
  /** @param {HTMLElement} $root */
  constructor($root) {
    this.$root = $root
    /** The lines of all who help. */
    this.$help = $root.querySelector(".tree__shared .care") ?? ""
    /** The section of each question and outcome. @type {Map<string, HTMLElement>} */
    this.$steps = new Map()
    /** Sections that several outcomes have. @type {Map<string, HTMLElement>} */
    this.$shared = new Map()
    /** Their first lines, which stand in them or at the head of a plan. @type {Map<string, HTMLElement[]>} */
    this.$first = new Map()
    for (const $step of this.find("[data-question], [data-outcome]")) {
      this.$steps.set($step.dataset.question ?? $step.dataset.outcome ?? "", $step)
    }
    for (const $part of this.find(".tree__shared [data-section]")) {
      this.$shared.set($part.dataset.section ?? "", $part)
      this.$first.set($part.dataset.section ?? "", [...this.find(`[data-section="${$part.dataset.section}"] [data-first]`)])
    }
  }

  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  find(selector) {
    return this.$root.querySelectorAll(selector)
  }

  /** Questions stand inside the answers that lead to them; a walk shows one at a time. */
  takeApart() {
    for (const $step of this.$steps.values()) $step.hidden = true
    this.$root.append(...this.$steps.values())
    for (const $text of this.find(".tree__text")) $text.remove()
  }

  showAll() {
    for (const $step of this.$steps.values()) $step.hidden = false
  }

  /** @param {string} id */
  step(id) {
    return /** @type {HTMLElement} */ (this.$steps.get(id))
  }

  /** The heading of a question or outcome, which is an h1 once it was shown. @param {string} id */
  title(id) {
    const $heading = this.step(id).querySelector(":scope > h2, :scope > h1, legend h1")
    return $heading?.textContent?.trim() ?? ""
  }

  /** @param {string} id @param {string} option */
  label(id, option) {
    const $label = this.step(id).querySelector(`[data-option="${option}"] .option__label`)
    return $label?.textContent?.trim() ?? ""
  }

  /** What was answered, in words. @param {string} id @param {string[]} chosen */
  labels(id, chosen) {
    return chosen.map((option) => this.label(id, option)).join(", ") || word("none")
  }
}
