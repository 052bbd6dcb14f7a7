import type { ApplicationId } from './applications.js'

interface QuestionAndAnswer {
  question: string
  answer: string
}

/** The headings are the guide's own labels; the answers are ours. */
const aboutOAuth: readonly QuestionAndAnswer[] = [
  {
    question: 'WHAT IS OAUTH 2.0?',
    answer:
      'A current standard for protecting APIs. Instead of a password, an application presents a token that is valid for a short time, and each API transaction is authorized by that token.',
  },
  {
    question: 'WHY HAS UPS ADOPTED THE OAUTH STANDARD?',
    answer:
      'So that you can let an application act for your company without telling it your UPS.com user name or password. You sign in at UPS.com only, and you can end the permission here whenever you like.',
  },
  {
    question: 'WHAT IF I HAVE A LOT OF SHIPPER ACCOUNTS?',
    answer:
      'The application can use every shipper number that is linked, on UPS.com, to the UPS.com ID that authorized it. A number that is not linked cannot be used: sign in at UPS.com with that ID and link the number there.',
  },
]

const questions: Partial<Record<ApplicationId, readonly QuestionAndAnswer[]>> = {
  REVERSE_LOGISTICS: aboutOAuth,
}

export const questionsOf = (application: ApplicationId): readonly QuestionAndAnswer[] =>
  questions[application] ?? aboutOAuth
