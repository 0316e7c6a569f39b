// Starts the decision tree; only its page asks for this file.

import { DecisionTree } from "./decision-tree.js"
import { start } from "./start.js"

start(DecisionTree)
