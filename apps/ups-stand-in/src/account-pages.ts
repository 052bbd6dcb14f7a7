import { html, type Html } from './html.js'
import { message, page } from './layout.js'

export interface GrantLine {
  application: string
  agreedAt: Date
  isLive: boolean
  /** Why and since when it is not; null while it is live. */
  ended: string | null
}

export function accountLogInPage(error: string | null): Response {
  return page({
    title: 'Your account',
    body: html`<h1>Your account</h1>
      ${error === null ? null : message(error)}
      <form method="post" action="/account/log-in" novalidate>
        <label for="username">Email or Username</label>
        <input
          type="text"
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          required
        />
        <label for="password">Password</label>
        <input type="password" id="password" name="password" autocomplete="current-password" required />
        <div class="buttons"><button type="submit">Log In</button></div>
      </form>`,
  })
}

export function accountPage(
  username: string,
  lines: GrantLine[],
  notice: { error?: string; done?: string },
): Response {
  return page({
    title: 'Your account',
    body: html`<h1>Account of ${username}</h1>
      ${notice.error === undefined ? null : message(notice.error)}
      ${notice.done === undefined ? null : html`<p class="done" role="status">${notice.done}</p>`}
      <h2>What you have authorized</h2>
      ${
        lines.length === 0
          ? html`<p>Nothing yet.</p>`
          : html`<ul class="grants">
              ${lines.map(grantLine)}
            </ul>`
      }
      <h2>Change password</h2>
      <p>A new password ends everything that you have authorized.</p>
      <form method="post" action="/account/password" novalidate>
        <input type="hidden" name="username" value="${username}" autocomplete="username" />
        <label for="current">Current password</label>
        <input type="password" id="current" name="current" autocomplete="current-password" required />
        <label for="new">New password</label>
        <input type="password" id="new" name="new" autocomplete="new-password" required />
        <div class="buttons"><button type="submit">Change password</button></div>
      </form>
      <form method="post" action="/account/log-out">
        <div class="buttons"><button type="submit" class="quiet">Log Out</button></div>
      </form>`,
  })
}

function grantLine(line: GrantLine): Html {
  const since = line.agreedAt.toISOString()
  return html`<li>
    <p><strong>Customer Solutions - ${line.application}</strong></p>
    <p>Since <time datetime="${since}">${readable(line.agreedAt)}</time></p>
    <p>${line.isLive ? 'Live' : `Void: ${line.ended ?? ''}`}</p>
  </li>`
}

export function readable(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
