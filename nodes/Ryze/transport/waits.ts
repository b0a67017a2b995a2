/*
 * How long the transport waits, in milliseconds. The end of a window of the rate limit is learnt
 * (windowEnd.ts). Who sends a request says how long it may wait and how long its answer may take
 * (`TimeLimits` in request.ts): the user (actions/options.ts), the trigger (trigger/webhooks.ts) and
 * the lists (methods/chatList.ts).
 */

/** Before a request is sent again after a lost connection or a busy gateway: each time longer. */
export const BEFORE_SENDING_AGAIN = [1000, 2000, 4000];

/** After a refusal that does not say when it ends: doubled with each further one, up to a minute. */
export const AFTER_REFUSAL = { first: 1000, longest: 60_000 };

/** While the limit is unknown: for an answer, before one more request is sent. */
export const FOR_FIRST_ANSWER = 2000;

/**
 * Ryze counts per minute, so no wait that an answer asks for is believed beyond this: a longer
 * Retry-After is cut to it, and a reset that is further away is ignored.
 */
export const LONGEST_BELIEVED = 300_000;

/** A single sleep, so that every wait ends soon after the execution was stopped. */
export const SLICE = 500;
