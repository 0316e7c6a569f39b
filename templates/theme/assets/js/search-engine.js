// Finds the answers that fit a reader's words best. Pure: no document, no network.

import MiniSearch from "../vendor/minisearch.js"
import { LinearModel } from "./linear-model.js"
import { ReaderWords } from "./reader-words.js"
import { wordsOf } from "./typed-words.js"

/** @typedef {import("./reader-words.js").WordLists} WordLists */
/** @typedef {[url: string, title: string, answer: string, group: number, also: string, rest: string]} Row */
/** @typedef {{answers: Row[], groups: string[], begin: number[], help: number, emergency: [string, string][]}} Lists */
/** @typedef {WordLists & Lists} SearchData */
/** @typedef {{url: string, title: string, answer: string, group: string}} Answer */
/** @typedef {Answer & {id: string, strength: "sure" | "perhaps"}} Warning a page for a kind of danger that was heard */
/** @typedef {{danger: Warning | undefined, answers: Answer[]}} Found */

// Chosen on the readers' questions of the tests; the result changes little with any of them.
const BOOST = { title: 3, also: 2.5, answer: 1.5, rest: 0.6 }
/** How much a whole page counts beside the one phrase of it that fits best. */
const PAGE = 0.3
/** BM25+: how much repetition and length count (Robertson and Zaragoza 2009; Lv and Zhai 2011). */
const BM25 = { k: 1.2, b: 0.4, d: 0.5 }
/** What counts as a longer form is a surer sign than a word, who does it adds to what is done. */
const SIGNS = new Map([["_", 1.5], [">", 0.5], ["~", 0.3]])
/** How much of an answer's score is what was learned from other readers' lines, once that is there. */
const LEARNED = 0.6
/** An answer that is this much worse than the best is no answer. */
const LEAST = 0.3

export class SearchEngine {
  /**
   * @param {SearchData} data
   * @param {import("./danger.js").Danger} [danger] what hears danger, where the guide has learned to
   */
  constructor(data, danger) {
    this.danger = danger
    /** What was learned of which page fits which words. @type {LinearModel | undefined} */
    this.learned = undefined
    this.words = new ReaderWords(data, data.answers.map(([, title, answer, , also, rest]) => [title, answer, also, rest].join(" ")))
    this.answers = data.answers.map(([url, title, answer, group]) => ({ url, title, answer, group: data.groups[group] }))
    /** Where to begin when nothing is found, and the page with the help lines. */
    this.begin = data.begin.map((page) => this.answers[page])
    this.help = this.answers[data.help]
    /** The number of each country, with its name. */
    this.emergency = data.emergency
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

  /** @param {import("./linear-model.js").ModelData} data */
  learn(data) {
    this.learned = new LinearModel(data)
  }

  /**
   * The answers that fit and the danger that the words tell of, if any; a page that is pinned is not among them.
   * @param {string} query that nobody goes on typing
   * @returns {Found}
   */
  search(query) {
    const heard = this.danger?.heard(query)
    if (!heard) return { danger: undefined, answers: this.rank(query) }
    const danger = { ...this.answers[heard.page], answer: heard.says, id: heard.id, strength: heard.strength }
    const below = new Set(heard.below.map((page) => this.answers[page]))
    const answers = this.rank(query).filter(({ url }) => danger.strength !== "sure" || url !== danger.url)
    return { danger, answers: [...answers.filter((answer) => !below.has(answer)), ...answers.filter((answer) => below.has(answer))] }
  }

  /**
   * The answers that fit, the best first. The last word may not be finished.
   * @param {string} query
   * @returns {Answer[]}
   */
  rank(query) {
    const ranked = [...this.fit(query)].sort(([, a], [, b]) => b - a)
    const enough = (ranked[0]?.[1] ?? 0) * LEAST
    return ranked.filter(([, score]) => score >= enough).map(([page]) => this.answers[page])
  }

  /**
   * How well each page fits, at most 1: by its own words, and by what was learned.
   * @param {string} query
   * @returns {Map<number, number>}
   */
  fit(query) {
    const readings = this.words.read(query).filter((words) => this.words.isKnown(words))
    const own = inShares(this.scores([...new Set(readings.flatMap((words) => this.words.tokens(words)))]))
    const words = [...wordsOf(query).slice(0, -1), ...(readings[0] ?? []).slice(-1)]
    if (!this.learned || readings.length === 0) return own
    const { classes } = this.learned
    // By the root of its probability: a page that is unlikely moves little, and none alone decides.
    const shares = this.learned.probabilities(words).map(Math.sqrt)
    const likely = shares.map((share, at) => /** @type {[number, number]} */ ([classes[at], share]))
    const learned = new Map(likely.filter(([page]) => page >= 0))
    const pages = new Set([...own.keys(), ...learned.keys()])
    return new Map([...pages].map((page) => [page, (1 - LEARNED) * (own.get(page) ?? 0) + LEARNED * (learned.get(page) ?? 0)]))
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

/**
 * Scores as shares of the best of them.
 * @param {Map<number, number>} scores
 * @returns {Map<number, number>}
 */
function inShares(scores) {
  const best = Math.max(...scores.values(), Number.MIN_VALUE)
  return new Map([...scores].map(([page, score]) => [page, score / best]))
}
