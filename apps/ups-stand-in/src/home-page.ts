import { html } from './html.js'
import { page } from './layout.js'
import type { Parts } from './parts.js'

export function homePage(parts: Parts): Response {
  return page({
    title: 'Home',
    body: html`<h1>UPS.com, for rehearsal</h1>
      <p>
        This program plays the part of UPS.com: where people log in and agree, and where applications obtain
        and refresh their tokens. Come here from the application that you want to authorize.
      </p>
      <p>
        <a href="/account">Your account</a> shows what a profile has authorized, and changes its password.
      </p>
      <h2>Applications registered</h2>
      <ul>
        ${parts.applications.all.map(({ name }) => html`<li>Customer Solutions - ${name}</li>`)}
      </ul>
      <h2>Profiles</h2>
      <ul>
        ${parts.people.profiles.map(({ username }) => html`<li>${username}</li>`)}
      </ul>`,
  })
}
