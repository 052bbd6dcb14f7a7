import { DefaultApolloClient } from '@vue/apollo-composable'
import { createApp } from 'vue'
import App from './App.vue'
import { createSession, type Session, sessionKey } from './features/session/use-session'
import { createHubClient } from './graphql/client'
import { createLiveLink } from './graphql/live-link'
import { createHubRouter } from './router'
import './ui/theme.css'

const client = createHubClient({
  fetch: (...request) => fetch(...request),
  live: createLiveLink(() => void client.refetchQueries({ include: 'active' }).catch(shownByItsQuery)),
  onSessionEnded: () => session.end(),
})
const session: Session = createSession(client)

createApp(App)
  .provide(DefaultApolloClient, client)
  .provide(sessionKey, session)
  .use(createHubRouter(session))
  .mount('#app')

/** Each query reports its own failure where its answer is shown. */
function shownByItsQuery() {}
