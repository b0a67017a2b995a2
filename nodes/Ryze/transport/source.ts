/**
 * The label that Ryze keeps with each message that is sent from here, and repeats in its events
 * (docs/ryze-api.md, "Send a text"). By it the trigger knows the messages that n8n sent itself.
 */
export const SOURCE = 'n8n';
