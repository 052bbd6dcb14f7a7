import { GraphiQL } from 'graphiql'
import { useEffect, useMemo, useState } from 'react'
import type { Asking } from './asking'
import { ExampleLoader, type Loaded } from './ExampleLoader'
import { examples, fillIn } from './examples'
import { createMemoryStorage } from './memory-storage'
import { readReader, type Reader } from './reader'
import { roles, welcome, words, type Role } from './words'

export function PlaygroundPage({ asking }: { asking: Asking }) {
  const storage = useMemo(createMemoryStorage, [])
  const [reader, setReader] = useState<Reader | 'unreachable' | null>(null)
  const [hasKey, setHasKey] = useState(false)
  const [chosen, setChosen] = useState('')
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const example = examples.find(({ id }) => id === chosen)

  useEffect(() => {
    readReader(asking).then(setReader, () => setReader('unreachable'))
  }, [asking])

  function choose(id: string): void {
    setChosen(id)
    const next = examples.find((one) => one.id === id)
    if (!next) return
    const known = reader === null || reader === 'unreachable' ? { companyId: null, vaultKey: null } : reader
    setLoaded({ query: next.query, variables: fillIn(next.variables, known) })
  }

  return (
    <div className="playground">
      <header>
        <a href="/">{words.hub}</a>
        <h1>{words.title}</h1>
        <p role="status">{hasKey ? words.asKey : <Who reader={reader} />}</p>
        <div className="field">
          <label htmlFor="api-key">{words.key}</label>
          <input
            id="api-key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            aria-describedby="api-key-hint"
            onChange={({ target }) => {
              asking.setKey(target.value)
              setHasKey(target.value.trim() !== '')
            }}
          />
          <p id="api-key-hint">{words.keyHint}</p>
        </div>
        <div className="field">
          <label htmlFor="example">{words.example}</label>
          <select
            id="example"
            value={chosen}
            aria-describedby="explanation"
            onChange={({ target }) => choose(target.value)}
          >
            <option value="">{words.choose}</option>
            {(Object.keys(roles) as Role[]).map((role) => (
              <optgroup key={role} label={roles[role]}>
                {examples
                  .filter((one) => one.role === role)
                  .map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          <p id="explanation">{example?.explanation}</p>
        </div>
      </header>
      <main aria-label={words.editor}>
        <GraphiQL
          fetcher={asking.fetcher}
          storage={storage}
          shouldPersistHeaders={false}
          isHeadersEditorEnabled={false}
          forcedTheme="system"
          defaultEditorToolsVisibility="variables"
          initialQuery={welcome}
        >
          <ExampleLoader loaded={loaded} />
        </GraphiQL>
      </main>
    </div>
  )
}

function Who({ reader }: { reader: Reader | 'unreachable' | null }) {
  if (reader === null) return null
  if (reader === 'unreachable') return words.unreachable
  if (reader.name !== null) return words.asPerson(reader.name)
  return (
    <>
      {words.asNobody} <a href="/sign-in?returnPath=/playground">{words.signIn}</a>
    </>
  )
}
