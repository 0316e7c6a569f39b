// What was learned of pages is written at build; null in a guide that has learned nothing.
import type { ModelData } from "../../../templates/theme/assets/js/linear-model.js"

declare const data: ModelData | null
export default data
