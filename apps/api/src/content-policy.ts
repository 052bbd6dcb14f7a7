/** What pages may load and do (S-121): what comes from here, and nothing that stands in the page itself. */
export const contentPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  reportUri: ['/csp-reports'],
}

/**
 * Of the playground alone: its editor colours by inline styles, and brings its symbols as a font and the line under a mistake
 * as a picture of `data:`.
 */
export const playgroundPolicy = {
  ...contentPolicy,
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  workerSrc: ["'self'"],
}
