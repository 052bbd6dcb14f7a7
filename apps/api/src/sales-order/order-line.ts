import { csvLine } from '../csv-file/csv-line.js'
import type { FileFaults } from '../csv-file/file-faults.js'
import type { CsvRecord } from '../csv-file/read-csv.js'
import { mailAddress } from '../mail-address.js'
import type { OrderColumn } from './order-columns.js'

export interface OrderLine {
  orderNumber: string
  email: string | null
  contactName: string | null
  companyName: string | null
  country: string | null
  orderedAt: Date
  trackingNumber: string | null
  sku: string | null
  description: string | null
  orderQuantity: number
  quantityReturned: number
}

const longestAddress = 254
const mostPieces = 1_000_000

/** One line as the article that it tells of; where that cannot be told, a fault for each cell and null. */
export function readOrder(
  record: CsvRecord,
  places: ReadonlyMap<OrderColumn, number>,
  faults: FileFaults,
): OrderLine | null {
  const { cell, text, wrong, isFaultless } = csvLine(record, places, faults)
  const optional = (column: OrderColumn): string | null => text(column) || null
  const count = (column: OrderColumn): number => {
    const value = cell(column)
    if (/^\d{1,7}$/.test(value) && Number(value) <= mostPieces) return Number(value)
    wrong(column, value === '' ? 'is missing.' : 'must be a number from 0 to 1,000,000.')
    return 0
  }
  const orderedAt = dayOf(cell('Order Date'))
  if (!orderedAt) wrong('Order Date', 'must be a day as 2022-05-13 or 13 May 2022.')
  const read = {
    orderNumber: text('Order#'),
    email: optional('Email'),
    contactName: optional('Contact Name'),
    companyName: optional('Company Name'),
    country: optional('Country'),
    orderedAt: orderedAt ?? new Date(0),
    trackingNumber: optional('Original TrackNo'),
    sku: optional('SKU'),
    description: optional('Description'),
    orderQuantity: count('Order Qty'),
    quantityReturned: cell('Qty Returned') === '' ? 0 : count('Qty Returned'),
  }
  if (read.orderNumber === '') wrong('Order#', 'is missing.')
  if (read.email !== null && (read.email.length > longestAddress || !mailAddress.test(read.email)))
    wrong('Email', 'is no mail address.')
  if (read.quantityReturned > read.orderQuantity) wrong('Qty Returned', 'is more than were ordered.')
  return isFaultless() ? read : null
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Only what can be read in one way: 05/06/2022 is another day on each side of an ocean. */
function dayOf(text: string): Date | null {
  const numbers = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const words = /^(\d{1,2}) ([a-z]{3})[a-z]* (\d{4})$/i.exec(text)
  if (numbers) return dayIfAny(Number(numbers[1]), Number(numbers[2]) - 1, Number(numbers[3]))
  if (!words) return null
  return dayIfAny(Number(words[3]), months.indexOf((words[2] ?? '').toLowerCase()), Number(words[1]))
}

function dayIfAny(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month, day))
  return year > 1900 && date.getUTCMonth() === month && date.getUTCDate() === day ? date : null
}
