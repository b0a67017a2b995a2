/**
 * The label that Ryze stores with each message that is sent from here, and repeats in its events
 * (docs/ryze-api.md, "Send a text"). It tells them from those that were sent from the phone.
 */
export const SOURCE = 'n8n';
