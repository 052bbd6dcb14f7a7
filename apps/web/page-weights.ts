import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

interface Chunk {
  fileName: string
  code: string
  imports: string[]
  facadeModuleId: string | null
  isEntry: boolean
  isDynamicEntry: boolean
}

/** Prints what the sign-in page, the shell and each page weigh: gzipped JavaScript beyond what is there already. */
export function pageWeights(): Plugin {
  return {
    name: 'page-weights',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as Chunk[]
      const weigh = weigher(new Map(chunks.map((chunk) => [chunk.fileName, chunk])))
      const entry = chunks.find((chunk) => chunk.isEntry)
      const shell = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('SignedInShell.vue'))
      if (!entry || !shell) return
      const rows = [
        ['sign-in page', weigh(entry, [])],
        ['signed-in shell, more', weigh(shell, [entry])],
      ]
      for (const page of chunks.filter((chunk) => chunk.isDynamicEntry && chunk !== shell)) {
        const name = page.facadeModuleId?.split('/').slice(-2).join('/') ?? page.fileName
        rows.push([`${name}, more`, weigh(page, [entry, shell])])
      }
      this.info(
        `gzipped JavaScript\n${rows.map(([name, kB]) => `${kB?.padStart(8)} kB  ${name}`).join('\n')}`,
      )
    },
  }
}

function weigher(chunks: Map<string, Chunk>) {
  const closure = (chunk: Chunk, seen = new Set<Chunk>()): Set<Chunk> => {
    if (seen.has(chunk)) return seen
    seen.add(chunk)
    for (const name of chunk.imports) {
      const next = chunks.get(name)
      if (next) closure(next, seen)
    }
    return seen
  }
  return (chunk: Chunk, loaded: Chunk[]): string => {
    const there = new Set(loaded.flatMap((one) => [...closure(one)]))
    const bytes = [...closure(chunk)]
      .filter((one) => !there.has(one))
      .reduce((sum, one) => sum + gzipSync(one.code).length, 0)
    return (bytes / 1000).toFixed(1)
  }
}
