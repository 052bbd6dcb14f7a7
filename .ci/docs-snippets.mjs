const fence = /^```(\w+)(?: +(.+))?\n([\s\S]*?)^```$/gm

/** What a guide shows and means to be run: blocks with `file=`, each followed by one that says what it prints. */
export function snippetsOf(path, markdown) {
  const blocks = [...markdown.matchAll(fence)].map(({ 1: language, 2: info = '', 3: text, index }) => ({
    language,
    text,
    isOutput: info === 'prints',
    options: Object.fromEntries(info.split(' ').map((part) => part.split('='))),
    place: `${path}:${markdown.slice(0, index).split('\n').length}`,
  }))
  return blocks.flatMap(({ language, text, options, place }, index) => {
    if (!options.file) return []
    const next = blocks[index + 1]
    if (!next?.isOutput) throw new Error(`${place} is not followed by a block \`\`\`text prints`)
    return [{ place, language, text, prints: next.text, ...options }]
  })
}

/** `…` stands for whatever comes there within a line. */
export function outputMatches(expected, printed) {
  const pattern = expected
    .trim()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^\\n]+')
  return new RegExp(`^${pattern}$`).test(printed.trim())
}
