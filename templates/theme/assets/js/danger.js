// Hears danger in what a reader typed, by what was learned from lines of people in danger and of people who
// only sounded so. Pure: no document, no network. It looks at a whole query, never at half of a word.

import { undisguised } from "./disguised-words.js"
import { LinearModel } from "./linear-model.js"
import { folded, wordsOf } from "./typed-words.js"

/** @typedef {{id: string, page: number, says: string, below: number[]}} Kind a page, what is said first, what comes after all others */
/**
 * @typedef {object} DangerData
 * @property {import("./linear-model.js").ModelData} model
 * @property {(Kind & {phrases: string})[]} kinds each with what hardly anybody says but in danger, with commas between
 * @property {string} parting words that no phrase spans
 * @property {number} said how likely danger has to be where a phrase stands, to be sure
 * @property {number} sure how likely it has to be otherwise
 * @property {number} perhaps how likely it has to be for a quiet line
 * @property {string} disguised words that are looked for behind signs and digits
 */
/** @typedef {Kind & {strength: "sure" | "perhaps"}} Heard */

/** Other words that may stand between the words of a phrase. */
const GAP = 2

export class Danger {
  /** @param {DangerData} data */
  constructor({ model, kinds, parting, said, sure, perhaps, disguised }) {
    this.model = new LinearModel(model)
    this.kinds = kinds
    this.phrases = kinds.map((kind) => kind.phrases.split(",").map(wordsOf).filter((words) => words.length))
    this.parting = new Set(wordsOf(parting))
    this.said = said
    this.sure = sure
    this.perhaps = perhaps
    const meant = wordsOf(disguised)
    this.meant = { words: meant, has: (/** @type {string} */ word) => meant.includes(word) }
  }

  /**
   * What a query tells of, if it does: the likeliest kind, and how sure that is. Where a phrase of danger stands,
   * the whole query may still say that none is meant.
   * @param {string} query that nobody goes on typing
   * @returns {Heard | undefined}
   */
  heard(query) {
    const words = this.wordsOf(query)
    const shares = this.shares(words)
    const likely = shares.reduce((all, share) => all + share, 0)
    const said = this.phrases.map((phrases) => phrases.some((phrase) => words.some((_, at) => this.standsAt(words, at, phrase))))
    const isSaid = said.includes(true) && likely >= this.said
    if (likely < this.perhaps && !isSaid) return undefined
    const among = isSaid ? shares.map((share, kind) => (said[kind] ? share : -1)) : shares
    const kind = this.kinds[among.indexOf(Math.max(...among))]
    return { ...kind, strength: isSaid || likely >= this.sure ? "sure" : "perhaps" }
  }

  /**
   * Whether a phrase begins here and goes on with few other words between, none of which parts it: in "he
   * reached out to me" the "me" belongs to the "to".
   * @param {string[]} words
   * @param {number} place
   * @param {string[]} phrase
   */
  standsAt(words, place, phrase) {
    if (words[place] !== phrase[0]) return false
    let at = place
    for (const word of phrase.slice(1)) {
      const next = words.indexOf(word, at + 1)
      const between = words.slice(at + 1, next)
      if (next < 0 || between.length > GAP || between.some((other) => this.parting.has(other))) return false
      at = next
    }
    return true
  }

  /**
   * The words of a query, the disguised ones written out.
   * @param {string} query
   */
  wordsOf(query) {
    return wordsOf(undisguised(folded(query), this.meant))
  }

  /**
   * How likely each kind is; what is missing to 1 is harmless.
   * @param {string[]} words
   * @returns {number[]}
   */
  shares(words) {
    const likely = words.length ? this.model.probabilities(words) : []
    return this.kinds.map((_, kind) => likely[this.model.classes.indexOf(kind)] ?? 0)
  }
}
