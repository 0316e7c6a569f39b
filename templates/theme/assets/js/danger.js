// Hears danger in what a reader typed, by what was learned from lines of people in danger and of people who
// only sounded so. Pure: no document, no network. It looks at a whole query, never at half of a word.

import { undisguised } from "./disguised-words.js"
import { LinearModel } from "./linear-model.js"
import { folded, wordsOf } from "./typed-words.js"

/** @typedef {{id: string, page: number, says: string, below: number[]}} Kind a page, what is said first, what comes after all others */
/** @typedef {{model: import("./linear-model.js").ModelData, kinds: Kind[], sure: number, perhaps: number, disguised: string}} DangerData */
/** @typedef {Kind & {strength: "sure" | "perhaps", likely: number}} Heard */

export class Danger {
  /** @param {DangerData} data */
  constructor({ model, kinds, sure, perhaps, disguised }) {
    this.model = new LinearModel(model)
    this.kinds = kinds
    this.sure = sure
    this.perhaps = perhaps
    const meant = wordsOf(disguised)
    this.meant = { words: meant, has: (/** @type {string} */ word) => meant.includes(word) }
  }

  /**
   * What a query tells of, if it does: the likeliest kind, and how sure that is.
   * @param {string} query that nobody goes on typing
   * @returns {Heard | undefined}
   */
  heard(query) {
    const shares = this.shares(query)
    const likely = sum(shares)
    if (likely < this.perhaps) return undefined
    const kind = this.kinds[shares.indexOf(Math.max(...shares))]
    return { ...kind, strength: likely >= this.sure ? "sure" : "perhaps", likely }
  }

  /**
   * How likely it is that a query tells of any danger.
   * @param {string} query
   */
  likely(query) {
    return sum(this.shares(query))
  }

  /**
   * How likely each kind is; what is missing to 1 is harmless.
   * @param {string} query
   * @returns {number[]}
   */
  shares(query) {
    const words = wordsOf(undisguised(folded(query), this.meant))
    const likely = words.length ? this.model.probabilities(words) : []
    return this.kinds.map((_, kind) => likely[this.model.classes.indexOf(kind)] ?? 0)
  }
}

/** @param {number[]} shares */
function sum(shares) {
  return shares.reduce((all, share) => all + share, 0)
}
