/**
 * Moments at which a test may stop, pause or fail this process. Nothing here does anything: the function is an argument
 * that only `testing/main-with-faults.ts` gives, and the packed build holds no such program.
 */
export type FaultPoint = 'before-send' | 'after-receive' | 'before-commit' | 'after-commit' | 'before-answer'

export type AtFaultPoint = (point: FaultPoint) => Promise<void>

export const nothingHappens: AtFaultPoint = () => Promise.resolve()
