// "Leave this page": the link works by itself; this makes it faster and leaves less behind.

const PRESSES = 3
const MILLISECONDS = 5000

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
    this.withShift = false
    $link.addEventListener("click", (event) => this.handleClick(event))
    document.addEventListener("keydown", (event) => this.handleKeydown(event), true)
    document.addEventListener("keyup", (event) => this.handleKeyup(event), true)
    window.addEventListener("pageshow", () => this.uncover())
  }

  /** @param {Event} event */
  handleClick(event) {
    event.preventDefault()
    this.leave()
  }

  /**
   * A key pressed while Shift is down makes it a capital letter, not a wish to leave.
   * @param {KeyboardEvent} event
   */
  handleKeydown(event) {
    if (event.key !== "Shift") {
      this.withShift = event.shiftKey
      this.forget()
    } else if (!event.repeat) {
      this.withShift = false
    }
  }

  /** @param {KeyboardEvent} event */
  handleKeyup(event) {
    if (event.key !== "Shift" || this.withShift) return
    this.presses += 1
    this.show()
    if (this.presses === PRESSES) {
      this.leave()
      return
    }
    const left = PRESSES - this.presses
    this.say((this.$root.dataset.more ?? "").replace("{n}", String(left)))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.expire(), MILLISECONDS)
  }

  expire() {
    this.forget()
    this.say(this.$root.dataset.ended ?? "")
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
