// Starts the pause; only pages that have one ask for this file.

import { Pause } from "./pause.js"
import { start } from "./start.js"

start(Pause)
