// Loaded before the hub's own main (node --import): the hub has no way to have its clock moved from outside,
// and needs none, but a rehearsal of "ten minutes later" cannot wait for them.
const RealDate = Date
let aheadMs = 0

globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + aheadMs)
    else super(...parts)
  }

  static now() {
    return RealDate.now() + aheadMs
  }

  // Dates that the runtime itself makes are dates too.
  static [Symbol.hasInstance](value) {
    return value instanceof RealDate
  }
}

process.on('message', (message) => {
  if (typeof message?.advanceClockMs === 'number') {
    aheadMs += message.advanceClockMs
    process.send?.({ clockIsAheadMs: aheadMs })
  }
})
// A test that was killed takes its hub along.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
