'use strict';

/**
 * The shapes that the files of this folder hand to each other. Types only.
 *
 * @typedef {'own' | 'own as bearer' | 'own beside a wrong bearer' | 'wrong' | 'none'} TokenUse
 * which token a request carries, and how
 * @typedef {'own' | 'encoded' | 'other case' | 'unknown' | 'none'} InstanceUse
 * what stands in the place of `:instance`; encoded: the own one with a percent sign
 *
 * @typedef {object} Request what a row of the table asks; `:message` and `:instance` as a value of
 * the body or the query stand for those that were given
 * @property {'GET' | 'POST' | 'DELETE'} method
 * @property {string} path ends in `/:instance`, if it names an instance
 * @property {Record<string, string>} [query]
 * @property {object | string} [body] a string is sent as it is
 * @property {string} [contentType] `application/json` when there is a body
 * @property {TokenUse} [token] `own` when left out
 * @property {InstanceUse} [instance] `own` when left out
 *
 * @typedef {{ [field: string]: Shape }} Fields
 * @typedef {string | Fields | unknown[]} Shape of a JSON value, see shape.js; a list holds at most one
 *
 * @typedef {'integer' | 'Unix seconds' | 'date'} HeaderType
 *
 * @typedef {object} Expectation
 * @property {number | number[]} status
 * @property {string | RegExp} [sentence] `error.message` in the envelope of an error
 * @property {Shape} [body] what it names must be there; more may be there
 * @property {boolean} [plainText] it is no JSON
 * @property {Record<string, HeaderType>} [headers]
 *
 * @typedef {object} Fact a row of the table
 * @property {string} fact one sentence
 * @property {string} from a heading of docs/ryze-api.md
 * @property {'documented' | 'seen in other clients' | 'assumed'} standing as there
 * @property {Request} request
 * @property {Expectation} expect
 * @property {'harmless' | 'visible'} effect harmless: nobody sees it and nothing changes
 * @property {(answer: Answer) => string | undefined} [unless] why this answer cannot tell
 * @property {{ request: Request, unless: (answer: Answer) => string | undefined }} [given] the same
 * for the answer to another request, which is sent first
 * @property {boolean} [undo] it takes back what a row before it did
 *
 * @typedef {object} Caller whose requests they are
 * @property {string} baseUrl without a slash at its end
 * @property {string} token
 * @property {string} instance
 * @property {string} [message] an ID; without one, nothing visible is done
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {any} json undefined when the body is no JSON
 * @property {number} bytes of the body
 * @property {number} at when it was complete, in milliseconds since 1970
 *
 * @typedef {object} Exchange
 * @property {Request} request
 * @property {Answer} answer
 *
 * @typedef {object} Judgement
 * @property {'confirmed' | 'different' | 'not checked'} verdict
 * @property {string[]} details what came instead, or why it was not checked
 *
 * @typedef {Pick<Fact, 'fact' | 'from' | 'standing'> & Judgement & { request?: Request }} Result
 *
 * @typedef {object} Outcome
 * @property {Result[]} results
 * @property {{ question: string, answer: string }[]} observations
 * @property {{ request: Request, shape: string }[]} shapes of the successes
 * @property {number} sent requests
 * @property {string} [ended] why it ended early
 * @property {boolean} maybePinned the message may still be pinned
 */

module.exports = {};
