/** Text that may stand in a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = Html | string | number | null | Value[]

/** A template whose values are escaped unless they are Html themselves; null is nothing. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const rest = values.map((value, index) => textOf(value) + (strings[index + 1] ?? ''))
  return new Html((strings[0] ?? '') + rest.join(''))
}

function textOf(value: Value): string {
  if (value === null) return ''
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(textOf).join('')
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
