// What was learned from lines that readers typed, applied to one query: a multinomial logistic regression over
// hashed features. `generator/search/` trains it and reads queries the same way. Pure: no document, no network.

/**
 * @typedef {object} ModelData
 * @property {number[]} classes what each class is to whoever asks
 * @property {number[]} intercepts
 * @property {number} scale what a weight of 1 stands for
 * @property {string} sizes how many classes each bucket speaks of, a byte each, as base64
 * @property {string} members bucket by bucket the classes, each as the distance from the one before
 * @property {string} weights the weight of each of these, a signed byte
 */

/** How many letters pieces of words have. */
const PIECES = [3, 4, 5]

/**
 * What stands in a query: words, pairs of neighbours, and pieces of words, which survive typing mistakes.
 * @param {string[]} words in small letters
 * @returns {Set<string>}
 */
export function features(words) {
  const found = new Set(words.map((word) => `w${word}`))
  words.slice(1).forEach((word, before) => found.add(`p${words[before]} ${word}`))
  const letters = [...` ${words.join(" ")} `]
  for (const size of PIECES) {
    for (let start = 0; start + size <= letters.length; start++) found.add(`c${letters.slice(start, start + size).join("")}`)
  }
  return found
}

const utf8 = new TextEncoder()

/**
 * The number of a feature: FNV-1a of its UTF-8, modulo the number of buckets.
 * @param {string} feature
 * @param {number} buckets
 */
export function bucket(feature, buckets) {
  let found = 0x811c9dc5
  for (const byte of utf8.encode(feature)) found = Math.imul(found ^ byte, 0x01000193)
  return (found >>> 0) % buckets
}

export class LinearModel {
  /** @param {ModelData} data */
  constructor(data) {
    this.classes = data.classes
    this.intercepts = data.intercepts
    this.scale = data.scale
    this.sizes = bytesOf(data.sizes)
    this.members = bytesOf(data.members)
    this.weights = new Int8Array(bytesOf(data.weights).buffer)
    this.starts = new Uint32Array(this.sizes.length + 1)
    this.sizes.forEach((size, at) => (this.starts[at + 1] = this.starts[at] + size))
  }

  /**
   * How likely each class is, in the order of `classes`; together they make 1.
   * @param {string[]} words
   * @returns {number[]}
   */
  probabilities(words) {
    const buckets = new Set([...features(words)].map((feature) => bucket(feature, this.sizes.length)))
    const sums = new Float64Array(this.intercepts.length)
    for (const at of buckets) {
      let member = 0
      for (let place = this.starts[at]; place < this.starts[at + 1]; place++) {
        member += this.members[place]
        sums[member] += this.weights[place]
      }
    }
    // Each query is of length 1, however many features it has.
    const unit = buckets.size ? this.scale / Math.sqrt(buckets.size) : 0
    const scores = this.intercepts.map((intercept, at) => intercept + sums[at] * unit)
    const most = Math.max(...scores)
    const odds = scores.map((score) => Math.exp(score - most))
    const all = odds.reduce((sum, odd) => sum + odd, 0)
    return odds.map((odd) => odd / all)
  }
}

/** @param {string} coded */
function bytesOf(coded) {
  return Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0))
}
