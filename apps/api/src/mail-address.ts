/** One mailbox and nothing that a mail server could read as a second one, a name or a header (S-137). */
export const mailAddress = /^[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}]{1,64}@[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}]{1,255}$/u
