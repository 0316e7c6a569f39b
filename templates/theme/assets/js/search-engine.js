// Finds the answers that fit a reader's words best. Pure: no document, no network.

import MiniSearch from "../vendor/minisearch.js"
import { ReaderWords, wordsOf } from "./reader-words.js"

/** @typedef {import("./reader-words.js").WordLists} WordLists */
/** @typedef {[url: string, title: string, answer: string, group: number, also: string, rest: string]} Row */
/** @typedef {{answers: Row[], groups: string[], begin: number[], help: number, emergency: [string, string][]}} Lists */
/** @typedef {WordLists & Lists} SearchData */
/** @typedef {{url: string, title: string, answer: string, group: string}} Answer */
/** @typedef {{dangers: Answer[], answers: Answer[]}} Found */

// Chosen on the readers' questions of the tests; the result changes little with any of them.
const BOOST = { title: 3, also: 2.5, answer: 1.5, rest: 0.6 }
/** How much a whole page counts beside the one phrase of it that fits best. */
const PAGE = 0.3
/** BM25+: how much repetition and length count (Robertson and Zaragoza 2009; Lv and Zhai 2011). */
const BM25 = { k: 1.2, b: 0.4, d: 0.5 }
/** What counts as a longer form is a surer sign than a word, who does it adds to what is done. */
const SIGNS = new Map([["_", 1.5], [">", 0.5], ["~", 0.3]])
/** An answer that is this much worse than the best is no answer. */
const LEAST = 0.3

export class SearchEngine {
  /** @param {SearchData} data */
  constructor(data) {
    this.words = new ReaderWords(data, data.answers.map(([, title, answer, , also, rest]) => [title, answer, also, rest].join(" ")))
    this.answers = data.answers.map(([url, title, answer, group]) => ({ url, title, answer, group: data.groups[group] }))
    /** Where to begin when nothing is found, and the page with the help lines. */
    this.begin = data.begin.map((page) => this.answers[page])
    this.help = this.answers[data.help]
    /** The number of each country, with its name. */
    this.emergency = data.emergency
    /** For each danger its page, with what is said first. */
    this.dangers = data.danger.map(([page, answer]) => ({ ...this.answers[page], answer }))
    const options = {
      /** @param {string} text @param {string} [field] */
      tokenize: (text, field) => this.words.tokens(wordsOf(text)).filter((token) => field === "text" || token[0] !== "~"),
      /** @param {string} token */
      processTerm: (token) => token,
    }
    this.pages = new MiniSearch({ ...options, fields: Object.keys(BOOST) })
    this.phrases = new MiniSearch({ ...options, fields: ["text"], storeFields: ["page", "size"] })
    data.answers.forEach((row, id) => this.add(row, id))
  }

  /**
   * @param {Row} row
   * @param {number} page
   */
  add([, title, answer, , also, rest], page) {
    const phrases = also.split("\n")
    this.pages.add({ id: page, title, also: phrases.join(" . "), answer, rest })
    for (const text of new Set([title, ...phrases])) {
      const size = this.words.tokens(wordsOf(text)).length
      this.phrases.add({ id: this.phrases.documentCount, page, text, size })
    }
  }

  /**
   * The answers that fit and the dangers that the words tell of; none is in both.
   * @param {string} query that nobody goes on typing
   * @returns {Found}
   */
  search(query) {
    const dangers = this.words.dangers(query).map((at) => this.dangers[at])
    return { dangers, answers: this.rank(query).filter(({ url }) => !dangers.some((pinned) => pinned.url === url)) }
  }

  /**
   * The answers that fit, the best first. The last word may not be finished.
   * @param {string} query
   * @returns {Answer[]}
   */
  rank(query) {
    const readings = this.words.read(query).filter((words) => this.words.isKnown(words))
    const tokens = [...new Set(readings.flatMap((words) => this.words.tokens(words)))]
    const ranked = [...this.scores(tokens)].sort(([, a], [, b]) => b - a)
    const enough = (ranked[0]?.[1] ?? 0) * LEAST
    return ranked.filter(([, score]) => score >= enough).map(([page]) => this.answers[page])
  }

  /**
   * How well each page fits: its best phrase (a question as readers ask it), and a little of all it says.
   * @param {string[]} tokens
   * @returns {Map<number, number>}
   */
  scores(tokens) {
    const options = {
      /** @param {string} token */
      tokenize: (token) => [token],
      bm25: BM25,
      /** @param {string} token */
      boostTerm: (token) => SIGNS.get(token.match(/[_>~]/)?.[0] ?? "") ?? 1,
    }
    const query = { combineWith: "OR", queries: tokens }
    /** @type {Map<number, number>} */
    const best = new Map()
    /** @type {any[]} a result with its stored fields */
    const phrases = this.phrases.search(query, options)
    for (const { page, size, score, queryTerms } of phrases) {
      // A phrase that the query says whole fits better than one of which it says a part.
      const fit = score * (0.6 + (0.4 * queryTerms.length) / Math.max(size, 1))
      best.set(page, Math.max(best.get(page) ?? 0, fit))
    }
    for (const { id, score } of this.pages.search(query, { ...options, boost: BOOST })) {
      best.set(id, (best.get(id) ?? 0) + PAGE * score)
    }
    return best
  }
}
