import { IsNotEmpty, ValidateBy } from 'class-validator'

const longestBytes = 1024
const isShortEnough = (value: unknown): boolean =>
  typeof value === 'string' && Buffer.byteLength(value) <= longestBytes

/** Of an input's field: refused beyond this before anything is hashed (S-63). */
export function IsPassword(): PropertyDecorator {
  const notEmpty = IsNotEmpty()
  const notLong = ValidateBy(
    { name: 'isShortEnough', validator: { validate: isShortEnough } },
    { message: `must have at most ${longestBytes} bytes` },
  )
  return (target, property) => {
    notEmpty(target, property as string)
    notLong(target, property as string)
  }
}
