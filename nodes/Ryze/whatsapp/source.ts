/**
 * The label that Ryze stores with each message that is sent from here, and repeats in its events
 * (docs/ryze-api.md, "Send a text"). The trigger recognizes messages from n8n by it.
 */
export const SOURCE = 'n8n';
