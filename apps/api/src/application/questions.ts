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
      'What counts is which shipper numbers belong to the UPS.com ID that you sign in with. The application works with all of those, and with no others. If one is missing, add it to that ID in your profile on UPS.com.',
  },
]

const questions: Partial<Record<ApplicationId, readonly QuestionAndAnswer[]>> = {
  REVERSE_LOGISTICS: aboutOAuth,
}

export const questionsOf = (application: ApplicationId): readonly QuestionAndAnswer[] =>
  questions[application] ?? aboutOAuth
