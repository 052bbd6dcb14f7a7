/** No control, bidi override or zero-width characters: a name must look like what it is (S-134). */
export const plainText = /^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}]*$/u
export const plainTextMessage = 'must not contain control or invisible characters'
