import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './playground.css'
import { createClient } from 'graphql-ws'
import { createRoot } from 'react-dom/client'
import { createAsking } from './asking'
import { PlaygroundPage } from './PlaygroundPage'

const place = document.getElementById('playground')
if (!place) throw new Error('index.html has no place for the playground')

// Opened by the first subscription, and by nothing before it.
const socket = createClient({ url: () => location.origin.replace(/^http/, 'ws') + '/graphql', lazy: true })

createRoot(place).render(<PlaygroundPage asking={createAsking({ fetch: fetch.bind(window), socket })} />)
