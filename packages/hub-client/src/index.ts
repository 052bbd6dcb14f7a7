export { createHubClient, type HubClient, type HubClientOptions } from './hub-client.js'
export { HubError } from './hub-error.js'
export type { AccessToken, ApplicationId, RefreshProblem, TokenStatus } from './answers.js'
export { verifyWebhook, WebhookNotGenuine, type WebhookEvent } from './verify-webhook.js'
