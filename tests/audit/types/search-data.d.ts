// The data of the search is written at build; this is what it holds.
import type { SearchData } from "../../../templates/theme/assets/js/search-engine.js"

declare const data: SearchData
export default data
