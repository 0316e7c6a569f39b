// "I want to write to them now": a clock that a reader asks for, and a note that nobody gets.
// Nothing is kept: the note is gone when the page is out of sight, and the clock lives in this object.

import { button, element, status, wording } from "./page.js"

const word = wording("pause")
const MINUTE = 60_000

export class Pause {
  static moduleName = "pause"

  /** @param {HTMLElement} $root the moment, with a place for the clock and one for the note */
  constructor($root) {
    const $watch = $root.querySelector("[data-watch]")
    const $reasons = $root.querySelector("[data-note]")
    if (!$watch || !$reasons) throw new Error("pause: there is no place for the clock or the note")
    this.$watch = $watch
    /** The minutes that were last told to be left. */
    this.told = 0
    this.$status = status("p", "watch__status")
    this.$clock = element("p", { className: "watch__clock", hidden: true })
    this.$bar = element("progress", { className: "watch__bar", hidden: true })
    for (const $seen of [this.$clock, this.$bar]) $seen.setAttribute("aria-hidden", "true")
    this.$start = button(word("start"), () => this.begin(1), "button")
    this.$longer = button(word("longer"), () => this.begin(10), "button")
    this.$stop = button(word("stop"), () => this.end(""), "button button--quiet")
    this.$longer.hidden = this.$stop.hidden = true
    const $note = this.buildNote()
    $watch.append(this.$clock, this.$status, this.$start, this.$longer, this.$stop, this.$bar)
    $reasons.append($note)
    document.addEventListener("visibilitychange", () => document.hidden && this.destroy(""))
    window.addEventListener("pagehide", () => this.destroy(""))
    document.addEventListener("leave-page:leaving", () => this.destroy(""))
  }

  buildNote() {
    this.$words = element("textarea", { id: "pause-note", rows: 5, spellcheck: false, autocomplete: "off" })
    this.$words.setAttribute("aria-describedby", "pause-hint")
    this.$words.setAttribute("autocapitalize", "off")
    // What is told of the note stands beside its button, where the eye is; the clock has a place of its own.
    this.$gone = status("span", "pause__gone")
    this.$words.addEventListener("input", () => this.tellOfNote(""))
    return element(
      "div",
      { className: "pause__note" },
      element("label", { htmlFor: this.$words.id, textContent: word("note") }),
      element("p", { id: "pause-hint", className: "pause__hint", textContent: word("hint") }),
      this.$words,
      element(
        "p",
        { className: "pause__buttons" },
        button(word("destroy"), () => this.destroy(word("destroyed")), "button button--quiet"),
        this.$gone,
      ),
    )
  }

  /** @param {string} words */
  tellOfNote(words) {
    if (this.$gone) this.$gone.textContent = words
  }

  /** @param {string} said what is told, or nothing */
  destroy(said) {
    if (!this.$words) return
    const hadWords = this.$words.value !== ""
    // Setting a value by script empties the browser's memory of what could be undone.
    this.$words.value = ""
    if (said && hadWords) this.tellOfNote(said)
  }

  /** @param {number} minutes */
  begin(minutes) {
    clearInterval(this.timer)
    this.minutes = minutes
    this.endsAt = Date.now() + minutes * MINUTE
    this.told = 0
    this.$bar.max = minutes
    this.$start.hidden = this.$longer.hidden = true
    this.$clock.hidden = this.$bar.hidden = this.$stop.hidden = false
    this.timer = setInterval(() => this.tick(), 1000)
    this.$watch.classList.add("watch--on")
    this.tick()
    this.$stop.focus({ preventScroll: true })
  }

  tick() {
    const left = Math.max(0, (this.endsAt ?? 0) - Date.now())
    const minutes = Math.ceil(left / MINUTE)
    const seconds = Math.ceil(left / 1000)
    // Where motion is not wanted the clock changes each minute only.
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches
    const exact = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    this.$clock.textContent = isCalm ? `${minutes} min` : exact
    this.$bar.value = isCalm ? minutes : left / MINUTE
    if (minutes === this.told) return
    this.told = minutes
    if (minutes === 0) this.end(this.minutes === 1 ? word("minute") : word("ten"))
    else this.say(minutes === 1 ? word("last") : word("left", { n: minutes }))
  }

  /** @param {string} said what is told, or nothing */
  end(said) {
    clearInterval(this.timer)
    // Somebody may be typing: only a focus that would be lost with its button is moved, and nothing scrolls.
    const hadFocus = document.activeElement === this.$stop
    // A clock that has run out stays at nought, so that what stands below keeps its place.
    this.$clock.hidden = this.$bar.hidden = !said
    this.$watch.classList.toggle("watch--on", Boolean(said))
    this.$stop.hidden = true
    this.$start.hidden = Boolean(said)
    this.$longer.hidden = !said
    this.say(said)
    if (said && !this.isSeen()) this.tellOfNote(said)
    if (hadFocus) (said ? this.$longer : this.$start).focus({ preventScroll: true })
  }

  /** The clock goes with the reader, but not on a low screen: there somebody who types would hear of nothing. */
  isSeen() {
    const { top, bottom } = this.$status.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  }

  /** @param {string} words */
  say(words) {
    this.$status.textContent = words
  }
}
