// Covers what was answered while the page is out of sight, and has it wiped after ten minutes. Some results are
// covered at once, as is a page that goes into the browser's cache; the others when the page was hidden for a minute.

import { button, element, wording } from "./page.js"

/**
 * @typedef {object} Walker what is covered, and who is told what becomes of it
 * @property {() => boolean} isAnswered
 * @property {() => boolean} isToBeCoveredAtOnce
 * @property {() => void} emptyCopy
 * @property {() => HTMLElement | null | undefined} heading of what is shown
 * @property {() => void} focus on that heading
 * @property {($part: HTMLElement) => void} bringInSight
 * @property {() => void} startAgain
 * @property {() => void} startOver
 */

const word = wording("decision-tree")
const COVER_AFTER_HIDDEN_MILLISECONDS = 60 * 1000
const FORGET_AFTER_HIDDEN_MILLISECONDS = 10 * 60 * 1000

export class TreeCover {
  /** @param {HTMLElement} $root the block of the tree @param {Walker} tree */
  constructor($root, tree) {
    this.$root = $root
    this.tree = tree
    /** Where the reader was when the cover came. @type {{top: number, $focused?: HTMLElement} | undefined} */
    this.place = undefined
    this.hiddenAt = 0
    this.$title = element("h1", { tabIndex: -1, textContent: word("covered") })
    this.$cover = element(
      "div",
      { className: "tree__cover", hidden: true },
      this.$title,
      element("p", { textContent: word("coveredHow") }),
      button(word("uncover"), () => this.showAgain(), "button"),
      button(word("again"), () => tree.startAgain(), "button button--quiet"),
    )
  }

  begin() {
    window.addEventListener("pagehide", () => this.cover())
    window.addEventListener("pageshow", (event) => event.persisted && this.cover())
    document.addEventListener("visibilitychange", () => this.handleVisibility())
  }

  isOn() {
    return !this.$cover.hidden
  }

  cover() {
    const $active = document.activeElement
    const hadFocus = this.$root.contains($active)
    this.tree.emptyCopy()
    if (!this.tree.isAnswered()) return
    if (!this.isOn()) {
      const $focused = $active instanceof HTMLElement && hadFocus ? $active : undefined
      this.place = { top: scrollY, $focused }
      this.$cover.hidden = false
      this.$root.classList.add("tree--covered")
      // Else the focus would be lost with what is covered.
      if ($focused) this.$title.focus({ preventScroll: true })
    }
    this.tree.bringInSight(this.$cover)
  }

  showAgain() {
    const { place } = this
    this.takeOff()
    if (!place) {
      this.tree.focus()
      return
    }
    scrollTo(0, place.top)
    const $focused = place.$focused?.isConnected ? place.$focused : this.tree.heading()
    $focused?.focus({ preventScroll: true })
  }

  takeOff() {
    this.place = undefined
    this.$cover.hidden = true
    this.$root.classList.remove("tree--covered")
  }

  /** Something else is shown under the cover, as when the browser went back: the place belongs to the step before. */
  forgetPlace() {
    this.place = undefined
  }

  /** Also after the browser has gone back to where a step of the history was scrolled. */
  keepInSight() {
    this.tree.bringInSight(this.$cover)
    setTimeout(() => this.isOn() && this.tree.bringInSight(this.$cover))
  }

  /** Timers may stand still while a page is out of sight, so the clock is asked too. */
  handleVisibility() {
    clearTimeout(this.coverTimer)
    clearTimeout(this.forgetTimer)
    if (document.hidden) {
      this.hiddenAt = Date.now()
      if (this.tree.isToBeCoveredAtOnce()) this.cover()
      else this.coverTimer = setTimeout(() => this.cover(), COVER_AFTER_HIDDEN_MILLISECONDS)
      this.forgetTimer = setTimeout(() => this.tree.startOver(), FORGET_AFTER_HIDDEN_MILLISECONDS)
    } else if (this.hiddenAt) {
      this.comeBack(Date.now() - this.hiddenAt)
    }
  }

  /** @param {number} milliseconds for which the page was hidden */
  comeBack(milliseconds) {
    if (milliseconds >= FORGET_AFTER_HIDDEN_MILLISECONDS) this.tree.startOver()
    else if (milliseconds >= COVER_AFTER_HIDDEN_MILLISECONDS) this.cover()
    // A browser may have put back a place of the page that was longer.
    else if (this.isOn()) this.tree.bringInSight(this.$cover)
  }
}
