import type { CsvColumns } from '../csv-file/csv-header.js'

const names = [
  'Order#',
  'Email',
  'Contact Name',
  'Company Name',
  'Country',
  'Order Date',
  'Date Added',
  'Original TrackNo',
  'SKU',
  'Description',
  'Order Qty',
  'Qty Returned',
] as const
export type OrderColumn = (typeof names)[number]

/** As the grid shows them, so that a list from elsewhere fits as it is. */
export const orderColumns: CsvColumns<OrderColumn> = {
  names,
  required: ['Order#', 'Order Date', 'Order Qty'],
  otherNames: {
    ordernumber: 'Order#',
    orderno: 'Order#',
    mail: 'Email',
    contact: 'Contact Name',
    company: 'Company Name',
    originaltrackingnumber: 'Original TrackNo',
    trackingnumber: 'Original TrackNo',
    orderquantity: 'Order Qty',
    quantity: 'Order Qty',
    quantityreturned: 'Qty Returned',
    returnedquantity: 'Qty Returned',
  },
}
