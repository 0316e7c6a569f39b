// Starts each component on its element. One that breaks harms no other; the page reads without any.

import { CopyWords } from "./copy-words.js"
import { LeavePage } from "./leave-page.js"
import { Folds } from "./folds.js"
import { SearchBox } from "./search-box.js"
import { WithinReach } from "./within-reach.js"

/** @typedef {{moduleName: string, new ($root: HTMLElement): object}} Component */

/** @param {Component} Component */
export function start(Component) {
  for (const $root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      if ($root instanceof HTMLElement) new Component($root)
    } catch (error) {
      console.error(error)
    }
  }
}

for (const Component of [LeavePage, SearchBox, WithinReach, CopyWords, Folds]) start(Component)
