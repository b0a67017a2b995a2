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
 * @property {boolean} [afterWork] goes with `status`: the work is done all the same, as when a
 * gateway passes the request on and loses the answer
 * @property {'before' | 'after' | 'midway'} [reset] connection cut: before the work, after it, or
 * after half of the real answer
 * @property {'no record' | 'half a record'} [breakTls] the work is done; instead of the answer come
 * bytes that are no TLS record, or half of one, and the connection is closed. Only over TLS.
 * @property {boolean} [hang] never answered, nothing is done
 * @property {{ everyMs: number, bytes: number }} [drip] the real body in small pieces
 * @property {number} [delayMs] the real answer, this many milliseconds later
 * @property {number} [closeAfterMs] the real answer, with `Connection: close`; the connection is
 * closed only this many milliseconds after it
 *
 * @typedef {(entry: IndexedEntry) => Fault | undefined} FaultFunction
 *
 * @typedef {'window, reset rounded down' | 'window, reset rounded up' | 'window by the clock' |
 * 'sliding log' | 'sliding counter' | 'token bucket'} Counting how the rate limit counts. A window
 * begins with the first request in it, or by the clock: then it ends on a multiple of `windowMs`, and
 * the reset is exact.
 *
 * @typedef {object} Settings
 * @property {number} limit requests per window and token
 * @property {number} windowMs
 * @property {Counting} counting a change counts after reset()
 * @property {boolean} countsRefused whether a refused request counts like any other
 * @property {boolean} retryAfter whether a refusal has a Retry-After of a whole window
 * @property {number} latencyMs added to each answer
 * @property {((resetAtMs: number) => string | undefined) | undefined} resetHeader
 * value of X-RateLimit-Reset; a function that gives undefined leaves all three headers off,
 * no function means the default
 * @property {readonly number[]} retryDelaysMs waits of a webhook delivery before its 2nd, 3rd, …
 * attempt; empty = one attempt
 * @property {number} deliveryTimeoutMs for each attempt
 * @property {'groupJid' | 'jid'} groupIdField what the list of groups calls the ID of a group
 * @property {number} largestBody bytes of a request that sends media; more are answered with 413
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
 * @property {Map<string, Readonly<MessageRecord>>} messages by id; several ids may share a record
 * @property {Map<string, StoredFile>} files by the ID of their message
 * @property {Map<string, Webhook>} webhooks by label
 * @property {readonly import('./address-book').Group[]} groups
 * @property {readonly import('./address-book').Contact[]} contacts
 *
 * @typedef {object} MessageRecord a stored message, in the words of getMessage
 * @property {string} content
 * @property {string} type
 * @property {string} from JID
 * @property {string} to JID
 * @property {string} chat JID
 * @property {string} timestamp ISO 8601, seconds
 * @property {boolean} isGroup
 * @property {string} status
 * @property {StoredMedia} [media]
 *
 * @typedef {object} StoredMedia
 * @property {string} type
 * @property {string} mimeType
 * @property {number} [size] none when it is not known
 * @property {number} [duration]
 *
 * @typedef {object} StoredFile
 * @property {string} type
 * @property {string} mimeType
 * @property {Buffer} data
 *
 * @typedef {SentFields & Partial<import('./media').SentMedia>} SentMessage one message sent through
 * the API, as `ryze.sent` shows it; only media have the fields of media
 *
 * @typedef {object} SentFields
 * @property {string} instance
 * @property {string} messageId
 * @property {string} number as it was in the request
 * @property {string} message the caption of media
 * @property {string} replyTo '' when it answers nothing
 * @property {boolean} mentionAll
 * @property {boolean} [linkPreview] of a text
 * @property {string[]} [options] of a poll, whose question is the `message`
 * @property {number} [maxAnswer] of a poll, as Ryze keeps it
 * @property {number} delay seconds
 * @property {string} source
 *
 * @typedef {'message.exchange' | 'message.status' | 'call.update' | 'group.flow' |
 * 'instance.state' | 'label.update'} EventName
 *
 * @typedef {object} Webhook one row, as the API answers it
 * @property {string} label
 * @property {boolean} enabled
 * @property {string} url '' when disabled
 * @property {string | null} authorization
 * @property {boolean} byEvents
 * @property {EventName[]} events
 * @property {boolean} mediaBase64 only stored: the sandbox keeps no media
 *
 * @typedef {object} Attempt one POST of a delivery
 * @property {number} at begin, Unix milliseconds
 * @property {number} status 0 when there was no answer
 * @property {string} [reason] why there was none
 *
 * @typedef {object} Delivery what became of one event for one webhook; holds no secret
 * @property {string} instance
 * @property {string} label
 * @property {string} url posted to, with the event name when `byEvents` is set
 * @property {EventName} event
 * @property {Attempt[]} attempts grows while the delivery is under way
 * @property {boolean} delivered some attempt was answered with 2xx
 *
 * @typedef {object} DeliverOptions
 * @property {string} [label] only to this webhook, if it is enabled and wants the event
 * @property {boolean} [repeat] once more after it arrived, or was given up: the same bytes
 * @property {string | null} [authorization] instead of the stored one; null = no header
 *
 * @typedef {object} PinLine "… pinned a message" in a chat: one for each pin, none for an unpin
 * @property {string} instance
 * @property {string} chatJid
 * @property {string} messageId
 *
 * @typedef {object} State what the pretended server has stored
 * @property {Map<string, Instance>} instances by name
 * @property {Map<string, { chatJid: string, duration: string, expiresAt: number }>} pins
 * by '<instance>/<messageId>', the newest last; expiresAt: Unix milliseconds
 * @property {PinLine[]} pinLines oldest first
 * @property {Set<string>} pinnedChats '<instance>/<chatJid>'
 * @property {Map<string, boolean>} readChats by '<instance>/<chatJid>': whether it was last marked as
 * read or as unread
 * @property {Map<string, { type: 'chat' | 'message', chatJid: string }>} favorites
 * by '<instance>/<messageId>' or '<instance>/<chatJid>'
 * @property {Map<string, string>} reactions by '<instance>/<messageId>'; those of its own number
 * @property {Map<string, 'revoke' | 'delete_for_me'>} deleted by '<instance>/<messageId>'
 * @property {SentMessage[]} sent oldest first
 * @property {number} messageCount ids made so far
 *
 * @typedef {object} Context what an endpoint gets to know of its request
 * @property {State} state
 * @property {Readonly<Settings>} settings
 * @property {TokenKind} caller 'account', or the name of the instance whose token was sent
 * @property {URLSearchParams} query
 * @property {RawBody} body
 * @property {string | undefined} contentType
 * @property {(instance: Instance, event: EventName, data: object) => void} emit starts the
 * delivery of an event and does not wait for it
 * @property {AbortSignal} signal aborted when the sandbox stops
 *
 * @typedef {(context: Context, instance: Instance) => Answer | Promise<Answer>} Endpoint
 * `instance` is the one that the path names. Throws Failure for an error answer.
 *
 * @typedef {(context: Context) => Answer | Promise<Answer>} AccountEndpoint one whose path names no
 * instance
 *
 * @typedef {object} Route what a file in endpoints/ exports
 * @property {string} method
 * @property {string} path ends in `/:instance`, but for an AccountEndpoint
 * @property {Endpoint | AccountEndpoint} answer
 */

module.exports = {};
