// "Your answers so far", each with a way to change it; and what a change made unneeded.

import { button, element, status, wording } from "./page.js"

/**
 * @typedef {object} Walker what answers are shown of, and who is told what a reader wants
 * @property {import("./tree-walk.js").TreeWalk} walk
 * @property {import("./tree-text.js").TreeText} text
 * @property {(id: string) => void} change
 * @property {() => void} undo
 * @property {() => void} startAgain
 */

const word = wording("decision-tree")

export class TreeAnswers {
  /** @param {Walker} tree */
  constructor(tree) {
    this.tree = tree
    this.$notice = status("p", "tree__dropped")
    this.$notice.hidden = true
    this.$title = element("h2", { textContent: word("answers") })
    this.$again = button(word("again"), () => tree.startAgain(), "button button--quiet")
    this.$list = element("section", { className: "tree__answers", hidden: true })
  }

  /** @param {boolean} isAsking whether a question is shown, and no result with a button of its own */
  show(isAsking) {
    const { path } = this.tree.walk.walked()
    const $rows = element("dl", {}, ...path.flatMap((id) => this.row(id)))
    this.$list.hidden = path.length === 0
    this.$list.replaceChildren(this.$title, $rows, ...(isAsking ? [this.$again] : []))
  }

  /** @param {string} id */
  row(id) {
    const { text, walk } = this.tree
    const title = text.title(id)
    const $change = button(word("change"), () => this.tree.change(id), "change")
    $change.append(element("span", { className: "visually-hidden", textContent: `: ${title}` }))
    return [
      element("dt", { textContent: title }),
      element("dd", {}, text.labels(id, walk.answers[id]), " ", $change),
    ]
  }

  hide() {
    this.$list.hidden = true
  }

  forget() {
    this.$list.replaceChildren()
  }

  /** Name the questions whose answers are gone, and offer to have them back. */
  showDropped() {
    const questions = this.tree.walk.takeDropped().map((id) => `“${this.tree.text.title(id)}”`)
    this.say(questions.length ? `${word("dropped")} ${questions.join(", ")}. ` : "")
    if (questions.length) this.$notice.append(button(word("undo"), () => this.undo(), "change"))
  }

  undo() {
    this.tree.undo()
    this.say(word("undone"))
  }

  /** Tell something where screen readers hear it. @param {string} words */
  say(words) {
    this.$notice.hidden = !words
    this.$notice.textContent = words
  }
}
