'use strict';

/**
 * The shapes the sandbox files hand to each other. Types only.
 *
 * @typedef {'account' | 'demo' | 'second' | 'offline' | 'unknown' | 'none'} TokenKind
 * 'unknown' = a token nobody was given, 'none' = no token in a place that counts.
 *
 * @typedef {object} RequestEntry one request, as `ryze.requests` shows it
 * @property {number} at arrival, Unix milliseconds
 * @property {string} method
 * @property {string} path as sent (still percent-encoded), without the query
 * @property {Record<string, string>} query a `token` in it is replaced by its kind
 * @property {TokenKind} token never the secret itself
 * @property {string | undefined} contentType
 * @property {unknown} body parsed JSON, else the raw string ('' when there was none)
 * @property {number} status answered; 0 while unanswered and when the connection was cut
 * @property {boolean} refused the rate limit refused it (a 429 made by a fault is not a refusal)
 *
 * @typedef {RequestEntry & { index: number }} IndexedEntry index: 0 = first since start or reset()
 *
 * @typedef {object} Fault what goes wrong with one request; normally one of these
 * @property {number} [status] answered instead of the real answer, nothing is done
 * @property {string | object} [body] goes with `status`
 * @property {Record<string, string>} [headers] goes with `status`; wins over the sandbox's own
 * @property {'before' | 'after'} [reset] connection cut, before or after the work
 * @property {boolean} [hang] never answered, nothing is done
 * @property {{ everyMs: number, bytes: number }} [drip] the real body in small pieces
 * @property {number} [delayMs] the real answer, this many milliseconds later
 *
 * @typedef {(entry: IndexedEntry) => Fault | undefined} FaultFunction
 *
 * @typedef {object} Settings
 * @property {number} limit requests per window and token
 * @property {number} windowMs
 * @property {number} latencyMs added to each answer
 * @property {((resetAtMs: number) => string | undefined) | undefined} resetHeader
 * value of X-RateLimit-Reset; a function that gives undefined leaves all three headers off,
 * no function means the default
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} body
 *
 * @typedef {object} RawBody
 * @property {string} text
 * @property {boolean} tooLarge `text` is then incomplete
 *
 * @typedef {object} Instance
 * @property {string} id
 * @property {string} name
 * @property {string} token
 * @property {string} numberJid
 * @property {boolean} connected
 * @property {Map<string, string>} messages message id -> JID of its chat
 *
 * @typedef {object} State what the pretended server has stored
 * @property {Map<string, Instance>} instances by name
 * @property {Map<string, { chatJid: string, duration: string }>} pins
 * by '<instance>/<messageId>'
 *
 * @typedef {object} Context what an endpoint gets to know of its request
 * @property {State} state
 * @property {TokenKind} caller 'account', or the name of the instance whose token was sent
 * @property {URLSearchParams} query
 * @property {RawBody} body
 * @property {string | undefined} contentType
 *
 * @typedef {(context: Context, instance: Instance) => Answer} Endpoint
 * `instance` is only there on paths with `:instance`. Throws Failure for an error answer.
 */

module.exports = {};
