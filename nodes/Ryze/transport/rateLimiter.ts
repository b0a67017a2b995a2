import { createHash } from 'node:crypto';
import type { Answer } from '../errors/answer';
import { Allowance, type Pass } from './allowance';
import { clock, type Clock } from './clock';
import { LONGEST_BELIEVED, SLICE } from './waits';

export type { Pass } from './allowance';

/** How a wait for the limit ended. */
export type Turn = Pass | 'stopped' | 'expired';

interface Waiter {
	/** Place in the order of arrival. */
	place: number;
	/** When it gives up, in milliseconds since 1970. */
	expiresAt: number;
	isHeldBack: boolean;
	signal?: AbortSignal;
	end(turn: Turn): void;
}

/** Puts a waiter in its place, which is the last one for nearly all. */
function insert(queue: Waiter[], waiter: Waiter): void {
	let [from, to] = [0, queue.length];
	while (from < to) {
		const middle = Math.floor((from + to) / 2);
		if (queue[middle].place < waiter.place) from = middle + 1;
		else to = middle;
	}
	queue.splice(from, 0, waiter);
}

/**
 * The queue of one token: its requests are sent in order of arrival, without exceeding the limit.
 * `Allowance` calculates how many may be sent.
 *
 * Requests that Ryze is asked to hold back have a queue of their own. While the limit is unknown,
 * the other requests may overtake them, because only the others' answers come soon.
 */
export class RateLimiter {
	private readonly allowance = new Allowance();

	private onTheirWay = 0;

	private lastPlace = 0;

	private lastUsedAt: number;

	private isWatching = false;

	private prompt: Waiter[] = [];

	private heldBack: Waiter[] = [];

	constructor(private readonly time: Clock = clock) {
		this.lastUsedAt = time.now();
	}

	/** A place in the order of arrival; a request that has to be repeated keeps its place. */
	nextPlace(): number {
		return ++this.lastPlace;
	}

	/** Whether it can be forgotten: nobody uses it, and all that it knew is out of date. */
	get idle(): boolean {
		const isUsed = this.waiting + this.onTheirWay > 0;
		return !isUsed && this.time.now() - this.lastUsedAt > LONGEST_BELIEVED;
	}

	/**
	 * Waits until a request may be sent. Whoever gets a pass sends the request and calls `leave`.
	 *
	 * @param place from `nextPlace`
	 * @param expiresAt when waiting is given up, in milliseconds since 1970
	 * @param delay milliseconds for which Ryze is asked to hold the request back
	 */
	async enter({
		place,
		expiresAt,
		delay = 0,
		signal,
	}: {
		place: number;
		expiresAt: number;
		delay?: number;
		signal?: AbortSignal;
	}): Promise<Turn> {
		if (signal?.aborted) return 'stopped';
		const isHeldBack = delay > 0;
		return await new Promise((end) => {
			const waiter = { place, expiresAt, isHeldBack, signal, end };
			insert(isHeldBack ? this.heldBack : this.prompt, waiter);
			this.letGo();
			void this.watch();
		});
	}

	/**
	 * Takes note of how a request ended.
	 *
	 * @param answer none when the connection was cut
	 * @param again whether the request will be repeated if it was refused
	 */
	leave(pass: Pass, answer?: Answer, again = true): void {
		this.onTheirWay--;
		this.lastUsedAt = this.time.now();
		this.allowance.leave(pass, this.lastUsedAt, answer, again);
		this.letGo();
	}

	/** Gives a pass back with which nothing was sent. */
	leaveUnsent(pass: Pass): void {
		this.onTheirWay--;
		this.allowance.takeBack(pass);
		this.letGo();
	}

	private get waiting(): number {
		return this.prompt.length + this.heldBack.length;
	}

	private letGo(): void {
		const now = this.time.now();
		for (let queue = this.nextQueue(now); queue; queue = this.nextQueue(now)) {
			const waiter = queue.shift();
			// A stop also ends requests on their way, which leads here before `watch` has seen it.
			if (waiter?.signal?.aborted) waiter.end('stopped');
			else if (waiter) {
				this.onTheirWay++;
				this.lastUsedAt = now;
				waiter.end(this.allowance.send(now, waiter.isHeldBack));
			}
		}
	}

	/** The queue whose first request may be sent now; of two, the one that arrived first. */
	private nextQueue(now: number): Waiter[] | undefined {
		const { prompt, heldBack, allowance } = this;
		const isPrompt = prompt.length > 0 && allowance.room(now, false) > 0;
		const isHeldBack = heldBack.length > 0 && allowance.room(now, true) > 0;
		if (isPrompt && isHeldBack) return prompt[0].place < heldBack[0].place ? prompt : heldBack;
		if (isPrompt) return prompt;
		return isHeldBack ? heldBack : undefined;
	}

	/** Runs while somebody waits: one sleeper for all of them. */
	private async watch(): Promise<void> {
		if (this.isWatching) return;
		this.isWatching = true;
		while (this.waiting > 0) {
			const untilOpen = this.allowance.opensAt() - this.time.now();
			await this.time.sleep(untilOpen > 0 ? Math.min(SLICE, untilOpen) : SLICE);
			this.dropGone();
			this.letGo();
		}
		this.isWatching = false;
	}

	private dropGone(): void {
		const opensAt = Math.max(this.time.now(), this.allowance.opensAt());
		const stays = ({ signal, expiresAt, end }: Waiter) => {
			if (!signal?.aborted && opensAt < expiresAt) return true;
			end(signal?.aborted ? 'stopped' : 'expired');
			return false;
		};
		this.prompt = this.prompt.filter(stays);
		this.heldBack = this.heldBack.filter(stays);
	}
}

const limiters = new Map<string, RateLimiter>();

/** Above this number, limiters that are no longer used are removed. */
const MANY_LIMITERS = 100;

/**
 * The limiter of a token at an address. n8n loads this module once, so all executions of the
 * process share it. The token itself is not kept.
 */
export function limiterFor(baseUrl: string, token: string): RateLimiter {
	if (limiters.size >= MANY_LIMITERS) {
		for (const [key, limiter] of limiters) if (limiter.idle) limiters.delete(key);
	}
	const key = `${createHash('sha256').update(token).digest('hex')} ${baseUrl}`;
	const limiter = limiters.get(key) ?? new RateLimiter();
	limiters.set(key, limiter);
	return limiter;
}
