/**
 * RFC 4180: CRLF after each line, quotes where a value needs them. A value that a spreadsheet would take for a formula gets
 * an apostrophe before it, so that opening a file runs nothing that somebody typed into a name (S-139).
 */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map(csvValue).join(',')}\r\n`
}

/** Also those that spreadsheets skip before they look: spaces, and the full-width forms of the signs. */
const looksLikeAFormula = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

function csvValue(value: string | null): string {
  if (value === null) return ''
  const harmless = looksLikeAFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
