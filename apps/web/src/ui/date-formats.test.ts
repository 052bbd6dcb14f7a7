import { describe, expect, it } from 'vitest'
import { consumerReturnsDate, dataManagementTime, localTime, plainTime, ratingTime } from './date-formats'

describe('the formats of the guides', () => {
  it.each([
    ['2022-05-13T21:04:07.000Z', '13 May 2022', '05-13-2022 09:04:07 PM', '5/13/2022 9:04:07 PM +00:00'],
    ['2026-01-01T00:00:00.000Z', '1 January 2026', '01-01-2026 12:00:00 AM', '1/1/2026 12:00:00 AM +00:00'],
    [
      '2026-12-31T12:59:59.999Z',
      '31 December 2026',
      '12-31-2026 12:59:59 PM',
      '12/31/2026 12:59:59 PM +00:00',
    ],
    [
      '2024-02-29T11:05:09.000Z',
      '29 February 2024',
      '02-29-2024 11:05:09 AM',
      '2/29/2024 11:05:09 AM +00:00',
    ],
    ['2026-10-09T13:00:00.000Z', '9 October 2026', '10-09-2026 01:00:00 PM', '10/9/2026 1:00:00 PM +00:00'],
  ])('prints %s as each guide does, in UTC', (at, ...expected) => {
    const moment = new Date(at)
    expect([consumerReturnsDate(moment), dataManagementTime(moment), ratingTime(moment)]).toEqual(expected)
  })
})

describe('our own formats', () => {
  it('prints day and minute in UTC where no guide says how', () => {
    expect(plainTime(new Date('2026-05-03T07:04:59.000Z'))).toBe('3 May 2026, 07:04 UTC')
  })

  it.each([
    ['America/New_York', '12 May 2026, 20:30 GMT-4'],
    ['Asia/Kolkata', '13 May 2026, 06:00 GMT+5:30'],
    ['Europe/London', '13 May 2026, 01:30 BST'],
  ])('prints the same moment on the clocks of %s', (timeZone, expected) => {
    expect(localTime(new Date('2026-05-13T00:30:00.000Z'), timeZone)).toBe(expected)
  })
})
