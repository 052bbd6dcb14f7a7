import { DefaultApolloClient } from '@vue/apollo-composable'
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '../App.vue'
import { leaveKey } from '../features/authorization/leave'
import { createSession, type Session, sessionKey } from '../features/session/use-session'
import { createHubClient } from '../graphql/client'
import { createHubRouter } from '../router'
import { clockKey } from '../ui/clock'
import { type Answers, createFakeHub } from './fake-hub'

let open: VueWrapper | undefined

afterEach(() => {
  open?.unmount()
  open = undefined
  document.body.innerHTML = ''
})

/** The whole application at one address, before a hub that answers as told: what a person would see. */
export function openPage(path: string, answers: Answers, now = '2026-05-13T21:10:00.000Z') {
  const hub = createFakeHub(answers)
  const client = createHubClient({ fetch: hub.fetch, live: hub.live, onSessionEnded: () => session.end() })
  const session: Session = createSession(client)
  const history = createMemoryHistory()
  history.replace(path)
  const router = createHubRouter(session, history)
  const left: string[] = []
  open = mount(App, {
    attachTo: document.body,
    global: {
      plugins: [router],
      provide: {
        [DefaultApolloClient]: client,
        [sessionKey as symbol]: session,
        [leaveKey as symbol]: (url: string) => left.push(url),
        [clockKey as symbol]: () => new Date(now),
      },
    },
  })
  return { hub, router, left, ...person }
}

const textOf = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim()

function all(selector: string, name: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => textOf(one) === name)
}

/** The words of the whole page, each element's set apart. */
function pageText(): string {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const words: string[] = []
  while (walker.nextNode()) words.push(walker.currentNode.textContent ?? '')
  return words.join(' ').replace(/\s+/g, ' ').trim()
}

// The first page of a run is compiled first, which takes a busy machine its time.
const patiently = { timeout: 20_000, interval: 10 }

/** Waits until the check holds. */
export const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, patiently)

async function the(selector: string, name: string): Promise<HTMLElement> {
  return vi.waitFor(() => {
    const [found] = all(selector, name)
    if (!found) throw new Error(`There is no ${selector} "${name}" in: ${pageText()}`)
    return found
  }, patiently)
}

/** The eyes and hands of a person; each waits until the page has got so far. */
const person = {
  button: (name: string) => the('button', name),
  link: (name: string) => the('a', name),
  heading: (name: string) => the('h1, h2, h3, h4', name),
  hasButton: (name: string) => all('button', name).length > 0,
  press: async (name: string) => (await the('button', name)).click(),
  follow: async (name: string) => (await the('a', name)).click(),
  /** By keyboard, as menus are opened by pointer events that no layout engine is here to give. */
  chooseFromMenu: async (menu: string, item: string) => {
    const trigger = await the('button', menu)
    trigger.focus()
    trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    ;(await the('[role=menuitem]', item)).click()
  },
  field: async (label: string) => {
    const id = (await the('label', label)).getAttribute('for')
    return document.getElementById(id ?? '') as HTMLInputElement
  },
  fill: async (label: string, value: string) => {
    const field = await person.field(label)
    field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
  },
  sees: (text: string | RegExp) => vi.waitFor(() => expect(pageText()).toMatch(text), patiently),
  /** Only after something else that has been awaited: what is not there yet is not seen either. */
  doesNotSee: (text: string | RegExp) => expect(pageText()).not.toMatch(text),
  text: pageText,
}
