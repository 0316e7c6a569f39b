// Starts the check of a page; only the page about privacy asks for this file.

import { CheckPage } from "./check-page.js"
import { start } from "./start.js"

start(CheckPage)
