// What was answered, and where that leads. Answers live in this object alone; of the page it knows nothing.

import { answer, changes, firstLines, mostLeft, sectionsOf, urgencyOf, walk } from "./engine.js"

/** @typedef {import("./engine.js").Answers} Answers */

export class TreeWalk {
  /** What is shown before the first question. */
  static START = ""

  /** @param {import("./engine.js").Tree} tree */
  constructor(tree) {
    this.tree = tree
    /** @type {Answers} */
    this.answers = {}
    /** The answers before the last change. @type {Answers} */
    this.before = {}
    /** Questions whose answers that change made unneeded. @type {string[]} */
    this.dropped = []
  }

  /** The questions that are answered, in order, and what they lead to. */
  walked() {
    return walk(this.tree, this.answers)
  }

  /**
   * Give or change one answer.
   * @param {string} id
   * @param {string[]} chosen
   * @returns {{next: string, at: string}} what comes after this question, and after all answers
   */
  give(id, chosen) {
    const { answers, walked, dropped } = answer(this.tree, this.answers, id, chosen)
    this.before = this.answers
    this.answers = answers
    this.dropped = dropped
    const { path, at } = walked
    return { next: path[path.indexOf(id) + 1] ?? at, at }
  }

  undo() {
    this.answers = this.before
  }

  forget() {
    this.answers = this.before = {}
    this.dropped = []
  }

  /** The questions whose answers are gone; they are told once. */
  takeDropped() {
    const { dropped } = this
    this.dropped = []
    return dropped
  }

  isAnswered() {
    return Object.keys(this.answers).length > 0
  }

  /** A step itself if the answers still lead to it, else where they do lead. @param {string} view */
  reachable(view) {
    const { path, at } = this.walked()
    if (view === TreeWalk.START || view === at || path.includes(view)) return view
    return path.length ? at : TreeWalk.START
  }

  /** A question's place on the way, from 1. @param {string} id */
  numberOf(id) {
    const { path } = this.walked()
    return path.includes(id) ? path.indexOf(id) + 1 : path.length + 1
  }

  /** The most questions that can still come, this one included. @param {string} id */
  mostLeft(id) {
    const earlier = this.walked().path.slice(0, this.numberOf(id) - 1)
    const given = Object.fromEntries(earlier.map((asked) => [asked, this.answers[asked]]))
    return mostLeft(this.tree, walk(this.tree, given))
  }

  /** The names of the sections that the plan has. */
  sections() {
    return sectionsOf(this.tree, this.walked())
  }

  /** The lines that the plan begins with: of each the section's name, and its place among the first lines there. */
  firstLines() {
    return firstLines(this.tree, this.walked())
  }

  /** The rank of the plan's urgency, from 1. */
  urgency() {
    return urgencyOf(this.tree, this.walked())
  }

  /** Each single answer that, given otherwise, would have led elsewhere than to this end. @param {string} end */
  othersThan(end) {
    return changes(this.tree, this.answers).filter(({ to }) => to !== end)
  }
}
