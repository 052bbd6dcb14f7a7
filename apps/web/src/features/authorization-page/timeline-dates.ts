const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const twoDigits = (value: number) => String(value).padStart(2, '0')

/** Short enough for an axis, in UTC: `13 May` where a day is meant, else `13 May 21:04`. */
export function axisTime(at: Date, isDay: boolean): string {
  const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]}`
  return isDay ? day : `${day} ${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}`
}
