import { useGraphiQL, useGraphiQLActions, type MonacoEditor } from '@graphiql/react'
import { useEffect, useRef } from 'react'

export interface Loaded {
  readonly query: string
  readonly variables: string
}

/** Puts what was chosen into the editors. */
export function ExampleLoader({ loaded }: { loaded: Loaded | null }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  const variableEditor = useGraphiQL((state) => state.variableEditor)
  const { setTheme } = useGraphiQLActions()
  const shown = useRef<Loaded | null>(null)

  useEffect(() => {
    // GraphiQL asks which scheme the system has when it begins, and not again.
    const scheme = window.matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setTheme(null)
    scheme.addEventListener('change', follow)
    return () => scheme.removeEventListener('change', follow)
  }, [setTheme])

  useEffect(() => {
    // Tab leads on to the next control, as everywhere else: who cannot point would be caught in the editor.
    for (const editor of [queryEditor, variableEditor]) editor?.updateOptions({ tabFocusMode: true })
  }, [queryEditor, variableEditor])

  useEffect(() => {
    if (!loaded || !queryEditor || !variableEditor || shown.current === loaded) return
    shown.current = loaded
    replace(queryEditor, loaded.query)
    replace(variableEditor, loaded.variables)
  }, [loaded, queryEditor, variableEditor])

  return null
}

/** As an edit, so that Ctrl+Z brings back what somebody had written. */
function replace(editor: MonacoEditor, text: string): void {
  const model = editor.getModel()
  if (!model) return
  editor.pushUndoStop()
  editor.executeEdits('example', [{ range: model.getFullModelRange(), text }])
  editor.pushUndoStop()
}
