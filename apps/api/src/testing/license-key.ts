import type { Browser } from './browser.js'

export async function setLicenseKey(admin: Browser, companyId: string): Promise<void> {
  await admin.data('mutation ($input: UpdateLicenseKeyInput!) { updateLicenseKey(input: $input) { id } }', {
    input: { companyId, key: 'A-KEY-OF-UPS-0001' },
  })
}
