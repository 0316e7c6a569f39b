// The browser's history of a walk. Its entries hold a number each; what they show is kept in this object alone.

import { TreeWalk } from "./tree-walk.js"

/**
 * @typedef {object} Walker who shows what an entry stands for
 * @property {string} view what is shown now
 * @property {(view: string) => void} comeBack
 */

export class TreeHistory {
  /** @param {Walker} tree */
  constructor(tree) {
    this.tree = tree
    /** What each entry shows: a question, an outcome, or the start. @type {string[]} */
    this.entries = [TreeWalk.START]
    this.depth = Number(history.state?.step ?? 0)
    this.isLeaving = false
  }

  begin() {
    window.addEventListener("popstate", (event) => this.handlePopstate(event))
    this.name()
  }

  /** Give the entry its number. A stale or hand-written address goes from the address bar. */
  name() {
    history.replaceState({ step: this.depth }, "", location.pathname)
  }

  /** @param {string} view */
  add(view) {
    this.remember(view)
    history.pushState({ step: this.depth }, "")
  }

  /** @param {string} view */
  remember(view) {
    this.depth += 1
    this.entries.length = this.depth
    this.entries[this.depth] = view
  }

  /** @param {PopStateEvent} event */
  handlePopstate(event) {
    if (this.isLeaving) return
    if (event.state === null) {
      // A link within the page, such as "Skip to the text", has made an entry of its own.
      this.remember(this.tree.view)
      this.name()
      return
    }
    this.depth = Number(event.state.step ?? 0)
    this.tree.comeBack(this.entries[this.depth] ?? TreeWalk.START)
  }

  /**
   * Leaving goes back to the first entry of the walk, which is then replaced, so that Back shows
   * neither tree nor answer.
   * @param {Event} event
   */
  leave(event) {
    this.isLeaving = true
    const steps = this.depth
    if (steps === 0 || !(event instanceof CustomEvent)) return
    event.preventDefault()
    const { go } = event.detail
    window.addEventListener("popstate", () => go(), { once: true })
    // Some browsers keep the event back; the page is blank already, so nothing is lost by waiting.
    setTimeout(go, 400)
    history.go(-steps)
  }
}
