// "I want to write to them now": a clock that a reader asks for, and a note that nobody gets.
// Nothing is kept: the note is gone when the page is out of sight, and the clock lives in this object.

const MINUTE = 60_000

export class Pause {
  static moduleName = "pause"

  /** @param {HTMLElement} $root the section with the reasons */
  constructor($root) {
    const $heading = $root.querySelector("h2")
    if (!$heading) throw new Error("pause: the section has no heading")
    this.$root = $root
    /** The minutes that were last told to be left. */
    this.told = 0
    this.$status = this.make("p", "pause__status")
    this.$status.setAttribute("role", "status")
    this.$clock = this.make("p", "pause__clock")
    this.$clock.setAttribute("aria-hidden", "true")
    this.$bar = document.createElement("progress")
    this.$bar.className = "pause__bar"
    this.$bar.setAttribute("aria-hidden", "true")
    this.$bar.hidden = this.$clock.hidden = true
    this.$start = this.button("start", () => this.begin(1))
    this.$longer = this.button("longer", () => this.begin(10))
    this.$stop = this.button("stop", () => this.end(""))
    this.$longer.hidden = this.$stop.hidden = true
    const $buttons = this.make("p", "pause__buttons")
    $buttons.append(this.$start, this.$longer, this.$stop)
    $heading.after($buttons, this.$clock, this.$bar, this.$status)
    $root.append(this.buildNote())
    document.addEventListener("visibilitychange", () => document.hidden && this.destroy(""))
    window.addEventListener("pagehide", () => this.destroy(""))
    document.addEventListener("leave-page:leaving", () => this.destroy(""))
  }

  /** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {string} className */
  make(tag, className) {
    return Object.assign(document.createElement(tag), { className })
  }

  /** @param {string} word @param {() => void} act */
  button(word, act) {
    const $button = this.make("button", word === "start" || word === "longer" ? "button" : "button button--quiet")
    $button.type = "button"
    $button.textContent = this.word(word)
    $button.addEventListener("click", act)
    return $button
  }

  /** A word or sentence of the page's own. @param {string} name */
  word(name) {
    return this.$root.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? name
  }

  buildNote() {
    const $note = this.make("div", "pause__note")
    const $label = document.createElement("label")
    $label.htmlFor = "pause-note"
    $label.textContent = this.word("note")
    const $hint = this.make("p", "pause__hint")
    $hint.id = "pause-hint"
    $hint.textContent = this.word("hint")
    this.$words = document.createElement("textarea")
    Object.assign(this.$words, { id: "pause-note", rows: 5, spellcheck: false, autocomplete: "off" })
    this.$words.setAttribute("aria-describedby", $hint.id)
    this.$words.setAttribute("autocapitalize", "off")
    $note.append($label, $hint, this.$words, this.button("destroy", () => this.destroy("destroyed")))
    return $note
  }

  /** @param {string} said a word of the page to tell, or nothing */
  destroy(said) {
    if (!this.$words) return
    const hadWords = this.$words.value !== ""
    // Setting a value by script empties the browser's memory of what could be undone.
    this.$words.value = ""
    if (said && hadWords) this.say(this.word(said))
  }

  /** @param {number} minutes */
  begin(minutes) {
    clearInterval(this.timer)
    this.minutes = minutes
    this.endsAt = Date.now() + minutes * MINUTE
    this.told = minutes
    this.$bar.max = minutes * MINUTE
    this.$start.hidden = this.$longer.hidden = true
    this.$clock.hidden = this.$bar.hidden = this.$stop.hidden = false
    this.say(minutes === 1 ? this.word("last") : this.word("left").replace("{n}", String(minutes)))
    this.timer = setInterval(() => this.tick(), 1000)
    this.tick()
    this.$stop.focus()
  }

  tick() {
    const left = Math.max(0, (this.endsAt ?? 0) - Date.now())
    const seconds = Math.ceil(left / 1000)
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches
    // Where motion is not wanted the clock changes each minute only.
    this.$clock.textContent = isCalm
      ? `${Math.ceil(seconds / 60)} min`
      : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    this.$bar.value = isCalm ? Math.ceil(seconds / 60) * MINUTE : left
    const minutes = Math.ceil(left / MINUTE)
    if (minutes > 0 && minutes !== this.told) {
      this.told = minutes
      this.say(minutes === 1 ? this.word("last") : this.word("left").replace("{n}", String(minutes)))
    }
    if (left === 0) this.end(this.minutes === 1 ? "minute" : "ten")
  }

  /** @param {string} said a word of the page to tell, or nothing */
  end(said) {
    clearInterval(this.timer)
    this.$clock.hidden = this.$bar.hidden = this.$stop.hidden = true
    this.$start.hidden = Boolean(said)
    this.$longer.hidden = !said
    this.say(said && this.word(said))
    ;(said ? this.$longer : this.$start).focus()
  }

  /** @param {string} words */
  say(words) {
    this.$status.textContent = words
  }
}
