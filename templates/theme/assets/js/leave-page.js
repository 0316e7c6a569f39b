// "Leave this page": the link works by itself; this makes it faster and leaves less behind.

import { isOfInputMethod, wording } from "./page.js"

const word = wording("leave-page")
const PRESSES = 3
const MILLISECONDS = 5000
/** What tells of a mouse, a finger or a pen. */
const POINTING = ["pointerdown", "pointermove", "pointerup", "pointercancel", "contextmenu", "wheel"]
/** What begins or ends the making of a letter by an input method. */
const COMPOSING = ["compositionstart", "compositionend", "focusout"]

export class LeavePage {
  static moduleName = "leave-page"

  /** @param {HTMLElement} $root the block around the link */
  constructor($root) {
    const $link = $root.querySelector("a")
    const $status = $root.querySelector("[role=status]")
    if (!$link || !$status) throw new Error("leave-page: the block holds no link or no status")
    this.$root = $root
    this.$link = $link
    this.$status = $status
    this.presses = 0
    /** The Shift that is down with nothing beside it, by its place on the keyboard. @type {string | undefined} */
    this.alone = undefined
    /** Each Shift that is down. @type {Set<string>} */
    this.down = new Set()
    this.isPointing = false
    this.isComposing = false
    $link.addEventListener("click", (event) => this.handleClick(event))
    document.addEventListener("keydown", (event) => this.handleKeydown(event), true)
    document.addEventListener("keyup", (event) => this.handleKeyup(event), true)
    for (const name of POINTING) {
      document.addEventListener(name, (event) => this.handlePointing(event), { capture: true, passive: true })
    }
    for (const name of COMPOSING) document.addEventListener(name, (event) => this.handleComposing(event), true)
    window.addEventListener("blur", () => this.handleBlur())
    window.addEventListener("pageshow", () => this.uncover())
  }

  /** @param {Event} event */
  handleClick(event) {
    event.preventDefault()
    this.leave()
  }

  /**
   * Shift with anything beside it makes a capital letter, selects or scrolls. It is no wish to leave.
   * @param {KeyboardEvent} event
   */
  handleKeydown(event) {
    if (!this.isShift(event)) {
      this.noteShift(event)
      this.interrupt()
    } else if (!event.repeat) {
      this.down.add(event.code)
      const isBeside = this.down.size > 1 || this.isPointing || event.ctrlKey || event.altKey || event.metaKey
      if (isBeside) this.interrupt()
      else this.alone = event.code
    }
  }

  /** @param {KeyboardEvent} event */
  isShift(event) {
    return event.key === "Shift" && !this.isComposing && !isOfInputMethod(event)
  }

  /**
   * A browser may not have told that a Shift was let go, and none may stay down for good.
   * @param {KeyboardEvent | MouseEvent} event
   */
  noteShift(event) {
    if (!event.shiftKey) this.down.clear()
  }

  /** What is done beside Shift begins the presses anew. */
  interrupt() {
    this.alone = undefined
    this.forget()
  }

  /**
   * A mouse that only moves is nothing beside Shift: a hand may rest on it.
   * @param {Event} event
   */
  handlePointing(event) {
    if (!(event instanceof MouseEvent)) return
    this.noteShift(event)
    // Under a menu the button may be let go unseen.
    this.isPointing = event.buttons > 0 && event.type !== "contextmenu"
    const isScroll = event.type === "wheel" && this.alone !== undefined
    if (this.isPointing || isScroll) this.interrupt()
  }

  /** @param {Event} event */
  handleComposing(event) {
    const was = this.isComposing
    this.isComposing = event.type === "compositionstart"
    if (was || this.isComposing) this.interrupt()
  }

  /** What is let go elsewhere is not told here. */
  handleBlur() {
    this.down.clear()
    this.isPointing = this.isComposing = false
    this.interrupt()
  }

  /** @param {KeyboardEvent} event */
  handleKeyup(event) {
    this.down.delete(event.code)
    const isAlone = this.isShift(event) && this.alone === event.code
    this.alone = undefined
    if (!isAlone) return
    this.presses += 1
    this.show()
    if (this.presses === PRESSES) {
      this.leave()
      return
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.expire(), MILLISECONDS)
    this.say(word("more", { n: PRESSES - this.presses }))
  }

  expire() {
    this.forget()
    this.say(word("ended"))
    this.timer = setTimeout(() => this.say(""), MILLISECONDS)
  }

  forget() {
    clearTimeout(this.timer)
    this.presses = 0
    this.show()
    this.say("")
  }

  /** Light one mark for each press. */
  show() {
    this.$root.querySelectorAll(".leave__lights i").forEach(($light, place) => {
      $light.classList.toggle("is-lit", place < this.presses)
    })
  }

  /** @param {string} words */
  say(words) {
    this.$status.textContent = words
  }

  /** Blank the page first, then go; whoever holds answers wipes them on `leave-page:leaving`. */
  leave() {
    document.documentElement.classList.add("is-leaving")
    document.title = "\u200b"
    const go = () => location.replace(this.$link.href)
    const leaving = new CustomEvent("leave-page:leaving", { cancelable: true, detail: { go } })
    if (document.dispatchEvent(leaving)) go()
  }

  /** A page that comes back from the browser's cache shows itself again. */
  uncover() {
    document.documentElement.classList.remove("is-leaving")
    this.forget()
  }
}
