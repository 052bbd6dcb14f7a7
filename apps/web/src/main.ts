import { DefaultApolloClient } from '@vue/apollo-composable'
import { createApp } from 'vue'
import App from './App.vue'
import { createSession, type Session, sessionKey } from './features/session/use-session'
import { askAgain } from './graphql/ask-again'
import { createHubClient } from './graphql/client'
import { createLiveLink } from './graphql/live-link'
import { createHubRouter } from './router'
import './ui/theme.css'

const client = createHubClient({
  fetch: (...request) => fetch(...request),
  live: createLiveLink(() => void askAgain(client)),
  onSessionEnded: () => session.end(),
})
const session: Session = createSession(client)

createApp(App)
  .provide(DefaultApolloClient, client)
  .provide(sessionKey, session)
  .use(createHubRouter(session))
  .mount('#app')
