import { reactive } from 'vue'
import { fields } from './words'

/** Which of the fields are still empty; the words for it, and whether one may go on. */
export function useRequired<Field extends string>(input: Record<Field, string>) {
  const missing = reactive<Partial<Record<string, string>>>({})

  function isComplete(): boolean {
    const names = Object.keys(input) as Field[]
    for (const name of names) {
      if (input[name].trim() === '') missing[name] = fields.missing
      else delete missing[name]
    }
    const isFull = Object.keys(missing).length === 0
    // After the words are there, so that they are read out with the field.
    if (!isFull) setTimeout(() => document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus())
    return isFull
  }

  return { missing, isComplete }
}
