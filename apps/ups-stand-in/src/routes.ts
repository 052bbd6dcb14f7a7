import { accessCheck } from './access-check.js'
import type { Account } from './account.js'
import { authorize, LOGIN_PATH } from './authorize.js'
import type { Control } from './control.js'
import { controlRoute, isLoopback } from './control-route.js'
import type { Faults } from './faults.js'
import { homePage } from './home-page.js'
import type { Ledger } from './ledger.js'
import type { Login } from './login.js'
import { noticePage } from './login-pages.js'
import type { Parts } from './parts.js'
import { recorded } from './recorded.js'
import { refresh } from './refresh.js'
import { ICON, STYLESHEET } from './stylesheet.js'
import { token } from './token.js'

export interface House {
  parts: Parts
  faults: Faults
  ledger: Ledger
  login: Login
  account: Account
  control: Control
}

type Route = (request: Request, house: House) => Response | Promise<Response>

const ROUTES: Record<string, Route> = {
  'GET /': (_request, { parts }) => homePage(parts),
  'GET /stand-in.css': () => asset(STYLESHEET, 'text/css; charset=utf-8'),
  'GET /stand-in.svg': () => asset(ICON, 'image/svg+xml'),
  [`GET ${LOGIN_PATH}`]: (request, { login }) => login.open(request),
  [`POST ${LOGIN_PATH}`]: (request, { login }) => login.username(request),
  'POST /lasso/password': (request, { login }) => login.password(request),
  'GET /lasso/forgot': () =>
    noticePage(
      'Forgot Username/Password',
      'This is a stand-in: the profiles that it knows are listed on its home page.',
    ),
  'GET /lasso/signup': () =>
    noticePage('Sign up', 'This is a stand-in: it knows only the profiles that it was started with.'),
  'GET /account': (request, { account }) => account.open(request),
  'POST /account/log-in': (request, { account }) => account.logIn(request),
  'POST /account/password': (request, { account }) => account.changePassword(request),
  'POST /account/log-out': (request, { account }) => account.logOut(request),
  'GET /api/stand-in/v1/access-check': (request, { parts }) => accessCheck(request, parts),
}

export async function route(request: Request, house: House): Promise<Response> {
  const { hostname, host, pathname } = new URL(request.url)
  // A name that was rebound to this machine is not ours to answer for.
  if (!isLoopback(hostname) && host !== house.parts.publicUrl.host) return new Response(null, { status: 421 })
  if (pathname.startsWith('/control/')) return controlRoute(request, house.control)
  if (pathname.startsWith('/security/v1/oauth/')) return oauthRoute(pathname, request, house)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const found = Object.hasOwn(ROUTES, `${method} ${pathname}`) ? ROUTES[`${method} ${pathname}`] : undefined
  return found ? found(request, house) : noticePage('Not found', 'There is no such page here.', 404)
}

function oauthRoute(pathname: string, request: Request, house: House): Promise<Response> | Response {
  const { parts } = house
  switch (pathname.slice('/security/v1/oauth/'.length)) {
    case 'authorize':
      return recorded('authorize', request, { rig: house, handle: () => authorize(request, parts) })
    case 'token':
      return recorded('token', request, { rig: house, handle: (form) => token(request, form, parts) })
    case 'refresh':
      return recorded('refresh', request, { rig: house, handle: (form) => refresh(request, form, parts) })
    default:
      return noticePage('Not found', 'There is no such page here.', 404)
  }
}

function asset(text: string, type: string): Response {
  return new Response(text, { headers: { 'content-type': type, 'x-content-type-options': 'nosniff' } })
}
