// What readers type becomes what the handbook says: typing mistakes, short forms, slang, who does what.
// Pure: no document, no network. All words and lists are the content's (`search.yml`).

import MiniSearch from "../vendor/minisearch.js"
import { stemmer } from "../vendor/stemmer.js"
import { wordsOf } from "./typed-words.js"

/**
 * @typedef {object} WordLists
 * @property {string} little words that say little, with spaces between
 * @property {string} reader words by which readers mean themselves
 * @property {string} other words by which they mean the other person
 * @property {string[]} alike words for the same thing, with commas between; the first is the handbook's
 */

/** @typedef {{words: string[], token: string}} Form a way to say something, and what it counts as */

/** How many words an unfinished one may become. */
const ENDINGS = 3
/** From this length on two letters may be wrong. */
const LONG = 8
/** Shorter words are left as they are typed: too many others are near. */
const SHORTEST_MENDED = 4

export class ReaderWords {
  /**
   * @param {WordLists} lists
   * @param {Iterable<string>} texts everything that can be found, for what is spelt right
   */
  constructor(lists, texts) {
    this.little = new Set(wordsOf(lists.little))
    this.reader = new Set(wordsOf(lists.reader))
    this.other = new Set(wordsOf(lists.other))
    this.forms = formsOf(lists.alike)
    /** How often each word is used. @type {Map<string, number>} */
    this.known = new Map()
    for (const text of texts) this.learn(wordsOf(text))
    for (const group of lists.alike) this.learn(wordsOf(group))
    this.learn([...this.little, ...this.reader, ...this.other])
    this.stems = new Set([...this.known.keys()].map(stemmer))
    /** @type {{fields: string[], tokenize: (word: string) => string[], processTerm: (word: string) => string}} */
    const wholeWords = { fields: ["id"], tokenize: (word) => [word], processTerm: (word) => word }
    this.speller = new MiniSearch(wholeWords)
    this.speller.addAll([...this.known.keys()].map((id) => ({ id })))
  }

  /** @param {string[]} words */
  learn(words) {
    for (const word of words) this.known.set(word, (this.known.get(word) ?? 0) + 1)
  }

  /**
   * The words of a query, spelt as somebody here spells them. The last one may not be finished yet: for each
   * word that it may become, the whole query once.
   * @param {string} query
   * @returns {string[][]} at least one
   */
  read(query) {
    const words = wordsOf(query)
    const last = words.pop()
    if (last === undefined) return [[]]
    const before = words.map((word) => this.mended(word))
    const endings = this.isSpeltRight(last) ? [last] : this.endings(last)
    return (endings.length ? endings : [this.mended(last)]).map((word) => [...before, word])
  }

  /**
   * The words that begin so, those that are used most.
   * @param {string} start
   */
  endings(start) {
    const found = [...this.known].filter(([word]) => start.length > 1 && word.startsWith(start))
    return found.sort(([, a], [, b]) => b - a).slice(0, ENDINGS).map(([word]) => word)
  }

  /**
   * Whether a word, or another form of it, is known here; then it is no spelling mistake of another word.
   * @param {string} word
   */
  isSpeltRight(word) {
    return this.known.has(word) || this.stems.has(stemmer(word))
  }

  /**
   * The known word that was meant. Nobody mistypes the first letter often; what is far off stays as it is,
   * because a wrong guess can turn a word of danger into a harmless one.
   * @param {string} word
   */
  mended(word) {
    if (this.isSpeltRight(word) || word.length < SHORTEST_MENDED || /\d/.test(word)) return word
    let best = word
    let most = 0
    for (const { id, score } of this.speller.search(word, { fuzzy: 0.3 })) {
      const off = lettersOff(word, id)
      if (id[0] !== word[0] || off > (word.length < LONG ? 1 : 2)) continue
      // Letters that only changed places were meant; words that are used more are meant more.
      const isSwapped = [...word].sort().join() === [...id].sort().join()
      const weight = score * (isSwapped ? 3 : 1) * Math.log(2 + (this.known.get(id) ?? 0))
      if (weight > most) [best, most] = [id, weight]
    }
    return best
  }

  /**
   * What a text is about. Besides the words themselves: what longer forms count as ("no_contact"), who
   * does what ("i>write" is the reader's own message, "x>write" the other's), and the little words ("~why").
   * @param {string[]} words
   * @returns {string[]}
   */
  tokens(words) {
    /** @type {string[]} */
    const tokens = []
    let who = ""
    for (let place = 0; place < words.length; place++) {
      const word = words[place]
      if (this.reader.has(word)) who = "i"
      else if (this.other.has(word)) who = "x"
      const forms = this.formsAt(words, place)
      tokens.push(...forms.filter((form) => form.words.length > 1).map((form) => form.token))
      const own = forms.filter((form) => form.words.length === 1).map((form) => form.token)
      if (own.length === 0 && this.little.has(word)) {
        tokens.push(`~${word}`)
        continue
      }
      for (const token of own.length ? own : [stemmer(word)]) tokens.push(token, ...(who ? [`${who}>${token}`] : []))
      who = ""
    }
    return tokens
  }

  /**
   * The forms that begin at a word: all of one word, and of the others the longest.
   * @param {string[]} words
   * @param {number} place
   */
  formsAt(words, place) {
    const forms = (this.forms.get(words[place]) ?? []).filter((form) =>
      form.words.every((word, ahead) => words[place + ahead] === word),
    )
    const longest = Math.max(...forms.map((form) => form.words.length))
    return forms.filter((form) => form.words.length === 1 || form.words.length === longest)
  }

  /**
   * Whether any word that says something is known here.
   * @param {string[]} words
   */
  isKnown(words) {
    const telling = words.filter((word) => !this.little.has(word))
    return telling.length === 0 || telling.some((word) => this.isSpeltRight(word))
  }
}

/**
 * How many letters are wrong, missing, too many, or have changed places with the next (optimal string alignment;
 * Damerau 1964).
 * @param {string} one
 * @param {string} other
 */
function lettersOff(one, other) {
  /** @type {number[][]} */
  const off = [...Array(one.length + 1).keys()].map((row) => [row])
  off[0] = [...Array(other.length + 1).keys()]
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const least = Math.min(off[i - 1][j] + 1, off[i][j - 1] + 1, off[i - 1][j - 1] + (isSame ? 0 : 1))
      off[i][j] = isSwapped ? Math.min(least, off[i - 2][j - 2] + 1) : least
    }
  }
  return off[one.length][other.length]
}

/**
 * @param {string[]} alike
 * @returns {Map<string, Form[]>} by first word
 */
function formsOf(alike) {
  const forms = new Map()
  for (const group of alike.map((line) => line.split(",").map(wordsOf))) {
    const token = group[0].map(stemmer).join("_")
    for (const words of group) forms.set(words[0], [...(forms.get(words[0]) ?? []), { words, token }])
  }
  return forms
}
