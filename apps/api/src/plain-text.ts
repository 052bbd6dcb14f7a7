/**
 * No control, bidi override, line separating, zero-width or blank characters: a name must look like what it is (S-134).
 * Those that Unicode counts as letters, marks or symbols although nobody sees them are named one by one.
 */
export const plainText =
  /^((?!\u034f|\u17b4|\u17b5)[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0])*$/u
export const plainTextMessage = 'must not contain control or invisible characters'
