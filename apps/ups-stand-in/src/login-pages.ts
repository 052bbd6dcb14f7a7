import type { AuthorizationRequest } from './authorization-request.js'
import { html, type Html } from './html.js'
import { message, page } from './layout.js'

export interface LoginStep {
  /** One-use handle of the step, kept on the server. */
  transaction: string
  request: AuthorizationRequest
  error?: string | undefined
}

const HELP = html`<nav aria-label="Help">
  <ul>
    <li><a href="/lasso/forgot">Forgot Username/Password</a></li>
  </ul>
</nav>`

const HELP_AND_SIGN_UP = html`<nav aria-label="Help">
  <ul>
    <li><a href="/lasso/forgot">Forgot Username/Password</a></li>
    <li><a href="/lasso/signup">Don't have a profile? Sign up</a></li>
  </ul>
</nav>`

/** Step one. The words in the controls are those of UPS.com, to the letter. */
export function usernamePage(step: LoginStep, username: string, hint: Html | null): Response {
  const { application } = step.request
  return page({
    title: 'Log In',
    goesOnTo: application.redirectUri,
    body: html`<h1>Log In</h1>
      ${step.error === undefined ? null : message(step.error)}
      <form method="post" action="/lasso/signin" novalidate>
        <input type="hidden" name="transaction" value="${step.transaction}" />
        <label for="username">Email or Username</label>
        <input
          type="text"
          id="username"
          name="username"
          value="${username}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
        />
        ${hint}
        <label class="agreement" for="agree">
          <input type="checkbox" id="agree" name="agree" value="yes" required />
          <span>
            By continuing I agree to the <strong>UPS Technology Agreement</strong> and authorize
            <strong>Customer Solutions - ${application.name}</strong> to read the data tied to this username:
            shipping account numbers, contact information, rates and package tracking status.
          </span>
        </label>
        ${buttons('Continue')}
      </form>
      ${HELP_AND_SIGN_UP}`,
  })
}

/** Step two. */
export function passwordPage(step: LoginStep, username: string): Response {
  return page({
    title: 'Password',
    goesOnTo: step.request.application.redirectUri,
    body: html`<h1>Password</h1>
      <p>Welcome back, ${username}</p>
      ${step.error === undefined ? null : message(step.error)}
      <form method="post" action="/lasso/password" novalidate>
        <input type="hidden" name="transaction" value="${step.transaction}" />
        <label for="password">Password</label>
        <input type="password" id="password" name="password" autocomplete="current-password" required />
        ${buttons('Log In')}
      </form>
      ${HELP}`,
  })
}

function buttons(forward: string): Html {
  return html`<div class="buttons">
    <button type="submit" name="action" value="continue">${forward}</button>
    <!-- What UPS.com does on cancelling is not known: error=access_denied is our assumption. -->
    <button type="submit" name="action" value="cancel" class="quiet">Cancel</button>
  </div>`
}

export function noticePage(title: string, sentence: string, status = 200): Response {
  return page({
    title,
    status,
    body: html`<h1>${title}</h1>
      <p>${sentence}</p>`,
  })
}
