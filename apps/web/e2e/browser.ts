import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const onPath = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** What the person names, or has installed; on Linux the npm package is the last resort. */
export async function findBrowser(): Promise<string> {
  if (process.env['CHROME_PATH']) return process.env['CHROME_PATH']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const installed = [...folders.flatMap((folder) => onPath.map((name) => join(folder, name))), ...elsewhere]
  return installed.find((path) => existsSync(path)) ?? (await browserFromNpm())
}

async function browserFromNpm(): Promise<string> {
  if (process.platform !== 'linux') {
    throw new Error('No Chrome or Chromium found: install one, or name it in CHROME_PATH.')
  }
  // Read when the package is loaded: it then unpacks its own copies of nss, nspr and expat as well, which a
  // bare machine does not have.
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath()
}
