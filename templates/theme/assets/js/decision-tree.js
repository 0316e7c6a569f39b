// The decision tree in the page: turns its text form into one question at a time. It decides what is shown;
// each part of it knows the rest. The wording of questions and results stands in the page, all logic in engine.js.

import { readTree } from "./engine.js"
import { button, wording } from "./page.js"
import { TreeAnswers } from "./tree-answers.js"
import { TreeCover } from "./tree-cover.js"
import { TreeHistory } from "./tree-history.js"
import { TreePlan } from "./tree-plan.js"
import { TreeQuestion } from "./tree-question.js"
import { TreeText } from "./tree-text.js"
import { TreeWalk } from "./tree-walk.js"

const word = wording("decision-tree")

export class DecisionTree {
  static moduleName = "decision-tree"

  /** @param {HTMLElement} $root the block with the tree's text */
  constructor($root) {
    const $data = document.querySelector("#decision-tree-data")
    const $start = $root.querySelector("[data-start]")
    if (!$data || !($start instanceof HTMLElement)) {
      throw new Error("decision-tree: no data or no start")
    }
    this.$root = $root
    this.$start = $start
    this.title = document.title
    this.view = TreeWalk.START
    /** Whether the question that is shown was answered before. */
    this.isChanging = false
    this.walk = new TreeWalk(readTree(JSON.parse($data.textContent ?? "")))
    this.text = new TreeText($root)
    /** Those that were shown; the others are still text. @type {Map<string, TreeQuestion>} */
    this.questions = new Map()
    /** @type {Map<string, TreePlan>} */
    this.plans = new Map()
    this.history = new TreeHistory(this)
    this.answers = new TreeAnswers(this)
    this.cover = new TreeCover($root, this)
    this.begin(button(word("start"), () => this.goOn(), "button button--wide"))
  }

  /** From here on the page is changed. @param {HTMLElement} $button */
  begin($button) {
    this.text.takeApart()
    this.$start.querySelector(".lead")?.after($button)
    this.$root.prepend(this.cover.$cover, this.answers.$notice)
    this.$root.append(this.answers.$list)
    this.$root.classList.add("tree--on")
    this.history.begin()
    this.cover.begin()
    document.addEventListener("leave-page:leaving", (event) => {
      this.forget()
      this.history.leave(event)
    })
    this.show(TreeWalk.START, { focus: false })
  }

  // --- walking --------------------------------------------------------------------------------

  /** @param {string} id @param {string[]} chosen */
  give(id, chosen) {
    const { next, at } = this.walk.give(id, chosen)
    this.goTo(this.isChanging ? at : next)
  }

  goOn() {
    this.goTo(this.walk.walked().at)
  }

  /** Show a step as a new entry of the history. @param {string} view */
  goTo(view) {
    this.history.add(view)
    this.isChanging = false
    this.show(view)
  }

  /** Show what an entry of the history stands for. @param {string} view */
  comeBack(view) {
    this.isChanging = false
    this.show(this.walk.reachable(view))
  }

  /** @param {string} id */
  change(id) {
    this.goTo(id)
    this.isChanging = true
  }

  undo() {
    this.walk.undo()
    this.goOn()
  }

  startAgain() {
    this.forget()
    this.goTo(TreeWalk.START)
  }

  /** Wipe what was answered without adding to the history. */
  startOver() {
    const isElsewhere = this.view !== TreeWalk.START || this.cover.isOn()
    const focus = this.$root.contains(document.activeElement)
    this.forget()
    this.show(TreeWalk.START, { focus })
    if (isElsewhere) this.bringInSight(this.$start)
  }

  forget() {
    this.walk.forget()
    this.emptyCopy()
    for (const $form of this.$root.querySelectorAll("form")) $form.reset()
    this.answers.forget()
    this.cover.takeOff()
  }

  emptyCopy() {
    this.plans.get(this.view)?.copy.empty()
  }

  isAnswered() {
    return this.walk.isAnswered() || this.$root.querySelector(":checked") !== null
  }

  isToBeCoveredAtOnce() {
    return "covers" in (this.text.$steps.get(this.view)?.dataset ?? {})
  }

  // --- showing --------------------------------------------------------------------------------

  /** @param {string} view @param {{focus?: boolean}} [options] */
  show(view, { focus = true } = {}) {
    const $before = this.text.$steps.get(this.view)
    this.emptyCopy()
    this.view = view
    try {
      this.showStep(view)
    } catch (error) {
      this.giveUp()
      throw error
    }
    if ($before) $before.hidden = true
    this.$start.hidden = view !== TreeWalk.START
    const $now = this.text.$steps.get(view)
    if ($now) $now.hidden = false
    this.cover.forgetPlace()
    if (this.cover.isOn()) this.cover.keepInSight()
    else if (focus) this.focus()
  }

  /** @param {string} view */
  showStep(view) {
    const isQuestion = this.walk.tree.questions.has(view)
    const title = this.titleOf(view)
    if (isQuestion) this.question(view).show(this.walk.answers[view], this.progress(view), title)
    else if (view !== TreeWalk.START) this.plan(view).show()
    if (view === TreeWalk.START) this.answers.hide()
    else this.answers.show(isQuestion)
    this.answers.showDropped()
    document.title = title
  }

  /** @param {string} id */
  question(id) {
    const question = /** @type {import("./engine.js").Question} */ (this.walk.tree.questions.get(id))
    const known = this.questions.get(id)
    const made = known ?? new TreeQuestion(id, this.text.step(id), question, (id, chosen) => this.give(id, chosen))
    this.questions.set(id, made)
    return made
  }

  /** @param {string} id */
  plan(id) {
    const made = this.plans.get(id) ?? new TreePlan(id, this.text.step(id), this)
    this.plans.set(id, made)
    return made
  }

  /** The text of all steps is better than half a form. */
  giveUp() {
    this.$root.classList.remove("tree--on")
    this.text.showAll()
  }

  /** The title names the step, never the question or an answer. @param {string} view */
  titleOf(view) {
    if (view === TreeWalk.START) return this.title
    return `${this.walk.tree.outcomes.has(view) ? word("result") : this.stepOf(view)} - ${this.title}`
  }

  /** @param {string} id */
  stepOf(id) {
    return word("step", { n: this.walk.numberOf(id) })
  }

  /** A question's place on the way and what may come after it. @param {string} id */
  progress(id) {
    const most = this.walk.mostLeft(id)
    return `${this.stepOf(id)} · ${most === 1 ? word("last") : word("left", { n: most - 1 })}`
  }

  focus() {
    const $heading = this.heading()
    $heading?.focus({ preventScroll: true })
    if ($heading) this.bringInSight($heading)
  }

  /** The heading of what is shown, able to take the focus. */
  heading() {
    const $heading = (this.text.$steps.get(this.view) ?? this.$start).querySelector("h1")
    $heading?.setAttribute("tabindex", "-1")
    return $heading
  }

  /** From the top of the page if that will do. @param {HTMLElement} $part */
  bringInSight($part) {
    scrollTo(0, 0)
    $part.scrollIntoView({ block: "nearest" })
  }
}
