import type { OrderLine } from './order-line.js'

const day = 24 * 3600_000

const people = [
  ['Alex Morgan', 'Morgan Outdoor', 'United States'],
  ['Bianca Rossi', 'Casa Rossi', 'Italy'],
  ['Chris Novak', null, 'Czechia'],
  ['Dana Okafor', 'Okafor & Daughters', 'Nigeria'],
  ['Elin Berg', null, 'Sweden'],
  ['Farid Haddad', 'Haddad Trading', 'France'],
  ['Grace Kim', null, 'South Korea'],
  ['Hugo Martins', 'Martins Lda', 'Portugal'],
] as const

const articles = [
  ['TENT-2P-GRN', 'Tent for two, green'],
  ['BOOT-W-38', 'Hiking boots, size 38'],
  ['LAMP-HEAD', 'Head lamp'],
  ['BAG-45-BLU', 'Rucksack of 45 litres, blue'],
  ['MUG-STEEL', 'Steel mug'],
  ['COAT-RAIN-L', 'Rain coat, size L'],
] as const

/** Orders of the last weeks as a file would bring them, the same at each start but for their days. */
export function demoOrders(count: number, prefix: string, now: Date): OrderLine[] {
  const today = Math.floor(now.getTime() / day) * day
  return Array.from({ length: count }, (_, index) => {
    const [contactName, companyName, country] = people[(index * 5) % people.length] ?? people[0]
    const [sku, description] = articles[(index * 7) % articles.length] ?? articles[0]
    const orderQuantity = 1 + (index % 4)
    return {
      orderNumber: `${prefix}-${10_000 + index}`,
      email: `${contactName.toLowerCase().replace(' ', '.')}@example.com`,
      contactName,
      companyName,
      country,
      orderedAt: new Date(today - (count - index) * day),
      trackingNumber: `1Z999AA1${String(10_000_000 + index * 7919)}`,
      sku,
      description,
      orderQuantity,
      quantityReturned: index % 3 === 0 ? 1 : 0,
    }
  })
}
