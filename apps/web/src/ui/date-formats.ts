/** The formats of the five guides, each named after its guide, all in UTC. */

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

const twoDigits = (value: number) => String(value).padStart(2, '0')
const hourOnTheDial = (at: Date) => at.getUTCHours() % 12 || 12
const halfOfDay = (at: Date) => (at.getUTCHours() < 12 ? 'AM' : 'PM')
const minutesAndSeconds = (at: Date) => `${twoDigits(at.getUTCMinutes())}:${twoDigits(at.getUTCSeconds())}`

/** `13 May 2022` */
export function consumerReturnsDate(at: Date): string {
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}

/** `05-13-2022 09:04:07 PM` */
export function dataManagementTime(at: Date): string {
  const day = `${twoDigits(at.getUTCMonth() + 1)}-${twoDigits(at.getUTCDate())}-${at.getUTCFullYear()}`
  return `${day} ${twoDigits(hourOnTheDial(at))}:${minutesAndSeconds(at)} ${halfOfDay(at)}`
}

/** `5/13/2022 9:04:07 PM +00:00` */
export function ratingTime(at: Date): string {
  const day = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`
  return `${day} ${hourOnTheDial(at)}:${minutesAndSeconds(at)} ${halfOfDay(at)} +00:00`
}

/** `13 May 2022, 21:04 UTC`: our own, where no guide says how. */
export function plainTime(at: Date): string {
  return `${consumerReturnsDate(at)}, ${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())} UTC`
}

/** The same moment where the reader is: `13 May 2022, 23:04 CEST`. */
export function localTime(at: Date, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  })
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', timeZone })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  return `${format.format(at)} ${zone ?? ''}`.trimEnd()
}

/** Short enough for an axis, in UTC: `13 May` where a day is meant, else `13 May 21:04`. */
export function axisTime(at: Date, isDay: boolean): string {
  const day = `${at.getUTCDate()} ${(months[at.getUTCMonth()] ?? '').slice(0, 3)}`
  return isDay ? day : `${day} ${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}`
}
