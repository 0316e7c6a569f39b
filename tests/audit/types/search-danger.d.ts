// What was learned of danger is written at build; null in a guide that has learned nothing.
import type { DangerData } from "../../../templates/theme/assets/js/danger.js"

declare const data: DangerData | null
export default data
